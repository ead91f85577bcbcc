"""Hearing an appeal, beside the decision that it is about."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import HearingForm, add_fault
from anlanh.web.console.views.case import answer
from anlanh.web.console.views.decide import onward
from anlanh.work.casework import queries
from anlanh.work.casework.actions.appeals import hear_appeal
from anlanh.work.casework.actions.decide import NO_ACTION, REMOVE, DecisionInput
from anlanh.work.casework.grounds import parsed
from anlanh.work.casework.models import Appeal


@staff
@require_POST
def hear(request: HttpRequest, appeal_id: uuid.UUID) -> HttpResponse:
    """Decides an appeal with reasons; the procedure sees to it that someone else decided before."""
    appeal = queries.appeal(request.actor, appeal_id)
    form = HearingForm(request.POST, against=appeal.decision)
    if form.is_valid():
        try:
            values = form.cleaned_data
            hear_appeal(request.actor, appeal_id, values["outcome"], values["reasons"], _replacing(appeal, values))
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The appeal is decided. Letters are on their way."))
            return onward(request, appeal.case_id, f"hear-{appeal_id}")
    return answer(request, appeal.case_id, hearing=form, status=422)


def _replacing(appeal: Appeal, values: Mapping[str, Any]) -> DecisionInput | None:
    """The new decision, where something is to be done after all, or something lighter; else None."""
    old = appeal.decision
    if values["outcome"] == Appeal.Outcome.PARTIAL:
        facts = values["facts"] or old.facts
        ground, terms_clause = parsed(values["ground"]) if values["ground"] else (old.ground, old.terms_clause)
        terms = {name: values[name] for name in ("scope", "days", "age", "label")} | {"terms_clause": terms_clause}
        return DecisionInput(values["measure"], ground, facts, values["subject_fact"] or old.subject_fact, **terms)
    if values["outcome"] != Appeal.Outcome.REVERSED or old.measure != NO_ACTION:
        return None
    ground, terms_clause = parsed(values["ground"])
    return DecisionInput(REMOVE, ground, values["facts"], values["subject_fact"], terms_clause=terms_clause)
