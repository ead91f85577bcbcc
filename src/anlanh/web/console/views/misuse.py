"""Misuse of reporting: whom to consider, warnings and limits taken and taken back, appeals against them heard."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from anlanh.base.actor import NotFound
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.shell import page
from anlanh.web.console.views.case import answer
from anlanh.work.casework.misuse import actions, queries


@staff
@require_GET
def misuse_list(request: HttpRequest) -> HttpResponse:
    """Who is to be considered, and what was taken."""
    context = {"suspected": queries.suspected(request.actor), "consequences": queries.consequences(request.actor)}
    return page(request, "console/misuse.html", context)


@step
def take(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Warns or limits the sender of a report of the case."""
    given, report_id = request.POST, _as_id(request.POST.get("report", ""))
    if report_id not in {line.report.id for line in queries.of_case(request.actor, case_id).senders}:
        raise NotFound(_("There is no such report."))

    def act() -> None:
        days = given.get("days", "").strip()
        number = int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0
        actions.take(request.actor, report_id, given.get("kind", ""), given.get("reasons", ""), number)

    return _done(request, case_id, str(report_id), act, _("It is done. The sender is told why, and how to appeal."))


@staff
@require_POST
def lift(request: HttpRequest, consequence_id: uuid.UUID) -> HttpResponse:
    """Takes a warning or limit back."""
    case_id = queries.consequence(request.actor, consequence_id).case_id
    reasons = request.POST.get("reasons", "")
    said = _("It is taken back. The sender is told.")
    return _done(
        request, case_id, str(consequence_id), lambda: actions.lift(request.actor, consequence_id, reasons), said
    )


@staff
@require_POST
def hear(request: HttpRequest, objection_id: uuid.UUID) -> HttpResponse:
    """Decides an appeal against a warning or limit."""
    case_id = queries.objection(request.actor, objection_id).case_id
    outcome, reasons = request.POST.get("outcome", ""), request.POST.get("reasons", "")
    said = _("The appeal is decided. Letters are on their way.")
    return _done(
        request,
        case_id,
        str(objection_id),
        lambda: actions.hear(request.actor, objection_id, outcome, reasons),
        said,
    )


def _done(
    request: HttpRequest, case_id: uuid.UUID, at: str, act: Callable[[], object], said: str | Promise
) -> HttpResponse:
    """Does it and shows the case; where it could not be done, with what was typed and what is wrong with it."""
    try:
        act()
    except BadInput as fault:
        words = f"{fault.what}; {fault.mend}" if fault.mend else fault.what
        typed = {
            "at": at,
            "fault": words[0].upper() + words[1:],
            "reasons": request.POST.get("reasons", ""),
            "days": request.POST.get("days", ""),
        }
        return answer(request, case_id, misuse_typed=typed, status=422)
    messages.success(request, str(said))
    return redirect("console:case", case_id)


def _as_id(text: str) -> uuid.UUID:
    """The id that a form carries; one that nothing has for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
