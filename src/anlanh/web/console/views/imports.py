"""Bringing in registers: the file, its columns, what each row would become, and what became of it."""

import uuid
from collections import Counter
from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import add_fault
from anlanh.web.console.import_forms import ColumnsForm, FileForm
from anlanh.web.console.secret import turned_away
from anlanh.web.console.shell import page
from anlanh.work.casework.actions.orders import OrderInput
from anlanh.work.casework.authorities.actions import AuthorityInput
from anlanh.work.casework.authorities.secrecy import Secret
from anlanh.work.casework.importing import actions, queries, undoing
from anlanh.work.casework.importing.fields import KINDS, PAGES, STRIKES
from anlanh.work.casework.importing.models import Import, ImportItem
from anlanh.work.casework.importing.planning import READY, Planned
from anlanh.work.casework.repeats.earlier import EarlierInput
from anlanh.work.casework.screening_lists import queries as screening_lists
from anlanh.work.casework.screening_lists.checking import EntryInput
from anlanh.work.registry.tables import write_rows

ROWS_A_PAGE = 100
SAMPLE_ROWS = 5
# outcome → its words, and the tone in which they are shown.
OUTCOMES = {
    READY: (gettext_lazy("Will be brought in"), "good"),
    "opened": (gettext_lazy("Case opened"), "good"),
    "joined": (gettext_lazy("Joined a case"), "good"),
    "added": (gettext_lazy("Added"), "good"),
    "changed": (gettext_lazy("Changed"), "good"),
    "unchanged": (gettext_lazy("Unchanged"), "plain"),
    "repeated": (gettext_lazy("Stands there twice"), "plain"),
    "known": (gettext_lazy("Brought in before"), "plain"),
    "settled": (gettext_lazy("Settled already"), "plain"),
    "refused": (gettext_lazy("Not as it stands"), "late"),
}
STATES = {
    Import.State.CHOSEN: gettext_lazy("Not brought in yet"),
    Import.State.WAITING: gettext_lazy("Being brought in"),
    Import.State.DONE: gettext_lazy("Brought in"),
    Import.State.UNDONE: gettext_lazy("Undone"),
}
LETTERS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


@staff
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """The imports so far, and the form that takes a file."""
    request.actor.require("imports.run")
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            source = actions.choose_file(request.actor, form.cleaned_data["kind"], upload.name, upload)
        except Secret as refusal:
            return turned_away(request, refusal, reverse("console:imports"))
        except BadInput as fault:
            add_fault(form, BadInput(fault.what, where="file", mend=fault.mend))
        else:
            return redirect("console:import_register", source.id)
    rows = Paginator(queries.imports(request.actor), ROWS_A_PAGE).get_page(request.GET.get("page"))
    lines = [(source, KINDS[source.kind].title, STATES[source.state]) for source in rows]
    context = {"form": form, "rows": rows, "lines": lines, "kinds": KINDS.values()}
    return page(request, "console/imports.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """The columns of a file, to be looked over and corrected; once it is brought in, what became of its rows."""
    source = queries.one(request.actor, import_id)
    if source.state != Import.State.CHOSEN:
        return _result(request, source)
    read = queries.register(request.actor, import_id)
    form = ColumnsForm(request.POST or None, register=read)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data.get("sheet", source.sheet)
        # Another sheet has other columns: it is shown with its own guess first.
        other = sheet != source.sheet
        columns = queries.guess(request.actor, import_id, sheet) if other else form.chosen("column_")
        try:
            actions.set_columns(
                request.actor,
                import_id,
                columns,
                form.chosen("default_"),
                sheet=sheet,
                save_as="" if other else form.cleaned_data["save_as"],
            )
        except BadInput as fault:
            add_fault(form, fault)
        else:
            return redirect("console:import_register" if other else "console:import_check", import_id)
    context = {
        "source": source,
        "read": read,
        "form": form,
        "columns": form.of("column_"),
        "defaults": form.of("default_"),
        "letters": [LETTERS[letters] for letters in read.letters],
        "sample": [_sample(read, cells) for _line, cells in read.table.rows[:SAMPLE_ROWS]],
    }
    return page(request, "console/import_columns.html", context, status=422 if form.errors else 200)


@staff
@require_GET
def check(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """What each row would become; nothing is written."""
    source = queries.one(request.actor, import_id)
    if source.state != Import.State.CHOSEN:
        return redirect("console:import_register", import_id)
    try:
        plan = queries.plan(request.actor, import_id)
    except BadInput as fault:
        messages.error(request, str(fault))
        return redirect("console:import_register", import_id)
    wanted = request.GET.get("outcome", "")
    rows = [each for each in plan if not wanted or each.outcome == wanted]
    shown = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "rows": shown,
        "lines": [_planned_line(each) for each in shown],
        "counts": _counts(Counter(each.outcome for each in plan)),
        "outcome": wanted,
        "dated": KINDS[source.kind].of_cases or source.kind == STRIKES,
        "ready": sum(1 for each in plan if each.outcome == READY),
        "long": len(plan) > actions.MOST_AT_ONCE,
    }
    return page(request, "console/import_check.html", context)


@staff
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Brings the file in."""
    source = queries.one(request.actor, import_id)
    if request.method == "POST":
        try:
            actions.run(request.actor, import_id)
        except BadInput as fault:
            return _result(request, source, fault)
        messages.success(request, _("The register is brought in."))
    return redirect("console:import_register", import_id)


@staff
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Takes back an import on whose rows nothing was done."""
    source = queries.one(request.actor, import_id)
    if request.method == "POST":
        try:
            undoing.undo(request.actor, import_id)
        except BadInput as fault:
            return _result(request, source, fault)
        messages.success(request, _("The import is undone."))
    return redirect("console:import_register", import_id)


@staff
@require_GET
def results(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """A line for each row, as a file: what it would become, or what became of it."""
    source = queries.one(request.actor, import_id)
    if source.state == Import.State.CHOSEN:
        lines: Iterable[dict] = map(_planned_line, queries.plan(request.actor, import_id))
    else:
        lines = map(_item_line, queries.items(request.actor, import_id))
    header = [_("Row"), _("Original number"), _("Result"), _("Column"), _("What is wrong"), _("How to mend it")]
    rows = [
        [str(line["line"]), line["number"], str(line["word"]), *(line["fault"].get(name, "") for name in _FAULT)]
        for line in lines
    ]
    return _file([header, *rows], f"ket-qua-{source.id}.csv")


@staff
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything open of a kind in the columns that an import reads again."""
    kind = request.GET.get("kind", PAGES)
    rows = queries.exported(request.actor, kind)
    return _file(rows, f"{kind}-{timezone.localdate():%Y-%m-%d}.csv")


@staff
@require_GET
def screening_files(request: HttpRequest) -> HttpResponse:
    """The lists of screening as `anlanh screen` reads them, to be unpacked into a directory of lists."""
    headers = {"Content-Disposition": f'attachment; filename="danh-sach-{timezone.localdate():%Y-%m-%d}.zip"'}
    return HttpResponse(screening_lists.archive(request.actor), content_type="application/zip", headers=headers)


_FAULT = ("where", "what", "mend")


def _result(request: HttpRequest, source: Import, fault: BadInput | None = None) -> HttpResponse:
    """What became of each row so far, with the way back where there is one."""
    items = queries.items(request.actor, source.id)
    wanted = request.GET.get("outcome", "")
    rows = Paginator(items.filter(outcome=wanted) if wanted else items, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "state": STATES[source.state],
        "waiting": source.state == Import.State.WAITING,
        "undoable": source.state == Import.State.DONE,
        "so_far": items.count(),
        "rows": rows,
        "lines": [_item_line(item) for item in rows],
        "counts": _counts(source.totals),
        "outcome": wanted,
        "about_cases": KINDS[source.kind].of_cases,
        "fault": fault,
    }
    return page(request, "console/import_result.html", context, status=422 if fault else 200)


def _sample(read: queries.Register, cells: object) -> list[object]:
    """One row under the headers of its table."""
    return [cells[column.index] if column.index < len(cells) else None for column in read.table.columns]


def _counts(totals: dict[str, int]) -> list[tuple[str, object, str, int]]:
    return [(name, word, tone, totals[name]) for name, (word, tone) in OUTCOMES.items() if totals.get(name)]


def _planned_line(each: Planned) -> dict[str, object]:
    word, tone = OUTCOMES[each.outcome]
    fault = each.fault
    told = {"where": fault.where, "what": fault.what, "mend": fault.mend} if fault else {}
    return {
        "line": each.line,
        "number": each.original_number,
        "word": word,
        "tone": tone,
        "fault": told,
        "about": _about(each),
        "received_at": _received(each),
        "due_at": each.due_at,
        "hour_known": each.hour_known,
    }


def _about(each: Planned) -> str:
    """What the row is about: an address, or a body and its number."""
    if isinstance(each.given, AuthorityInput):
        return f"{each.given.name} · {each.given.phone}"
    if isinstance(each.given, EarlierInput):
        return each.given.account
    if isinstance(each.given, EntryInput):
        return f"{each.given.value} · {each.given.ground}"
    return each.given.address if each.given else ""


def _received(each: Planned) -> object:
    given = each.given
    if isinstance(given, EarlierInput):
        return given.decided_at
    return given.received_at if isinstance(given, OrderInput) else getattr(given, "happened_at", None)


def _item_line(item: ImportItem) -> dict[str, object]:
    word, tone = OUTCOMES[item.outcome]
    return {
        "line": item.line,
        "number": item.original_number,
        "word": word,
        "tone": tone,
        "fault": item.fault or {},
        "subject": item.subject_id,
    }


def _file(rows: Iterable[list[str]], name: str) -> HttpResponse:
    response = HttpResponse(write_rows(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
