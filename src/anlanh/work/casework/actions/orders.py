"""Orders of authorities: typed in as they came, verified by a second person, asked back, or returned.

Nothing is done on an order before its sender, authority and scope are verified (the table allows a decision only from
there); meanwhile its clocks run from the time it was received and are shown.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft
from anlanh.base.files import store
from anlanh.base.files.models import StoredFile
from anlanh.base.identity.models import Organisation
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, policy, steps
from anlanh.work.casework.actions import closing, notices
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.categories import CATEGORIES, CHILD
from anlanh.work.casework.desk import placing
from anlanh.work.casework.models import Case, Evidence, Order, Party
from anlanh.work.casework.order_index import index_orders
from anlanh.work.casework.steps import Step
from anlanh.work.registry.actions import ensure_pages
from anlanh.work.registry.addresses import canonical_address

PROCEDURE = "order"
CHANNELS = ("document", "email", "phone")
LONGEST_WORDS = 10_000
LONGEST_REASON = 2000
_LENGTHS = {"office": 200, "number": 60, "signed_by": 120, "clause": 120, "words": LONGEST_WORDS}


@dataclass(frozen=True)
class OrderInput:
    """An order as it came.

    Args:
        address: of the page, in any spelling.
        office: the authority.
        number: of its document.
        signed_by: who signed.
        words: what it demands, word for word.
        clause: the clause it names, as it writes it or as a reference.
        channel: one of CHANNELS.
        received_at: when it reached the organisation; the clocks start then.
        emergency: the authority states the emergency that shorter times are for.
        category: one of `categories.CATEGORIES`.
        document_id: the stored document.
        backdating_reason: why it is entered only now, when it came earlier.
        requester: which authority it is in the pack's words, if known; some clocks depend on it.
    """

    address: str
    office: str
    number: str
    signed_by: str
    words: str
    clause: str
    channel: str
    received_at: datetime
    emergency: bool
    category: str
    document_id: uuid.UUID | None
    backdating_reason: str = ""
    requester: str = ""


def enter_order(actor: Actor, given: OrderInput) -> Case:
    """Opens a case for an order and starts its clocks at the time it was received.

    Raises:
        NotAllowed: without `orders.enter`.
        BadInput: naming the field.
    """
    actor.require("orders.enter")
    secrecy.require_open(typed(given))
    given = checked(given)
    with transaction.atomic():
        document = _document(actor, given.document_id)
        organisation = Organisation.objects.get(id=actor.organisation_id)
        page = ensure_pages(organisation.id, [given.address])[given.address]
        case = Case(
            organisation=organisation,
            number=numbers.new_case_number(),
            kind=Case.Kind.ORDER,
            procedure=PROCEDURE,
            phase=steps.pack().procedures[PROCEDURE].initial,
            category=given.category,
            concerns_child=given.category == CHILD,
            page=page,
            opened_at=given.received_at,
        )
        # A call leaves no paper: what was said, word for word, is its record until the paper follows.
        recorded = {"record"} if document or given.channel == "phone" else set()
        row = steps.check(actor, case, "order.received", given={"received_at", *recorded})
        placing.sort(case, placing.plan_of(organisation.id), emergency=given.emergency)
        case.save(force_insert=True)
        order = _write_order(actor, case, given, document)
        draft = received_draft(case, order, given, document)
        steps.take(actor, case, [Step(row, draft, emergency=given.emergency, requester=given.requester or None)])
        _tell_requester(case, order, "order_received_requester", row.notifies, received_at=_written(given.received_at))
        steps.save(case)
    return case


def enter_with_document(actor: Actor, given: OrderInput, name: str, content: BinaryIO) -> Case:
    """Keeps the document and opens the case, or keeps nothing: a paper marked secret is refused before that.

    Raises:
        NotAllowed, BadInput: as for `enter_order`.
        Secret: the paper is marked secret.
    """
    actor.require("orders.enter")
    secrecy.require_open([*typed(given), name], [(name, content)])
    with transaction.atomic():
        document = store.keep(actor, name, content)
        return enter_order(actor, replace(given, document_id=document.id))


def again(order: Order, address: str) -> OrderInput:
    """An order as it was entered, for another address that it names."""
    case = order.case
    return OrderInput(
        address=canonical_address(address),
        office=order.office,
        number=order.number,
        signed_by=order.signed_by,
        words=order.words,
        clause=order.clause,
        channel=order.channel,
        received_at=order.received_at,
        emergency=order.emergency,
        category=case.category,
        document_id=order.document_id,
        backdating_reason=_("one more address of the same order"),
        requester=order.requester,
    )


def typed(given: OrderInput) -> list[str]:
    """What somebody wrote of an order."""
    return [getattr(given, name) for name in (*_LENGTHS, "address", "backdating_reason")]


def verify_order(actor: Actor, case_id: uuid.UUID, how: str) -> Case:
    """Records that sender, authority and scope were verified, and how; by somebody who did not enter the order.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without `orders.verify`, or by the person who entered it.
        BadInput: nothing is written, or it is not the time for this step.
    """
    how = _reason(how, "how")
    with transaction.atomic():
        case, order = _hold(actor, case_id)
        row = steps.check(actor, case, "order.verified", given={"sender", "authority", "scope"} if how else ())
        policy.require_second_person(actor, {order.entered_by})
        order.verified_by, order.verified_at = actor.ref, clock.now()
        order.save(update_fields=["verified_by", "verified_at"])
        _take(actor, case, row, Draft("order.verified", steps.subject(case), {"order": order.id}, {"how": how}))
        steps.save(case)
    return case


def query_order(actor: Actor, case_id: uuid.UUID, question: str) -> Case:
    """Asks the authority to make an order clear. Its clocks go on running.

    Raises:
        NotFound, NotAllowed, BadInput: as for `verify_order`.
    """
    question = _reason(question, "question")
    with transaction.atomic():
        case, order = _hold(actor, case_id)
        row = steps.check(actor, case, "order.queried", given={"question"} if question else ())
        draft = Draft("order.queried", steps.subject(case), {"order": order.id}, {"question": question})
        _take(actor, case, row, draft)
        _tell_requester(case, order, "order_queried_requester", row.notifies, question=question)
        steps.save(case)
    return case


def return_order(actor: Actor, case_id: uuid.UUID, reason: str) -> Case:
    """Sends an order back with the reason: its sender, authority or scope could not be verified.

    Raises:
        NotFound, NotAllowed, BadInput: as for `verify_order`.
    """
    reason = _reason(reason, "reason")
    with transaction.atomic():
        case, order = _hold(actor, case_id)
        row = steps.check(actor, case, "order.returned", given={"reason"} if reason else ())
        draft = Draft("order.returned", steps.subject(case), {"order": order.id}, {"reason": reason})
        _take(actor, case, row, draft)
        _tell_requester(case, order, "order_returned_requester", row.notifies, reason=reason)
        case.claimed_by = case.claimed_until = case.assigned_to = None
        closing.close_if_settled(case)
        steps.save(case)
    return case


def checked(given: OrderInput) -> OrderInput:
    """The order with its address in one spelling and its words cleaned.

    Raises:
        BadInput: naming the field.
    """
    cleaned = replace(
        given,
        address=canonical_address(given.address),
        **{name: getattr(given, name).replace("\x00", "").strip() for name in [*_LENGTHS, "backdating_reason"]},
    )
    for name, most in _LENGTHS.items():
        if len(getattr(cleaned, name)) > most:
            raise BadInput(_("longer than %(most)s characters") % {"most": most}, where=name, mend=_("shorten it"))
    for name in ("office", "words", "clause"):
        if not getattr(cleaned, name):
            raise BadInput(_("nothing is written"), where=name, mend=_("copy it from the order"))
    if given.category not in CATEGORIES:
        raise BadInput(_("no such category"), where="category", mend=_("choose one from the list"))
    if given.channel not in CHANNELS:
        raise BadInput(_("no such way"), where="channel", mend=_("choose one from the list"))
    if given.requester and given.requester not in steps.pack().vocabulary["requesters"]:
        raise BadInput(_("no such authority"), where="requester", mend=_("choose one from the list"))
    if given.received_at.tzinfo is None or given.received_at > clock.now():
        raise BadInput(_("this time lies in the future or has no offset"), where="received_at", mend=_("correct it"))
    return cleaned


def _document(actor: Actor, document_id: uuid.UUID | None) -> StoredFile | None:
    if document_id is None:
        return None
    found = StoredFile.objects.visible_to(actor).filter(id=document_id).first()
    if found is None:
        raise BadInput(_("a file was not found"), where="document", mend=_("send it again"))
    return found


def _write_order(actor: Actor, case: Case, given: OrderInput, document: StoredFile | None) -> Order:
    contact = Party.objects.create(
        organisation_id=case.organisation_id, name=given.office[:120], created_at=clock.now()
    )
    if document:
        Evidence.objects.create(organisation_id=case.organisation_id, case=case, file=document, added_at=clock.now())
    order = Order.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        office=given.office,
        signed_by=given.signed_by,
        number=given.number,
        requester=given.requester,
        words=given.words,
        clause=given.clause,
        channel=given.channel,
        emergency=given.emergency,
        received_at=given.received_at,
        document=document,
        contact=contact,
        entered_by=actor.ref,
    )
    index_orders([order])
    return order


def received_draft(
    case: Case, order: Order, given: OrderInput, document: StoredFile | None, *, from_register: bool = False
) -> Draft:
    """The act of receiving. A clause that is not written as a reference is text, and text is never clear."""
    return Draft(
        "order.received",
        steps.subject(case, new=True),
        {
            "order": order.id,
            "page": case.page_id,
            "category": given.category,
            "channel": given.channel,
            "requester": given.requester or None,
            "emergency": given.emergency,
            "document_sha256": document.sha256 if document else None,
        },
        {
            "office": given.office,
            "number": given.number or None,
            "signed_by": given.signed_by or None,
            "clause": given.clause,
            "words": given.words,
            "backdating_reason": given.backdating_reason or None,
        },
        clauses=_as_reference(given.clause),
        happened_at=given.received_at,
        from_register=from_register,
    )


def _as_reference(clause: str) -> list[ClauseRef]:
    try:
        return [ClauseRef.parse(clause)]
    except BadInput:
        return []


def _hold(actor: Actor, case_id: uuid.UUID) -> tuple[Case, Order]:
    case = steps.hold(actor, case_id)
    order = Order.objects.select_related("contact").filter(case=case).first()
    if order is None:
        raise BadInput(_("this case is not about an order"), mend=_("look at the case again"))
    policy.require_unclaimed(actor, case)
    return case, order


def _take(actor: Actor, case: Case, row: object, draft: Draft) -> None:
    steps.take(actor, case, [Step(row, draft)])
    steps.renew(actor, case)


def _tell_requester(case: Case, order: Order, kind: str, notifies: Sequence[str], **context: str) -> None:
    if notices.REQUESTER in notifies:
        notices.send(case, [notices.to_requester(case, order, kind, context)])


def _reason(text: str, where: str) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > LONGEST_REASON:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_REASON}, where=where, mend=_("shorten it")
        )
    if not text:
        raise BadInput(_("nothing is written"), where=where, mend=_("say it in a few words"))
    return text


def _written(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M %d/%m/%Y")
