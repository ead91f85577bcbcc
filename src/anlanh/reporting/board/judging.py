"""How each line of the board stands, judged from what was recorded. Dates, clocks and strengths are the pack's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from anlanh.law.counting import due_on
from anlanh.law.pack import Pack
from anlanh.reporting.board.facts import (
    DONE,
    LATEST,
    NOTHING_HAPPENED,
    ClockCounts,
    Evidence,
    Facts,
    Period,
    last_instant,
)
from anlanh.reporting.board.items import Item, items_for

OVERDUE, DUE, LATE, UNPROVEN, MET, IDLE = "overdue", "due", "late", "unproven", "met", "idle"
STATES = (OVERDUE, DUE, LATE, UNPROVEN, MET, IDLE)  # what needs attention first
STRENGTHS = ("must", "should", "may")
_NEVER = last_instant(LATEST)
# What shows beside timeliness, so that haste by removing alone can't look good.
REVERSALS = (("appeal.decided", "reversed"), ("appeal.decided", "partial"), ("counter_notice.settled", "restored"))
NO_ACTION = ("decision.made", "no_action")


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date of the year on which something falls due.

    Args:
        due_at: the last instant.
        rule: the clock's rule.
        from_day: the first day of the stretch in which it can be done.
        state: one of STATES; UNPROVEN for a date before the organisation began to record anything.
        evidence: the statement that shows it, where one does.
    """

    due_at: datetime
    rule: str
    from_day: date
    state: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board.

    Args:
        item: what is asked.
        state: one of STATES.
        why: what decided: `clocks`, `dates`, `evidence`, `acts`, `triggered` (something happened and no act proves what
            it asks), `nothing`, `no_acts`, `withdrawn` (the texts that proved it are withdrawn, and none took their
            place), `unrecorded` (the program records none of the acts that would prove it).
        acts: how many acts of each proving type count.
        triggered: how many acts showed what the duty answers to.
        clocks: the clocks together.
        dates: those of the period.
        evidence: what people stated.
        next_due: when what is running or coming is due first.
        reversals, no_action: beside timeliness; None where no clock shows.
    """

    item: Item
    state: str
    why: str
    acts: dict[str, int]
    triggered: int
    clocks: ClockCounts
    dates: tuple[DueDate, ...]
    evidence: tuple[Evidence, ...]
    next_due: datetime | None
    reversals: int | None
    no_action: int | None

    @property
    def acts_counted(self) -> int:
        """All acts that prove it."""
        return sum(self.acts.values())

    @property
    def rank_due(self) -> datetime | None:
        """The time that decides its place: the first that was missed where it is overdue, else what is due next."""
        if self.state != OVERDUE:
            return self.next_due
        missed = [entry.due_at for entry in self.dates if entry.state == OVERDUE]
        return min(filter(None, (self.clocks.first_missed, *missed)), default=None)

    @property
    def rank(self) -> tuple:
        """What needs attention first: by state, then by how far it binds, then by when it is due."""
        return STATES.index(self.state), STRENGTHS.index(self.item.strength), self.rank_due or _NEVER


@dataclass(frozen=True)
class Board:
    """The board of one organisation.

    Args:
        kind: its kind of actor.
        period: which days, as of when.
        pack_version: of the law that was asked.
        lines: in the order of the papers.
    """

    kind: str
    period: Period
    pack_version: str
    lines: tuple[Line, ...] = field(default=())

    def totals(self) -> dict[str, int]:
        """How many lines stand in each state."""
        found = dict.fromkeys(STATES, 0)
        for line in self.lines:
            found[line.state] += 1
        return found


def board(pack: Pack, kind: str, period: Period, facts: Facts, recorded: frozenset[str]) -> Board:
    """The board.

    Args:
        pack: the law.
        kind: of the organisation, a word of the pack's actors.
        period: which days, as of when.
        facts: what was recorded.
        recorded: the types of acts that the program can record at all.
    """
    items = items_for(pack, kind, period.first, period.last, period.known_on)
    return Board(kind, period, pack.version, tuple(_line(pack, item, period, facts, recorded) for item in items))


def dated_types(pack: Pack, kind: str, period: Period) -> tuple[str, ...]:
    """The types of acts whose days the board asks for one by one: those that prove what falls due on dates."""
    items = items_for(pack, kind, period.first, period.last, period.known_on)
    dated = [item.acts for item in items if any(rule.counting == "date" for rule in item.rules)]
    return tuple(sorted({name for acts in dated for name in acts}))


def _line(pack: Pack, item: Item, period: Period, facts: Facts, recorded: frozenset[str]) -> Line:
    clocks = ClockCounts()
    for rule in item.rules:
        if rule.id in facts.clocks:
            clocks.add(facts.clocks[rule.id])
    first = max(period.first, item.in_force.since)
    stated = [entry for entry in facts.evidence if entry.duty == item.id]
    evidence = tuple(entry for entry in stated if entry.touches(first, period.last_counted))
    dates = tuple(_dates(pack, item, period, facts, stated))
    counted = facts.standing if item.continuous else facts.of_type
    acts = {name: number for name in item.acts if (number := counted(name))}
    triggered = sum(facts.of_type(name) for name in item.shown_by)
    state, why = _state(item, clocks, dates, evidence, bool(acts), triggered, recorded)
    if why == "no_acts" and item.continuous and any(facts.lapsed.get(name) for name in item.acts):
        why = "withdrawn"
    waiting = [clocks.next_due, *(entry.due_at for entry in dates if entry.state == DUE)]
    timed = clocks.total > 0
    return Line(
        item=item,
        state=state,
        why=why,
        acts=acts,
        triggered=triggered,
        clocks=clocks,
        dates=dates,
        evidence=evidence,
        next_due=min(filter(None, waiting), default=None),
        reversals=sum(facts.acts.get(key, 0) for key in REVERSALS) if timed else None,
        no_action=facts.acts.get(NO_ACTION, 0) if timed else None,
    )


def _state(
    item: Item,
    clocks: ClockCounts,
    dates: tuple[DueDate, ...],
    evidence: tuple[Evidence, ...],
    proven: bool,
    triggered: int,
    recorded: frozenset[str],
) -> tuple[str, str]:
    """The state and the word for what decided it: clocks and dates first, then people's word, then acts."""
    on_dates = {entry.state for entry in dates}
    for state, of_clocks in ((OVERDUE, clocks.overdue), (DUE, clocks.running), (LATE, clocks.late), (MET, clocks.met)):
        if of_clocks:
            return state, "clocks"
        if state in on_dates:
            return state, "dates"
    if UNPROVEN in on_dates:
        return UNPROVEN, "dates"
    stated = {entry.statement for entry in evidence}
    if DONE in stated:
        return MET, "evidence"
    if proven:
        return MET, "acts"
    if NOTHING_HAPPENED in stated:
        return IDLE, "evidence"
    if triggered:
        return UNPROVEN, "triggered"
    if _dated_only(item):
        return IDLE, "dates"
    if not item.continuous and recorded.intersection(item.shown_by):
        return IDLE, "nothing"
    return UNPROVEN, "no_acts" if recorded.intersection(item.acts) else "unrecorded"


def _dated_only(item: Item) -> bool:
    """Whether it falls due on dates and answers to nothing else."""
    return bool(item.rules) and all(rule.counting == "date" for rule in item.rules)


def _dates(pack: Pack, item: Item, period: Period, facts: Facts, evidence: Iterable[Evidence]) -> Iterator[DueDate]:
    """The dates of the period on which it falls due."""
    for rule in item.rules:
        if rule.counting != "date":
            continue
        years = range(period.first.year - 1, period.last.year + 1)
        instants = sorted(due_at for year in years for due_at, _ in due_on(rule, year, pack.zone))
        from_day = rule.in_force.since
        for due_at in instants:
            if period.first <= due_at.date() <= period.last:
                state, shown = _on_date(item, due_at, from_day, period, facts, evidence)
                yield DueDate(due_at, rule.id, from_day, state, shown)
            from_day = due_at.date() + timedelta(days=1)


def _on_date(
    item: Item, due_at: datetime, from_day: date, period: Period, facts: Facts, evidence: Iterable[Evidence]
) -> tuple[str, Evidence | None]:
    """How one date stands: shown by an act since the date before, or by a statement that names this date."""
    due_day = due_at.date()
    shown = [entry for entry in evidence if entry.statement == DONE and entry.speaks_for(from_day, due_day)]
    in_time = next((entry for entry in shown if entry.last <= due_day), None)
    if in_time or any(from_day <= day <= due_day for name in item.acts for day in facts.days.get(name, ())):
        return MET, in_time
    if due_at >= period.moment:
        return DUE, None
    if shown:
        return LATE, shown[0]
    return (OVERDUE if facts.since is None or due_day >= facts.since else UNPROVEN), None
