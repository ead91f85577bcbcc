"""Objecting to a decision: the reason, a look over it, sent once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anlanh.base.actor import NotAllowed
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import limits, unlocked
from anlanh.web.portal.forms import AppealForm, LateAppealForm
from anlanh.web.words import duration_words
from anlanh.work.casework.actions.appeals import file_appeal
from anlanh.work.casework.redress.late import ask_late


@never_cache
def appeal(request: HttpRequest, reference: str) -> HttpResponse:
    """Write, check, send; the text travels along in the form, so going back loses nothing."""
    view = unlocked.view(request, reference)
    if view is None or not view.can_appeal:
        return redirect("portal:status", reference=reference)
    if request.method != "POST":
        return page(request, "write", reference, AppealForm())
    form = AppealForm(request.POST)
    if "change" in request.POST:
        return page(request, "write", reference, AppealForm(initial={"text": request.POST.get("text", "")}))
    if not form.is_valid():
        return page(request, "write", reference, form, status=422)
    if "send" not in request.POST:
        return page(request, "check", reference, form)
    return send(request, reference, form)


@never_cache
def late(request: HttpRequest, reference: str) -> HttpResponse:
    """An appeal whose time is over: why it comes late, and what is wrong with the decision."""
    view = unlocked.view(request, reference)
    if view is None or not view.can_ask_late:
        return redirect("portal:status", reference=reference)
    if request.method != "POST":
        return page(request, "late", reference, LateAppealForm())
    form = LateAppealForm(request.POST)
    if not form.is_valid():
        return page(request, "late", reference, form, status=422)
    if not limits.spend_for(request, "appeal").allowed:
        form.add_error(None, _("Too many attempts. Try again in a few minutes."))
        return page(request, "late", reference, form, status=429)
    values = form.cleaned_data
    try:
        ask_late(reference, unlocked.secret_of(request, reference), values["text"], values["why_late"])
    except BadInput as fault:
        form.add_error(fault.where if fault.where in form.fields else None, fault.what)
        return page(request, "late", reference, form, status=422)
    return redirect("portal:status", reference=reference)


def send(request: HttpRequest, reference: str, form: AppealForm) -> HttpResponse:
    """Files the appeal. A second click finds it filed already and leads to the same page."""
    verdict = limits.spend_for(request, "appeal")
    if not verdict.allowed:
        form.add_error(
            None, _("Too many attempts. Try again in %(wait)s.") % {"wait": duration_words(verdict.retry_after)}
        )
        return page(request, "write", reference, form, status=429)
    try:
        file_appeal(reference, unlocked.secret_of(request, reference), form.cleaned_data["text"])
    except (BadInput, NotAllowed) as fault:
        now = unlocked.view(request, reference)
        if now is not None and not now.can_appeal:
            return redirect("portal:status", reference=reference)
        form.add_error("text" if getattr(fault, "where", "") == "text" else None, getattr(fault, "what", str(fault)))
        return page(request, "write", reference, form, status=422)
    return redirect("portal:status", reference=reference)


def page(request: HttpRequest, name: str, reference: str, form: AppealForm, *, status: int = 200) -> HttpResponse:
    """The page for writing or for checking."""
    return render(request, f"portal/appeal/{name}.html", {"form": form, "reference": reference}, status=status)
