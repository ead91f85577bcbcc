"""The readers of claims: for the case's page, and for either side through its own door."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.law.model import Text
from anlanh.work.casework import doors, policy, steps
from anlanh.work.casework.actions import appeals
from anlanh.work.casework.claims import standing
from anlanh.work.casework.claims.models import ClaimAnswer, CounterNotice
from anlanh.work.casework.desk.access import of_a_case
from anlanh.work.casework.queries.cases import case as one_case

CAN_OBJECT, OBJECTED, CAN_ANSWER, ANSWERED, SETTLED = "can_object", "objected", "can_answer", "answered", "settled"


@dataclass(frozen=True)
class AnswerLine:
    """A claimant's answer, for the staff."""

    reference: str
    kind: str
    body: str
    number: str
    lodged_on: date | None
    in_time: bool
    at: datetime


@dataclass(frozen=True)
class CounterLine:
    """A counter-notice on the case's page.

    Args:
        notice: the row.
        name, address, contact, text: what was stated; empty for those who may not see words of the case.
        due_at: until when a claimant can show that they went to court.
        over: that time is over.
        answers: what claimants said.
        claims: how many claims it objects to.
        possible: this actor can settle it.
        note: where the time comes from, and how sure the pack is.
    """

    notice: CounterNotice
    name: str
    address: str
    contact: str
    text: str
    due_at: datetime
    over: bool
    answers: list[AnswerLine]
    claims: int
    possible: bool
    note: Text


@dataclass(frozen=True)
class OwnCounter:
    """What somebody at their door sees of a counter-notice.

    Args:
        state: can_object, objected, can_answer, answered or settled.
        until: the claimant's last day.
        statement: what is agreed to by objecting.
        note: where the time comes from.
        text: what was objected, for the claimant.
        outcome, reasons: once it is settled.
    """

    state: str
    until: datetime | None
    statement: Text | None
    note: Text | None
    name: str = ""
    address: str = ""
    text: str = ""
    outcome: str = ""
    reasons: str = ""


def counter_notices(actor: Actor, case_id: uuid.UUID) -> list[CounterLine]:
    """The counter-notices of a case, for the staff.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    rows = CounterNotice.objects.visible_to(actor).filter(case=case).order_by("id")
    if not rows:
        return []
    shows, claims = policy.sees_words_of(actor, case), len(standing.claims_in(case))
    may = any(row.act == "counter_notice.settled" and steps.permitted(actor, row) for row in _rows(case))
    return [
        CounterLine(
            row,
            *((row.name, row.address, row.contact, row.text) if shows else ("", "", "", "")),
            due_at=standing.due(row, case),
            over=clock.now() > standing.due(row, case),
            answers=[_answer(one, standing.due(row, case), shows=shows) for one in row.answers.order_by("id")],
            claims=claims,
            possible=may and row.settled_at is None and not policy.claimed_by_another(actor, case),
            note=standing.terms_of(case).note,
        )
        for row in rows
    ]


def counter_notice(actor: Actor, counter_id: uuid.UUID) -> CounterNotice:
    """One counter-notice.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has none of that id.
    """
    return of_a_case(actor, CounterNotice.objects.visible_to(actor), counter_id, _("There is no such counter-notice."))


def own_counter(reference: str, secret: str) -> OwnCounter | None:
    """What the person at the door can do about a counter-notice, or see of one; None where there is nothing.

    Raises:
        NotFound: reference and secret open nothing.
    """
    door = doors.opened(reference, secret)
    case, terms = door.case, standing.terms_of(door.case)
    if terms is None:
        return None
    row = CounterNotice.objects.filter(case=case).select_related("decision").order_by("-id").first()
    if door.access:
        return _of_affected(door, row)
    if row is None or not standing.is_claim(door.report):
        return None
    said = row.answers.filter(report=door.report).exists()
    state = SETTLED if row.settled_at else ANSWERED if said else CAN_ANSWER
    return OwnCounter(
        state,
        standing.due(row, case),
        terms.statement,
        terms.note,
        row.name,
        row.address,
        row.text,
        str(row.outcome),
        row.reasons,
    )


def _of_affected(door: doors.Door, row: CounterNotice | None) -> OwnCounter | None:
    case, terms = door.case, standing.terms_of(door.case)
    decision = appeals.standing_decision(case)
    if row is not None and (row.decision == decision or decision is None):
        state = SETTLED if row.settled_at else OBJECTED
        return OwnCounter(
            state, standing.due(row, case), None, terms.note, outcome=str(row.outcome), reasons=row.reasons
        )
    possible = any(one.act == "counter_notice.filed" for one in _rows(case))
    if not possible or decision is None or not policy.is_for(door.role, decision.measure):
        return None
    return OwnCounter(CAN_OBJECT, None, terms.statement, terms.note) if standing.claims_in(case) else None


def _rows(case: object) -> list:
    return steps.procedure_of(case).actions_from(case.phase)


def _answer(one: ClaimAnswer, due_at: datetime, *, shows: bool) -> AnswerLine:
    in_time = one.lodged_on is not None and one.lodged_on <= due_at.date()
    body, number = (one.body, one.number) if shows else ("", "")
    return AnswerLine(one.report.reference, one.kind, body, number, one.lodged_on, in_time, one.answered_at)
