"""The readers of groups: which cases belong together, what they share and where they differ, what became of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.base.ports import terms
from anlanh.base.ports.terms import TermsClause
from anlanh.base.search import index as search_index
from anlanh.primitives.folding import fold_search
from anlanh.work.casework import policy
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.grounds import UNDER_LAW_ALONE, conduct_of
from anlanh.work.casework.grouping.models import Group, GroupItem
from anlanh.work.casework.grouping.proving import leaf_of, tree_of
from anlanh.work.casework.models import Case
from anlanh.work.casework.queries.cases import case as one_case
from anlanh.work.casework.queries.cases import queue
from anlanh.work.registry.queries import PAGE

MOST_CASES = 1000
LIKE = ("account", "domain", "title")


@dataclass(frozen=True)
class Compared:
    """One case as it stands beside the others.

    Args:
        case: with its page.
        account, domain, title, category, phase, child: what is compared.
        reports: how many reported it, which decides nothing.
        words: the beginning of the first report, for those who may read it.
    """

    case: Case
    account: str
    domain: str
    title: str
    category: str
    phase: str
    child: bool
    reports: int
    words: str


COMPARED = tuple(entry.name for entry in fields(Compared) if entry.name not in {"case", "reports", "words"})


@dataclass(frozen=True)
class Comparison:
    """Cases side by side.

    Args:
        cases: each with what is compared.
        shared: field → the one value that all have.
        differing: the fields in which they differ.
    """

    cases: list[Compared]
    shared: dict[str, object]
    differing: list[str]


def alike(actor: Actor, case_id: uuid.UUID, like: str) -> list[Case]:
    """The open cases that share the account, the domain or the title of a case's page, and the case itself.

    Raises:
        NotAllowed, NotFound: as for one case.
    """
    case = one_case(actor, case_id)
    rows = queue(actor, "all")
    if like == "account":
        rows = rows.filter(page__holder=case.page.holder_id) if case.page.holder_id else rows.filter(id=case.id)
        return list(rows[:MOST_CASES])
    words = _domain(case) if like == "domain" else case.page.title
    pages = search_index.find(PAGE, actor.organisation_id, words, MOST_CASES)
    tell = _domain if like == "domain" else _title
    found = [other for other in rows.filter(page_id__in=pages)[:MOST_CASES] if tell(other) == tell(case)]
    return found if any(other.id == case.id for other in found) else [case, *found]


def comparison(actor: Actor, case_ids: Sequence[uuid.UUID]) -> Comparison:
    """Cases side by side; those that the actor does not see are left out.

    Raises:
        NotAllowed: without `cases.view`.
    """
    rows = queue(actor, "all").filter(id__in=list(case_ids)[:MOST_CASES]).annotate(many=Count("reports"))
    cases = [_compared(actor, case) for case in rows.prefetch_related("reports")]
    values = {name: {getattr(each, name) for each in cases} for name in COMPARED}
    shared = {name: next(iter(found)) for name, found in values.items() if len(found) == 1}
    return Comparison(cases, shared, [name for name in COMPARED if len(values[name]) > 1])


def terms_for_cases(actor: Actor, case_ids: Sequence[uuid.UUID]) -> list[tuple[TermsClause, int]]:
    """The clauses of own rules that a decision of some of the cases may rest on, with of how many; most first.

    Raises:
        NotAllowed: without `cases.view`.
    """
    cases = queue(actor, "all").filter(id__in=list(case_ids)[:MOST_CASES]).exclude(kind__in=UNDER_LAW_ALONE)
    moments = [conduct_of(case).at for case in cases]
    if not moments:
        return []
    found = terms.bound().in_force_between(actor.organisation_id, min(moments), max(moments))
    fitting = [(clause, sum(map(clause.covers, moments))) for clause in found]
    return sorted((pair for pair in fitting if pair[1]), key=lambda pair: -pair[1])


def groups(actor: Actor) -> QuerySet[Group]:
    """The groups that were decided here, the newest first.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    return Group.objects.visible_to(actor).order_by("-started_at")


def group(actor: Actor, group_id: uuid.UUID) -> Group:
    """One group.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: there is none for the actor.
    """
    found = groups(actor).filter(id=group_id).first()
    if found is None:
        raise NotFound(_("There is no such group."))
    return found


def items(actor: Actor, group_id: uuid.UUID) -> QuerySet[GroupItem]:
    """What became of each case of a group, as far as the actor sees the case.

    Raises:
        NotAllowed, NotFound: as for `group`.
    """
    rows = within(actor, GroupItem.objects.visible_to(actor), "case__queue").filter(group=group(actor, group_id))
    return rows.select_related("case__page").order_by("position")


@dataclass(frozen=True)
class Proof:
    """That an item is in the tree whose root the act states.

    Args:
        leaf: the exact bytes, as text.
        position, size: where it stands among how many.
        path: the hashes on the way to the root.
        root: as the act states it.
    """

    leaf: str
    position: int
    size: int
    path: list[str]
    root: str


def proof(actor: Actor, group_id: uuid.UUID, position: int = 0) -> Proof:
    """The proof of the case at a position of a finished group.

    Raises:
        NotAllowed, NotFound: as for `group`; or nothing stands there, or it is not finished.
    """
    whole = group(actor, group_id)
    item = items(actor, group_id).filter(position=position).first()
    if item is None or whole.finished_at is None:
        raise NotFound(_("There is no such group."))
    tree = tree_of(GroupItem.objects.filter(group=whole).order_by("position"))
    path = tree.inclusion_proof(item.position, tree.size)
    return Proof(leaf_of(item).decode(), item.position, tree.size, [step.hex() for step in path], whole.root)


def _compared(actor: Actor, case: Case) -> Compared:
    first = min(case.reports.all(), key=lambda report: report.id, default=None)
    shown = first.text[:200] if first and policy.sees_words_of(actor, case) else ""
    holder = case.page.holder
    return Compared(
        case=case,
        account=(holder.name or holder.address) if holder else "",
        domain=_domain(case),
        title=case.page.title,
        category=case.category,
        phase=case.phase,
        child=case.concerns_child,
        reports=case.many,
        words=shown,
    )


def _domain(case: Case) -> str:
    return urlsplit(case.page.address).hostname or case.page.address


def _title(case: Case) -> str:
    return fold_search(case.page.title)
