"""One step of a case through its procedure.

The table of the law pack says what may be done, what it needs, which clocks it starts and stops and who is told; this
module only reads it.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record_all
from anlanh.base.clocks import running
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.models import Organisation
from anlanh.law.clocks import ClockAnswer, clocks_for
from anlanh.law.pack import Pack, vietnam
from anlanh.law.procedures import NotAllowed as NotPossible
from anlanh.law.procedures import Procedure, Transition
from anlanh.primitives.dates import civil_date, end_of_day
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.acts import CASE
from anlanh.work.casework.claims import standing as claims
from anlanh.work.casework.desk import children, placing
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.desk.plans import Plan
from anlanh.work.casework.holds.models import ContentHold
from anlanh.work.casework.models import Appeal, Case, Measure
from anlanh.work.casework.policy import CLAIM
from anlanh.work.registry.models import Page

VIOLATION = "violation.detected"  # the event of finding a violation of law
_NOT_STAFF = {"public", "system"}  # those among a row's doers that are no capability

# need of the table → the field of the form it is given in, and what is said when it is missing
_MISSING = {
    "ground": ("ground", gettext_noop("choose the clause that it is held against")),
    "facts": ("facts", gettext_noop("say what you found")),
    "subject_fact": ("subject_fact", gettext_noop("say one thing about this very content")),
    "measure": ("measure", gettext_noop("choose what is to be done")),
    "reason": ("reasons", gettext_noop("say why")),
    "question": ("question", gettext_noop("say what has to be made clear")),
    "record": ("document", gettext_noop("attach the document")),
    "received_at": ("received_at", gettext_noop("say when it came")),
    "receipt": ("note", gettext_noop("say how it was done and where the proof is")),
    "sender": ("how", gettext_noop("say how you verified who sent it")),
    "statement": ("stated", gettext_noop("agree to the statement")),
    "address_for_service": ("address", gettext_noop("give an address for papers of a court")),
    "successor": ("to", gettext_noop("choose who takes over")),
    "before_leaving": ("", gettext_noop("its messages have left; it can't be taken back any more")),
    "second_person": ("", gettext_noop("somebody who took no part before has to do this")),
}


def pack() -> Pack:
    """The law that cases are handled under."""
    return vietnam()


def procedure_of(case: Case) -> Procedure:
    """The table that the case goes through."""
    return pack().procedures[case.procedure]


def hold(actor: Actor, case_id: uuid.UUID) -> Case:
    """The case, held until the end of the transaction, so that its acts follow one another.

    Who also writes to the page holds that first (`hold_page`): intake does so too, and so nobody waits in a circle.

    Raises:
        NotFound: the actor's organisation has no such case.
    """
    case = held(within(actor, Case.objects.reachable_to(actor)).filter(id=case_id)).first()
    if case is None:
        raise NotFound(_("There is no such case."))
    return case


def held(cases: QuerySet[Case], *, skip_locked: bool = False) -> QuerySet[Case]:
    """The cases, each held as it is read, with what every step needs beside it."""
    return cases.select_for_update(of=("self",), skip_locked=skip_locked).select_related("page__holder", "organisation")


def hold_page(page_id: uuid.UUID) -> None:
    """Holds a page until the end of the transaction, as intake does."""
    Page.objects.select_for_update(no_key=True).get(id=page_id)


def check(actor: Actor, case: Case, act: str, outcome: str = "", *, given: Collection[str] = ()) -> Transition:
    """The row of the table for a step, after its conditions.

    Args:
        actor: who wants to do it.
        case: the case as held.
        act: the act's name.
        outcome: which result, for acts that have several.
        given: which of the table's needs are met.

    Raises:
        BadInput: not possible in this phase, or something it needs is missing.
        NotAllowed: the actor lacks the capabilities.
    """
    row = _row(case, act, outcome)
    if not permitted(actor, row):
        staff = [capability for capability in row.who if capability not in _NOT_STAFF]
        raise NotAllowed(capabilities=staff) if staff else NotAllowed(_("This step is not for the staff to take."))
    for need in row.needs:
        if need not in given:
            field, mend = _MISSING.get(need, (need, need))
            raise BadInput(_("something is missing"), where=field, mend=_(mend))
    return row


def _row(case: Case, act: str, outcome: str) -> Transition:
    table = procedure_of(case)
    try:
        return table.transition(case.phase, act, outcome)
    except NotPossible:
        phase = table.phases[case.phase].title.in_language(get_language() or "vi")
        raise NotPossible(
            _("this can't be done now; the case stands at: %(phase)s") % {"phase": phase}, mend=_("look at it again")
        ) from None


def permitted(actor: Actor, row: Transition) -> bool:
    """Whether the actor is among those who may do the step."""
    if "public" in row.who and actor.kind is ActorKind.PUBLIC:
        return True
    if actor.kind is ActorKind.SYSTEM:
        return "system" in row.who
    return any(actor.can(capability) for capability in row.who if capability not in _NOT_STAFF)


@dataclass
class Step:
    """A checked step with the act that will stand for it.

    Args:
        row: the row of the table.
        draft: the act.
        grounds: clauses that choose among clocks.
        emergency: the authority states an emergency.
        requester: which authority asks, in the pack's words.
        under_law: it rests on a ground of law; a breach of own rules starts no clock of finding a violation.
    """

    row: Transition
    draft: Draft
    grounds: list[str] = field(default_factory=list)
    emergency: bool = False
    requester: str | None = None
    under_law: bool = True


def subject(case: Case, *, new: bool = False) -> Subject:
    """The case as the subject of acts."""
    return Subject(CASE, case.id, new)


def take(actor: Actor, case: Case, steps: Sequence[Step]) -> list[Act]:
    """Records the acts of checked steps, in order, moves the case along and starts and stops clocks.

    The caller holds the case, sets what else changes, and calls `save`.
    """
    acts = record_all(actor, [step.draft for step in steps])
    for step, act in zip(steps, acts, strict=True):
        case.phase = step.row.leads_to(case.phase)
        for event in step.row.starts:
            if event == VIOLATION and not step.under_law:
                continue
            answer = answer_for(
                case.organisation, event, act, grounds=step.grounds, emergency=step.emergency, requester=step.requester
            )
            running.start(act, CASE, case.id, answer, pack())
        if step.row.stops:
            running.stop(act, case.id, step.row.stops)
    return acts


def note(actor: Actor, case: Case, drafts: Sequence[Draft]) -> list[Act]:
    """Records acts beside the steps of the procedure: what moves nothing and starts no clock."""
    return record_all(actor, drafts) if drafts else []


def answer_for(organisation: Organisation, event: str, act: Act, **conditions: object) -> ClockAnswer:
    """Which clocks an event starts for the organisation, at the time the act happened."""
    return clocks_for(pack(), event=event, actor=organisation.kind, at=act.happened_at, **conditions)


def save(case: Case) -> None:
    """Writes a held case, with what lists are ordered by brought in line: when it is due, whether work is left."""
    placing.set_clock(case, placing.plan_of(case.organisation_id), _first_span(case))
    if work_is_left(case):
        case.closed_at = None
    elif case.closed_at is None:
        case.closed_at = clock.now()
    case.save()


def set_due(case: Case, first: Clock | None, plan: Plan) -> None:
    """Repeats on the case when its earliest running clock is due, and what follows from that for queues."""
    placing.set_clock(case, plan, (first.started_at, first.due_at) if first else None)


def answer_due(appeal: Appeal) -> datetime:
    """The end of the last day on which an appeal is to be answered, as the procedure says."""
    days = procedure_of(appeal.case).appeal.answer_days
    return end_of_day(civil_date(appeal.filed_at) + timedelta(days=days))


def _first_span(case: Case) -> tuple[datetime, datetime] | None:
    """Start and end of what is due first: a running clock, the house's own for children, a hold, or the time of an open
    appeal or counter-notice.
    """
    clocks = Clock.objects.filter(subject_id=case.id, stopped_at__isnull=True)
    spans = [(first.started_at, first.due_at) for first in clocks.order_by("due_at")[:1]]
    for appeal in Appeal.objects.filter(case=case, decided_at__isnull=True).order_by("filed_at")[:1]:
        appeal.case = case
        spans.append((appeal.filed_at, answer_due(appeal)))
    if house := children.span(case, children.hours(case.organisation_id) if case.concerns_child else None):
        spans.append(house)
    if held := _hold(case):
        spans.append(held)
    if counter := claims.open_in(case):
        spans.append((counter.filed_at, claims.due(counter, case)))
    return min(spans, key=lambda span: span[1], default=None)


def _hold(case: Case) -> tuple[datetime, datetime] | None:
    """Start and end of a hold while nobody has decided: a person should have by its end."""
    row = ContentHold.objects.filter(case=case, lifted_at__isnull=True, until__gt=clock.now()).first()
    undecided = procedure_of(case).phases[case.phase].public in {"received", "under_review"}
    return (row.placed_at, row.until) if row and undecided else None


def work_is_left(case: Case) -> bool:
    """Whether anybody has to do anything: to review or hear it, or to carry out what was decided."""
    phase = procedure_of(case).phases[case.phase]
    if phase.public not in {"decided", "closed"}:
        return True
    return measure_is_waited_for(case)


def measure_is_waited_for(case: Case) -> bool:
    """Whether somebody still has to apply or undo a measure."""
    return Measure.objects.filter(
        decision__case=case, state__in=[Measure.State.ORDERED, Measure.State.REVERSAL_ORDERED]
    ).exists()


def renew(actor: Actor, case: Case) -> None:
    """Working on a case keeps it: the claim begins anew."""
    if case.claimed_by and case.claimed_by == actor.ref:
        case.claimed_until = clock.now() + CLAIM
