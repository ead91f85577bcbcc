"""Evidence added, a hold placed or lifted, words on a decision released: one action each, then the case again."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import step
from anlanh.web.console.secret import turned_away
from anlanh.work.casework import queries
from anlanh.work.casework.authorities.secrecy import Secret
from anlanh.work.casework.keeping import actions
from anlanh.work.casework.publishing.actions import release as release_words


@step
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Adds evidence. An archived page is kept as bytes alone."""
    queries.case(request.actor, case_id)
    upload, kind = request.FILES.get("file"), request.POST.get("kind", "")
    try:
        if upload is None:
            raise BadInput(_("no file was chosen"), where="file", mend=_("choose one"))
        relied_on = "relied_on" in request.POST
        actions.add_evidence(request.actor, case_id, kind, upload.name, upload, relied_on=relied_on)
    except Secret as refusal:
        return turned_away(request, refusal, reverse("console:case", args=[case_id]))
    except BadInput as fault:
        return _back(request, case_id, fault)
    messages.success(request, _("The evidence is kept."))
    return redirect("console:case", case_id)


@step
def hold(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Holds the case against deletion, or lifts the hold."""
    queries.case(request.actor, case_id)
    try:
        if "lift" in request.POST:
            actions.lift_hold(request.actor, case_id)
        else:
            until = _day(request.POST.get("until", ""))
            typed = (request.POST.get("clause", ""), until, request.POST.get("reason", ""))
            actions.place_hold(request.actor, case_id, *typed)
    except BadInput as fault:
        return _back(request, case_id, fault)
    messages.success(request, _("It is recorded."))
    return redirect("console:case", case_id)


@step
def release(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Publishes words on the standing decision that a person has checked."""
    shown = queries.case(request.actor, case_id)
    decision = shown.decisions.filter(overturned_at__isnull=True).first()
    try:
        if decision is None:
            raise BadInput(_("no decision stands"), mend=_("decide first"))
        release_words(request.actor, decision.id, request.POST.get("text", ""))
    except BadInput as fault:
        return _back(request, case_id, fault)
    messages.success(request, _("The words stand beside the published decision."))
    return redirect("console:case", case_id)


def _back(request: HttpRequest, case_id: uuid.UUID, fault: BadInput) -> HttpResponse:
    messages.error(request, f"{fault.what}; {fault.mend}" if fault.mend else fault.what)
    return redirect("console:case", case_id)


def _day(text: str) -> object:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  (a civil day, as the browser sends it)
    except ValueError:
        raise BadInput(_("this is no day"), where="until", mend=_("choose one")) from None
