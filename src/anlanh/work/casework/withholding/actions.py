"""Keeping a notice back: asked, approved or refused by another person, renewed by a new asking, ended by itself.

Only a clause that the pack marks as forbidding notice allows it. When it ends, the person affected is told all that
they would have been told at the time, and their time to appeal runs from then.
"""

import uuid
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, system
from anlanh.base.acts.record import Draft
from anlanh.primitives.dates import civil_date, end_of_day
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import letters, policy, steps
from anlanh.work.casework.actions import notices
from anlanh.work.casework.models import Case, Decision, Measure
from anlanh.work.casework.withholding import standing
from anlanh.work.casework.withholding.models import Withholding

MAY = "cases.decide"
LONGEST_REASON = 4000
NOTHING_LOWERED = "no_action"


def ask(actor: Actor, case_id: uuid.UUID, clause: str, reason: str, days: int) -> Withholding:
    """Asks that the person affected be not told for a time; of one that is live already, for longer.

    Args:
        actor: somebody who decides cases.
        case_id: the case.
        clause: the clause that forbids telling.
        reason: why it does so here.
        days: for how long, from the approval.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: a clause that forbids nothing, no reason, too long a time, the person was told already, or somebody
            asked already.
    """
    reason = reason.replace("\x00", "").strip()
    with transaction.atomic():
        case = _hold(actor, case_id)
        policy.require_person(actor)
        found = standing.clause_forbidding(clause.strip())
        if found is None:
            raise BadInput(
                _("this clause does not forbid telling the person affected"),
                where="clause",
                mend=_("choose one from the list; where there is none, they are told"),
            )
        _require_reason(reason, "reason")
        _require_length(case, days)
        if standing.open_asking(case):
            raise BadInput(_("somebody asked for that already"), mend=_("it waits for a second person"))
        _require_untold(case)
        renews = standing.live(case)
        row = Withholding.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            renews=renews,
            decision=renews.decision if renews else None,
            clause=str(found.ref),
            reason=reason,
            days=days,
            asked_by=actor.ref,
            asked_at=clock.now(),
        )
        clear = {"withholding": row.id, "clause": found.ref, "days": days, "renews": renews and renews.id}
        draft = Draft("withholding.asked", steps.subject(case), clear, {"reason": reason}, clauses=[found.ref])
        steps.note(actor, case, [draft])
    return row


def approve(actor: Actor, case_id: uuid.UUID, withholding_id: uuid.UUID) -> Withholding:
    """Approves it; it holds from now. One that it renews ends with it.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: to who asked, and without the capability.
        BadInput: it is settled already, or what it would renew has ended meanwhile and the person was told.
    """
    with transaction.atomic():
        case, row = _hold_asking(actor, case_id, withholding_id)
        _require_another(actor, row)
        _require_untold(case)
        moment = clock.now()
        if renewed := standing.unended(case):
            _end(actor, renewed, Withholding.Ending.RENEWED)
            row.decision = renewed.decision
        row.until = moment + timedelta(days=row.days)
        _settle(actor, row, Withholding.Outcome.APPROVED)
        clear = {"withholding": row.id, "clause": row.clause, "until": row.until, "renews": row.renews_id}
        draft = Draft("withholding.approved", steps.subject(case), clear, clauses=[row.clause])
        steps.note(actor, case, [draft])
    return row


def refuse(actor: Actor, case_id: uuid.UUID, withholding_id: uuid.UUID, reasons: str) -> Withholding:
    """Refuses it, with reasons: the person is told as of every decision.

    Raises:
        NotFound, NotAllowed, BadInput: as for `approve`; or no reasons, or too long ones.
    """
    reasons = reasons.replace("\x00", "").strip()
    with transaction.atomic():
        case, row = _hold_asking(actor, case_id, withholding_id)
        _require_another(actor, row)
        _require_reason(reasons, "reasons")
        row.reasons = reasons
        _settle(actor, row, Withholding.Outcome.REFUSED)
        draft = Draft("withholding.refused", steps.subject(case), {"withholding": row.id}, {"reasons": reasons})
        steps.note(actor, case, [draft])
    return row


def drop(actor: Actor, case_id: uuid.UUID, withholding_id: uuid.UUID) -> Withholding:
    """Takes back what the actor asked for.

    Raises:
        NotFound, BadInput: as for `approve`.
        NotAllowed: somebody else asked.
    """
    with transaction.atomic():
        case, row = _hold_asking(actor, case_id, withholding_id)
        if row.asked_by != actor.ref:
            raise NotAllowed(_("Somebody else asked for it; you can approve or refuse it."))
        _settle(actor, row, Withholding.Outcome.DROPPED)
        steps.note(actor, case, [Draft("withholding.dropped", steps.subject(case), {"withholding": row.id})])
    return row


def lift(actor: Actor, case_id: uuid.UUID, reason: str) -> Withholding:
    """Ends it before its time, or after it while no worker runs: the person is told now.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: nothing is kept back, or no reason.
    """
    reason = reason.replace("\x00", "").strip()
    with transaction.atomic():
        case = _hold(actor, case_id)
        row = standing.unended(case)
        if row is None:
            raise BadInput(_("no notice is kept back here"), mend=_("look at the case again"))
        _require_reason(reason, "reason")
        _tell(actor, case, row, Withholding.Ending.LIFTED, reason)
    return row


def end_in_time(row: Withholding) -> bool:
    """Sends what was kept back, once its time is over; whether it was. Said twice, it is done once."""
    actor = system(row.organisation_id)
    with transaction.atomic():
        case = steps.hold(actor, row.case_id)
        row = Withholding.objects.get(id=row.id)
        if row.ended_at or row.until is None or row.until > clock.now():
            return False
        _tell(actor, case, row, Withholding.Ending.TIME)
    return True


def apply(case: Case, decision: Decision) -> None:
    """Notes on the live keeping back of which decision the person is not told; in the decision's transaction."""
    row = standing.live(case)
    if row is None:
        return
    row.decision = decision
    row.save(update_fields=["decision"])
    clear = {"withholding": row.id, "decision": decision.id, "clause": row.clause, "until": row.until}
    draft = Draft("withholding.applied", steps.subject(case), clear, clauses=[row.clause])
    steps.note(system(case.organisation_id), case, [draft])


def _tell(actor: Actor, case: Case, row: Withholding, why: str, reason: str = "") -> None:
    """Ends a keeping back and sends what the person was not told, with a time to appeal that runs from now."""
    decision = row.decision
    if decision and decision.withdrawn_at:
        decision = None
    if decision and decision.overturned_at is None:
        days = steps.procedure_of(case).appeal.days
        decision.appeal_until = end_of_day(civil_date(clock.now()) + timedelta(days=days))
        decision.save(update_fields=["appeal_until"])
    _end(actor, row, why, reason, decision)
    if decision:
        context = letters.about_withholding(row, notices.door_of(case).party.language)
        addressed = [replace(notices.to_affected(case, "measure_affected", context), by_hand=True)]
        if undone := Measure.objects.filter(decision=decision, state=Measure.State.REVERSED).first():
            context = letters.about_carrying_out(undone)
            addressed.append(notices.to_affected(case, "restored_affected", context))
        notices.send(case, addressed, decision)


def _end(actor: Actor, row: Withholding, why: str, reason: str = "", decision: Decision | None = None) -> None:
    row.ended_at, row.ended_why = clock.now(), why
    row.save(update_fields=["ended_at", "ended_why"])
    clear = {"withholding": row.id, "decision": row.decision_id, "why": str(why)}
    clear["appeal_until"] = decision.appeal_until if decision else None
    draft = Draft("withholding.ended", steps.subject(row.case), clear, {"reason": reason or None})
    steps.note(actor, row.case, [draft])


def _hold(actor: Actor, case_id: uuid.UUID) -> Case:
    case = steps.hold(actor, case_id)
    actor.require(MAY)
    return case


def _hold_asking(actor: Actor, case_id: uuid.UUID, withholding_id: uuid.UUID) -> tuple[Case, Withholding]:
    case = _hold(actor, case_id)
    row = standing.open_asking(case)
    if row is None or row.id != withholding_id:
        raise BadInput(_("this is settled already"), mend=_("look at the case again"))
    return case, row


def _settle(actor: Actor, row: Withholding, outcome: str) -> None:
    row.outcome, row.settled_by, row.settled_at = outcome, actor.ref, clock.now()
    row.save()


def _require_another(actor: Actor, row: Withholding) -> None:
    """Two people keep a notice back: who asked does not settle it, nor does somebody who works under them."""
    policy.require_second_person(actor, {row.asked_by})


def _require_untold(case: Case) -> None:
    """Refuses where the person affected was told of the standing decision, or of nothing there is to tell.

    Raises:
        BadInput: as said.
    """
    decision = case.decisions.filter(overturned_at__isnull=True).first()
    if decision is None or standing.live(case):
        return
    raise BadInput(_("the person affected was told already"), mend=_("nothing can be kept back any more"))


def _require_reason(text: str, where: str) -> None:
    if not text:
        raise BadInput(_("nothing is written"), where=where, mend=_("say why"))
    if len(text) > LONGEST_REASON:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_REASON}, where=where, mend=_("shorten it")
        )


def _require_length(case: Case, days: int) -> None:
    longest = steps.procedure_of(case).withholding
    most = longest.days if longest else 0
    if not 1 <= days <= most:
        raise BadInput(
            _("not a number of days between 1 and %(most)s") % {"most": most}, where="days", mend=_("correct it")
        )
