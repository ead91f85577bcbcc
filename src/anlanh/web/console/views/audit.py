"""The audit of a case: every act with its proof, on a page to read and print, and as files to check elsewhere."""

import tempfile
import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from anlanh.base.acts.keys import verify_key
from anlanh.base.clocks.running import ClockView
from anlanh.base.files.serve import disposition
from anlanh.ledger import proofs
from anlanh.web.console.access import staff
from anlanh.web.console.act_words import act_title
from anlanh.web.console.history import act_lines, table
from anlanh.web.console.shell import page
from anlanh.work.casework import queries
from anlanh.work.casework.actions.auditing import note_export
from anlanh.work.casework.quality.standing import unanswered
from anlanh.work.registry.tables import write_rows

ACTS_A_PAGE = 200
IN_MEMORY = 8 * 1024 * 1024  # bytes; a longer file goes through a temporary one


@staff
@require_GET
def audit_page(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Every act of the case in order, two hundred a page; then its clocks and how the proofs are checked.

    Who is judging the case a second time judges first.
    """
    if look_id := unanswered(request.actor, case_id):
        return redirect("console:second_look", look_id)
    try:
        shown = queries.audit(request.actor, case_id)
    except queries.StillSealed:
        return redirect("console:case", case_id)
    rows = Paginator(queries.audited_acts(request.actor, case_id), ACTS_A_PAGE).get_page(request.GET.get("page"))
    entries = queries.audit_entries(request.actor, case_id, rows.object_list)
    context = {
        "audit": shown,
        "case": shown.case,
        "rows": rows,
        "lines": act_lines(request.actor, entries),
        "clocks": [(view, *_behind(shown, view)) for view in shown.clocks],
        "key": verify_key(shown.case.organisation.code).vkey(),
    }
    return page(request, "console/audit.html", context)


@staff
@require_GET
def audit_table(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The whole history as a table for spreadsheets. Taking it is recorded."""
    if look_id := unanswered(request.actor, case_id):
        return redirect("console:second_look", look_id)
    shown = queries.audit(request.actor, case_id)
    note_export(request.actor, case_id)
    response = HttpResponse(write_rows(table(request.actor, case_id)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(f"{shown.case.number}.csv")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@staff
@require_GET
def audit_file(request: HttpRequest, case_id: uuid.UUID) -> HttpResponseBase:
    """The whole history with the proof of each act, as `anlanh ledger verify-acts` reads it. Taking it is recorded."""
    return _file(request, case_id)


@staff
@require_GET
def act_file(request: HttpRequest, case_id: uuid.UUID, act_id: uuid.UUID) -> HttpResponseBase:
    """One act of the case with its proof, in the same form. Taking it is recorded."""
    return _file(request, case_id, act_id)


def _file(request: HttpRequest, case_id: uuid.UUID, act_id: uuid.UUID | None = None) -> HttpResponseBase:
    if look_id := unanswered(request.actor, case_id):
        return redirect("console:second_look", look_id)
    case = queries.audit(request.actor, case_id).case
    checkpoint, acts = queries.audit_proofs(request.actor, case_id, act_id)
    note_export(request.actor, case_id)
    log = verify_key(case.organisation.code).name
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    for piece in proofs.lines(log, {"case": case.number}, acts, checkpoint):
        out.write(piece.encode())
    out.seek(0)
    name = f"{case.number}-{act_id}.json" if act_id else f"{case.number}.json"
    response = FileResponse(out, as_attachment=True, filename=name, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _behind(shown: queries.CaseAudit, view: ClockView) -> tuple[str, str]:
    """What the acts are called that started and stopped a clock; empty for none."""
    return tuple(
        act_title(shown.started_by[ref]) if ref in shown.started_by else ""
        for ref in (view.clock.started_by, view.clock.stopped_by)
    )
