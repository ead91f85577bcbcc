"""Taking a case, giving it back, handing it over, confirming what was found: one action each, then the case again."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anlanh.base.identity.queries import name_of
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import step
from anlanh.web.console.forms import DecisionForm, HandOverForm, add_fault
from anlanh.web.console.order_forms import NotifiedForm
from anlanh.web.console.people import colleagues
from anlanh.web.console.views.case import answer
from anlanh.work.casework.actions import review


@step
def claim(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Takes the case for a while, so that no two people work on it unawares."""
    review.claim(request.actor, case_id)
    return redirect("console:case", case_id)


@step
def release(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Gives the case back to the queue."""
    review.release(request.actor, case_id)
    messages.success(request, _("The case is back in the queue."))
    return redirect("console:queue")


@step
def confirm(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Confirms that there is a violation; from this moment the clocks of removal run."""
    form = DecisionForm(request.POST)
    form.full_clean()
    try:
        review.confirm_violation(request.actor, case_id, form.data.get("ground", ""), form.data.get("facts", ""))
    except BadInput as fault:
        form.errors.clear()  # what only a decision needs is not asked for here
        add_fault(form, fault)
        return answer(request, case_id, decision=form, status=422)
    messages.success(request, _("The violation is confirmed. The clocks for removing run from now."))
    return redirect("console:case", case_id)


@step
def notified(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Records that the competent authority was told."""
    form = NotifiedForm(request.POST)
    if form.is_valid():
        try:
            review.record_authority_notified(request.actor, case_id, form.cleaned_data["how"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It is recorded that the authority was told."))
            return redirect("console:case", case_id)
    return answer(request, case_id, notifying=form, status=422)


@step
def hand_over(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Gives the case to a colleague with a note."""
    form = HandOverForm(request.POST, people=colleagues(request.actor))
    if not form.is_valid():
        return answer(request, case_id, hand_over=form, status=422)
    to = uuid.UUID(form.cleaned_data["to"])
    try:
        review.hand_over(request.actor, case_id, to, form.cleaned_data["note"])
    except BadInput as fault:
        add_fault(form, fault)
        return answer(request, case_id, hand_over=form, status=422)
    messages.success(request, _("Handed over to %(name)s.") % {"name": name_of(request.actor, to)})
    return redirect("console:queue")
