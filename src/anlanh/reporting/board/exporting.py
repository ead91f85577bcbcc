"""The board as a workbook and as a paper to file."""

import io
import json
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from anlanh.law.pack import Pack
from anlanh.papers.composing.pdf import FONTS
from anlanh.primitives.dates import VIETNAM, date_vi
from anlanh.reporting.board import wording
from anlanh.reporting.board.judging import STATES, Board, Line

_TEMPLATE = Path(__file__).with_name("board.typ")
_WIDTHS = (14, 60, 34, 14, 18, 46, 10, 9, 9, 9, 9, 20, 12, 12)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook_of(board: Board, pack: Pack, organisation: str) -> bytes:
    """The board as XLSX: one line a duty, every figure in a cell of its own."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Duty board"))
    sheet.freeze_panes = "A4"
    for column, width in zip("ABCDEFGHIJKLMN", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append([_bold(sheet, f"{_('Duty board')} · {organisation}")])
    sheet.append([period_words(board)])
    sheet.append([_bold(sheet, title) for title in _titles()])
    for line in board.lines:
        sheet.append([_cell(sheet, value) for value in _values(line, pack)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf_of(board: Board, pack: Pack, organisation: str) -> bytes:
    """The board as PDF/A, to print and file."""
    language = wording.language()
    totals = board.totals()
    content = {
        "title": _("Duty board"),
        "organisation": organisation,
        "period": period_words(board),
        "law": _("Law as data, version %(version)s") % {"version": board.pack_version[:12]},
        "note": _("Counted from the clear fields of recorded acts; an export of the ledger gives the same figures."),
        "heads": [_("Duty"), _("State"), _("What shows it")],
        "language": language,
        "totals": [[str(wording.STATE_TITLES[state]), totals[state]] for state in STATES if totals[state]],
        "groups": [
            {"title": str(wording.STATE_TITLES[state]), "lines": [_printed(line, pack) for line in lines]}
            for state in STATES
            if (lines := [line for line in board.lines if line.state == state])
        ],
    }
    made = int(board.period.moment.timestamp())
    inputs = {"board": json.dumps(content, ensure_ascii=False)}
    return _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=made)


def period_words(board: Board) -> str:
    """The days and the moment of looking, and the day of the law where it is another one."""
    period = board.period
    moment = period.moment.astimezone(VIETNAM)
    words = _("%(first)s to %(last)s, as things stood at %(time)s on %(day)s") % {
        "first": date_vi(period.first),
        "last": date_vi(period.last),
        "time": f"{moment:%H:%M}",
        "day": date_vi(moment.date()),
    }
    if period.known_on == period.as_of:
        return words
    law = _("by the law as known on %(day)s") % {"day": date_vi(period.known_on)}
    return f"{words}; {law}"


def _titles() -> list[str]:
    return [
        _("Number"), _("Duty"), _("Clause"), _("Strength"), _("State"), _("What shows it"), _("Acts"), _("In time"),
        _("Too late"), _("Overdue"), _("Running"), _("Due next"), _("Reversed on appeal"), _("Decided without action"),
    ]  # fmt: skip


def _values(line: Line, pack: Pack) -> list[str | int | None]:
    language = wording.language()
    due = line.next_due
    return [
        line.item.printed_id,
        line.item.title.in_language(language),
        line.item.clause.in_language(language),
        str(wording.STRENGTH_TITLES[line.item.strength]),
        str(wording.STATE_TITLES[line.state]),
        wording.why(line, pack),
        line.acts_counted,
        line.clocks.met,
        line.clocks.late,
        line.clocks.overdue,
        line.clocks.running,
        f"{due.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if due else None,
        line.reversals,
        line.no_action,
    ]


def _printed(line: Line, pack: Pack) -> dict:
    language = wording.language()
    return {
        "id": line.item.printed_id,
        "title": line.item.title.in_language(language),
        "clause": line.item.clause.in_language(language),
        "strength": str(wording.STRENGTH_TITLES[line.item.strength]),
        "why": wording.why(line, pack),
        "beside": wording.beside(line),
    }


def _cell(sheet: Worksheet, value: str | int | None) -> WriteOnlyCell:
    """A cell that is only ever read as what it says, never run as a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        value = f"'{value}"
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _bold(sheet: Worksheet, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E6F3EF")
    return cell


@cache
def _compiler() -> typst.Compiler:
    """One typesetter for the process: reading the fonts takes longer than setting a board."""
    return typst.Compiler(str(_TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)
