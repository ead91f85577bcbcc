"""Letting somebody act for oneself, and the one page of a representative with the files of all clients."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anlanh.base.actor import NotFound
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import limits, unlocked, vault
from anlanh.web.portal.forms import FindForm, MandateForm
from anlanh.web.words import duration_words
from anlanh.work.casework.queries import StatusView
from anlanh.work.casework.redress import queries
from anlanh.work.casework.redress.mandates import MandateInput, end_by_door, give


@never_cache
def mandates(request: HttpRequest, reference: str) -> HttpResponse:
    """The mandates of this file, and a form for a new one."""
    view = unlocked.view(request, reference)
    if view is None or view.represented:
        return redirect("portal:status", reference=reference)
    if request.method != "POST":
        return page(request, view, MandateForm(role=view.role))
    if ended := request.POST.get("end"):
        return end(request, reference, ended)
    form = MandateForm(request.POST, request.FILES, role=view.role)
    return send(request, view, form) if form.is_valid() else page(request, view, form, status=422)


def send(request: HttpRequest, view: StatusView, form: MandateForm) -> HttpResponse:
    """Gives the mandate; what opens the door of a new representative is shown on the next page, and only there."""
    values, reference = form.cleaned_data, view.reference
    verdict = limits.spend_for_upload(request, values["paper"].size)
    if not verdict.allowed:
        wait = duration_words(verdict.retry_after)
        form.add_error(None, _("Too many attempts. Try again in %(wait)s.") % {"wait": wait})
        return page(request, view, form, status=429)
    fields = {name: values[name] for name in ("kind", "name", "email", "known_as", "scope", "until")}
    given = MandateInput(**fields, language=get_language() or "vi")
    try:
        made = give(reference, unlocked.secret_of(request, reference), given, values["paper"].name, values["paper"])
    except BadInput as fault:
        where = fault.where if fault.where in form.fields else None
        form.add_error(where, f"{fault.what}; {fault.mend}" if fault.mend else fault.what)
        return page(request, view, form, status=422)
    if made.secret:
        told = {"reference": made.mandate.representative.reference, "secret": made.secret}
        vault.put(request, f"representative {reference}", told)
    messages.success(request, _("We have it. Somebody checks the paper; you are told when it counts."))
    return redirect("portal:mandates", reference=reference)


def end(request: HttpRequest, reference: str, ended: str) -> HttpResponse:
    """Ends a mandate at once."""
    try:
        end_by_door(reference, unlocked.secret_of(request, reference), uuid.UUID(ended))
    except (NotFound, ValueError):
        pass
    else:
        messages.success(request, _("It is ended. From now on this person can open nothing of yours."))
    return redirect("portal:mandates", reference=reference)


def page(request: HttpRequest, view: StatusView, form: MandateForm, *, status: int = 200) -> HttpResponse:
    """The page of a client's mandates."""
    reference = view.reference
    context = {
        "reference": reference,
        "view": view,
        "form": form,
        "given": queries.own_mandates(reference, unlocked.secret_of(request, reference)),
        "told": vault.get(request, f"representative {reference}", within=unlocked.OPEN_FOR),
    }
    return render(request, "portal/mandates.html", context, status=status)


@never_cache
def office(request: HttpRequest, reference: str) -> HttpResponse:
    """A representative's clients. Their files open from here, for as long as the mandates count."""
    secret = unlocked.secret_of(request, reference)
    try:
        shown = queries.office(reference, secret) if secret else None
    except NotFound:
        shown = None
    if shown is None:
        unlocked.forget(request, reference)
        return render(request, "portal/find.html", {"form": FindForm(initial={"reference": reference})})
    for client in shown.clients:
        unlocked.remember(request, client.view.reference, secret)
    return render(request, "portal/office.html", {"office": shown, "reference": reference})
