"""Calls: typed in on one screen, kept while they are typed, read back to the caller when they are filed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.call_forms import ASKED, CallForm
from anlanh.web.console.forms import add_fault
from anlanh.web.console.secret import turned_away
from anlanh.web.console.shell import page
from anlanh.work.casework.authorities.secrecy import Secret
from anlanh.work.casework.calls import actions, queries
from anlanh.work.casework.queries import status

NOT_KEPT = {"csrfmiddlewaretoken"}


@staff
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """The screen for a call; sent, it becomes a report or a note of advice, and the page says what to read out."""
    draft = queries.draft(request.actor)
    if request.method == "GET":
        return _screen(request, CallForm(initial=draft.answers if draft else {}))
    form = CallForm(request.POST)
    if not form.is_valid():
        return _screen(request, form, status=422)
    try:
        return _advised(request, form) if form.cleaned_data["advice_only"] else _filed(request, form)
    except Secret as refusal:
        return turned_away(request, refusal, reverse("console:call"))
    except BadInput as fault:
        add_fault(form, fault)
        return _screen(request, form, status=422)


@staff
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps what was typed so far, and answers with what is known of the page and the caller."""
    typed = {name: value for name, value in request.POST.items() if name not in NOT_KEPT}
    try:
        draft = actions.save_draft(request.actor, typed)
    except Secret as refusal:
        return render(request, "console/_call_known.html", {"refusal": refusal})
    words = typed.get("address") or typed.get("words", "")
    caller = "" if typed.get("anonymous") else typed.get("reporter_email") or typed.get("reporter_name", "")
    context = {"draft": draft, "known": queries.known(request.actor, words, caller)}
    return render(request, "console/_call_known.html", context)


@staff
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Forgets what was typed."""
    actions.drop_draft(request.actor)
    return redirect("console:call")


def _screen(request: HttpRequest, form: CallForm, *, status: int = 200) -> HttpResponse:
    return page(request, "console/call.html", {"form": form, "asks": ASKED}, status=status)


def _filed(request: HttpRequest, form: CallForm) -> HttpResponse:
    filed = actions.file_call(request.actor, form.report())
    told = status(filed.report.reference, filed.secret)
    context = {"filed": filed, "told": told, "endangered": filed.report.threatens_life}
    return page(request, "console/call_done.html", context)


def _advised(request: HttpRequest, form: CallForm) -> HttpResponse:
    given = form.cleaned_data
    flags = {name: given[name] for name in ("concerns_child", "threatens_life")}
    actions.note_advice(request.actor, given["category"], given["text"], **flags)
    return page(request, "console/call_done.html", {"filed": None, "endangered": given["threatens_life"]})
