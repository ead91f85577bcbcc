"""Reading the board from the database. `recounting` gives the same facts from an export."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.models import Act, Leaf, PendingLeaf
from anlanh.base.acts.types import all_types
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.queries import organisation
from anlanh.law.pack import Pack, vietnam
from anlanh.primitives.dates import civil_date
from anlanh.reporting.board import texts
from anlanh.reporting.board.counting import WORDS, Counted, counted_as
from anlanh.reporting.board.facts import ClockCounts, Facts, Period, period_of
from anlanh.reporting.board.judging import Board, Line, board, dated_types
from anlanh.reporting.board.models import Counted as Progress
from anlanh.reporting.board.models import DayCount
from anlanh.reporting.evidence import queries as evidence

VIEW = "duties.view"
MOST_READINGS = 5


def pack() -> Pack:
    """The law that boards are judged by."""
    return vietnam()


def this_year(as_of: date | None = None) -> Period:
    """The calendar year of today, or of the day as of which it is looked at."""
    day = as_of or civil_date(clock.now())
    return period_of(date(day.year, 1, 1), date(day.year, 12, 31), clock.now(), as_of)


def board_of(actor: Actor, period: Period) -> Board:
    """The board of the actor's organisation.

    Args:
        actor: needs `duties.view`.
        period: which days, as of when.

    Raises:
        NotAllowed: without the capability.
    """
    actor.require(VIEW)
    kind = organisation(actor).kind
    return board(pack(), kind, period, facts_of(actor, period, kind), frozenset(all_types()))


def line_of(actor: Actor, period: Period, item_id: str) -> Line:
    """One line of the board.

    Raises:
        NotAllowed: without `duties.view`.
        NotFound: nothing of that id binds this kind of organisation in the period.
    """
    for line in board_of(actor, period).lines:
        if line.item.id == item_id:
            return line
    raise NotFound(f"no duty {item_id!r} binds this organisation in the period")


def acts_behind(actor: Actor, period: Period, line: Line) -> QuerySet[Act]:
    """The acts that prove a line, newest first, each with its place in the log."""
    actor.require(VIEW)
    found = Act.objects.visible_to(actor).filter(type__in=line.item.acts, happened_at__lte=period.ends_at)
    if not line.item.continuous:
        found = found.filter(happened_at__gte=period.begins_at)
    else:
        found = found.exclude(subject_id__in=_lapsed(actor, period).subjects)
    return found.select_related("ledger_leaf").order_by("-recorded_at", "-id")


def running_clocks(actor: Actor, line: Line) -> QuerySet[Clock]:
    """The clocks of a line that nobody has stopped yet, the one that is due first on top."""
    actor.require(VIEW)
    rules = [rule.id for rule in line.item.rules]
    return Clock.objects.visible_to(actor).filter(rule__in=rules, stopped_at__isnull=True).order_by("due_at", "id")


def facts_of(actor: Actor, period: Period, actor_kind: str) -> Facts:
    """What the board of the actor's organisation is judged by."""
    asked = dated_types(pack(), actor_kind, period)
    counts, beyond = _counts(actor, period)
    acts: Counter[tuple[str, str]] = Counter()
    ever: Counter[str] = Counter()
    days: dict[str, set[date]] = {name: set() for name in asked}
    for name, word, in_period, all_before in counts:
        if in_period:
            acts[name, word] += in_period
        ever[name] += all_before
    for entry in beyond:
        if entry.day <= period.last_counted:
            ever[entry.type] += 1
            if entry.day >= period.first:
                acts[entry.type, entry.word] += 1
        if entry.type in days and entry.day <= period.as_of:
            days[entry.type].add(entry.day)
    for name, day in _days(actor, period, asked):
        days[name].add(day)
    return Facts(
        acts=dict(acts),
        acts_ever=dict(ever),
        lapsed=dict(_lapsed(actor, period).acts),
        days={name: tuple(sorted(found)) for name, found in days.items() if found},
        clocks=_clocks(actor, period),
        evidence=tuple(evidence.stated(actor, period.as_of)),
        since=civil_date(organisation(actor).created_at),
    )


def _counts(actor: Actor, period: Period) -> tuple[list[tuple[str, str, int | None, int]], list[Counted]]:
    """Counts by type and word, in the period and ever before its end; and what each act beyond them is counted under.

    Sealing and counting go on meanwhile. So what waits for its seal is read before what has one, and all is read anew
    when the counts have moved in between.
    """
    for _ in range(MOST_READINGS):
        reached = _reached(actor.organisation_id)
        beyond = _beyond(actor.organisation_id, reached)
        in_period = Sum("number", filter=Q(day__gte=period.first))
        rows = DayCount.objects.visible_to(actor).filter(day__lte=period.last_counted)
        counts = list(rows.values_list("type", "word").annotate(in_period=in_period, ever=Sum("number")).order_by())
        if _reached(actor.organisation_id) == reached:
            break
    return counts, beyond


def _days(actor: Actor, period: Period, asked: Sequence[str]) -> Iterable[tuple[str, date]]:
    if not asked:
        return []
    rows = DayCount.objects.visible_to(actor).filter(type__in=asked, day__lte=period.as_of)
    return rows.values_list("type", "day").distinct()


def _lapsed(actor: Actor, period: Period) -> texts.Lapsed:
    """The published texts that prove nothing any more. An organisation publishes few, so all are read."""
    acts = Act.objects.visible_to(actor).filter(type__in=texts.TYPES)
    return texts.lapsed((act.body for act in acts), period.last_counted)


def _reached(organisation_id: uuid.UUID) -> int:
    row = Progress.objects.filter(organisation_id=organisation_id).values_list("position", flat=True).first()
    return row or 0


def _beyond(organisation_id: uuid.UUID, reached: int) -> list[Counted]:
    """What the acts are counted under that the counts do not hold yet."""
    fields = ("act_id", "act__type", "act__happened_at")
    waiting = PendingLeaf.objects.filter(organisation_id=organisation_id).values_list(*fields)
    found = {act_id: (name, moment) for act_id, name, moment in waiting}
    sealed = Leaf.objects.filter(log_id=organisation_id, position__gte=reached).values_list(*fields)
    found |= {act_id: (name, moment) for act_id, name, moment in sealed}
    worded = [act_id for act_id, (name, _) in found.items() if name in WORDS]
    clear = {act.id: act.clear for act in Act.objects.filter(id__in=worded)} if worded else {}
    return [counted_as(name, moment, clear.get(act_id, {})) for act_id, (name, moment) in found.items()]


def _clocks(actor: Actor, period: Period) -> dict[str, ClockCounts]:
    """How the clocks stand, by rule, that ran on a day of the period."""
    moment = period.moment
    stopped = Q(stopped_at__isnull=False, stopped_at__lte=moment)
    in_time = Q(stopped_at__lte=F("due_at"))
    open_then = Q(stopped_at__isnull=True) | Q(stopped_at__gt=moment)
    rows = (
        Clock.objects.visible_to(actor)
        .filter(started_at__lte=period.ends_at)
        .filter(Q(stopped_at__isnull=True) | Q(stopped_at__gte=period.begins_at))
        .values("rule")
        .order_by()
        .annotate(
            met=Count("rule", filter=stopped & in_time),
            late=Count("rule", filter=stopped & Q(stopped_at__gt=F("due_at"))),
            overdue=Count("rule", filter=open_then & Q(due_at__lt=moment)),
            running=Count("rule", filter=open_then & Q(due_at__gte=moment)),
            next_due=Min("due_at", filter=open_then & Q(due_at__gte=moment)),
            first_missed=Min("due_at", filter=open_then & Q(due_at__lt=moment)),
        )
    )
    return {row.pop("rule"): ClockCounts(**row) for row in rows}
