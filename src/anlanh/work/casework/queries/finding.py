"""Search across the cases and all that belongs to them: by number or reference, by address, by words.

Every kind of thing is sought among a bounded number of pages and orders, so that words which half the house holds cost
no more than rare ones; and each is read as its own lists are, so that nothing is found that one may not see.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from anlanh.base.actor import Actor
from anlanh.base.search import index as search_index
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, policy
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.models import Access, Appeal, Case, Decision, Order, Report
from anlanh.work.casework.order_index import ORDER
from anlanh.work.casework.quality.standing import blind
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.models import Page
from anlanh.work.registry.queries import PAGE

MOST_LOOKED_AT = 50  # pages in which the others are sought
MOST_CASES = 200  # about them


@dataclass(frozen=True)
class Found:
    """What a search found, of each kind at most as many as were asked for.

    Args:
        cases: the open ones first, then the newest.
        reports: found by their reference alone, so that nobody looks through what reporters wrote.
        orders: by number, office, signer or words.
        decisions, appeals: of cases that were found by a page; none of a case that the actor is judging a second time.
    """

    cases: list[Case] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)


def everything(actor: Actor, words: str, most: int = 6, page_ids: Sequence[uuid.UUID] | None = None) -> Found:
    """What the actor may see of cases that the words name.

    Args:
        actor: who searches.
        words: a number, a reference, an address, or words.
        most: of each kind.
        page_ids: the pages that the words name, where the register was asked already.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    words = words.strip()
    if not words:
        return Found()
    number = _number(words)
    if number:
        return _by_number(actor, number, most)
    orders = _orders(actor, search_index.find(ORDER, actor.organisation_id, words, most))
    near = _cases_about(_pages(actor, words) if page_ids is None else page_ids)
    return Found(
        cases=_cases(actor, Q(id__in=[*near, *(order.case_id for order in orders)]), most),
        orders=orders,
        decisions=_decisions(actor, Q(case__in=near), most),
        appeals=_appeals(actor, Q(case__in=near), most),
    )


def _by_number(actor: Actor, number: str, most: int) -> Found:
    """What a number or reference names: a report, an access, or a case with what belongs to it."""
    found = list(_open(actor, Report).select_related("case__page").filter(reference=number)[:most])
    accesses = _open(actor, Access).filter(reference=number)
    ids = {report.case_id for report in found} | set(accesses.values_list("case_id", flat=True))
    cases = _cases(actor, Q(id__in=ids) | Q(number=number), most)
    of_them = Q(case__in=[case.id for case in cases])
    return Found(
        cases=cases,
        reports=found,
        orders=list(_open(actor, Order).filter(of_them).select_related("case__page")[:most]),
        decisions=_decisions(actor, of_them, most),
        appeals=_appeals(actor, of_them, most),
    )


def _number(words: str) -> str:
    """The number or reference that the words are; empty when they are none."""
    try:
        return numbers.normal(words)
    except BadInput:
        return ""


def _pages(actor: Actor, words: str) -> list[uuid.UUID]:
    """The page of that address, else some of those that hold the words."""
    try:
        at = Page.objects.visible_to(actor).filter(address_hash=address_hash(canonical_address(words)))
        if found := list(at.values_list("id", flat=True)):
            return found
    except BadInput:
        pass
    return search_index.find(PAGE, actor.organisation_id, words, MOST_LOOKED_AT)


def _cases_about(page_ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Candidates alone, read by nothing but their page: a database that knows its numbers badly might else go through
    the whole organisation. Which of them the actor sees is asked of each by its id.
    """
    return list(Case.objects.filter(page_id__in=page_ids).values_list("id", flat=True)[:MOST_CASES])


def _open(actor: Actor, model: type[Model]) -> QuerySet[Any]:
    """Rows of cases that the actor may see."""
    return within(actor, model.objects.visible_to(actor).filter(case__sealed=False), "case__queue")


def _cases(actor: Actor, condition: Q, most: int) -> list[Case]:
    seen = within(actor, Case.objects.visible_to(actor)).filter(condition).select_related("page__holder")
    return list(seen.order_by(F("closed_at").desc(nulls_first=True), "-id")[:most])


def _orders(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Order]:
    """The orders in the order in which they were found."""
    rows = {row.id: row for row in _open(actor, Order).filter(id__in=ids).select_related("case__page")}
    return [rows[id_] for id_ in ids if id_ in rows]


def _decisions(actor: Actor, condition: Q, most: int) -> list[Decision]:
    rows = _told(actor, Decision).filter(condition, withdrawn_at__isnull=True)
    return list(rows.select_related("case__page").order_by("-id")[:most])


def _appeals(actor: Actor, condition: Q, most: int) -> list[Appeal]:
    rows = _told(actor, Appeal).filter(condition)
    return list(rows.select_related("case__page", "decision").order_by("-id")[:most])


def _told(actor: Actor, model: type[Model]) -> QuerySet[Any]:
    """Rows that tell what was decided, but of cases that the actor is judging a second time and has to judge blind."""
    judging = list(blind(actor).values_list("case_id", flat=True))
    rows = _open(actor, model)
    return rows.exclude(case__in=judging) if judging else rows
