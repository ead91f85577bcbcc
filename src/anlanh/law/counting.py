"""How a legal time is counted, with a trace that a lawyer can follow.

- hours run without a break, nights and days off included;
- days leave out the starting day and end at 23:59:59 of the last; working days likewise and skip days off;
- "immediately" is due at the moment it starts;
- a date "before 15 January" is due at 23:59:59 on the 14th, "at the latest on 25 November" at 23:59:59 on the 25th;
- nothing rolls forward from a day off: the texts do not say so, and the trace flags it for a person.

A pause lengthens hours by the time the clock stood still, and days by the days that it touched; pauses that overlap
count once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from anlanh.law.model import ClockRule, Text
from anlanh.primitives.dates import VIETNAM, date_vi
from anlanh.primitives.errors import BadInput

_SATURDAY = 5


class Calendar(Protocol):
    """Which days are worked on. A year that is not loaded must raise MissingYear, never guess."""

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day."""

    def remarks(self, first: date, last: date) -> "Trace":
        """What a person must know of those days, both ends included, before relying on a count over them."""


class MissingYear(BadInput):
    """Working days are asked for in a year whose calendar is not loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the calendar of working days for {year} is not loaded",
            mend="load the yearly calendar file that a person has signed off",
        )


@dataclass(frozen=True, slots=True)
class Extension:
    """A lawful lengthening of one clock.

    Args:
        amount: how many more, in the unit of the rule.
        basis: by what right, in words; it goes into the trace.
    """

    amount: int
    basis: str


Pause = tuple[datetime, datetime]
Trace = tuple[Text, ...]


def due(
    rule: ClockRule,
    started_at: datetime,
    pauses: Iterable[Pause] = (),
    extended_by: Sequence[Extension] = (),
    calendar: Calendar | None = None,
    zone: ZoneInfo = VIETNAM,
) -> tuple[datetime, Trace]:
    """When a clock that has started is due.

    Args:
        rule: the clock; not one that falls on dates of the year.
        started_at: the instant of the event, with offset.
        pauses: stretches (from, to) in which the clock stood still, in any order; they may overlap.
        extended_by: at most one extension, and no more than the rule allows.
        calendar: needed for working days.
        zone: of the civil days.

    Returns:
        the due instant in `zone`, and the steps that lead to it.

    Raises:
        BadInput: a time without offset, a pause that ends before it begins, an extension that the law does not give.
        MissingYear: working days in a year that the calendar does not have.
    """
    start = in_zone(started_at, zone)
    stops = _merged(pauses, zone)
    amount, steps = _extended(rule, extended_by)
    try:
        if rule.counting == "immediate":
            return start, (
                Text("Văn bản ghi “ngay”: đến hạn đúng lúc bắt đầu", "The text says “immediately”: due at its start"),
            )
        if rule.counting == "hours":
            due_at, counted = _after_hours(start, amount, stops, zone)
        elif rule.counting == "calendar_days":
            due_at, counted = _after_days(start, amount, stops, None, zone)
        elif rule.counting == "working_days":
            if calendar is None:
                raise MissingYear(start.year)
            due_at, counted = _after_days(start, amount, stops, calendar, zone)
        else:
            raise BadInput(f"clock '{rule.id}' is counted by '{rule.counting}' and has no due time of its own")
    except OverflowError as fault:
        raise BadInput(
            f"the time {started_at.isoformat()} is too far off to count from", mend="correct the time"
        ) from fault
    return due_at, (*steps, *counted, *_day_off_flag(due_at, rule.counting))


def due_on(rule: ClockRule, year: int, zone: ZoneInfo = VIETNAM) -> list[tuple[datetime, Trace]]:
    """When a duty that falls on dates of the year is due in one civil year, on the days the rule is in force.

    Args:
        rule: a clock counted by "date".
        year: the civil year in which it falls due.
        zone: of the civil days.
    """
    found = []
    # "Before 1 January" falls due in the year before the one that is printed.
    for printed in (date(printed_in, month, day) for printed_in in (year, year + 1) for month, day in rule.days):
        last = printed - timedelta(days=1) if rule.strict else printed
        if last.year == year and rule.in_force.covers(last):
            due_at = _end_of(last, zone)
            if rule.strict:
                step = Text(
                    f"Trước ngày {date_vi(printed)}: chậm nhất hết ngày {date_vi(last)}",
                    f"Before {printed}: by the end of {last}",
                )
            else:
                step = Text(
                    f"Chậm nhất ngày {date_vi(printed)}, tính cả ngày đó",
                    f"At the latest on {printed}, that day included",
                )
            found.append((due_at, (step, *_day_off_flag(due_at, rule.counting))))
    return found


def in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    """An instant in the pack's time zone.

    Raises:
        BadInput: the datetime is naive, or lies at the very edge of the calendar.
    """
    if instant.utcoffset() is None:
        raise BadInput(f"the time {instant.isoformat()} has no offset", mend="write it as 2026-11-21T09:30:00+07:00")
    try:
        return instant.astimezone(zone)
    except OverflowError as fault:
        raise BadInput(
            f"the time {instant.isoformat()} is too far off to count from", mend="correct the time"
        ) from fault


def _extended(rule: ClockRule, extended_by: Sequence[Extension]) -> tuple[int, Trace]:
    amount = rule.amount or 0
    if not extended_by:
        return amount, ()
    if rule.extension is None:
        raise BadInput(f"the law gives clock '{rule.id}' no extension", mend="leave the extension out")
    if len(extended_by) > 1:
        raise BadInput(f"clock '{rule.id}' can be extended once only", mend="keep one extension")
    more = extended_by[0]
    if not 1 <= more.amount <= rule.extension:
        raise BadInput(f"an extension of {more.amount} for clock '{rule.id}'", mend=f"give 1 to {rule.extension}")
    return amount + more.amount, (
        Text(f"Gia hạn thêm {more.amount}: {more.basis}", f"Extended by {more.amount}: {more.basis}"),
    )


def _merged(pauses: Iterable[Pause], zone: ZoneInfo) -> list[Pause]:
    """The pauses in order, those that touch or overlap joined into one."""
    merged: list[Pause] = []
    for begun, ended in sorted((in_zone(begun, zone), in_zone(ended, zone)) for begun, ended in pauses):
        if ended < begun:
            raise BadInput(f"a pause ends at {ended.isoformat()}, before it begins", mend="swap the two times")
        if merged and begun <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ended))
        else:
            merged.append((begun, ended))
    return merged


def _after_hours(start: datetime, amount: int, stops: list[Pause], zone: ZoneInfo) -> tuple[datetime, Trace]:
    """In universal time, so that an hour is an hour even where clocks are put forward."""
    due_at = start.astimezone(UTC) + timedelta(hours=amount)
    steps = [Text(f"Cộng {amount} giờ chạy liên tục", f"Add {amount} hours, running without a break")]
    for begun, ended in stops:
        still_from = max(begun, start)
        if still_from < due_at and still_from < ended:
            due_at += ended - still_from
            steps.append(
                Text(
                    f"Tạm dừng từ {_clock(still_from)} đến {_clock(ended)}: không tính",
                    f"Paused from {_clock(still_from)} to {_clock(ended)}: not counted",
                )
            )
    return due_at.astimezone(zone), tuple(steps)


def _after_days(
    start: datetime, amount: int, stops: list[Pause], calendar: Calendar | None, zone: ZoneInfo
) -> tuple[datetime, Trace]:
    """Counts days one by one from the day after the start; with a calendar, days off are passed over."""
    day, left, paused, off = start.date(), amount, 0, 0
    while left:
        day += timedelta(days=1)
        if calendar is not None and not calendar.is_working_day(day):
            off += 1
        elif any(begun.date() <= day <= ended.date() and begun < ended for begun, ended in stops):
            paused += 1
        else:
            left -= 1
    vi, en = ("ngày làm việc", "working days") if calendar is not None else ("ngày", "days")
    steps = [
        Text(
            f"Không tính ngày bắt đầu {date_vi(start.date())}; đếm {amount} {vi}, hết ngày {date_vi(day)}",
            f"Leave out the starting day {start.date()}; count {amount} {en}, to the end of {day}",
        )
    ]
    if off:
        steps.append(Text(f"Bỏ qua {off} ngày nghỉ", f"Days off passed over: {off}"))
    if calendar is not None:
        steps.extend(calendar.remarks(start.date() + timedelta(days=1), day))
    if paused:
        steps.append(Text(f"Tạm dừng {paused} ngày: không tính", f"Days paused and not counted: {paused}"))
    return _end_of(day, zone), tuple(steps)


def _day_off_flag(due_at: datetime, counting: str) -> Trace:
    """What a person must know when the last day is a weekend: the text does not move it."""
    if counting not in ("calendar_days", "date") or due_at.weekday() < _SATURDAY:
        return ()
    return (
        Text(
            f"Lưu ý: ngày {date_vi(due_at.date())} là ngày nghỉ cuối tuần; văn bản không cho dời sang ngày làm việc",
            f"Note: {due_at.date()} is a weekend day; the text does not move it to a working day",
        ),
    )


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)


def _clock(instant: datetime) -> str:
    return f"{instant:%H:%M:%S} {date_vi(instant.date())}"
