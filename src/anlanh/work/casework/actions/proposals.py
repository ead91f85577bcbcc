"""Decisions that need two people: one proposes, another approves or refuses with reasons."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft
from anlanh.law.procedures import Transition
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import policy, steps
from anlanh.work.casework.actions import decide, undoing
from anlanh.work.casework.actions.decide import DecisionInput
from anlanh.work.casework.grounds import Cited, conduct_of, day_of_conduct
from anlanh.work.casework.models import Case, Decision, Proposal
from anlanh.work.casework.naming import LAW
from anlanh.work.casework.steps import Step

LONGEST_REASONS = 2000
_CONTENTS = ("measure", "ground", "facts", "subject_fact", "scope", "days", "age", "label", "preset_id", "terms_clause")


def propose(actor: Actor, case_id: uuid.UUID, given: DecisionInput) -> Proposal:
    """Proposes a decision on a case that the actor has claimed, and lets the case go to somebody else.

    The violation is confirmed with it, if nobody has before: its clocks do not wait for the second person.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability, without the claim, or for the system.
        BadInput: as for `decide`; or the measure needs no second person.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_person(actor)
        decide.require_current(actor, case, given)
        given, ground = decide.checked(case, given)
        policy.require_weighed(actor, ground)
        if not decide.needs_approval(case, given):
            raise BadInput(_("this needs no second person"), where="measure", mend=_("decide it"))
        decide.require_notice_settled(case, given)
        row = steps.check(actor, case, "decision.proposed", given=decide.needs_met(given, ground))
        policy.require_claim(actor, case)
        confirming = decide.confirmation(actor, case, given, ground)
        proposal = _written(actor, case, given)
        steps.take(actor, case, [*confirming, _step(row, _draft(case, proposal, ground), ground)])
        case.claimed_by = case.claimed_until = case.assigned_to = None
        steps.save(case)
    return proposal


def approve(actor: Actor, case_id: uuid.UUID, proposal_id: uuid.UUID) -> Decision:
    """Makes the proposed decision: orders its measure and writes the letters.

    Args:
        actor: somebody who decides cases and did not propose it.
        case_id: the case.
        proposal_id: the proposal that the actor has read.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability, to the proposer, or while somebody else holds the case.
        BadInput: that proposal is not open any more, or can't be decided any more.
    """
    with transaction.atomic():
        case, proposal = _hold(actor, case_id, proposal_id)
        given, ground = decide.checked(case, _input(proposal))
        decide.require_notice_settled(case, given)
        met = decide.needs_met(given, ground) | {"second_person"}
        row = steps.check(actor, case, "decision.made", Proposal.Outcome.APPROVED, given=met)
        decision = decide.prepared(actor, case, given, ground)
        decision.proposed_by, decision.machine_part = proposal.proposed_by, proposal.machine_part
        decision.leaves_at = undoing.leaves_at(case, row)
        _settle(actor, proposal, Proposal.Outcome.APPROVED, "")
        acts = steps.take(actor, case, [_step(row, decide.draft(case, decision, ground), ground)])
        decide.carry_out(case, decision, acts[0], row.notifies)
    return decision


def refuse(actor: Actor, case_id: uuid.UUID, proposal_id: uuid.UUID, reasons: str) -> Proposal:
    """Refuses a proposed decision with reasons; the case goes back to who proposed it.

    Raises:
        NotFound, NotAllowed, BadInput: as for `approve`; or no reasons, or too long ones.
    """
    reasons = reasons.replace("\x00", "").strip()
    if len(reasons) > LONGEST_REASONS:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_REASONS}, where="reasons", mend=_("shorten it")
        )
    with transaction.atomic():
        case, proposal = _hold(actor, case_id, proposal_id)
        row = steps.check(
            actor, case, "decision.refused", given={"second_person", "reason"} if reasons else {"second_person"}
        )
        _settle(actor, proposal, Proposal.Outcome.REFUSED, reasons)
        draft = Draft("decision.refused", steps.subject(case), {"proposal": proposal.id}, {"reasons": reasons})
        steps.take(actor, case, [Step(row, draft)])
        case.claimed_by = case.claimed_until = None
        case.assigned_to = proposal.proposed_by
        steps.save(case)
    return proposal


def _hold(actor: Actor, case_id: uuid.UUID, proposal_id: uuid.UUID) -> tuple[Case, Proposal]:
    case = steps.hold(actor, case_id)
    proposal = case.proposals.filter(settled_at__isnull=True).first()
    if proposal is None or proposal.id != proposal_id:
        raise BadInput(_("this proposal is not open any more"), mend=_("look at the case again"))
    actor.require("cases.decide")
    policy.require_not_proposer(actor, proposal.proposed_by)
    policy.require_unclaimed(actor, case)
    return case, proposal


def _written(actor: Actor, case: Case, given: DecisionInput) -> Proposal:
    decide.preset_of(case, given.preset_id)
    return Proposal.objects.create(
        id=new_id(),
        organisation_id=case.organisation_id,
        case=case,
        machine_part=decide.machine_part_of(actor, case),
        proposed_by=actor.ref,
        proposed_at=clock.now(),
        **{name: getattr(given, name) for name in _CONTENTS},
    )


def _input(proposal: Proposal) -> DecisionInput:
    return DecisionInput(**{name: getattr(proposal, name) for name in _CONTENTS})


def _settle(actor: Actor, proposal: Proposal, outcome: str, reasons: str) -> None:
    proposal.outcome, proposal.reasons = outcome, reasons
    proposal.settled_by, proposal.settled_at = actor.ref, clock.now()
    proposal.save(update_fields=["outcome", "reasons", "settled_by", "settled_at"])


def _step(row: Transition, draft: Draft, ground: Cited) -> Step:
    return Step(row, draft, grounds=ground.clauses, under_law=ground.kind == LAW)


def _draft(case: Case, proposal: Proposal, ground: Cited) -> Draft:
    conduct = conduct_of(case)
    return Draft(
        "decision.proposed",
        steps.subject(case),
        {
            "proposal": proposal.id,
            "measure": proposal.measure,
            **ground.clear,
            "conduct_at": conduct.at,
            "conduct_by": conduct.by,
            "scope": proposal.scope,
            "days": proposal.days or None,
            "age": proposal.age or None,
            "preset": proposal.preset_id,
            "machine_part": proposal.machine_part,
            "law_as_of": day_of_conduct(case),
        },
        {"facts": proposal.facts, "subject_fact": proposal.subject_fact, "label": proposal.label or None},
        clauses=ground.clauses,
    )
