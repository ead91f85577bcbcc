"""What can be signed, and the digest of what its reader saw."""

import functools
import hashlib
from dataclasses import dataclass

from anlanh.law import sheets
from anlanh.law.contents import Pack
from anlanh.law.model import Text
from anlanh.law.sheets import Sheet
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput
from anlanh.reporting.packs import Packs

PACK, CHOICE, CALENDAR = "pack", "choice", "calendar"
_SHEETS = {
    "clock": ("clock_rules", sheets.clock),
    "duty": ("duties", sheets.duty),
    "parameter": ("parameters", sheets.parameter),
    "sanction": ("sanctions", sheets.sanction),
    "checklist": ("checklists", sheets.checklist),
    "form": ("forms", sheets.form),
    "ground": ("grounds", sheets.ground),
}
KINDS = (PACK, CHOICE, CALENDAR, *_SHEETS)


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to sign.

    Args:
        kind: one of KINDS.
        id: of the entry; the year of a calendar; empty for the whole pack.
        title: for people.
        digest: SHA-256 of what is signed, in hexadecimal.
        lines: what it says, as labelled facts; none for the whole pack and for calendar years, which have pages.
    """

    kind: str
    id: str
    title: Text
    digest: str
    lines: tuple[tuple[Text, Text], ...] = ()


def target(pack: Pack, kind: str, identifier: str) -> Target:
    """The thing of that kind and id as it is in this version of the pack.

    Raises:
        BadInput: the pack has none.
    """
    found = _targets(Packs(pack)).get((kind, identifier))
    if found is None:
        raise BadInput(f"the law has no {kind} '{identifier}'", where="target", mend="choose it in the law book")
    return found


def exists(pack: Pack, kind: str, identifier: str) -> bool:
    """Whether there is such a thing to sign."""
    return (kind, identifier) in _targets(Packs(pack))


def targets(pack: Pack, kind: str) -> list[Target]:
    """Everything of a kind, in the order of the pack."""
    return [entry for (of_kind, _), entry in _targets(Packs(pack)).items() if of_kind == kind]


@functools.lru_cache(maxsize=4)
def _targets(packs: Packs) -> dict[tuple[str, str], Target]:
    pack = packs.pack
    found = {(PACK, ""): Target(PACK, "", pack.title, pack.version)}
    for identifier in pack.choices:
        _put(found, CHOICE, sheets.choice(pack, identifier))
    for year in pack.calendar.years.values():
        title = Text(f"Lịch làm việc năm {year.year}", f"Calendar of working days {year.year}")
        found[CALENDAR, str(year.year)] = Target(CALENDAR, str(year.year), title, _digest(_calendar(year)))
    for kind, (entries, sheet) in _SHEETS.items():
        for entry in getattr(pack, entries).values():
            _put(found, kind, sheet(pack, entry))
    return found


def _put(found: dict[tuple[str, str], Target], kind: str, sheet: Sheet) -> None:
    content = [sheet.to_dict("vi"), sheet.to_dict("en")]
    found[kind, sheet.id] = Target(kind, sheet.id, sheet.title, _digest(content), sheet.lines)


def _calendar(year: object) -> list:
    off = [[str(day.day), day.why, day.certainty] for day in sorted(year.off.values(), key=lambda entry: entry.day)]
    worked = [[str(day.day), str(day.instead_of), day.certainty] for _, day in sorted(year.worked.items())]
    still_open = [[str(day.day), day.question.vi, day.question.en] for day in year.open]
    return [year.year, sorted(year.weekly), off, worked, still_open, str(year.basis), year.source.vi, year.source.en]


def _digest(content: object) -> str:
    return hashlib.sha256(canonical_bytes(content)).hexdigest()
