"""The duty board: what binds the organisation, how it stands, what shows it, and evidence given by people."""

import uuid
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.files.serve import disposition, response
from anlanh.base.identity.queries import organisation
from anlanh.law import sheets
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board import exporting, queries
from anlanh.reporting.board.judging import DUE, LATE, OVERDUE, Line
from anlanh.reporting.board.wording import STATE_MEANINGS
from anlanh.reporting.evidence import actions as evidence
from anlanh.reporting.evidence import queries as given
from anlanh.web.components.templatetags.ui import named_here
from anlanh.web.console import duty_lines
from anlanh.web.console.access import staff
from anlanh.web.console.act_words import act_title
from anlanh.web.console.duty_forms import EvidenceForm
from anlanh.web.console.forms import add_fault
from anlanh.web.console.secret import turned_away
from anlanh.web.console.shell import page
from anlanh.web.law_words import language
from anlanh.work.casework.authorities.secrecy import Secret

ACTS_A_PAGE = 20
MOST_CLOCKS = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board of a period as of a day; `?format=xlsx|pdf` gives it as a file."""
    request.actor.require(queries.VIEW)
    fault = None
    try:
        filters = duty_lines.filters_of(request.GET)
    except BadInput as found:
        fault, filters = found, duty_lines.filters_of({})
    whole, law = queries.board_of(request.actor, filters.period), queries.pack()
    if not fault and request.GET.get("format") in ("xlsx", "pdf"):
        return _file(request, whole, request.GET["format"])
    query = request.GET.copy()
    for name in ("state", "format"):
        query.pop(name, None)
    context = {
        "filters": filters,
        "fault": fault,
        "groups": duty_lines.groups_of(request.actor, whole, filters, law),
        "totals": [(state, number, STATE_MEANINGS[state]) for state, number in whole.totals().items()],
        "attention": sum(whole.totals()[state] for state in (OVERDUE, DUE, LATE)),
        "count": len(whole.lines),
        "shown": sum(map(filters.lets_through, whole.lines)),
        "choices": duty_lines.choices_of(whole, law),
        "period_words": exporting.period_words(whole),
        "kind_title": law.actors[whole.kind].title.in_language(language()),
        "query": query.urlencode(),
        "law_version": law.version[:12],
    }
    return page(request, "console/duties.html", context, status=422 if fault else 200)


@staff
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, duty_id: str) -> HttpResponse:
    """One line: its clause, its clocks, the acts behind it with their proofs, evidence, and by POST more of it."""
    request.actor.require(queries.VIEW)
    filters = duty_lines.filters_of(request.GET)
    line = queries.line_of(request.actor, filters.period, duty_id)
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=_suggested(line, filters.period.as_of))
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, duty_id, form)
        except Secret as refusal:
            return turned_away(request, refusal, reverse("console:duty", args=[duty_id]))
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Recorded. The board counts it from now on."))
            return redirect(f"{reverse('console:duty', args=[duty_id])}?{filters.days}")
    law = queries.pack()
    rows = Paginator(queries.acts_behind(request.actor, filters.period, line), ACTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "shown": duty_lines.shown(request.actor, line, filters, law),
        "line": line,
        "filters": filters,
        "meaning": STATE_MEANINGS[line.state],
        "sheets": _sheets(line),
        "rows": rows,
        "acts": [(act, act_title(act.type)) for act in rows],
        "clocks": _clocks(request, line),
        "evidence": list(given.of_duty(request.actor, duty_id)),
        "form": form,
        "may_prove": request.actor.can(evidence.PROVE),
        "may_open_acts": request.actor.can("ledger.view"),
        "area_title": duty_lines.area_title(line.item.area, law),
        "kinds": {word: text.in_language(language()) for word, text in law.vocabulary["evidence"].items()},
    }
    return page(request, "console/duty.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def withdraw(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    """Withdraws a statement that was wrong."""
    found = given.one(request.actor, evidence_id)
    try:
        evidence.withdraw(request.actor, evidence_id, request.POST.get("reason", ""))
    except BadInput as fault:
        messages.error(request, f"{fault.what.capitalize()}; {fault.mend}.")
    else:
        messages.success(request, _("Withdrawn. It stays in the ledger and no longer counts."))
    return redirect("console:duty", found.duty)


@staff
@require_GET
def evidence_file(request: HttpRequest, evidence_id: uuid.UUID) -> FileResponse:
    """The file given with a statement, as a download."""
    found = given.one(request.actor, evidence_id)
    if found.file is None:
        raise NotFound(_("There is no such file."))
    return response(found.file)


def _give(request: HttpRequest, duty_id: str, form: EvidenceForm) -> None:
    upload = form.cleaned_data.pop("file")
    stated = evidence.EvidenceInput(duty=duty_id, **form.cleaned_data)
    evidence.give(request.actor, stated, (upload.name, upload) if upload else None)


def _suggested(line: Line, today: date) -> dict[str, object]:
    """The days that most likely are meant: up to the date that waits, else the period so far."""
    waiting = next((entry for entry in line.dates if entry.state in (OVERDUE, DUE, LATE)), None)
    kind = next(iter(line.item.evidence), "")
    if waiting:
        last = min(waiting.due_at.date(), today)
        return {"kind": kind, "covers_from": last, "covers_to": last, "for_due": waiting.due_at.date()}
    return {"kind": kind, "covers_from": max(line.item.in_force.since, today - timedelta(days=30)), "covers_to": today}


def _clocks(request: HttpRequest, line: Line) -> list:
    """The clocks still open, the first due on top, with the cases they belong to."""
    if not line.clocks.total or not request.actor.can("cases.view"):
        return []
    return list(queries.running_clocks(request.actor, line)[:MOST_CLOCKS])


def _sheets(line: Line) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the pack says of it, as labelled facts: of the duty, or of each time of the clause."""
    law = queries.pack()
    if line.item.id in law.duties:
        told = [("", sheets.duty(law, law.duties[line.item.id]))]
    else:
        told = [(rule.id, sheets.clock(law, rule)) for rule in line.item.rules]
    return [
        (name, [(label.in_language(language()), value.in_language(language())) for label, value in sheet.lines])
        for name, sheet in told
    ]


def _file(request: HttpRequest, whole: object, ending: str) -> HttpResponse:
    """The whole board as a file, whatever the filters, so that nothing can be left out of what is filed."""
    owner = organisation(request.actor)
    made = exporting.workbook_of if ending == "xlsx" else exporting.pdf_of
    content = made(whole, queries.pack(), named_here(owner))
    answer = HttpResponse(content, content_type=XLSX if ending == "xlsx" else "application/pdf")
    name = f"{_('duty-board')}-{owner.code}-{civil_date(clock.now())}.{ending}"
    answer.headers["Content-Disposition"] = disposition(name)
    return answer
