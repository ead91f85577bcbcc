"""Orders that stand in a register, brought in together: the rows and clocks of `orders.enter_order`, in bulk.

The register is the record of each, and no office is written to about an order it sent long ago. Each still waits for a
second person who verifies it.
"""

from collections.abc import Sequence

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import record_all
from anlanh.base.bulk import insert
from anlanh.base.clocks import running
from anlanh.base.identity.models import Organisation
from anlanh.work.casework import numbers, steps
from anlanh.work.casework.actions.orders import PROCEDURE, OrderInput, received_draft
from anlanh.work.casework.acts import CASE
from anlanh.work.casework.categories import CHILD
from anlanh.work.casework.desk import placing
from anlanh.work.casework.models import Case, Order, Party
from anlanh.work.casework.order_index import index_orders
from anlanh.work.casework.policy import IMPORT
from anlanh.work.registry.actions import ensure_pages
from anlanh.work.registry.models import Page


def bring_in_orders(actor: Actor, organisation: Organisation, given: Sequence[OrderInput]) -> list[tuple[Order, Act]]:
    """Opens a case for each order, in the caller's transaction.

    Args:
        actor: who brings in the register.
        organisation: whose it is.
        given: orders after `orders.checked`.

    Returns:
        The order and the act of receiving it, in the same order.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(IMPORT)
    if not given:
        return []
    table = steps.pack().procedures[PROCEDURE]
    row = table.transition(table.initial, "order.received")
    pages = ensure_pages(organisation.id, {entry.address for entry in given})
    brought = [_order(actor, organisation, pages[entry.address], entry) for entry in given]
    drafts = [
        received_draft(order.case, order, entry, None, from_register=True)
        for order, entry in zip(brought, given, strict=True)
    ]
    acts = record_all(actor, drafts)
    plan, clocks = placing.plan_of(organisation.id), []
    for order, act, entry in zip(brought, acts, given, strict=True):
        case, started = order.case, []
        placing.sort(case, plan, emergency=entry.emergency)
        case.phase = row.leads_to(case.phase)
        for event in row.starts:
            answer = steps.answer_for(organisation, event, act, emergency=entry.emergency)
            started += running.unsaved(act, CASE, case.id, answer, steps.pack())
        steps.set_due(case, running.governing(started), plan)
        clocks += started
    for rows in ([order.contact for order in brought], [order.case for order in brought], brought, clocks):
        insert(rows)
    index_orders(brought)
    return list(zip(brought, acts, strict=True))


def _order(actor: Actor, organisation: Organisation, page: Page, given: OrderInput) -> Order:
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
    contact = Party(organisation=organisation, name=given.office[:120], created_at=clock.now())
    return Order(
        organisation=organisation,
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
        contact=contact,
        entered_by=actor.ref,
    )
