"""Deciding a case: the form checked, refused kindly when the case moved on, and the letters shown beforehand."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import step
from anlanh.web.console.forms import DecisionForm, RefusalForm, add_fault
from anlanh.web.console.news import already_mine, since
from anlanh.web.console.views.case import DRAFTS_DONE, answer, can_be_unfounded
from anlanh.work.casework import previews, queries
from anlanh.work.casework.actions import proposals
from anlanh.work.casework.actions.decide import DecisionInput, needs_approval
from anlanh.work.casework.actions.decide import decide as decide_case
from anlanh.work.casework.actions.review import claim_next
from anlanh.work.casework.grounds import parsed
from anlanh.work.casework.models import Case


@step
def decide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Records the decision; then the case again, or with `then=next` the next one to take."""
    shown = queries.case_page(request.actor, case_id)
    form = DecisionForm(request.POST, reports=can_be_unfounded(shown))
    if form.is_valid():
        if already_mine(request.actor, shown, form.cleaned_data):
            return onward(request, case_id, f"decide-{case_id}")
        try:
            said = _decided_or_proposed(request.actor, shown.case, decision_input(form.cleaned_data))
        except BadInput as fault:
            news = since(request.actor, shown, form.cleaned_data["seen"])
            if news and not fault.where:
                return answer(request, case_id, decision=form, news=news, status=409)
            add_fault(form, fault)
        else:
            messages.success(request, said)
            return onward(request, case_id, f"decide-{case_id}")
    return answer(request, case_id, decision=form, status=422)


@step
def approve(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Makes the decision that somebody else proposed."""
    form = RefusalForm(request.POST)
    form.is_valid()
    try:
        proposals.approve(request.actor, case_id, form.cleaned_data.get("proposal"))
    except BadInput as fault:
        add_fault(form, fault)
        return answer(request, case_id, refusing=form, status=422)
    messages.success(request, _("The decision is approved. Letters are on their way."))
    return redirect("console:case", case_id)


@step
def refuse(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Refuses the decision that somebody else proposed, with reasons."""
    form = RefusalForm(request.POST)
    form.is_valid()
    try:
        proposals.refuse(
            request.actor, case_id, form.cleaned_data.get("proposal"), form.cleaned_data.get("reasons", "")
        )
    except BadInput as fault:
        add_fault(form, fault)
        return answer(request, case_id, refusing=form, status=422)
    messages.success(request, _("It is refused; the case is back with the person who proposed it."))
    return redirect("console:case", case_id)


@step
def preview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The letters that the decision, as typed so far, would send. Nothing is recorded."""
    form = DecisionForm(request.POST, reports=can_be_unfounded(queries.case_page(request.actor, case_id)))
    ready = form.is_valid()
    letters = previews.decision_letters(request.actor, case_id, decision_input(form.cleaned_data)) if ready else []
    return render(request, "console/_letters.html", {"letters": letters, "ready": ready})


def _decided_or_proposed(actor: Actor, case: Case, given: DecisionInput) -> str:
    """Decides, or proposes what a second person has to approve; says which."""
    if needs_approval(case, given):
        proposals.propose(actor, case.id, given)
        return _("Case %(number)s: your decision waits for a second person.") % {"number": case.number}
    decision = decide_case(actor, case.id, given)
    if decision.leaves_at:
        return _("Case %(number)s is decided.") % {"number": case.number}
    return _("Case %(number)s is decided. Letters are on their way.") % {"number": case.number}


def onward(request: HttpRequest, case_id: uuid.UUID, draft: str) -> HttpResponse:
    """Where to after a decision, and word to the page that the draft kept for it is done with."""
    request.session[DRAFTS_DONE] = draft
    if request.POST.get("then") != "next":
        return redirect("console:case", case_id)
    following = claim_next(request.actor)
    if following is None:
        messages.success(request, _("Nothing else waits to be taken. Well done."))
        return redirect("console:queue")
    return redirect("console:case", following.id)


def decision_input(values: Mapping[str, Any]) -> DecisionInput:
    """The decision that a checked form holds."""
    ground, terms_clause = parsed(values["ground"])
    return DecisionInput(
        measure=values["measure"],
        ground=ground,
        terms_clause=terms_clause,
        facts=values["facts"],
        subject_fact=values["subject_fact"],
        scope=values["scope"],
        days=values["days"],
        age=values["age"],
        label=values["label"],
        preset_id=values["preset_id"],
        seen=values["seen"],
        unfounded=tuple(values.get("unfounded", ())),
        unfounded_reason=values.get("unfounded_reason", ""),
    )
