"""Appeals: filed through the door of a reporter or of the person affected, heard by somebody who took no part."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound, system
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.queue import open_task, settle_task
from anlanh.law.procedures import Transition
from anlanh.primitives.dates import civil_date, date_vi
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, letters, policy, steps
from anlanh.work.casework import measures as kinds
from anlanh.work.casework.actions import closing, decide, measures, notices, undoing
from anlanh.work.casework.actions.decide import DecisionInput
from anlanh.work.casework.doors import Door
from anlanh.work.casework.models import Appeal, Case, Decision, Measure, Party, Report
from anlanh.work.casework.naming import LAW
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import standing as withholding

UPHELD, PARTIAL, REVERSED = Appeal.Outcome.UPHELD, Appeal.Outcome.PARTIAL, Appeal.Outcome.REVERSED
LONGEST_TEXT = 5000
OVERDUE = "appeal_overdue"


def file_appeal(reference: str, secret: str, text: str) -> Appeal:
    """Takes an appeal against the standing decision of the case that the door opens.

    Args:
        reference, secret: of a report or of the access of the person affected; which of them says in whose role.
        text: what the appellant says.

    Raises:
        NotFound: the two do not open anything.
        BadInput: nothing to appeal against, the window is over, one is open already, or nothing is written.
    """
    door = doors.opened(reference, secret)
    person = public_actor(door.case.organisation_id, door.party.id)
    text = text.strip()
    with transaction.atomic():
        case = steps.hold(person, door.case.id)
        decision = standing_decision(case)
        if decision is None:
            raise BadInput(_("no decision stands that you could appeal against"), mend=_("wait; you will be told"))
        if not policy.is_for(door.role, decision.measure):
            raise BadInput(_("this decision is not against you"), mend=_("the person whose content it is can appeal"))
        if len(text) > LONGEST_TEXT:
            raise BadInput(
                _("longer than %(most)s characters") % {"most": LONGEST_TEXT}, where="text", mend=_("shorten it")
            )
        if not text:
            raise BadInput(_("nothing is written"), where="text", mend=_("say why you disagree"))
        _require_open_window(decision)
        _require_first(decision, door.party)
        row = steps.check(person, case, "appeal.filed", given={"reason"})
        return enter(person, case, row, Appellant.at(door), decision, text)


@dataclass(frozen=True)
class Appellant:
    """Who appeals, in which role; a reporter by which report; `mandate_id` is under which somebody does so for them."""

    role: str
    party: Party
    report: Report | None
    mandate_id: uuid.UUID | None = None

    @classmethod
    def at(cls, door: Door) -> "Appellant":
        """Who stands at an open door."""
        return cls(door.role, door.party, door.report, door.mandate.id if door.mandate else None)


def enter(
    actor: Actor, case: Case, row: Transition, appellant: Appellant, decision: Decision, text: str, why_late: str = ""
) -> Appeal:
    """Writes an appeal into a held case, with its act and the letter that it has come; the case waits for a hearing.

    Args:
        actor: the appellant, or the person who lets a late appeal in.
        case, row: the held case, and the row of its table that lets the appeal in.
        appellant: who appeals.
        decision: against what.
        text: what the appellant says.
        why_late: why it comes after its time, for one that does.
    """
    appeal = Appeal(
        id=new_id(),
        organisation_id=case.organisation_id,
        case=case,
        decision=decision,
        party=appellant.party,
        report=appellant.report,
        role=appellant.role,
        text=text,
        filed_at=clock.now(),
    )
    appeal.save(force_insert=True)
    clear = {"appeal": appeal.id, "decision": decision.id, "appellant": appellant.party.id, "role": appellant.role}
    clear |= {"late": True if why_late else None, "mandate": appellant.mandate_id}
    committed = {"text": text, "why_late": why_late or None}
    steps.take(actor, case, [Step(row, Draft("appeal.filed", steps.subject(case), clear, committed))])
    context = letters.about_appeal(appeal, appellant.party.language)
    notices.send(case, [notices.to_appellant(appeal, "appeal_received", context)], decision)
    case.claimed_by = case.claimed_until = case.assigned_to = None
    steps.save(case)
    return appeal


def record_overdue(appeal: Appeal) -> None:
    """Records that an appeal was not answered in time, says so to who filed it, and makes it a task for a person."""
    actor = system(appeal.organisation_id)
    with transaction.atomic():
        case = steps.hold(actor, appeal.case_id)
        appeal = Appeal.objects.select_related("decision", "party", "report").get(id=appeal.id)
        appeal.case = case
        if appeal.decided_at or Act.objects.filter(subject_id=case.id, type="appeal.overdue", leaf__contains=appeal.id):
            return
        clear = {"appeal": appeal.id, "decision": appeal.decision_id, "due_at": steps.answer_due(appeal)}
        steps.note(actor, case, [Draft("appeal.overdue", steps.subject(case), clear)])
        context = letters.about_appeal(appeal, appeal.party.language)
        notices.send(case, [notices.to_appellant(appeal, "appeal_overdue", context)], appeal.decision)
        detail = {"case": case.number, "case_id": str(case.id)}
        key = f"appeal:{appeal.id}:overdue"
        open_task(case.organisation_id, OVERDUE, key, subject=("case", case.id), detail=detail)


def hear_appeal(
    actor: Actor, appeal_id: uuid.UUID, outcome: str, reasons: str, decision: DecisionInput | None = None
) -> Appeal:
    """Decides an appeal, and with it every other open one against the same decision.

    Args:
        actor: somebody who neither decided nor handled the case, and does not work under who decided.
        appeal_id: the appeal.
        outcome: `upheld` (the decision stands), `partial` (a lighter measure takes its place) or `reversed`.
        reasons: what the letters say.
        decision: the new decision, for a lighter measure and for reversing one that took no action; otherwise None.

    Raises:
        NotFound: no such appeal for this actor.
        NotAllowed: without the capability, or not independent.
        BadInput: something is missing, or it was decided already.
    """
    case_id = Appeal.objects.visible_to(actor).filter(id=appeal_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("There is no such appeal."))
    reasons = reasons.strip()
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        appeal = Appeal.objects.select_related("decision", "party", "report").get(id=appeal_id)
        appeal.case = case
        if appeal.decided_at:
            raise BadInput(_("this appeal is decided already"), mend=_("look at the case again"))
        if outcome not in Appeal.Outcome.values:
            raise BadInput(_("no such outcome"), where="outcome", mend=_("choose one from the list"))
        if len(reasons) > LONGEST_TEXT:
            raise BadInput(
                _("longer than %(most)s characters") % {"most": LONGEST_TEXT}, where="reasons", mend=_("shorten it")
            )
        actor.require("appeals.hear")
        policy.require_second_person(actor, policy.handlers_before(appeal))
        policy.require_unclaimed(actor, case)
        if outcome == PARTIAL or (outcome == REVERSED and appeal.decision.measure == decide.NO_ACTION):
            _replace(actor, case, appeal, outcome, reasons, decision)
        else:
            _settle(actor, case, appeal, outcome, reasons)
    return appeal


def standing_decision(case: Case) -> Decision | None:
    """The decision that holds now, once those concerned may know of it."""
    standing = case.decisions.filter(overturned_at__isnull=True).first()
    return standing if standing and undoing.has_left(standing) else None


def _require_first(decision: Decision, party: Party) -> None:
    """One appeal for each person and decision: a second would be the same question to the same house."""
    earlier = decision.appeals.filter(party=party).first()
    if earlier is None:
        return
    if earlier.decided_at is None:
        raise BadInput(_("you have appealed already"), mend=_("wait for the answer; you will be told"))
    raise BadInput(
        _("you have appealed already"), mend=_("you can still turn to the competent authority or to a court")
    )


def _require_open_window(decision: Decision) -> None:
    if clock.now() > decision.appeal_until:
        day = date_vi(civil_date(decision.appeal_until))
        raise BadInput(
            _("the time to appeal ended on %(day)s") % {"day": day},
            mend=_("you can still turn to the competent authority or to a court"),
        )


def _settle(actor: Actor, case: Case, appeal: Appeal, outcome: str, reasons: str) -> None:
    """Lets the decision stand, or reverses a removal and has the content restored."""
    given = {"second_person", "notice"} | ({"facts", "reason"} if reasons else set())
    row = steps.check(actor, case, "appeal.decided", outcome, given=given)
    appeals = _decide_all(actor, appeal, outcome, reasons)
    acts = steps.take(actor, case, [Step(row, _draft(case, one)) for one in appeals[:1]])
    _record_others(actor, case, appeals[1:])
    if outcome == REVERSED:
        appeal.decision.overturned_at = clock.now()
        appeal.decision.save(update_fields=["overturned_at"])
        measure = Measure.objects.get(decision=appeal.decision)
        measures.order_reversal(case, measure, acts[0])
    notices.send(case, _letters(case, appeals, outcome, row.notifies), appeal.decision)
    case.claimed_by = case.claimed_until = case.assigned_to = None
    closing.close_if_settled(case)
    steps.save(case)


def _replace(actor: Actor, case: Case, appeal: Appeal, outcome: str, reasons: str, given: DecisionInput | None) -> None:
    """Reverses "no action", or puts a lighter measure in place: a new decision, with all that a decision needs."""
    if given is None or given.measure == decide.NO_ACTION:
        raise BadInput(
            _("reversing this needs a new decision"),
            where="measure",
            mend=_("give the measure, the ground, the facts and one fact about this very content"),
        )
    given, ground = decide.checked(case, given)
    decide.require_no_approval(case, given)
    decide.require_notice_settled(case, given)
    if outcome == PARTIAL:
        _require_lighter(given, appeal.decision)
    met = decide.needs_met(given, ground) | {"second_person"}
    if not reasons:
        met.discard("reason")
    row = steps.check(actor, case, "appeal.decided", outcome, given=met)
    old = appeal.decision
    old.overturned_at = clock.now()
    old.save(update_fields=["overturned_at"])
    appeals = _decide_all(actor, appeal, outcome, reasons)
    new = decide.prepared(actor, case, given, ground, replaces=old)
    under_law = ground.kind == LAW
    if under_law:
        case.confirmed_at = case.confirmed_at or clock.now()
    step = Step(row, _draft(case, appeals[0]), grounds=ground.clauses, under_law=under_law)
    heard = steps.take(actor, case, [step])[0]
    _record_others(actor, case, appeals[1:])
    if outcome == PARTIAL:
        measures.order_reversal(case, Measure.objects.get(decision=old), heard)
    notices.send(case, _answers(appeals, outcome), old)
    act = steps.note(actor, case, [decide.draft(case, new, ground)])[0]
    decide.carry_out(case, new, act, row.notifies)


def _require_lighter(given: DecisionInput, old: Decision) -> None:
    """Refuses to answer an appeal with something harder: who appeals must not have to fear it."""
    if not kinds.is_lighter(given.measure, given.terms, old.measure, kinds.Terms.of(old)):
        raise BadInput(
            _("this is not lighter than the measure appealed against"),
            where="measure",
            mend=_("choose a lighter one, or let the decision stand"),
        )


def _answers(appeals: list[Appeal], outcome: str) -> list[notices.Addressed]:
    """Who appealed gets an answer with its reasons, beside the letter of the new decision."""
    kind = "appeal_partial" if outcome == PARTIAL else "appeal_granted"
    return [notices.to_appellant(one, kind, letters.about_appeal(one, one.party.language)) for one in appeals]


def _decide_all(actor: Actor, appeal: Appeal, outcome: str, reasons: str) -> list[Appeal]:
    """Every open appeal against the decision, the one heard first, now decided."""
    others = appeal.decision.appeals.filter(decided_at__isnull=True).exclude(id=appeal.id)
    appeals = [appeal, *others.select_related("decision", "party", "report")]
    for one in appeals:
        one.outcome, one.reasons, one.heard_by, one.decided_at = outcome, reasons, actor.ref, clock.now()
        one.case = appeal.case
        settle_task(f"appeal:{one.id}:overdue", actor.ref)
    Appeal.objects.bulk_update(appeals, ["outcome", "reasons", "heard_by", "decided_at"])
    return appeals


def _record_others(actor: Actor, case: Case, appeals: list[Appeal]) -> None:
    steps.note(actor, case, [_draft(case, one) for one in appeals])


def _draft(case: Case, appeal: Appeal) -> Draft:
    return Draft(
        "appeal.decided",
        steps.subject(case),
        {"appeal": appeal.id, "decision": appeal.decision_id, "outcome": str(appeal.outcome)},
        {"reasons": appeal.reasons},
        clauses=[appeal.decision.ground] if appeal.decision.ground else [],
    )


def _letters(case: Case, appeals: list[Appeal], outcome: str, notifies: tuple[str, ...]) -> list[notices.Addressed]:
    """Upheld: who appealed is told. Reversed: everyone whom the decision concerned."""
    if outcome == UPHELD:
        return [
            notices.to_appellant(one, "appeal_upheld", letters.about_appeal(one, one.party.language)) for one in appeals
        ]
    addressed = []
    if notices.AFFECTED in notifies and not withholding.unended(case):
        access = notices.door_of(case)
        context = letters.about_appeal(appeals[0], access.party.language)
        addressed.append(notices.to_affected(case, "appeal_reversed_affected", context))
    if notices.REPORTER in notifies:
        addressed += [
            notices.Addressed(
                "appeal_reversed_reporter",
                notices.REPORTER,
                report.reporter,
                report=report,
                context=letters.about_appeal(appeals[0], report.reporter.language),
            )
            for report in notices.reports_told(case)
        ]
    if notices.REQUESTER in notifies:
        context = letters.about_appeal(appeals[0], case.order.contact.language)
        addressed.append(notices.to_requester(case, case.order, "appeal_reversed_requester", context))
    return addressed
