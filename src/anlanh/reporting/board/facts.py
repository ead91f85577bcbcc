"""What the board is judged by: counts of acts, of clocks, and evidence, in a period as of a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from anlanh.primitives.dates import VIETNAM, civil_date, start_of_day
from anlanh.primitives.errors import BadInput

DONE, NOTHING_HAPPENED = "done", "nothing_happened"
STATEMENTS = (DONE, NOTHING_HAPPENED)
# Far enough for every text of a pack and every plan; a year beyond is a slip of the keyboard.
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
EVIDENCE_GIVEN, EVIDENCE_WITHDRAWN = "duty.evidence_given", "duty.evidence_withdrawn"


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days from `first` to `last`, both included, looked at as things stood at a moment.

    Args:
        first, last: the days.
        moment: the last instant that counts; what happened later is not known yet.
        law_day: the law as known on this day; None for the day of the moment.
    """

    first: date
    last: date
    moment: datetime
    law_day: date | None = None

    def __post_init__(self) -> None:
        if not (self.first >= EARLIEST and self.last <= LATEST):
            raise BadInput(
                f"the period lies outside {EARLIEST} to {LATEST}", where="from", mend="choose days within these"
            )
        if self.last < self.first:
            raise BadInput(
                f"the period ends on {self.last}, before it begins",
                where="to",
                mend="give a later day, or swap the two",
            )
        if not EARLIEST <= self.known_on <= LATEST:
            raise BadInput(
                f"the law was never known on a day outside {EARLIEST} to {LATEST}",
                where="known",
                mend="choose a day within these, or leave it empty",
            )

    @property
    def as_of(self) -> date:
        """The civil day of the moment."""
        return civil_date(self.moment)

    @property
    def known_on(self) -> date:
        """The civil day on which the law is taken as known: what was published later does not count yet."""
        return self.law_day or self.as_of

    @property
    def begins_at(self) -> datetime:
        """The first instant."""
        return start_of_day(self.first)

    @property
    def ends_at(self) -> datetime:
        """The last instant that counts."""
        return min(last_instant(self.last), self.moment)

    @property
    def last_counted(self) -> date:
        """The last civil day that counts."""
        return min(self.last, self.as_of)


@dataclass(slots=True)
class ClockCounts:
    """How the clocks of one rule, or of several, stand that ran on a day of the period.

    Args:
        met: stopped in time.
        late: stopped after they were due.
        overdue: running past their time.
        running: running in time.
        next_due: when the first of those running in time is due.
        first_missed: when the first of those overdue was due.
    """

    met: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0
    next_due: datetime | None = None
    first_missed: datetime | None = None

    def add(self, other: "ClockCounts") -> None:
        """Takes the clocks of another rule in."""
        self.met += other.met
        self.late += other.late
        self.overdue += other.overdue
        self.running += other.running
        self.next_due = min(filter(None, (self.next_due, other.next_due)), default=None)
        self.first_missed = min(filter(None, (self.first_missed, other.first_missed)), default=None)

    @property
    def total(self) -> int:
        """All of them."""
        return self.met + self.late + self.overdue + self.running


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person stated of a duty, for days that the statement covers.

    Args:
        id: of the statement, as its act names it.
        duty: the duty's id.
        statement: one of STATEMENTS.
        kind: a word of the pack's kinds of evidence; empty for `nothing_happened`.
        first, last: the civil days it speaks of.
        given_on: the civil day on which it was given.
        for_due: the date of the year that it speaks for, where something falls due on dates.
    """

    id: str
    duty: str
    statement: str
    kind: str
    first: date
    last: date
    given_on: date
    for_due: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether it speaks of a day among these."""
        return self.first <= last and first <= self.last

    def speaks_for(self, from_day: date, due_day: date) -> bool:
        """Whether it speaks for a date: that very one, or, where it names none, days of the stretch that ends there."""
        return self.for_due == due_day if self.for_due else self.touches(from_day, due_day) and self.last <= due_day


Counts = Mapping[tuple[str, str], int]  # (type of act, word of its clear fields or "") → how many


@dataclass(frozen=True)
class Facts:
    """All that the board is judged by.

    Args:
        acts: acts that happened in the period, by type and word.
        acts_ever: acts that happened before the period's end, by type; they prove what has to stand all the time.
        lapsed: how many of those prove it no more: they published texts, withdrawn since with nothing in their place.
        days: for the types that prove dated duties, the civil days on which one happened, up to the day looked at.
        clocks: by rule.
        evidence: what people stated and did not withdraw, on or before the day looked at.
        since: the civil day on which the organisation began to record; earlier dates can't be held against it.
    """

    acts: Counts = field(default_factory=dict)
    acts_ever: Mapping[str, int] = field(default_factory=dict)
    lapsed: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    clocks: Mapping[str, ClockCounts] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    since: date | None = None

    def of_type(self, act_type: str) -> int:
        """How many acts of a type happened in the period."""
        return sum(number for (name, _), number in self.acts.items() if name == act_type)

    def standing(self, act_type: str) -> int:
        """How many acts of a type happened ever and still prove what has to stand all the time."""
        return self.acts_ever.get(act_type, 0) - self.lapsed.get(act_type, 0)


def period_of(first: date, last: date, now: datetime, as_of: date | None = None, law_day: date | None = None) -> Period:
    """A period looked at now, or as things stood when an earlier day ended; by the law as known then or another day."""
    return Period(first, last, now if as_of is None else min(now, last_instant(as_of)), law_day)


def last_instant(day: date) -> datetime:
    """The last instant of a civil day."""
    return datetime.combine(day, time.max, VIETNAM)
