"""Late appeals let in or refused; the papers of representatives checked: one action each, then the case again."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.work.casework.claims import actions as claiming
from anlanh.work.casework.claims import queries as claims
from anlanh.work.casework.redress import late, mandates, queries


@staff
@require_POST
def admit(request: HttpRequest, late_id: uuid.UUID) -> HttpResponse:
    """Lets a late appeal in."""
    case_id = queries.late_appeal(request.actor, late_id).case_id
    return _done(request, case_id, lambda: late.admit(request.actor, late_id), _("The appeal is let in."))


@staff
@require_POST
def refuse_late(request: HttpRequest, late_id: uuid.UUID) -> HttpResponse:
    """Refuses a late appeal with reasons."""
    case_id, reasons = queries.late_appeal(request.actor, late_id).case_id, request.POST.get("reasons", "")
    said = _("It is refused. The reasons are on their way.")
    return _done(request, case_id, lambda: late.refuse(request.actor, late_id, reasons), said)


@staff
@require_POST
def settle_counter(request: HttpRequest, counter_id: uuid.UUID) -> HttpResponse:
    """Settles a counter-notice, with reasons."""
    case_id = claims.counter_notice(request.actor, counter_id).case_id
    outcome, reasons = request.POST.get("outcome", ""), request.POST.get("reasons", "")
    said = _("It is settled. The reasons are on their way to both sides.")
    return _done(request, case_id, lambda: claiming.settle(request.actor, counter_id, outcome, reasons), said)


@staff
@require_POST
def confirm(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """Says how a mandate's paper was checked."""
    case_id, how = queries.mandate(request.actor, mandate_id).case_id, request.POST.get("how", "")
    said = _("The representative may act from now on.")
    return _done(request, case_id, lambda: mandates.confirm(request.actor, mandate_id, how), said)


@staff
@require_POST
def refuse_mandate(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """Does not accept a mandate."""
    case_id, reasons = queries.mandate(request.actor, mandate_id).case_id, request.POST.get("how", "")
    said = _("It is refused. The reasons are on their way.")
    return _done(request, case_id, lambda: mandates.refuse(request.actor, mandate_id, reasons), said)


@staff
@require_POST
def end_mandate(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """Ends a mandate."""
    case_id = queries.mandate(request.actor, mandate_id).case_id
    return _done(request, case_id, lambda: mandates.end(request.actor, mandate_id), _("The mandate is ended."))


def _done(request: HttpRequest, case_id: uuid.UUID, act: Callable[[], object], said: str | Promise) -> HttpResponse:
    """Does it and shows the case, with what is wrong where it could not be done."""
    try:
        act()
    except BadInput as fault:
        messages.error(request, f"{fault.what}; {fault.mend}" if fault.mend else fault.what)
    else:
        messages.success(request, str(said))
    return redirect("console:case", case_id)
