"""What changed in the law between two days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from anlanh.law.contents import Pack
from anlanh.law.figures import Parameter
from anlanh.law.model import InForce, Text
from anlanh.primitives.errors import BadInput


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that is in force on one of the days and not on the other, or whose number differs.

    Args:
        change: "begins", "ends" or "changes".
        kind: what the entry is, such as "instrument", "clock" or "duty".
        id: its id, number or reference.
        title: for people.
        day: the first day on which it is so, where that is a day of the entry.
    """

    change: str
    kind: str
    id: str
    title: Text
    day: date | None

    def to_dict(self, language: str = "vi") -> dict[str, str | None]:
        """For JSON; `language` is that of the title."""
        day = self.day.isoformat() if self.day else None
        title = self.title.in_language(language)
        return {"change": self.change, "kind": self.kind, "id": self.id, "title": title, "day": day}


def changes(pack: Pack, first: date, second: date) -> list[Change]:
    """What begins, ends and changes from one day to another, in the order of the days.

    Args:
        pack: the law.
        first, second: civil days, the earlier first.

    Raises:
        BadInput: the second day comes before the first.
    """
    if second < first:
        raise BadInput(f"{second} comes before {first}", mend="swap the two days")
    found = [
        change
        for kind, identifier, title, days in _dated(pack)
        if (change := _change(kind, identifier, title, days, first, second))
    ]
    found.extend(
        Change("changes", "parameter", parameter.id, _numbers(parameter, first, second), None)
        for parameter in pack.parameters.values()
        if _differs(parameter, first, second)
    )
    return sorted(found, key=lambda change: (change.day or second, change.change != "ends", change.kind, change.id))


def _dated(pack: Pack) -> Iterator[tuple[str, str, Text, InForce]]:
    for instrument in pack.instruments.values():
        yield "instrument", instrument.number, instrument.title, instrument.in_force
    for clause in pack.clauses.values():
        if clause.in_force != pack.instruments[clause.ref.instrument].in_force:
            yield "clause", str(clause.ref), clause.summary, clause.in_force
    for ground in pack.grounds.values():
        yield "ground", ground.id, ground.title, ground.in_force
    for rule in pack.clock_rules.values():
        yield "clock", rule.id, pack.clauses[rule.clause].summary, rule.in_force
    for sanction in pack.sanctions.values():
        yield "sanction", sanction.id, sanction.conduct, sanction.in_force
    for choice in pack.choices.values():
        yield "choice", choice.id, choice.question, choice.in_force
    titled = {"duty": pack.duties, "checklist": pack.checklists, "form": pack.forms, "place": pack.places}
    for kind, entries in {**titled, "body": pack.bodies}.items():
        for entry in entries.values():
            yield kind, entry.id, entry.title, entry.in_force
    for parameter in pack.parameters.values():
        first, last = parameter.values[0].in_force, parameter.values[-1].in_force
        days = InForce(first.since, last.until, first.since_certainty, last.until_certainty, last.ended_by)
        yield "parameter", parameter.id, parameter.title, days


def _change(kind: str, identifier: str, title: Text, days: InForce, first: date, second: date) -> Change | None:
    before, after = days.covers(first), days.covers(second)
    if after and not before:
        return Change("begins", kind, identifier, title, days.since)
    if before and not after and days.until is not None:
        return Change("ends", kind, identifier, title, date.fromordinal(days.until.toordinal() + 1))
    return None


def _differs(parameter: Parameter, first: date, second: date) -> bool:
    before, after = parameter.on(first), parameter.on(second)
    return bool(before and after) and (before.low, before.high) != (after.low, after.high)


def _numbers(parameter: Parameter, first: date, second: date) -> Text:
    before, after = parameter.on(first).words(), parameter.on(second).words()
    return Text(
        f"{parameter.title.vi}: {before.vi} → {after.vi}",
        f"{parameter.title.en}: {before.en} → {after.en}",
    )
