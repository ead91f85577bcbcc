"""Starting, stopping and reading clocks on a subject."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlanh.base import clock as time
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock, Pause
from anlanh.law.clocks import ClockAnswer
from anlanh.law.counting import due
from anlanh.law.model import Text
from anlanh.law.pack import Pack


@dataclass(frozen=True)
class ClockView:
    """A clock as pages and the API show it.

    Args:
        clock: the stored facts.
        due_at: computed from them.
        trace: one readable line a step, in both languages.
        state: `met`, `missed`, `running`, `soon` (under a fifth of its time left), `overdue`.
        remaining: until due; negative when past.
        certainty: how sure the pack is of the rule.
    """

    clock: Clock
    due_at: datetime
    trace: Sequence[Text]
    state: str
    remaining: timedelta
    certainty: str


SOON_FRACTION = 5


def start(act: Act, subject_kind: str, subject_id: uuid.UUID, answer: ClockAnswer, pack: Pack) -> list[Clock]:
    """Writes the clocks of an answer of the law, started by an act; in the act's transaction."""
    return Clock.objects.bulk_create(unsaved(act, subject_kind, subject_id, answer, pack))


def unsaved(act: Act, subject_kind: str, subject_id: uuid.UUID, answer: ClockAnswer, pack: Pack) -> list[Clock]:
    """The clocks of an answer as rows not yet written, for callers that write many at once."""
    return [
        Clock(
            organisation_id=act.organisation_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            rule=entry.id,
            obligation=entry.obligation,
            clause=str(entry.clause),
            started_at=entry.starts_at,
            started_by=act.id,
            law_as_of=answer.as_of,
            pack_version=pack.version,
            due_at=entry.due_at,
        )
        for entry in answer.clocks
    ]


def stop(act: Act, subject_id: uuid.UUID, obligations: Iterable[str]) -> int:
    """Stops the running clocks of those obligations, at the time the act happened; how many there were."""
    return Clock.objects.filter(
        subject_id=subject_id, obligation__in=list(obligations), stopped_at__isnull=True
    ).update(stopped_at=act.happened_at, stopped_by=act.id)


def pause(act: Act, subject_id: uuid.UUID, obligations: Iterable[str], longest: timedelta, pack: Pack) -> None:
    """Lets the running clocks of those obligations stand still from an act on, for `longest` unless `resume` comes.

    A pause has its end from the start, so none lasts because somebody never answered.
    """
    from_at, to_at = act.happened_at, act.happened_at + longest
    running = Clock.objects.filter(subject_id=subject_id, obligation__in=list(obligations), stopped_at__isnull=True)
    for entry in running.exclude(pauses__to_at__gt=from_at):
        Pause.objects.create(clock=entry, from_at=from_at, to_at=to_at, act_id=act.id)
        _recompute(entry, pack)


def resume(act: Act, subject_id: uuid.UUID, pack: Pack) -> None:
    """Ends the pauses of a subject's running clocks at the time of an act; those that are over stay as they are."""
    paused = Clock.objects.filter(subject_id=subject_id, stopped_at__isnull=True, pauses__to_at__gt=act.happened_at)
    for entry in paused.distinct():
        entry.pauses.filter(to_at__gt=act.happened_at).update(to_at=act.happened_at)
        _recompute(entry, pack)


def _recompute(entry: Clock, pack: Pack) -> None:
    """Brings `due_at`, which only caches it, in line with the facts."""
    pauses = [(one.from_at, one.to_at) for one in Pause.objects.filter(clock=entry)]
    rule = pack.clock_rules[entry.rule]
    entry.due_at, _trace = due(rule, entry.started_at, pauses=pauses, calendar=pack.calendar)
    entry.save(update_fields=["due_at"])


def take_back(subject_id: uuid.UUID, stopping: uuid.UUID, starting: uuid.UUID | None) -> None:
    """Undoes what acts that were taken back did to clocks.

    Args:
        subject_id: whose clocks.
        stopping: the clocks that this act stopped run again, as if never stopped.
        starting: those that this act started are gone.
    """
    clocks = Clock.objects.filter(subject_id=subject_id)
    clocks.filter(stopped_by=stopping).update(stopped_at=None, stopped_by=None)
    if starting:
        Pause.objects.filter(clock__subject_id=subject_id, clock__started_by=starting).delete()
        clocks.filter(started_by=starting).delete()


def stop_started_by(act: Act, started_by: uuid.UUID) -> int:
    """Stops the running clocks that one act started, at the time the other happened; how many there were."""
    running_now = Clock.objects.filter(subject_id=act.subject_id, started_by=started_by, stopped_at__isnull=True)
    return running_now.update(stopped_at=act.happened_at, stopped_by=act.id)


def governing(clocks: Iterable[Clock]) -> Clock | None:
    """The running clock that is due first."""
    return min((entry for entry in clocks if entry.stopped_at is None), key=lambda entry: entry.due_at, default=None)


def view(entry: Clock, pack: Pack) -> ClockView:
    """The clock with what is computed from its facts, as of now."""
    pauses = [(pause.from_at, pause.to_at or time.now()) for pause in entry.pauses.all()]
    rule = pack.clock_rules[entry.rule]
    due_at, trace = due(rule, entry.started_at, pauses=pauses, calendar=pack.calendar)
    moment = entry.stopped_at or time.now()
    remaining = due_at - moment
    if entry.stopped_at:
        state = "met" if moment <= due_at else "missed"
    elif remaining < timedelta():
        state = "overdue"
    else:
        state = "soon" if remaining * SOON_FRACTION < due_at - entry.started_at else "running"
    return ClockView(entry, due_at, trace, state, remaining, rule.certainty)
