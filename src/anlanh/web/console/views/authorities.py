"""The directory of authorities, the notes of secret papers, and what is done about an order beside deciding it."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.forms import add_fault
from anlanh.web.console.order_forms import AuthorityForm, SealedForm
from anlanh.web.console.shell import page
from anlanh.web.console.views.case import DRAFTS_DONE
from anlanh.work.casework.authorities import actions, confirming, queries
from anlanh.work.casework.authorities.actions.orders import Recall
from anlanh.work.casework.authorities.secrecy import Secret


@staff
@require_http_methods(["GET", "POST"])
def directory(request: HttpRequest) -> HttpResponse:
    """The bodies with their numbers, and a form to add one."""
    rows = queries.directory(request.actor)
    form = AuthorityForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add(request.actor, actions.AuthorityInput(**form.cleaned_data))
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It is added. Somebody else verifies the number before it is called back at."))
            return redirect("console:directory")
    context = {"rows": rows, "form": form, "may_verify": request.actor.can("orders.verify")}
    return page(request, "console/directory.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def settle_authority(request: HttpRequest, authority_id: uuid.UUID) -> HttpResponse:
    """Verifies a number, or takes a body out of the directory."""
    try:
        if request.POST.get("way") == "end":
            actions.end(request.actor, authority_id)
        else:
            actions.verify(request.actor, authority_id, request.POST.get("how", ""))
    except BadInput as fault:
        messages.error(request, in_a_line(fault))
    else:
        messages.success(request, _("Saved."))
    return redirect("console:directory")


@staff
@require_http_methods(["GET", "POST"])
def sealed_papers(request: HttpRequest) -> HttpResponse:
    """The notes of papers marked secret, and a form for one more. Of the paper itself nothing is asked."""
    rows = queries.sealed_papers(request.actor)
    begun = {"came_on": civil_date(clock.now()), "level": request.GET.get("level", "")}
    form = SealedForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            actions.note_sealed(request.actor, actions.SealedInput(**form.cleaned_data))
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It is noted. The paper itself goes the way of secret papers."))
            return redirect("console:sealed_papers")
    context = {"rows": rows, "form": form, "drafts_done": request.session.pop(DRAFTS_DONE, "")}
    return page(request, "console/sealed_papers.html", context, status=422 if form.errors else 200)


@step
def about_order(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One of the steps on an order beside verifying and deciding it; `way` says which."""
    actor, typed = request.actor, request.POST
    recalled = Recall(typed.get("how", ""), typed.get("words", ""), typed.get("verified", ""))
    ways: dict[str, tuple[Callable[[], object], str]] = {
        "call_back": (
            partial(actions.call_back, actor, case_id, _id(typed.get("authority", "")), typed.get("said", "")),
            _("The call is recorded."),
        ),
        "confirm": (
            partial(confirming.confirm_with, actor, case_id, request.FILES.get("document"), typed.get("note", "")),
            _("The paper is kept; nobody has to ask for it any more."),
        ),
        "address": (
            partial(actions.add_address, actor, case_id, typed.get("address", "")),
            _("One more case is open under this order. Its clocks run from when the order was received."),
        ),
        "object": (
            partial(actions.object_to, actor, case_id, typed.get("words", "")),
            _("The objection is recorded. Send the letter from “Needs a person”. The clocks go on."),
        ),
        "review": (
            partial(actions.review, actor, case_id, typed.get("outcome", ""), typed.get("reasons", "")),
            _("The review is recorded."),
        ),
        "recall": (
            partial(actions.recall, actor, case_id, recalled),
            _("The order is taken back; what was done under it is being restored in every case of it."),
        ),
    }
    way, said = ways.get(typed.get("way", ""), (None, ""))
    try:
        if way is None:
            raise BadInput(_("no such step"), mend=_("look at the case again"))
        way()
    except Secret as refusal:
        messages.error(request, in_a_line(refusal))
        return redirect("console:sealed_papers")
    except BadInput as fault:
        messages.error(request, in_a_line(fault))
    else:
        messages.success(request, said)
    return redirect("console:case", case_id)


def in_a_line(fault: BadInput) -> str:
    """What was refused and how to mend it, as sentences."""
    parts = [part for part in (str(fault.what), str(fault.mend)) if part]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def _id(text: str) -> uuid.UUID:
    """The identifier that was chosen; one that nothing has where none was."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
