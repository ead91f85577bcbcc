"""What a person should look at before relying on the pack on a day: alarms, never silent repairs.

- a year of working days is missing, or has days that are not settled;
- an instrument is about to end;
- a clock, number or fine in use rests on a weak source;
- rules in force together differ, or a reading was chosen that a lawyer has not confirmed;
- a duty stands while everything that it rests on has ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from anlanh.law.contents import Pack
from anlanh.law.model import InForce, Text
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import date_vi

# How long before an end, or before a year without calendar, people are told: time enough to prepare what follows.
NOTICE = timedelta(days=90)
ALARM_KINDS = ("missing-year", "conflict", "ending", "open-day", "ambiguity", "citation", "doubtful", "basis-ended")
_WEAK = ("secondary", "recall")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to look at.

    Args:
        kind: one of ALARM_KINDS, most urgent first.
        subject: the year, instrument, rule, duty or choice concerned.
        text: what it is about.
    """

    kind: str
    subject: str
    text: Text

    def to_dict(self, language: str = "vi") -> dict[str, str]:
        """For JSON; `language` is that of the text."""
        return {"kind": self.kind, "subject": self.subject, "text": self.text.in_language(language)}


def alarms(pack: Pack, day: date) -> list[Alarm]:
    """Every alarm that holds on a day, most urgent kinds first.

    Args:
        pack: the law, or the law as known on some day.
        day: any civil day.
    """
    found = [
        *_calendar(pack, day),
        *_endings(pack, day),
        *_choices(pack, day),
        *_doubtful(pack, day),
        *_without_basis(pack, day),
    ]
    return sorted(found, key=lambda alarm: (ALARM_KINDS.index(alarm.kind), alarm.subject))


def _calendar(pack: Pack, day: date) -> Iterator[Alarm]:
    """Only where a clock that counts working days is in force on that day or soon."""
    soon = _later(day, NOTICE)
    needed = [
        rule
        for rule in pack.clock_rules.values()
        if rule.counting == "working_days" and rule.in_force.overlaps(InForce(day, soon, "read", "read"))
    ]
    if not needed:
        return
    for year in sorted({day.year, soon.year}):
        if year not in pack.calendar.years:
            yield Alarm(
                "missing-year",
                str(year),
                Text(
                    f"Thiếu lịch ngày làm việc năm {year}; {len(needed)} thời hạn đếm ngày làm việc không tính được",
                    f"The calendar of {year} is missing; {len(needed)} clocks that count working days can't be counted",
                ),
            )
            continue
        for entry in pack.calendar.years[year].open:
            if day <= entry.day <= soon:
                yield Alarm("open-day", str(entry.day), entry.question)


def _endings(pack: Pack, day: date) -> Iterator[Alarm]:
    for instrument in pack.instruments.values():
        until = instrument.in_force.until
        if until is not None and day <= until <= _later(day, NOTICE):
            followers = ", ".join(instrument.replaced_by) or "?"
            yield Alarm(
                "ending",
                instrument.number,
                Text(
                    f"{instrument.short.vi} hết hiệu lực sau ngày {date_vi(until)}; tiếp theo: {followers}",
                    f"{instrument.short.en} ends on {until}; followed by: {followers}",
                ),
            )


def _choices(pack: Pack, day: date) -> Iterator[Alarm]:
    for choice in pack.choices_on(day):
        yield Alarm(
            choice.kind,
            choice.id,
            Text(f"{choice.question.vi}. {choice.answer.vi}", f"{choice.question.en}. {choice.answer.en}"),
        )


def _doubtful(pack: Pack, day: date) -> Iterator[Alarm]:
    for rule in pack.clock_rules.values():
        if rule.in_force.covers(day) and (rule.certainty in _WEAK or _weak_days(rule.in_force)):
            summary = pack.clauses[rule.clause].summary
            yield _doubt(pack, rule.id, rule.clause, summary)
    for parameter in pack.parameters.values():
        value = parameter.on(day)
        if value and (value.certainty in _WEAK or _weak_days(value.in_force)):
            yield _doubt(pack, parameter.id, value.clause, parameter.title)
    for sanction in pack.sanctions.values():
        if sanction.in_force.covers(day) and sanction.certainty in _WEAK:
            yield _doubt(pack, sanction.id, sanction.clause, sanction.conduct)
    for document in pack.documents.values():
        if document.in_force.covers(day) and _weak_days(document.in_force):
            yield Alarm(
                "doubtful",
                document.id,
                Text(
                    f"Ngày của {document.short.vi} chưa kiểm chứng", f"The days of {document.short.en} are unverified"
                ),
            )


def _doubt(pack: Pack, identifier: str, clause: ClauseRef, what: Text) -> Alarm:
    short = pack.instruments[clause.instrument].short
    return Alarm(
        "doubtful",
        identifier,
        Text(
            f"{clause.format_vi(short.vi)}: {what.vi} (nguồn yếu hoặc ngày chưa kiểm chứng)",
            f"{clause.format_en(short.en)}: {what.en} (weak source or unverified days)",
        ),
    )


def _without_basis(pack: Pack, day: date) -> Iterator[Alarm]:
    for duty in pack.duties_on(day):
        numbers = [basis.ref.instrument for basis in duty.bases if basis.ref]
        named = [pack.instruments[number] for number in numbers if number in pack.instruments]
        if named and not any(instrument.in_force.covers(day) for instrument in named):
            ended = ", ".join(sorted({instrument.number for instrument in named}))
            yield Alarm(
                "basis-ended",
                duty.id,
                Text(
                    f"{duty.printed_id}: {duty.title.vi}; mọi căn cứ đã hết hiệu lực: {ended}",
                    f"{duty.printed_id}: {duty.title.en}; all its bases have ended: {ended}",
                ),
            )


def _weak_days(days: InForce) -> bool:
    return bool({days.since_certainty, days.until_certainty}.intersection(_WEAK))


def _later(day: date, by: timedelta) -> date:
    """A later day, or the last one there is."""
    return day + by if date.max - day > by else date.max
