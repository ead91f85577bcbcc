"""Which orders stand in one paper, and when its written confirmation is due; for the actions, which hold the case."""

import re
from datetime import datetime, timedelta

from django.db.models import QuerySet

from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps
from anlanh.work.casework.authorities.models import Paper, PaperOrder
from anlanh.work.casework.models import Order
from anlanh.work.registry.addresses import address_hash, canonical_address

PHONE = "phone"
MOST_ADDRESSES = 500
_ADDRESS = re.compile(r"""(?:https?://|www\.)[^\s<>"'“”()\[\]{}|\\^`]{3,2000}""", re.I)
_TRAILING = ".,;:!?…»"


def hold(order: Order) -> Paper:
    """The paper of an order, held until the end of the transaction; made for the first time it is asked for."""
    link = PaperOrder.objects.filter(order=order).first()
    if link is None:
        paper = Paper.objects.create(organisation_id=order.organisation_id)
        join(paper, order)
        return paper
    return Paper.objects.select_for_update().get(id=link.paper_id)


def join(paper: Paper, order: Order) -> None:
    """Puts an order into a paper."""
    PaperOrder.objects.create(organisation_id=order.organisation_id, paper=paper, order=order)


def orders_of(paper: Paper) -> QuerySet[Order]:
    """The orders that stand in a paper."""
    return Order.objects.filter(in_paper__paper=paper)


def paper_of(order: Order) -> Paper | None:
    """The paper of an order, as far as anything was noted on it."""
    link = PaperOrder.objects.select_related("paper__authority", "paper__confirmation").filter(order=order).first()
    return link.paper if link else None


def confirmation_due(order: Order) -> datetime | None:
    """When the written confirmation of a call is due; None where the order came on paper."""
    rule = steps.pack().procedures["order"].confirmation
    if rule is None or order.channel != PHONE or order.document_id:
        return None
    return order.received_at + timedelta(hours=rule.hours)


def is_confirmed(order: Order) -> bool:
    """Whether the paper followed."""
    paper = paper_of(order)
    return paper is not None and paper.confirmed_at is not None


def task_key(order: Order) -> str:
    """By which the task to chase the confirmation is found."""
    return f"order:{order.id}:confirmation"


def complaints_of(order: Order) -> str:
    """Where somebody can complain about an order, as far as the directory says; empty otherwise."""
    paper = paper_of(order)
    return paper.authority.complaints if paper and paper.authority else ""


def hash_of(address: str) -> str:
    """By which a page is found."""
    return address_hash(canonical_address(address))


def addresses_in(text: str) -> list[str]:
    """The addresses of pages in a text, each once, in the order in which they stand there."""
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        try:
            found.setdefault(canonical_address(match.group().rstrip(_TRAILING)))
        except BadInput:
            continue
        if len(found) == MOST_ADDRESSES:
            break
    return list(found)
