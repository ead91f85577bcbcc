"""`anlanh law show|duties|diff|alarms|check`: read the law pack as of a day, and check a pack."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from anlanh.law import Pack, load_pack, vietnam
from anlanh.law.alarms import alarms
from anlanh.law.differences import changes
from anlanh.law.lookup import look_up
from anlanh.law.model import Text
from anlanh.law.nodes import hint
from anlanh.law.sheets import Sheet, duty, head
from anlanh.law.time_travel import as_known
from anlanh.law.wording import KINDS
from anlanh.primitives.dates import VIETNAM, date_vi, parse_date
from anlanh.primitives.errors import BadInput

_CHANGES = {
    "begins": Text("bắt đầu", "begins"),
    "ends": Text("hết", "ends"),
    "changes": Text("đổi", "changes"),
}


def configure(questions: argparse._SubParsersAction) -> None:
    """Adds the questions that read the pack."""
    show = questions.add_parser(
        "show",
        help="a clause, an instrument or any id of the pack",
        description="What the pack holds of a reference (147/2024/NĐ-CP/35.7) or an id (CT.1.đ), as of a day.",
    )
    show.add_argument("key", metavar="REF|ID", help="a clause, an instrument's number or an id")
    _days(show)
    show.set_defaults(run=run_show)

    duties = questions.add_parser(
        "duties", help="which duties bind a kind of actor", description="The duties in force on a day."
    )
    duties.add_argument("--actor", metavar="KIND", help="only those that bind this kind, such as department, press")
    duties.add_argument("--place", metavar="PLACE", help="only those that speak to this province, such as ninh-binh")
    _days(duties)
    duties.set_defaults(run=run_duties)

    difference = questions.add_parser(
        "diff", help="what changed between two days", description="What begins, ends and changes between two days."
    )
    difference.add_argument("first", metavar="DAY", help="civil day: 2026-06-30")
    difference.add_argument("second", metavar="DAY", help="civil day: 2026-07-01")
    _form(difference)
    difference.set_defaults(run=run_diff)

    alarm = questions.add_parser(
        "alarms",
        help="what a person should look at",
        description="Missing calendar years, ends, weak sources, conflicts, open questions.",
    )
    _days(alarm)
    alarm.set_defaults(run=run_alarms)

    check = questions.add_parser("check", help="check a law pack", description="Loads a pack and says what it holds.")
    check.add_argument("directory", metavar="DIR", help="the root of the pack")
    _form(check)
    check.set_defaults(run=run_check)


def run_show(arguments: argparse.Namespace) -> int:
    """Answers `anlanh law show`."""
    day = _day(arguments.at, "--at")
    found = look_up(_pack(arguments), arguments.key, day)
    if arguments.json:
        _document({"at": day.isoformat(), "found": [sheet.to_dict(arguments.lang, day) for sheet in found]})
    else:
        print("\n\n".join(_sheet(sheet, arguments.lang, day) for sheet in found))
    return 0


def run_duties(arguments: argparse.Namespace) -> int:
    """Answers `anlanh law duties`; 0 also when none binds."""
    pack, day = _pack(arguments), _day(arguments.at, "--at")
    for given, known, kind in ((arguments.actor, pack.actors, "actor"), (arguments.place, pack.places, "place")):
        if given is not None and given not in known:
            raise BadInput(f"unknown {kind} '{given}'", where=f"--{kind}", mend=hint(given, list(known)))
    found = pack.duties_on(day, arguments.actor, arguments.place)
    if arguments.json:
        sheets = [_duty(pack, entry.id, arguments.lang, day) for entry in found]
        _document({"at": day.isoformat(), "actor": arguments.actor, "duties": sheets})
        return 0
    said = Text(f"{len(found)} mục vào ngày {date_vi(day)}", f"{len(found)} entries on {day}")
    print(said.in_language(arguments.lang))
    for entry in found:
        strength = f" [{entry.strength}]" if entry.strength else ""
        print(f"{entry.printed_id}{strength}  {entry.title.in_language(arguments.lang)}")
    return 0


def run_diff(arguments: argparse.Namespace) -> int:
    """Answers `anlanh law diff`."""
    first, second = _day(arguments.first, "first DAY"), _day(arguments.second, "second DAY")
    found = changes(vietnam(), first, second)
    if arguments.json:
        listed = [change.to_dict(arguments.lang) for change in found]
        _document({"from": first.isoformat(), "to": second.isoformat(), "changes": listed})
        return 0
    for change in found:
        kind = KINDS[change.kind].in_language(arguments.lang)
        title = change.title.in_language(arguments.lang)
        day = (date_vi(change.day) if arguments.lang == "vi" else str(change.day)) if change.day else ""
        print(f"{day:10}  {_CHANGES[change.change].in_language(arguments.lang)}  {kind} {change.id}: {title}")
    if not found:
        print(Text("Không có gì thay đổi.", "Nothing changed.").in_language(arguments.lang))
    return 0


def run_alarms(arguments: argparse.Namespace) -> int:
    """Answers `anlanh law alarms`; alarms are information, so 0 with or without them."""
    day = _day(arguments.at, "--at")
    found = alarms(_pack(arguments), day)
    if arguments.json:
        _document({"at": day.isoformat(), "alarms": [alarm.to_dict(arguments.lang) for alarm in found]})
        return 0
    for alarm in found:
        print(f"{alarm.kind:12}  {alarm.subject}: {alarm.text.in_language(arguments.lang)}")
    if not found:
        print(Text("Không có cảnh báo.", "No alarms.").in_language(arguments.lang))
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Answers `anlanh law check`: 0 when the pack is sound, 1 with its first fault when it is not."""
    directory = Path(arguments.directory)
    if not directory.is_dir():
        raise BadInput("not a directory", where=arguments.directory, mend="name the root of a law pack")
    try:
        pack = load_pack(directory.resolve())
    except BadInput as fault:
        if arguments.json:
            _document({"sound": False, "fault": {"what": fault.what, "where": fault.where, "mend": fault.mend}})
        else:
            print(f"anlanh: {fault}", file=sys.stderr)
        return 1
    counts = {
        name: len(getattr(pack, name))
        for name in (
            "instruments", "clauses", "grounds", "clock_rules", "procedures", "actors", "documents", "duties",
            "parameters", "sanctions", "checklists", "forms", "places", "bodies", "choices",
        )
    } | {"calendar_years": len(pack.calendar.years)}  # fmt: skip
    if arguments.json:
        _document({"sound": True, "code": pack.code, "version": pack.version, "counts": counts})
    else:
        print(f"{pack.title.in_language(arguments.lang)} ({pack.code}) · {pack.version[:16]}")
        print("\n".join(f"{number:6}  {name.replace('_', ' ')}" for name, number in counts.items()))
    return 0


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", metavar="DAY", help="in force on this day; today when left out")
    parser.add_argument("--known", metavar="DAY", help="as it could be known on this day")
    _form(parser)


def _form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the texts")


def _day(written: str | None, where: str) -> date:
    """A civil day; today in Viet Nam when none is given."""
    if written is None:
        return datetime.now(VIETNAM).date()
    try:
        return parse_date(written)
    except BadInput as fault:
        raise BadInput(fault.what, where=where, mend=fault.mend) from fault


def _pack(arguments: argparse.Namespace) -> Pack:
    return vietnam() if arguments.known is None else as_known(vietnam(), _day(arguments.known, "--known"))


def _duty(pack: Pack, identifier: str, language: str, day: date) -> dict:
    """A duty for programs: typed fields beside the sheet that people read."""
    entry = pack.duties[identifier]
    return {
        **duty(pack, entry).to_dict(language, day),
        "id": entry.id,
        "printed": entry.printed_id,
        "document": entry.document,
        "place": entry.place,
        "clause": entry.clause.to_dict() if entry.clause else None,
        "duty_kind": entry.kind,
        "area": entry.area,
        "actors": list(entry.actors),
        "strength": entry.strength,
        "worded": entry.worded,
        "triggers": list(entry.triggers),
        "timing": entry.timing,
        "recurrence": entry.recurrence,
        "recipients": list(entry.recipients),
        "clocks": [rule.id for rule in pack.clocks_of(entry)],
        "proof": {"acts": list(entry.proof.acts), "evidence": list(entry.proof.evidence)},
    }


def _sheet(sheet: Sheet, language: str, day: date) -> str:
    lines = [head(sheet, language, day), sheet.title.in_language(language)]
    lines += [f"    {label.in_language(language)}: {value.in_language(language)}" for label, value in sheet.lines]
    return "\n".join(lines)


def _document(content: dict[str, object] | Iterable[object]) -> None:
    print(json.dumps(content, ensure_ascii=False))
