"""Orders of authorities: typed in as they came, verified by a second person, or sent back with a reason."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlanh.base import clock
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.forms import add_fault
from anlanh.web.console.order_forms import OrderForm, QueryForm, ReturnForm, VerifyForm
from anlanh.web.console.secret import turned_away
from anlanh.web.console.shell import page
from anlanh.web.console.views.case import answer
from anlanh.work.casework.actions import orders
from anlanh.work.casework.authorities.secrecy import Secret
from anlanh.work.casework.keeping import joining
from anlanh.work.casework.models import Case


@staff
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form to type in an order, and what becomes of it."""
    request.actor.require("orders.enter")
    if request.method == "GET":
        form = OrderForm(initial={"received_at": clock.now()})
        return page(request, "console/order_new.html", {"form": form})
    form = OrderForm(request.POST, request.FILES)
    try:
        case = _entered(request, form) if form.is_valid() else None
    except Secret as refusal:
        # Nothing of it was kept, and the page that follows gives nothing of it back; the browser's draft goes, too.
        return turned_away(request, refusal, reverse("console:new_order"), "order")
    if case is None:
        return page(request, "console/order_new.html", {"form": form}, status=422)
    messages.success(request, _("The order is entered. A second person verifies it before anything is done."))
    return redirect("console:case", case.id)


@step
def verify(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Records that the sender, the authority and the scope were checked, and how."""
    form = VerifyForm(request.POST)
    if form.is_valid():
        try:
            orders.verify_order(request.actor, case_id, form.cleaned_data["how"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The order is verified. It can be decided now."))
            return redirect("console:case", case_id)
    return answer(request, case_id, verifying=form, status=422)


@step
def send_back(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Sends the order back to its office with the reason."""
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            orders.return_order(request.actor, case_id, form.cleaned_data["reason"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The order goes back to its office with your reason."))
            return redirect("console:case", case_id)
    return answer(request, case_id, returning=form, status=422)


@step
def query(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Asks the office to make its order clear; the clocks go on."""
    form = QueryForm(request.POST)
    if form.is_valid():
        try:
            orders.query_order(request.actor, case_id, form.cleaned_data["question"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The question is written. Send the letter from “Needs a person”."))
            return redirect("console:case", case_id)
    return answer(request, case_id, querying=form, status=422)


def _entered(request: HttpRequest, form: OrderForm) -> Case | None:
    """The case of the order, or None with the fault shown in the form. The document is kept only with its order."""
    values = dict(form.cleaned_data)
    uploads = values.pop("document")
    given = orders.OrderInput(**values, document_id=None)
    try:
        if len(uploads) > 1:
            return joining.enter_with_photographs(request.actor, given, [(each.name, each) for each in uploads])
        return orders.enter_with_document(request.actor, given, uploads[0].name, uploads[0])
    except Secret:
        raise
    except BadInput as fault:
        # What is wrong with a photograph is said with its name, beside the field of the document.
        names = [each.name for each in uploads]
        if fault.where in names:
            fault = BadInput(f"{fault.where}: {fault.what}", where="document", mend=fault.mend)
        add_fault(form, fault)
        return None
