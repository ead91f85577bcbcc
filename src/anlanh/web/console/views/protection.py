"""Danger to life, suspected abuse of a child: marked here, called out, held back from most eyes, referred."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.forms import add_fault
from anlanh.web.console.protection_forms import DangerForm, ReferralForm
from anlanh.web.console.views.case import answer
from anlanh.work.casework.actions import protection
from anlanh.work.casework.holds import actions as holds


@step
def danger(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Marks a danger to life; those on call are called at once."""
    form = DangerForm(request.POST)
    if form.is_valid():
        try:
            protection.mark_danger(request.actor, case_id, form.cleaned_data["note"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It is marked, and those on call are being called."))
            return redirect("console:case", case_id)
    return answer(request, case_id, endangering=form, status=422)


@step
def lift_hold(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ends a hold of screening before its time; the account is told."""
    try:
        holds.lift(request.actor, case_id, request.POST.get("reason", ""))
    except BadInput as fault:
        messages.error(request, f"{fault.what}; {fault.mend}" if fault.mend else fault.what)
    else:
        messages.success(request, _("The page is held no longer, and the account is told."))
    return redirect("console:case", case_id)


@step
def refer(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Records that the case was referred to the police."""
    form = ReferralForm(request.POST)
    if form.is_valid():
        try:
            protection.refer_to_police(request.actor, case_id, **form.cleaned_data)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The referral is recorded."))
            return redirect("console:case", case_id)
    return answer(request, case_id, referring=form, status=422)


@staff
@require_POST
def restrict(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Holds a file back that may show the abuse of a child."""
    protection.restrict_file(request.actor, case_id, file_id)
    messages.success(request, _("The file is held back: only those named for it can open it."))
    return redirect("console:case", case_id)
