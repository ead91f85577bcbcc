"""Cases as staff find them: queues, numbers on the side, search, one case."""

import uuid
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound
from anlanh.base.files.models import StoredFile
from anlanh.base.one_reading import read_once
from anlanh.base.ports.terms import TermsClause
from anlanh.base.search import index as search_index
from anlanh.law.model import Ground
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, ordering, policy, steps
from anlanh.work.casework.desk import queries as desk
from anlanh.work.casework.desk.access import within, works_for
from anlanh.work.casework.grounds import Conduct, conduct_of, day_of_conduct, terms_offered
from anlanh.work.casework.models import Appeal, Case, Evidence, Report
from anlanh.work.casework.queries.counting import Waiting, waiting
from anlanh.work.casework.queries.sealed import opened_case
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.queries import PAGE

VIEWS = ("mine", "unclaimed", "all", "appeals", "orders", "closed")
MOST_FOUND = 50


def queue(actor: Actor, view: str = "all", queue_id: uuid.UUID | None = None) -> QuerySet[Case]:
    """The cases of one list, most urgent first; the closed ones newest first.

    Args:
        actor: who reads.
        view: one of `VIEWS`.
        queue_id: only those of that named queue.

    Raises:
        NotAllowed: without `cases.view`.
        BadInput: no such view.
    """
    if view not in VIEWS:
        raise BadInput(_("no such list"), where="view", mend=", ".join(VIEWS))
    cases = _visible(actor).filter(_in_view(actor, view))
    if queue_id is not None:
        cases = cases.filter(queue_id=queue_id)
    if view == "closed":
        return cases.order_by("-closed_at", "-id")
    return ordering.by_urgency(cases)


def counts(actor: Actor) -> dict[str, Waiting]:
    """How many cases wait in each list but the closed one, and in each named queue that the actor sees, by its id.

    Raises:
        NotAllowed: without `cases.view`.
    """
    seen = ordering.by_urgency(_visible(actor).select_related(None))
    lists = {view: seen.filter(_in_view(actor, view)) for view in VIEWS if view != "closed"}
    lists |= {str(named.id): lists["all"].filter(queue=named) for named in desk.queues(actor)}
    return waiting(lists)


@read_once
def case(actor: Actor, case_id: uuid.UUID) -> Case:
    """One case.

    Raises:
        NotAllowed: without `cases.view`; a sealed case that was not opened.
        NotFound: the organisation has no such case.
    """
    return _visible(actor).filter(id=case_id).first() or opened_case(actor, case_id)


def appeal(actor: Actor, appeal_id: uuid.UUID) -> Appeal:
    """One appeal with its decision.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has no such appeal.
    """
    actor.require(policy.VIEW)
    appeals = within(actor, Appeal.objects.visible_to(actor), "case__queue")
    found = appeals.select_related("decision", "case").filter(id=appeal_id).first()
    if found is None:
        raise NotFound(_("There is no such appeal."))
    return found


def grounds_for(actor: Actor, case_id: uuid.UUID) -> list[Ground]:
    """The grounds in force on the day of the conduct, in the order of their references.

    Raises:
        NotAllowed, NotFound: as for `case`.
    """
    return steps.pack().grounds_on(day_of_conduct(case(actor, case_id)))


def terms_for(actor: Actor, case_id: uuid.UUID) -> tuple[Conduct, list[TermsClause]]:
    """The moment of the conduct, and the clauses of the organisation's own rules in force then, in order.

    Raises:
        NotAllowed, NotFound: as for `case`.
    """
    found = case(actor, case_id)
    return conduct_of(found), terms_offered(found)


def evidence_file(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID, *, shown: bool = False) -> StoredFile:
    """A file that is evidence, or the document of an order, of a case that the actor may see.

    Args:
        actor: who reads.
        case_id, file_id: which file of which case.
        shown: on a page; what may show the abuse of a child is shown there to nobody, whoever may open the file.

    Raises:
        NotAllowed: without `cases.view`; or where a child is concerned, for those who do not work on cases.
        NotFound: no such case of the organisation, or it holds no such file.
    """
    return evidence_row(actor, case_id, file_id, shown=shown).file


def evidence_row(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID, *, shown: bool = False) -> Evidence:
    """The evidence that a file is.

    Raises:
        NotAllowed, NotFound: as for `evidence_file`.
    """
    actor.require(policy.VIEW)
    of_case = within(actor, Evidence.objects.reachable_to(actor), "case__queue").filter(case_id=case_id)
    held = of_case.select_related("file", "case").filter(file_id=file_id).first()
    if held is None:
        raise NotFound(_("There is no such file."))
    if not policy.sees_words_of(actor, held.case):
        raise NotAllowed(_("This case concerns a child. Only those who work on it see its evidence."))
    if held.restricted_at and (shown or not policy.sees_material(actor)):
        raise NotAllowed(_("This file may show the abuse of a child. Only those named for it can open it."))
    return held


def search(actor: Actor, words: str) -> list[Case]:
    """Cases by number, by a report's reference, by the address of the page, or by words of its title or account.

    Raises:
        NotAllowed: without `cases.view`.
    """
    known = _visible(actor)
    words = words.strip()
    if not words:
        return []
    for condition in (_by_number(actor, words), _by_address(words)):
        if condition is not None and (found := list(known.filter(condition).order_by("-id")[:MOST_FOUND])):
            return found
    page_ids = search_index.find(PAGE, actor.organisation_id, words, MOST_FOUND)
    return list(known.filter(page_id__in=page_ids).order_by(F("closed_at").desc(nulls_first=True), "-id")[:MOST_FOUND])


def phases(public: Iterable[str]) -> Q:
    """Cases in a phase that the public sees under one of these names."""
    wanted, condition = set(public), Q(pk__in=[])
    for table in steps.pack().procedures.values():
        names = [phase.name for phase in table.phases.values() if phase.public in wanted]
        condition |= Q(procedure=table.id, phase__in=names)
    return condition


def _visible(actor: Actor) -> QuerySet[Case]:
    actor.require(policy.VIEW)
    cases = within(actor, Case.objects.visible_to(actor))
    return cases.select_related("page__holder", "organisation", "order", "queue")


def _in_view(actor: Actor, view: str) -> Q:
    open_now = Q(closed_at__isnull=True)
    held = Q(claimed_by__isnull=False, claimed_until__gt=clock.now())
    match view:
        case "mine":
            return open_now & ((held & Q(claimed_by=actor.ref)) | Q(assigned_to__in=works_for(actor)))
        case "unclaimed":
            return open_now & ~held & Q(assigned_to__isnull=True) & phases(["received", "under_review"])
        case "appeals":
            return open_now & phases(["under_appeal"])
        case "orders":
            return open_now & Q(kind=Case.Kind.ORDER)
        case "closed":
            return Q(closed_at__isnull=False)
        case _:
            return open_now


def _by_number(actor: Actor, words: str) -> Q | None:
    try:
        number = numbers.normal(words)
    except BadInput:
        return None
    if number.startswith(numbers.REPORT_PREFIX):
        reports = Report.objects.visible_to(actor).filter(reference=number)
        return Q(id__in=reports.values("case_id"))
    return Q(number=number)


def _by_address(words: str) -> Q | None:
    try:
        return Q(page__address_hash=address_hash(canonical_address(words)))
    except BadInput:
        return None
