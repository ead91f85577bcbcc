"""The broadcast that a case is about: running, over, clips of it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import step
from anlanh.web.console.broadcast_forms import ClipForm, LengthForm
from anlanh.web.console.forms import add_fault
from anlanh.web.console.views.case import answer
from anlanh.work.casework.broadcasts import actions


@step
def running(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Notes that it runs now."""
    try:
        actions.note_running(request.actor, case_id)
    except BadInput as fault:
        messages.error(request, f"{fault.what}; {fault.mend}")
    else:
        messages.success(request, _("It is noted that the broadcast is running; it can be interrupted now."))
    return redirect("console:case", case_id)


@step
def over(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Notes that it is over, and its length."""
    form = LengthForm(request.POST)
    if form.is_valid():
        try:
            actions.note_over(request.actor, case_id, form.cleaned_data["length"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It is noted that the broadcast is over."))
            return redirect("console:case", case_id)
    return answer(request, case_id, ending=form, status=422)


@step
def clip(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keeps a clip."""
    form = ClipForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        stretch = (given["starts"], given["ends"])
        try:
            actions.keep_clip(
                request.actor, case_id, given["clip"].name, given["clip"], *stretch, relied_on=given["clip_relied_on"]
            )
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The clip is kept."))
            return redirect("console:case", case_id)
    return answer(request, case_id, clipping=form, status=422)
