"""Hearing an appeal, beside the decision that it is about."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import HearingForm, add_fault
from anlanh.web.console.views.case import answer
from anlanh.web.console.views.decide import onward
from anlanh.work.casework import queries
from anlanh.work.casework.actions.appeals import hear_appeal


@staff
@require_POST
def hear(request: HttpRequest, appeal_id: uuid.UUID) -> HttpResponse:
    """Decides an appeal with reasons; the procedure sees to it that someone else decided before."""
    appeal = queries.appeal(request.actor, appeal_id)
    form = HearingForm(request.POST)
    if form.is_valid():
        try:
            hear_appeal(request.actor, appeal_id, form.cleaned_data["outcome"], form.cleaned_data["reasons"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The appeal is decided. Letters are on their way."))
            return onward(request, appeal.case_id, f"hear-{appeal_id}")
    return answer(request, appeal.case_id, hearing=form, status=422)
