"""Appeals: filed through the door of a reporter or of the person affected, heard by somebody who took no part."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.identity.policy import public_actor
from anlanh.primitives.dates import civil_date, date_vi
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, letters, policy, steps
from anlanh.work.casework.actions import closing, decide, measures, notices, undoing
from anlanh.work.casework.actions.decide import DecisionInput
from anlanh.work.casework.models import Appeal, Case, Decision, Measure, Party
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import standing as withholding

UPHELD, REVERSED = Appeal.Outcome.UPHELD, Appeal.Outcome.REVERSED
LONGEST_TEXT = 5000


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
        appeal = Appeal(
            id=new_id(),
            organisation_id=case.organisation_id,
            case=case,
            decision=decision,
            party=door.party,
            report=door.report,
            role=door.role,
            text=text,
            filed_at=clock.now(),
        )
        appeal.save(force_insert=True)
        clear = {"appeal": appeal.id, "decision": decision.id, "appellant": door.party.id, "role": door.role}
        steps.take(person, case, [Step(row, Draft("appeal.filed", steps.subject(case), clear, {"text": text}))])
        context = letters.about_appeal(appeal, door.party.language)
        notices.send(case, [notices.to_appellant(appeal, "appeal_received", context)], decision)
        case.claimed_by = case.claimed_until = case.assigned_to = None
        steps.save(case)
    return appeal


def hear_appeal(
    actor: Actor, appeal_id: uuid.UUID, outcome: str, reasons: str, decision: DecisionInput | None = None
) -> Appeal:
    """Decides an appeal, and with it every other open one against the same decision.

    Args:
        actor: somebody who neither decided nor handled the case, and does not work under who decided.
        appeal_id: the appeal.
        outcome: `upheld` (the decision stands) or `reversed`.
        reasons: what the letters say.
        decision: the new decision, for reversing one that took no action; otherwise None.

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
        if outcome == REVERSED and appeal.decision.measure == decide.NO_ACTION:
            _replace(actor, case, appeal, reasons, decision)
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


def _replace(actor: Actor, case: Case, appeal: Appeal, reasons: str, given: DecisionInput | None) -> None:
    """Reverses "no action": that is a new decision against the content, with all that a decision needs."""
    if given is None or given.measure == decide.NO_ACTION:
        raise BadInput(
            _("reversing this needs a new decision"),
            where="measure",
            mend=_("give the measure, the ground, the facts and one fact about this very content"),
        )
    given, ground = decide.checked(case, given)
    decide.require_no_approval(case, given)
    decide.require_notice_settled(case, given)
    met = decide.needs_met(given, ground) | {"second_person"}
    if not reasons:
        met.discard("reason")
    row = steps.check(actor, case, "appeal.decided", REVERSED, given=met)
    old = appeal.decision
    old.overturned_at = clock.now()
    old.save(update_fields=["overturned_at"])
    appeals = _decide_all(actor, appeal, REVERSED, reasons)
    new = decide.prepared(actor, case, given, ground, replaces=old)
    case.confirmed_at = case.confirmed_at or clock.now()
    steps.take(actor, case, [Step(row, _draft(case, appeals[0]), grounds=[ground.id])])
    _record_others(actor, case, appeals[1:])
    act = steps.note(actor, case, [decide.draft(case, new)])[0]
    decide.carry_out(case, new, act, row.notifies)


def _decide_all(actor: Actor, appeal: Appeal, outcome: str, reasons: str) -> list[Appeal]:
    """Every open appeal against the decision, the one heard first, now decided."""
    others = appeal.decision.appeals.filter(decided_at__isnull=True).exclude(id=appeal.id)
    appeals = [appeal, *others.select_related("decision", "party", "report")]
    for one in appeals:
        one.outcome, one.reasons, one.heard_by, one.decided_at = outcome, reasons, actor.ref, clock.now()
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
        clauses=[appeal.decision.ground],
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
            for report in case.reports.select_related("reporter").order_by("id")
        ]
    if notices.REQUESTER in notifies:
        context = letters.about_appeal(appeals[0], case.order.contact.language)
        addressed.append(notices.to_requester(case, case.order, "appeal_reversed_requester", context))
    return addressed
