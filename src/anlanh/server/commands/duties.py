"""`anlanh duties`: the duty board counted anew from an exported log. Needs no database and no server."""

import argparse
import importlib
import json
import pkgutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from anlanh import base, reporting, work
from anlanh.base.acts.types import all_types
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date, date_vi, parse_date
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board.facts import Period, period_of
from anlanh.reporting.board.judging import STATES, Board, board, dated_types
from anlanh.reporting.board.recounting import leaves_of, recount

_STATES = {
    "vi": ("Quá hạn", "Đến hạn", "Đã làm, có lần trễ", "Chưa chứng minh được", "Đã đáp ứng", "Không phát sinh"),
    "en": ("Overdue", "Due", "Done, with some too late", "Not yet provable", "Fulfilled", "Nothing to answer"),
}


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds `duties`."""
    parser = subparsers.add_parser(
        "duties",
        help="count the duty board anew from an exported log",
        description="Counts the duty board of an organisation anew from its exported log (`anlanh ledger export`). "
        "Whether the log is whole and genuine is for `anlanh ledger verify` to say.",
    )
    parser.add_argument("file", metavar="FILE", help="the exported log; - reads standard input")
    parser.add_argument("--from", dest="first", metavar="DAY", help="first day; 1 January when left out")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last day; 31 December when left out")
    parser.add_argument("--as-of", metavar="DAY", help="as things stood at the end of that day; now when left out")
    parser.add_argument("--known", metavar="DAY", help="by the law as known on that day; as on --as-of when left out")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the texts")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answers `anlanh duties`; duties not met are information, so 0 whatever the board says."""
    period, law = _period(arguments), vietnam()
    with sys.stdin.buffer if arguments.file == "-" else Path(arguments.file).open("rb") as source:
        found = recount(leaves_of(source), law)
    facts = found.facts(period, dated_types(law, found.kind, period))
    counted = board(law, found.kind, period, facts, _recorded())
    if arguments.json:
        print(json.dumps(_document(counted, found.code, arguments.lang), ensure_ascii=False))
    else:
        print(_page(counted, found.code, arguments.lang))
    return 0


def _period(arguments: argparse.Namespace) -> Period:
    """The days asked for; what is left out is the calendar year."""
    days: dict[str, date | None] = {}
    for name, option in (("first", "--from"), ("last", "--to"), ("as_of", "--as-of"), ("known", "--known")):
        written = getattr(arguments, name)
        try:
            days[name] = parse_date(written) if written else None
        except BadInput as fault:
            raise BadInput(fault.what, where=option, mend=fault.mend) from None
    now = datetime.now(UTC)
    today = days["as_of"] or civil_date(now)
    first = days["first"] or date(today.year, 1, 1)
    last = days["last"] or date(max(first.year, today.year), 12, 31)
    return period_of(first, last, now, days["as_of"], days["known"])


def _recorded() -> frozenset[str]:
    """The types of acts that this version of the program records: each room declares its own in `acts`."""
    for floor in (base, work, reporting):
        for found in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if found.name.endswith(".acts") and not found.ispkg:
                importlib.import_module(found.name)
    return frozenset(all_types())


def _document(counted: Board, code: str, language: str) -> dict:
    return {
        "organisation": code,
        "kind": counted.kind,
        "from": counted.period.first.isoformat(),
        "to": counted.period.last.isoformat(),
        "as_of": counted.period.as_of.isoformat(),
        "law_known_on": counted.period.known_on.isoformat(),
        "pack_version": counted.pack_version,
        "totals": counted.totals(),
        "duties": [
            {
                "id": line.item.id,
                "title": line.item.title.in_language(language),
                "state": line.state,
                "why": line.why,
                "acts": line.acts,
                "triggered": line.triggered,
                "in_time": line.clocks.met,
                "too_late": line.clocks.late,
                "overdue": line.clocks.overdue,
                "running": line.clocks.running,
                "dates": [[entry.due_at.date().isoformat(), entry.state] for entry in line.dates],
                "evidence": [entry.id for entry in line.evidence],
                "reversals": line.reversals,
                "no_action": line.no_action,
            }
            for line in counted.lines
        ],
    }


def _page(counted: Board, code: str, language: str) -> str:
    names = dict(zip(STATES, _STATES[language], strict=True))
    period = counted.period
    lines = [f"{code} · {counted.kind} · {date_vi(period.first)}–{date_vi(period.last)} · {date_vi(period.as_of)}"]
    lines.append(" · ".join(f"{names[state]}: {number}" for state, number in counted.totals().items()))
    for state in STATES:
        found = [line for line in counted.lines if line.state == state]
        if found:
            lines += ["", names[state]]
            lines += [f"  {line.item.printed_id:14} {line.item.title.in_language(language)}" for line in found]
    return "\n".join(lines)
