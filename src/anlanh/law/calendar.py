"""Which days are worked on: one file a year, with its source, how sure each day is, and what is still open.

A year without a file raises an alarm and is never guessed. A day whose legal text was not verified stays a working day,
so that a time ends earlier and not later, and the trace of a clock that counts over it says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from anlanh.law.counting import MissingYear
from anlanh.law.model import CERTAINTIES, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import clause_ref, listed, text_pair
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import date_vi

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DOUBTFUL = ("recall",)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off that is not one of the weekly ones, or coincides with one."""

    day: date
    why: str
    certainty: str


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """A weekly day off that is worked in exchange for another day."""

    day: date
    instead_of: date
    certainty: str


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day of which it is not verified whether it is off; it counts as worked until a person settles it."""

    day: date
    question: Text


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year.

    Args:
        year: the civil year.
        basis: the clause that lists the holidays.
        source: where the days were taken from.
        weekly: days of the week that are off, Monday is 0.
        off, worked: by day.
        open: days not settled.
    """

    year: int
    basis: ClauseRef
    source: Text
    weekly: frozenset[int]
    off: dict[date, DayOff]
    worked: dict[date, WorkedDay]
    open: tuple[OpenDay, ...]


@dataclass(frozen=True)
class YearlyCalendar:
    """The years that a pack has; it answers as `counting.Calendar` asks."""

    years: dict[int, CalendarYear] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day.

        Raises:
            MissingYear: the pack has no file for that year.
        """
        year = self._year(day.year)
        if day in year.worked:
            return True
        return day not in year.off and day.weekday() not in year.weekly

    def remarks(self, first: date, last: date) -> tuple[Text, ...]:
        """What a person must know of the days from `first` to `last`, both included: doubtful and open ones.

        Raises:
            MissingYear: the pack has no file for a year among them.
        """
        found = []
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            year = self._year(day.year)
            if day in year.off and year.off[day].certainty in _DOUBTFUL:
                found.append(
                    Text(
                        f"Lưu ý: ngày nghỉ {date_vi(day)} chưa kiểm chứng", f"Note: the day off {day} was not verified"
                    )
                )
            found.extend(entry.question for entry in year.open if entry.day == day)
        return tuple(found)

    def _year(self, year: int) -> CalendarYear:
        if year not in self.years:
            raise MissingYear(year)
        return self.years[year]


def calendar_year(node: Node, holidays: Iterable[str]) -> CalendarYear:
    """One file of `calendar/`.

    Args:
        node: its root.
        holidays: the vocabulary of reasons for a day off.
    """
    with node.fields() as fields:
        year = fields.take("year").integer()
        weekly = frozenset(
            _WEEKDAYS.index(item.word(_WEEKDAYS, "day of the week")) for item in fields.take("weekly_days_off").items()
        )
        off = _days_off(fields.take("days_off"), year, holidays)
        return CalendarYear(
            year=year,
            basis=clause_ref(fields.take("basis")),
            source=text_pair(fields.take("source")),
            weekly=weekly,
            off=off,
            worked=_worked(fields.maybe("working_days"), year, weekly, off),
            open=tuple(_open(item, year, off) for item in listed(fields.maybe("open"))),
        )


def _days_off(node: Node, year: int, holidays: Iterable[str]) -> dict[date, DayOff]:
    off: dict[date, DayOff] = {}
    for item in node.items():
        with item.fields() as fields:
            first = _day(fields.take("from"), year)
            last_node = fields.maybe("to")
            last = _day(last_node, year) if last_node else first
            why = fields.take("why").word(holidays, "holiday")
            certainty = fields.take("certainty").word(CERTAINTIES, "certainty")
        if last < first:
            raise item.fault(f"the last day {last} comes before the first day {first}", "correct one of the two")
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            if day in off:
                raise item.fault(f"{day} is off twice", "keep one of the two")
            off[day] = DayOff(day, why, certainty)
    return off


def _worked(node: Node | None, year: int, weekly: frozenset[int], off: dict[date, DayOff]) -> dict[date, WorkedDay]:
    worked: dict[date, WorkedDay] = {}
    for item in listed(node):
        with item.fields() as fields:
            day = _day(fields.take("day"), year)
            entry = WorkedDay(
                day, fields.take("instead_of").date(), fields.take("certainty").word(CERTAINTIES, "certainty")
            )
        if day.weekday() not in weekly:
            raise item.fault(f"{day} is no weekly day off", "only such a day can be worked in exchange")
        if entry.instead_of.year == year and entry.instead_of not in off:
            raise item.fault(f"{entry.instead_of} is not among the days off", "add it to days_off")
        worked[day] = entry
    return worked


def _open(item: Node, year: int, off: dict[date, DayOff]) -> OpenDay:
    with item.fields() as fields:
        entry = OpenDay(_day(fields.take("day"), year), text_pair(fields.take("question")))
    if entry.day in off:
        raise item.fault(f"{entry.day} is both off and open", "keep one of the two")
    return entry


def _day(node: Node, year: int) -> date:
    day = node.date()
    if day.year != year:
        raise node.fault(f"{day} is not a day of {year}", "put it into the file of its year")
    return day
