"""Notices kept back: asked for, approved or refused by another person, ended; and the list of them."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.forms import KeepBackForm, add_fault
from anlanh.web.console.shell import page
from anlanh.web.console.views.case import answer
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case
from anlanh.work.casework.withholding import actions, queries
from anlanh.work.casework.withholding.standing import forbidding


@staff
@require_GET
def kept_back(request: HttpRequest) -> HttpResponse:
    """The notices kept back now, those due to be sent, and what waits for a second person."""
    rows = list(queries.kept_back(request.actor))
    context = {"rows": rows, "asked": list(queries.asked(request.actor)), "now": clock.now(), "clauses": _clauses()}
    return page(request, "console/kept_back.html", context)


@step
def ask(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Asks that the person affected be not told yet."""
    form = form_for(request, case_id)
    if form.is_valid():
        try:
            actions.ask(request.actor, case_id, **form.cleaned_data)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It is asked. A second person approves or refuses it."))
            return redirect("console:case", case_id)
    return answer(request, case_id, keeping_back=form, status=422)


@step
def settle(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Approves, refuses, drops or ends, as the pressed button says."""
    reason = request.POST.get("reason", "")
    try:
        asked = uuid.UUID(request.POST.get("withholding", ""))
    except ValueError:
        asked = uuid.UUID(int=0)
    ways: dict[str, tuple[Callable[[], object], str]] = {
        "approve": (partial(actions.approve, request.actor, case_id, asked), _("Approved. The notice is kept back.")),
        "refuse": (
            partial(actions.refuse, request.actor, case_id, asked, reason),
            _("Refused. The person affected is told as of every decision."),
        ),
        "drop": (partial(actions.drop, request.actor, case_id, asked), _("What you asked for is taken back.")),
        "lift": (partial(actions.lift, request.actor, case_id, reason), _("It is ended. The notice is on its way.")),
    }
    way, said = ways.get(request.POST.get("way", ""), (None, ""))
    try:
        if way is None:
            raise BadInput(_("no such step"), mend=_("look at the case again"))
        way()
    except BadInput as fault:
        messages.error(request, f"{str(fault.what).capitalize()}. {str(fault.mend).capitalize()}.")
    else:
        messages.success(request, said)
    return redirect("console:case", case_id)


def form_for(request: HttpRequest, case_id: uuid.UUID) -> KeepBackForm:
    """The form with the clauses of today and the longest time of the case's procedure."""
    case = Case.objects.visible_to(request.actor).filter(id=case_id).first()
    longest = steps.procedure_of(case).withholding if case else None
    return KeepBackForm(request.POST or None, clauses=_clauses(), most=longest.days if longest else 0)


def _clauses() -> list:
    return forbidding(civil_date(clock.now()))
