"""Reading the directory, the notes of secret papers, and what belongs to an order's paper."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.files import store
from anlanh.work.casework import policy
from anlanh.work.casework.authorities import papers, secrecy
from anlanh.work.casework.authorities.actions.directory import MAY_ADD
from anlanh.work.casework.authorities.models import Authority, Paper, SealedPaper
from anlanh.work.casework.desk.access import closed_to, within
from anlanh.work.casework.models import Case, Order

MOST_SEALED = 200


def directory(actor: Actor) -> list[Authority]:
    """The bodies of the directory, by name.

    Raises:
        NotAllowed: for those who neither enter nor verify orders.
    """
    actor.require(*MAY_ADD)
    return list(Authority.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("name", "id"))


def sealed_papers(actor: Actor) -> list[SealedPaper]:
    """The notes of papers marked secret, the newest first.

    Raises:
        NotAllowed: without `orders.enter`.
    """
    actor.require("orders.enter")
    return list(SealedPaper.objects.visible_to(actor).order_by("-came_on", "-id")[:MOST_SEALED])


@dataclass(frozen=True)
class PaperView:
    """What an order's page shows of its paper.

    Args:
        paper: the row; None while nothing was noted on it.
        cases: the other cases of the same order.
        found: addresses in its words and its document that have no case yet, to be confirmed one by one.
        confirm_by: when the written confirmation is due; None where none is waited for.
        overdue: it is, and did not come.
        authorities: whom one can call back.
    """

    paper: Paper | None
    cases: list[Case]
    found: list[str]
    confirm_by: datetime | None
    overdue: bool
    authorities: list[Authority]


def paper_view(actor: Actor, order_case_id: uuid.UUID, *, deep: bool = False) -> PaperView | None:
    """The paper of a case's order; None for a case that is about no order.

    Args:
        actor: who looks.
        order_case_id: the case.
        deep: look for addresses in the document too, which takes a while.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    orders_seen = within(actor, Order.objects.visible_to(actor), "case__queue")
    order = orders_seen.select_related("document", "case__page").filter(case_id=order_case_id).first()
    if order is None:
        return None
    paper = papers.paper_of(order)
    orders = list(papers.orders_of(paper).select_related("case__page").order_by("id")) if paper else [order]
    closed = closed_to(actor)
    taken = {one.case.page.address for one in orders}
    confirm_by = None if paper and paper.confirmed_at else papers.confirmation_due(order)
    may = any(map(actor.can, MAY_ADD))
    return PaperView(
        paper=paper,
        cases=[one.case for one in orders if one.id != order.id and one.case.queue_id not in closed],
        found=[address for address in _addresses(order, deep=deep) if address not in taken] if may else [],
        confirm_by=confirm_by,
        overdue=confirm_by is not None and confirm_by < clock.now(),
        authorities=[one for one in directory(actor) if one.verified_at] if may else [],
    )


def _addresses(order: Order, *, deep: bool) -> list[str]:
    text = order.words
    if deep and order.document:
        try:
            with store.open_file(order.document) as opened:
                text += "\n" + secrecy.text_of(order.document.name, opened.read())
        except FileNotFoundError:
            pass
    return papers.addresses_in(text)
