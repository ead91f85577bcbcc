"""Sorting petitions, passing on what is not ours, answering; and the sealed ones, a number and a clock until opened."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.forms import add_fault
from anlanh.web.console.shell import page
from anlanh.web.console.sorting_forms import PetitionForm, SortForm, TransferForm
from anlanh.web.console.views.case import answer
from anlanh.work.casework import queries
from anlanh.work.casework.actions import sorting


@step
def sort(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Says what kind of petition a report is; it goes on in a case of its own."""
    form = SortForm(request.POST, reports=queries.case_page(request.actor, case_id).reports)
    if form.is_valid():
        given = form.cleaned_data
        try:
            new = sorting.sort_report(request.actor, uuid.UUID(given["report"]), given["procedure"], given["reason"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It goes on as case %(number)s.") % {"number": new.number})
            return redirect("console:queue" if new.sealed else "console:case", *([] if new.sealed else [new.id]))
    return answer(request, case_id, sorting=form, status=422)


@step
def transfer(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Passes the case on to the body it is for; those who reported are told by letter."""
    form = TransferForm(request.POST)
    if form.is_valid():
        try:
            sorting.transfer(request.actor, case_id, form.cleaned_data["body"], form.cleaned_data["reason"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The case is passed on, and those who reported are told."))
            return redirect("console:case", case_id)
    return answer(request, case_id, transferring=form, status=422)


@step
def answer_petition(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Answers the petition in writing."""
    form = PetitionForm(request.POST)
    if form.is_valid():
        try:
            sorting.answer_petition(request.actor, case_id, form.cleaned_data["words"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The answer is sent."))
            return redirect("console:case", case_id)
    return answer(request, case_id, petition=form, status=422)


@staff
@require_GET
def sealed(request: HttpRequest) -> HttpResponse:
    """The sealed cases: numbers and clocks."""
    return page(request, "console/sealed.html", {"lines": queries.sealed_cases(request.actor)})


@step
def open_sealed(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Opens a sealed case for this hour; that somebody did is recorded."""
    sorting.open_sealed(request.actor, case_id)
    return redirect("console:case", case_id)
