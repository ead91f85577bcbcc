"""What is done about an order beside verifying and deciding: calling back, confirming, spreading over its addresses,
objecting, reviewing how it was carried out, and taking back what was done when the authority recalls it.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft
from anlanh.base.files.models import StoredFile
from anlanh.base.outbox.queue import settle_task
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import effects, policy, steps
from anlanh.work.casework.actions import closing, measures, notices
from anlanh.work.casework.actions import orders as entering
from anlanh.work.casework.authorities import papers
from anlanh.work.casework.authorities.actions.words import written
from anlanh.work.casework.authorities.models import Authority, Paper
from anlanh.work.casework.models import Appeal, Case, Decision, Evidence, Measure, Order
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import standing as withholding

RECALLED, ANNULLED = "recalled", "annulled"
KEPT, BEYOND = "kept", "beyond"
LONGEST = 4000


def call_back(actor: Actor, case_id: uuid.UUID, authority_id: uuid.UUID, said: str) -> Case:
    """Records that the authority was called back at its number of the directory, and what it said.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: a number that nobody verified, or nothing is written.
    """
    said = written(said, "said", LONGEST)
    with transaction.atomic():
        case, order, paper = _hold(actor, case_id)
        authority = Authority.objects.visible_to(actor).filter(id=authority_id, ended_at__isnull=True).first()
        if authority is None or authority.verified_at is None:
            raise BadInput(
                _("this number is not verified"),
                where="authority",
                mend=_("choose one of the directory that a second person verified"),
            )
        row = steps.check(actor, case, "order.called_back", given={"reason"})
        paper.authority = authority
        paper.save(update_fields=["authority"])
        clear = {"order": order.id, "authority": authority.id}
        committed = {"phone": authority.phone, "said": said}
        _take(actor, case, row, Draft("order.called_back", steps.subject(case), clear, committed))
    return case


def confirm(actor: Actor, case_id: uuid.UUID, document: StoredFile, note: str = "") -> Case:
    """Records that the paper followed a call; it joins the evidence of each case of the order.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: too long a note.
    """
    note = written(note, "note", LONGEST, optional=True)
    with transaction.atomic():
        case, _order, paper = _hold(actor, case_id)
        paper.confirmed_at, paper.confirmation = clock.now(), document
        paper.save(update_fields=["confirmed_at", "confirmation"])
        for one, order in _all_of(actor, paper, case):
            row = steps.check(actor, one, "order.confirmed", given={"record"})
            Evidence.objects.create(
                organisation_id=one.organisation_id, case=one, file=document, added_at=paper.confirmed_at
            )
            clear = {"order": order.id, "document_sha256": document.sha256}
            _take(actor, one, row, Draft("order.confirmed", steps.subject(one), clear, {"note": note or None}))
            settle_task(papers.task_key(order), actor.ref)
    return case


def add_address(actor: Actor, case_id: uuid.UUID, address: str) -> Case:
    """Opens one more case under the same order, for another address of it that the clerk has confirmed.

    Its clocks start when the order was received, like those of the first.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without `orders.enter`.
        BadInput: no address, or one that this order has a case for already.
    """
    actor.require("orders.enter")
    with transaction.atomic():
        _case, order, paper = _hold(actor, case_id)
        given = entering.again(order, address)
        others = papers.orders_of(paper).filter(case__page__address_hash=papers.hash_of(given.address))
        if others.exists():
            raise BadInput(_("this order has a case for that address"), where="address", mend=_("choose another one"))
        case = entering.enter_order(actor, given)
        papers.join(paper, case.order)
    return case


def object_to(actor: Actor, case_id: uuid.UUID, words: str) -> Case:
    """Records what the platform holds against an order and writes it to the authority. The clocks go on.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: nothing is written, or too much.
    """
    words = written(words, "words", LONGEST)
    with transaction.atomic():
        case, order, _paper = _hold(actor, case_id)
        row = steps.check(actor, case, "order.objected", given={"reason"})
        draft = Draft("order.objected", steps.subject(case), {"order": order.id}, {"words": words})
        steps.take(actor, case, [Step(row, draft)])
        notices.send(case, [notices.to_requester(case, order, "order_objected_requester", {"words": words})])
        steps.save(case)
    return case


def review(actor: Actor, case_id: uuid.UUID, outcome: str, reasons: str) -> Case:
    """Looks, as a second person, at how an order was carried out: within what it asks, or beyond it.

    What went beyond is undone, and the case is open to be decided again within the order.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability, or to who decided or handled the order.
        BadInput: no such outcome, no reasons, or no measure stands.
    """
    if outcome not in {KEPT, BEYOND}:
        raise BadInput(_("no such outcome"), where="outcome", mend=_("choose one from the list"))
    reasons = written(reasons, "reasons", LONGEST)
    with transaction.atomic():
        case, order, _paper = _hold(actor, case_id)
        decision = case.decisions.filter(overturned_at__isnull=True).exclude(measure="no_action").first()
        if decision is None:
            raise BadInput(_("no measure stands here"), mend=_("look at the case again"))
        policy.require_second_person(actor, {decision.decided_by, decision.proposed_by} - {None})
        row = steps.check(actor, case, "order.reviewed", outcome, given={"second_person", "reason"})
        clear = {"order": order.id, "decision": decision.id, "outcome": outcome}
        draft = Draft("order.reviewed", steps.subject(case), clear, {"reasons": reasons})
        acts = steps.take(actor, case, [Step(row, draft)])
        if outcome == BEYOND:
            _undo(case, decision, acts[0])
            case.claimed_by = case.claimed_until = case.assigned_to = None
        steps.save(case)
    return case


@dataclass(frozen=True)
class Recall:
    """That an authority takes its order back.

    Args:
        how: `recalled` by who gave it, or `annulled` by somebody above or a court.
        words: what it says.
        verified: how the sender of the recall was verified.
    """

    how: str
    words: str
    verified: str


def recall(actor: Actor, case_id: uuid.UUID, given: Recall) -> list[Case]:
    """Takes back all that was done under the order of a case, in each of its cases; writes to those concerned.

    Returns:
        The cases of the order.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: something is missing, or it was recalled before.
    """
    if given.how not in {RECALLED, ANNULLED}:
        raise BadInput(_("no such way"), where="how", mend=_("choose one from the list"))
    words, verified = written(given.words, "words", LONGEST), written(given.verified, "verified", LONGEST)
    with transaction.atomic():
        case, _order, paper = _hold(actor, case_id)
        if paper.recalled_at:
            raise BadInput(_("this order was taken back before"), mend=_("look at the case again"))
        paper.recalled_at, paper.recalled_how = clock.now(), given.how
        paper.save(update_fields=["recalled_at", "recalled_how"])
        found = _all_of(actor, paper, case)
        for one, order in found:
            clear = {"order": order.id, "how": given.how, "cases": len(found)}
            _recall_one(actor, one, order, clear, {"words": words, "verified": verified})
    return [one for one, _ in found]


def _recall_one(actor: Actor, case: Case, order: Order, clear: dict[str, object], said: dict[str, str]) -> None:
    words = said["words"]
    decision = case.decisions.filter(overturned_at__isnull=True).exclude(measure="no_action").first()
    outcome = _recall_outcome(case, decision)
    row = steps.check(actor, case, "order.recalled", outcome, given={"reason", "sender"})
    draft = Draft("order.recalled", steps.subject(case), clear | {"outcome": outcome}, said)
    acts = steps.take(actor, case, [Step(row, draft)])
    addressed = [notices.to_requester(case, order, "order_recalled_requester", {"words": words})]
    if decision:
        _settle_appeals(decision, words)
        _undo(case, decision, acts[0])
        if not withholding.unended(case):
            addressed.append(notices.to_affected(case, "order_recalled_affected", {"words": words, "order": order}))
    _close_proposals(case, actor, words)
    notices.send(case, addressed)
    case.claimed_by = case.claimed_until = case.assigned_to = None
    closing.close_if_settled(case)
    steps.save(case)


def _recall_outcome(case: Case, decision: Decision | None) -> str:
    """Which row of the table: nothing done yet, a measure in force, or nothing in force any more."""
    outcomes = {row.outcome for row in steps.procedure_of(case).actions_from(case.phase) if row.act == "order.recalled"}
    wanted = "done" if decision else "before"
    return wanted if wanted in outcomes else "over"


def _undo(case: Case, decision: Decision, act: object) -> None:
    """Overturns a decision and orders that its measure be undone."""
    decision.overturned_at = clock.now()
    decision.save(update_fields=["overturned_at"])
    if measure := Measure.objects.filter(decision=decision).select_related("decision").first():
        measures.order_reversal(case, measure, act)


def _settle_appeals(decision: Decision, words: str) -> None:
    """What was asked for is given: open appeals end with the decision."""
    appeals = decision.appeals.filter(decided_at__isnull=True)
    appeals.update(outcome=Appeal.Outcome.REVERSED, reasons=words, decided_at=clock.now())


def _close_proposals(case: Case, actor: Actor, words: str) -> None:
    waiting = case.proposals.filter(settled_at__isnull=True)
    waiting.update(outcome="refused", reasons=words[:2000], settled_by=actor.ref, settled_at=clock.now())


def _hold(actor: Actor, case_id: uuid.UUID) -> tuple[Case, Order, Paper]:
    """The case of an order with the paper that it stands in, all held."""
    found = Case.objects.visible_to(actor).select_related("page").filter(id=case_id).first()
    if found:
        effects.hold(found.page)
    case = steps.hold(actor, case_id)
    order = Order.objects.select_related("contact", "document").filter(case=case).first()
    if order is None:
        raise BadInput(_("this case is not about an order"), mend=_("look at the case again"))
    return case, order, papers.hold(order)


def _all_of(actor: Actor, paper: Paper, first: Case) -> list[tuple[Case, Order]]:
    """Every case of a paper with its order, held; those beside the first in the order of their ids."""
    orders = list(papers.orders_of(paper).select_related("contact").order_by("case_id"))
    return [(first if one.case_id == first.id else steps.hold(actor, one.case_id), one) for one in orders]


def _take(actor: Actor, case: Case, row: object, draft: Draft) -> None:
    steps.take(actor, case, [Step(row, draft)])
    steps.renew(actor, case)
    steps.save(case)
