"""The readers of misuse: what stands against the senders of a case, an organisation's list, and a sender's own view."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework import doors
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.misuse import actions, policy, standing
from anlanh.work.casework.misuse.models import Consequence, Objection, Unfounded
from anlanh.work.casework.misuse.standing import Numbers, Standing
from anlanh.work.casework.models import Case, Report
from anlanh.work.casework.queries.cases import case as one_case
from anlanh.work.casework.sameness.models import Sender

WARNED, LIMITED, ENDED, LIFTED = "warned", "slowed", "over", "lifted"
MOST_SHOWN = 100


@dataclass(frozen=True)
class ConsequenceLine:
    """A warning or limit for the staff.

    Args:
        consequence: the row.
        state: warned, slowed, over or lifted.
        counted: the marks that it counts, of cases that the actor may see.
        objection: the appeal against it, if any.
        may_hear: this actor could decide the open appeal.
        may_lift: this actor could take it back.
    """

    consequence: Consequence
    state: str
    counted: list[Unfounded]
    objection: Objection | None
    may_hear: bool
    may_lift: bool


@dataclass(frozen=True)
class SenderLine:
    """One sender, by one of their reports in the case.

    Args:
        report: the report.
        count: how many marks count against them.
        marks: those of cases that the actor may see, latest first.
        next: what a person may take now: a warning, a limit, or nothing.
        needed: after how many marks that is.
        most_days: how long a limit may be.
        may_take: this actor could take it.
        consequences: what was taken before, latest first.
    """

    report: Report
    count: int
    marks: list[Unfounded]
    next: str
    needed: int
    most_days: int
    may_take: bool
    consequences: list[ConsequenceLine]


@dataclass(frozen=True)
class CaseLines:
    """What a case's page shows of misuse.

    Args:
        marks: the marks of this very case; all who see the case see them.
        senders: what stands against their senders; for those who see reporters or hear appeals.
        slowed_until: until when the case is begun later.
    """

    marks: list[Unfounded]
    senders: list[SenderLine]
    slowed_until: datetime | None


@dataclass(frozen=True)
class OwnLine:
    """A warning or limit as its sender reads it.

    Args:
        id: for the appeal against it.
        kind: warning or limit.
        state: warned, slowed, over or lifted.
        reasons, taken_at, until: as told.
        counted: what it counts: reference, when it came, and why it was held to be unfounded.
        can_appeal: whether an appeal would be taken now.
        appeal_until: until when.
        answer_by: when an open appeal is to be answered; None without one.
        outcome, answer: of the appeal, once it is decided.
    """

    id: uuid.UUID
    kind: str
    state: str
    reasons: str
    taken_at: datetime
    until: datetime | None
    counted: list[tuple[str, datetime, str]]
    can_appeal: bool
    appeal_until: datetime
    answer_by: datetime | None
    outcome: str
    answer: str


def of_case(actor: Actor, case_id: uuid.UUID) -> CaseLines:
    """What a case's page shows: nothing of senders none of whose reports here was marked or led to anything.

    Nobody who still has to decide is told what was held of a sender before.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    marks = list(
        Unfounded.objects.reachable_to(actor).filter(case=case, lifted_at__isnull=True).select_related("report")
    )
    marks = [mark for mark in marks if mark.decision.overturned_at is None]
    told = Consequence.objects.reachable_to(actor).filter(case=case).values_list("report_id", flat=True)
    about = {mark.report_id for mark in marks} | set(told)
    reports = Report.objects.reachable_to(actor).filter(id__in=about).select_related("reporter").order_by("id")
    senders = [_sender_line(actor, report) for report in reports] if about and policy.sees(actor) else []
    slowed = case.slowed_until if case.slowed_until and case.slowed_until > clock.now() else None
    return CaseLines(marks, [line for line in senders if line], slowed)


def suspected(actor: Actor) -> list[SenderLine]:
    """The senders against whom enough stands for a warning or a limit, each by their latest marked report.

    Raises:
        NotAllowed: for those who neither see reporters nor hear appeals.
    """
    actor.require(*policy.SEES)
    numbers = Numbers.of(actor.organisation_id)
    if numbers is None:
        return []
    rows = standing.counting(actor.organisation_id, numbers).filter(organisation_id=actor.organisation_id)
    latest: dict[str, Unfounded] = {}
    for mark in rows.select_related("report__reporter__sender"):
        sender = getattr(mark.report.reporter, "sender", None)
        if sender:
            latest.setdefault(sender.mark, mark)
    seen = within(actor, Report.objects.visible_to(actor), "case__queue")
    reports = seen.filter(id__in=[mark.report_id for mark in latest.values()]).select_related("reporter", "case")
    lines = (_sender_line(actor, report) for report in reports.order_by("-id"))
    return [line for line in lines if line and line.next][:MOST_SHOWN]


def consequences(actor: Actor) -> list[ConsequenceLine]:
    """The warnings and limits of the organisation, those with an open appeal first, then the newest.

    Raises:
        NotAllowed: for those who neither see reporters nor hear appeals.
    """
    actor.require(*policy.SEES)
    rows = within(actor, Consequence.objects.visible_to(actor), "case__queue")
    rows = rows.select_related("case", "report", "objection")
    open_ones = Q(objection__isnull=False, objection__decided_at__isnull=True)
    ordered = [*rows.filter(open_ones).order_by("objection__filed_at"), *rows.exclude(open_ones).order_by("-taken_at")]
    return [_line(actor, row) for row in ordered[:MOST_SHOWN]]


def objections_open(actor: Actor) -> int:
    """How many appeals against warnings and limits wait.

    Raises:
        NotAllowed: for those who neither see reporters nor hear appeals.
    """
    actor.require(*policy.SEES)
    rows = Objection.objects.visible_to(actor).filter(decided_at__isnull=True)
    return within(actor, rows, "case__queue").count()


def consequence(actor: Actor, consequence_id: uuid.UUID) -> Consequence:
    """One warning or limit.

    Raises:
        NotAllowed: for those who neither see reporters nor hear appeals.
        NotFound: none of that id for this actor.
    """
    actor.require(*policy.SEES)
    found = within(actor, Consequence.objects.visible_to(actor), "case__queue").filter(id=consequence_id).first()
    if found is None:
        raise NotFound(_("There is no such warning or limit."))
    return found


def objection(actor: Actor, objection_id: uuid.UUID) -> Objection:
    """One appeal against a warning or limit.

    Raises:
        NotAllowed: for those who neither see reporters nor hear appeals.
        NotFound: none of that id for this actor.
    """
    actor.require(*policy.SEES)
    found = within(actor, Objection.objects.visible_to(actor), "case__queue").filter(id=objection_id).first()
    if found is None:
        raise NotFound(_("There is no such appeal."))
    return found


def own_consequences(reference: str, secret: str) -> list[OwnLine]:
    """The warnings and limits that the person at a door is shown, the newest first.

    Raises:
        NotFound: reference and secret open nothing.
    """
    door = doors.opened(reference, secret)
    rows = actions.shown_at(door).select_related("case", "objection").prefetch_related("counted__report")
    return [_own(row) for row in rows.order_by("-taken_at")]


def _sender_line(actor: Actor, report: Report) -> SenderLine | None:
    """None where nobody knows who sent the report, or the pack does not know misuse."""
    sender = Sender.objects.filter(party=report.reporter).values_list("mark", flat=True).first() or ""
    found = standing.of(actor.organisation_id, sender)
    if found is None:
        return None
    before = Consequence.objects.visible_to(actor).filter(sender=sender).select_related("case", "report", "objection")
    before = within(actor, before, "case__queue").order_by("-taken_at")
    numbers = Numbers.of(actor.organisation_id)
    return SenderLine(
        report=report,
        count=len(found.marks),
        marks=_visible(actor, found),
        next=found.next,
        needed=found.needed,
        most_days=numbers.limit_days,
        may_take=bool(found.next) and policy.may_take(actor),
        consequences=[_line(actor, row) for row in before[:MOST_SHOWN]],
    )


def _visible(actor: Actor, found: Standing) -> list[Unfounded]:
    cases = within(actor, Case.objects.visible_to(actor)).filter(id__in=[mark.case_id for mark in found.marks])
    seen = set(cases.values_list("id", flat=True))
    return [mark for mark in found.marks if mark.case_id in seen]


def _line(actor: Actor, row: Consequence) -> ConsequenceLine:
    counted = within(actor, Unfounded.objects.visible_to(actor).filter(counted_in=row), "case__queue")
    objection = getattr(row, "objection", None)
    waits = objection is not None and objection.decided_at is None
    return ConsequenceLine(
        consequence=row,
        state=_state(row),
        counted=list(counted.select_related("case", "report").order_by("-marked_at")),
        objection=objection,
        may_hear=waits and policy.may_hear(actor, row),
        may_lift=row.lifted_at is None and _state(row) != ENDED and policy.may_take(actor),
    )


def _own(row: Consequence) -> OwnLine:
    objection = getattr(row, "objection", None)
    if objection:
        objection.case = row.case
    decided = objection is not None and objection.decided_at is not None
    return OwnLine(
        id=row.id,
        kind=row.kind,
        state=_state(row),
        reasons=row.reasons,
        taken_at=row.taken_at,
        until=row.until,
        counted=[(mark.report.reference, mark.report.received_at, mark.reason) for mark in row.counted.all()],
        can_appeal=objection is None and row.lifted_at is None and clock.now() <= row.appeal_until,
        appeal_until=row.appeal_until,
        answer_by=actions.answer_due(objection) if objection and not decided else None,
        outcome=objection.outcome if decided else "",
        answer=objection.reasons if decided else "",
    )


def _state(row: Consequence) -> str:
    if row.lifted_at:
        return LIFTED
    if row.kind == Consequence.Kind.WARNING:
        return WARNED
    return LIMITED if row.until > clock.now() else ENDED
