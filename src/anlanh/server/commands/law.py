"""`anlanh law`: ask the law pack from the command line. Needs no database and no server."""

import argparse
import json
import shutil
import textwrap
from datetime import datetime

from anlanh.law import Clock, ClockAnswer, Pack, clocks_for, vietnam
from anlanh.law.clocks import describe
from anlanh.law.model import Text
from anlanh.law.wording import CERTAINTY
from anlanh.primitives.dates import date_vi, parse_instant
from anlanh.primitives.errors import BadInput
from anlanh.server.commands import law_reading

_WIDEST = 100


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds `law` and what it can be asked."""
    parser = subparsers.add_parser(
        "law", help="ask the law: clocks, duties, what changed", description="Ask the law pack."
    )
    questions = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    clocks = questions.add_parser(
        "clocks",
        help="which clocks start when something happens",
        description="Which clocks start when EVENT happens to an ACTOR of that kind at TIME, by the law in force then.",
    )
    clocks.add_argument("--event", required=True, metavar="EVENT", help="such as violation.detected, order.received")
    clocks.add_argument("--actor", required=True, metavar="ACTOR", help="such as licensed-social-network, telecom")
    clocks.add_argument("--at", required=True, metavar="TIME", help="ISO 8601 with offset: 2026-11-21T09:30:00+07:00")
    clocks.add_argument(
        "--ground", action="append", default=[], metavar="REF", help="what the content violates; may be repeated"
    )
    clocks.add_argument("--request", metavar="KIND", help="with data_request.received: access, delete, …")
    clocks.add_argument("--requester", metavar="AUTHORITY", help="which authority asks, when it is known")
    clocks.add_argument("--third-party", action="store_true", help="a processor or third party is involved")
    clocks.add_argument("--emergency", action="store_true", help="the authority states the emergency of the clause")
    clocks.add_argument("--form", metavar="FORM", help="with report.period: such as nd147-mau-15")
    clocks.add_argument("--year", metavar="YEAR", help="with report.period: the civil year it falls due in")
    clocks.add_argument("--json", action="store_true", help="print one JSON document")
    clocks.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the traces and of the table")
    clocks.set_defaults(run=run_clocks)
    law_reading.configure(questions)


def run_clocks(arguments: argparse.Namespace) -> int:
    """Answers `anlanh law clocks`; 0 also when no clock runs."""
    pack = vietnam()
    answer = clocks_for(
        pack,
        event=arguments.event,
        actor=arguments.actor,
        at=parse_instant(arguments.at),
        grounds=arguments.ground,
        request=arguments.request,
        requester=arguments.requester,
        emergency=arguments.emergency,
        third_party=arguments.third_party,
        form=arguments.form,
        year=_year(arguments.year),
    )
    if arguments.json:
        print(json.dumps(answer.to_dict(arguments.lang), ensure_ascii=False))
    else:
        print(_page(pack, answer, arguments))
    return 0


def _year(written: str | None) -> int | None:
    """The year as a number; argparse's own check would answer in several lines."""
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= 4):
        raise BadInput(f"'{written}' is not a year", where="--year", mend="write it as 2026")
    return int(written)


def _page(pack: Pack, answer: ClockAnswer, arguments: argparse.Namespace) -> str:
    """The answer for people: one block a clock, the governing one marked, the trace beneath."""
    language = arguments.lang
    event = pack.vocabulary["events"][arguments.event].in_language(language)
    actor = pack.actors[arguments.actor].title.in_language(language)
    lines = [
        f"{actor} · {event}",
        _say(language, f"Luật áp dụng ngày {date_vi(answer.as_of)}", f"Law of {answer.as_of}"),
    ]
    if not answer.clocks:
        lines += ["", _say(language, "Không có thời hạn nào chạy.", "No clock runs.")]
    for clock in answer.clocks:
        lines += ["", _headline(pack, clock, clock is answer.governing, language)]
        lines += [_wrapped(step.in_language(language), "    ") for step in clock.trace]
    if answer.without_time:
        heading = _say(language, "Nghĩa vụ không ghi thời hạn:", "Duties without a time:")
        lines += [
            "",
            heading,
            *(_wrapped(line.in_language(language), "    ") for line in describe(answer.without_time, pack)),
        ]
    return "\n".join(lines)


def _headline(pack: Pack, clock: Clock, governs: bool, language: str) -> str:
    mark = "▶" if governs else " "
    obligation = pack.vocabulary["obligations"][clock.rule.obligation].in_language(language)
    certainty = CERTAINTY[clock.rule.certainty].in_language(language)
    return f"{mark} {_when(clock.due_at, language)}  {obligation}  [{certainty}]  {clock.id}"


def _when(instant: datetime, language: str) -> str:
    day = date_vi(instant.date()) if language == "vi" else instant.date().isoformat()
    return f"{instant:%H:%M:%S} {day}"


def _wrapped(text: str, indent: str) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return textwrap.fill(text, width=width, initial_indent=indent + "- ", subsequent_indent=indent + "  ")


def _say(language: str, vi: str, en: str) -> str:
    return Text(vi, en).in_language(language)
