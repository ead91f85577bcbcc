"""Taking a decision back before anything of it has left the house.

The messages of a decision wait a short while (the organisation says how long). Until then whoever decided can take it
back: the case is as it was, with its clocks, and nobody outside has learned of it. The acts of both stay.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.clocks import running
from anlanh.base.outbox import queue
from anlanh.law.procedures import Transition
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import effects, policy, steps
from anlanh.work.casework.actions import measures
from anlanh.work.casework.models import Case, Decision, Measure, Order, Proposal
from anlanh.work.casework.preferences.queries import undo_seconds
from anlanh.work.casework.steps import Step

WHYS = ("slip", "wrong_ground", "wrong_facts", "wrong_measure", "other")
LONGEST_NOTE = 2000
ALONE, APPROVED = "alone", "approved"  # the outcomes of the table: who had decided, one person or a second one


def leaves_at(case: Case, row: Transition) -> datetime | None:
    """Until when the messages of a decision wait; None where they leave at once.

    An emergency waits for nothing, and no window makes late what is still in time.
    """
    seconds = undo_seconds(case.organisation_id)
    if not row.undoable or not seconds or Order.objects.filter(case=case, emergency=True).exists():
        return None
    moment = clock.now()
    until = moment + timedelta(seconds=seconds)
    return None if case.due_at and moment <= case.due_at <= until else until


def has_left(decision: Decision) -> bool:
    """Whether those concerned may know of a decision."""
    return decision.leaves_at is None or decision.leaves_at <= clock.now()


def why_not(actor: Actor, decision: Decision | None) -> str:
    """Why the actor can't take the decision back; empty when they can."""
    if decision is None or has_left(decision):
        return _("Its messages have left; it can't be taken back any more.")
    if decision.decided_by != actor.ref:
        return _("Only who decided can take it back.")
    return ""


def withdraw(actor: Actor, case_id: uuid.UUID, decision_id: uuid.UUID, why: str, note: str = "") -> Case:
    """Takes the standing decision of a case back; nothing of it has left.

    Args:
        actor: who made it.
        case_id: the case.
        decision_id: the decision that the actor means.
        why: one of WHYS.
        note: more, in the actor's words.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: somebody else decided.
        BadInput: its messages have left or are just leaving, no reason of the list, or too long a note.
    """
    note = _checked(why, note)
    with transaction.atomic():
        case, decision = _hold(actor, case_id, decision_id)
        refusal = why_not(actor, decision)
        if refusal and decision.decided_by != actor.ref:
            raise NotAllowed(refusal)
        given = {"reason"} if refusal else {"reason", "before_leaving"}
        outcome = APPROVED if decision.proposed_by else ALONE
        row = steps.check(actor, case, "decision.withdrawn", outcome, given=given)
        _take_messages_back(decision)
        clear = {"decision": decision.id, "why": why, "confirmation": decision.confirmed_by}
        draft = Draft("decision.withdrawn", steps.subject(case), clear, {"note": note or None})
        steps.take(actor, case, [Step(row, draft)])
        _put_back(actor, case, decision)
        steps.save(case)
    return case


def _checked(why: str, note: str) -> str:
    note = note.replace("\x00", "").strip()
    if why not in WHYS:
        raise BadInput(_("no such reason"), where="why", mend=_("choose one from the list"))
    if len(note) > LONGEST_NOTE:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_NOTE}, where="note", mend=_("shorten it")
        )
    return note


def _hold(actor: Actor, case_id: uuid.UUID, decision_id: uuid.UUID) -> tuple[Case, Decision]:
    """The case and its decision, the page held first, as by who writes to both."""
    found = Case.objects.visible_to(actor).select_related("page").filter(id=case_id).first()
    if found is None:
        raise NotFound(_("There is no such case."))
    effects.hold(found.page)
    case = steps.hold(actor, case_id)
    decision = case.decisions.filter(id=decision_id, overturned_at__isnull=True).first()
    if decision is None:
        raise BadInput(_("this decision does not stand any more"), mend=_("look at the case again"))
    return case, decision


def _take_messages_back(decision: Decision) -> None:
    """Removes what waits to leave, and the order and letters that it was about.

    Raises:
        BadInput: a worker holds one of the messages already.
    """
    measure = Measure.objects.select_for_update().filter(decision=decision).first()
    notices = list(decision.notices.all())
    keys = [f"notice:{notice.id}" for notice in notices] + (
        [measures.key_of(measure, measures.APPLY)] if measure else []
    )
    done_already = measure is not None and measure.state != Measure.State.ORDERED
    if done_already or not queue.take_back(decision.organisation_id, keys):
        raise BadInput(_("it is on its way already"), mend=_("look at the case again"))
    decision.notices.all().delete()
    if measure:
        measure.delete()


def _put_back(actor: Actor, case: Case, decision: Decision) -> None:
    """The case as it was before the decision, in the hands of who takes it back."""
    moment = clock.now()
    decision.overturned_at = decision.withdrawn_at = moment
    decision.save(update_fields=["overturned_at", "withdrawn_at"])
    running.take_back(case.id, decision.act_id, decision.confirmed_by)
    if decision.confirmed_by:
        case.confirmed_at = None
    if decision.proposed_by:
        _reopen_proposal(case)
    case.takes_reports = case.kind in {Case.Kind.REPORT, Case.Kind.SCREENING} and not _another_takes_reports(case)
    case.claimed_by, case.claimed_until = actor.ref, moment + policy.CLAIM


def _reopen_proposal(case: Case) -> None:
    proposal = case.proposals.filter(outcome=Proposal.Outcome.APPROVED).order_by("-settled_at", "-id").first()
    proposal.outcome, proposal.settled_by, proposal.settled_at = "", None, None
    proposal.save(update_fields=["outcome", "settled_by", "settled_at"])


def _another_takes_reports(case: Case) -> bool:
    """Whether a complaint that came meanwhile opened the next case of the page."""
    same = Q(page_id=case.page_id, procedure=case.procedure, takes_reports=True)
    return Case.objects.filter(same).exclude(id=case.id).exists()
