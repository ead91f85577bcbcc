"""Taking a decision back before anything of it has left."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import step
from anlanh.web.console.forms import UndoForm
from anlanh.work.casework.actions import undoing


@step
def withdraw(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Takes the decision back and opens its case again; says so when it is too late."""
    form = UndoForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            undoing.withdraw(request.actor, case_id, values["decision"], values["why"], values["note"])
        except BadInput as fault:
            messages.error(request, _("It could not be taken back: %(why)s.") % {"why": fault.mend or fault.what})
        else:
            messages.success(request, _("The decision is taken back. Nothing has left; the case is yours again."))
    else:
        messages.error(request, _("It could not be taken back: %(why)s.") % {"why": _("choose one from the list")})
    return redirect("console:case", case_id)
