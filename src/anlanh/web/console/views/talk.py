"""Talk with those whom a case concerns, on the case page; and the cases in which somebody waits for an answer."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.forms import WriteForm, add_fault
from anlanh.web.console.shell import page
from anlanh.web.console.views.case import answer
from anlanh.work.casework.talking import actions, queries

MOST_LISTED = 200


@step
def write(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Writes to the reporter or the person affected; they are told that a message waits."""
    form = WriteForm(request.POST, partners=queries.talk(request.actor, case_id).partners)
    if form.is_valid():
        values = form.cleaned_data
        try:
            actions.write_to(request.actor, case_id, uuid.UUID(values["to"]), values["text"], asks=values["asks"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Sent. They are told that a message waits, not what it says."))
            return redirect("console:case", case_id)
    return answer(request, case_id, writing=form, status=422)


@step
def read(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Says that what people wrote was read."""
    count = actions.mark_read(request.actor, case_id)
    said = ngettext("%(count)s message marked as read.", "%(count)s messages marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("console:case", case_id)


@staff
@require_GET
def unread(request: HttpRequest) -> HttpResponse:
    """The cases in which somebody wrote what nobody has read."""
    return page(request, "console/messages.html", {"cases": queries.cases_with_unread(request.actor)[:MOST_LISTED]})
