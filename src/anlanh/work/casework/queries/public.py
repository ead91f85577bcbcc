"""What the people concerned may know: their own letters, where their matter stands, until when they can appeal.

Nobody learns here that somebody else reported the same page. So a report that joined a case in review is "received"
until somebody works on the case after it came, and another's appeal does not show.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.models import Organisation
from anlanh.work.casework import doors, policy, steps
from anlanh.work.casework.actions import undoing
from anlanh.work.casework.claims import standing as claims
from anlanh.work.casework.doors import Door
from anlanh.work.casework.models import Appeal, Case, Decision, Notice
from anlanh.work.casework.redress.models import LateAppeal
from anlanh.work.casework.withholding import standing as withholding

TELLS_OF_MESSAGE = "message_waiting"  # a letter that says nothing but that something waits on the very page
RECEIVED, UNDER_REVIEW, DECIDED, UNDER_APPEAL, CLOSED = "received", "under_review", "decided", "under_appeal", "closed"


@dataclass(frozen=True)
class NoticeView:
    """A letter as its recipient reads it."""

    kind: str
    subject: str
    body: str
    written_at: datetime


@dataclass(frozen=True)
class AnswerView:
    """The answer to an own appeal: `upheld`, `partial`, `reversed`, or `refused` for a late one that was not heard."""

    outcome: str
    reasons: str
    at: datetime


@dataclass(frozen=True)
class StatusView:
    """One person's view of their matter.

    Args:
        role: `reporter` or `affected`.
        reference: as issued.
        organisation: who handles it.
        page: the address of what it is about.
        language: of its letters.
        phase: received, under_review, decided, under_appeal or closed.
        next: what happens next, in a sentence.
        by_when: until when the law gives the organisation; None when nothing is due to this person.
        received_at: when the report came, or the person affected was told.
        notices: this person's letters, newest first.
        measure: what the standing decision is; empty before one.
        can_appeal: whether `file_appeal` would take an appeal now.
        appeal_until: the last moment for it; None when there is nothing for this person to appeal against.
        email_confirmed: None without an address, else whether letters are mailed to it.
        can_ask_late: whether the time to appeal is over, and this person can still ask to be heard.
        answer_by: when an own open appeal is to be answered.
        represented: a representative opened it, not the person themself.
        answers: outcome and reasons of this person's own appeals, the newest first.
        reports: number and time of each report of theirs that is one matter with this, the first among them; empty
            where there is but one.
    """

    role: str
    reference: str
    organisation: str
    page: str
    language: str
    phase: str
    next: str
    by_when: datetime | None
    received_at: datetime
    notices: list[NoticeView]
    measure: str
    can_appeal: bool
    appeal_until: datetime | None
    email_confirmed: bool | None
    can_ask_late: bool
    answer_by: datetime | None
    represented: bool
    answers: list["AnswerView"]
    reports: list[tuple[str, datetime]]


def status(reference: str, secret: str) -> StatusView:
    """What the door of a reporter or of the person affected shows.

    Raises:
        NotFound: reference and secret open nothing; the same words and time whichever of them is wrong.
    """
    return status_of(doors.opened(reference, secret))


def status_of(door: Door) -> StatusView:
    """What an open door shows."""
    case = door.case
    standing = case.decisions.filter(overturned_at__isnull=True).first()
    decision = standing if standing and is_told(door, standing) else None
    own_appeal = case.appeals.filter(party=door.party).order_by("-id").first()
    phase = _phase(door, own_appeal, can_be_taken_back=standing is not None and decision is None)
    concerned = decision is not None and policy.is_for(door.role, decision.measure)
    can_appeal = concerned and _can_appeal(case, decision, own_appeal)
    party = door.party
    return StatusView(
        role=door.role,
        reference=door.reference,
        organisation=_name_here(case.organisation),
        page=case.page.address,
        language=party.language,
        phase=phase,
        next=_about_counter(door) or _next(phase, can_appeal=can_appeal),
        by_when=_by_when(door, standing) if phase in {RECEIVED, UNDER_REVIEW} else None,
        received_at=door.report.received_at if door.report else door.access.created_at,
        notices=_notices(door),
        measure=decision.measure if decision else "",
        can_appeal=can_appeal,
        appeal_until=decision.appeal_until if concerned else None,
        email_confirmed=bool(party.email_confirmed_at) if party.email else None,
        can_ask_late=concerned and _can_ask_late(door, decision),
        answer_by=_answer_by(door, own_appeal),
        represented=door.mandate is not None,
        answers=_answers(door),
        reports=_reports(door),
    )


def is_told(door: Door, decision: Decision) -> bool:
    """Whether who stands at the door may know of a decision: it has left, and nothing keeps it back from them."""
    if decision.withdrawn_at or not undoing.has_left(decision):
        return False
    return not (door.access and withholding.keeps_back(decision))


def letters_told(door: Door) -> QuerySet[Notice]:
    """The letters to the person that have left."""
    own = door.case.notices.filter(recipient=door.party, role=door.role)
    return own.filter(Q(decision__leaves_at__isnull=True) | Q(decision__leaves_at__lte=clock.now()))


def _name_here(organisation: Organisation) -> str:
    """Its name in the language of the page."""
    return organisation.name_en if get_language() == "en" and organisation.name_en else organisation.name


def _phase(door: Door, own_appeal: Appeal | None, *, can_be_taken_back: bool) -> str:
    """Where the matter stands for this person. What can still be taken back is not told."""
    public = UNDER_REVIEW if can_be_taken_back else steps.procedure_of(door.case).phases[door.case.phase].public
    if public == UNDER_APPEAL:
        return UNDER_APPEAL if own_appeal and own_appeal.decided_at is None else DECIDED
    if public == UNDER_REVIEW and door.report and not _worked_on_since(door):
        return RECEIVED
    return public


def _worked_on_since(door: Door) -> bool:
    """Whether somebody took up the case after this report came."""
    came = Act.objects.filter(id=door.report.act_id, subject_id=door.case.id).values_list("seq", flat=True).first() or 0
    return Act.objects.filter(
        subject_id=door.case.id, seq__gt=came, type__in=["case.claimed", "violation.confirmed", "case.handed_over"]
    ).exists()


def _can_appeal(case: Case, decision: Decision, own_appeal: Appeal | None) -> bool:
    possible = any(row.act == "appeal.filed" for row in steps.procedure_of(case).actions_from(case.phase))
    appealed = own_appeal is not None and own_appeal.decision_id == decision.id
    return possible and not appealed and clock.now() <= decision.appeal_until


def _can_ask_late(door: Door, decision: Decision) -> bool:
    over = clock.now() > decision.appeal_until
    asked = LateAppeal.objects.filter(decision=decision, party=door.party).exists()
    return over and not asked and not decision.appeals.filter(party=door.party).exists()


def _answer_by(door: Door, own_appeal: Appeal | None) -> datetime | None:
    if own_appeal is None or own_appeal.decided_at:
        return None
    own_appeal.case = door.case
    return steps.answer_due(own_appeal)


def _reports(door: Door) -> list[tuple[str, datetime]]:
    rows = door.report.said_again.select_related("report").order_by("id") if door.report else ()
    again = [row.report for row in rows]
    return [(report.reference, report.received_at) for report in (door.report, *again)] if again else []


def _answers(door: Door) -> list[AnswerView]:
    heard = door.case.appeals.filter(party=door.party, decided_at__isnull=False)
    refused = LateAppeal.objects.filter(case=door.case, party=door.party, outcome=LateAppeal.Outcome.REFUSED)
    answers = [AnswerView(str(one.outcome), one.reasons, one.decided_at) for one in heard]
    answers += [AnswerView(str(one.outcome), one.reasons, one.settled_at) for one in refused]
    return sorted(answers, key=lambda one: one.at, reverse=True)


def _by_when(door: Door, standing: Decision | None) -> datetime | None:
    """When the clock that this person's own report started is due; nothing else tells of other reports.

    One that the standing decision stopped counts: asked for only while that can still be taken back.
    """
    if door.report is None:
        return None
    own = Clock.objects.filter(subject_id=door.case.id, started_by=door.report.act_id)
    own = own.filter(Q(stopped_at__isnull=True) | Q(stopped_by=standing and standing.act_id))
    return own.order_by("due_at").values_list("due_at", flat=True).first()


def _about_counter(door: Door) -> str:
    """What an open counter-notice means for this person; empty for those whom none concerns."""
    notice = claims.open_in(door.case)
    if notice is None:
        return ""
    if door.access:
        return _("Your counter-notice has gone to the claimant, who has time to answer.")
    if claims.is_claim(door.report) and not notice.answers.filter(report=door.report).exists():
        return _("Somebody objects to your claim. You can answer.")
    return ""


def _next(phase: str, *, can_appeal: bool) -> str:
    if phase == RECEIVED:
        return _("Your report waits for a person to look at it.")
    if phase == UNDER_REVIEW:
        return _("A person is looking at it.")
    if phase == UNDER_APPEAL:
        return _("Somebody who took no part in the decision is looking at your appeal.")
    if can_appeal:
        return _("It is decided. If you disagree, you can appeal.")
    return _("It is decided. There is nothing you have to do.")


def _notices(door: Door) -> list[NoticeView]:
    own = letters_told(door).exclude(kind=TELLS_OF_MESSAGE).order_by("-id")
    return [NoticeView(notice.kind, notice.subject, notice.body, notice.written_at) for notice in own]
