"""Cases as staff find them: queues, numbers on the side, search, one case."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound
from anlanh.base.files.models import StoredFile
from anlanh.base.search import index as search_index
from anlanh.law.model import Ground
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, ordering, policy, steps
from anlanh.work.casework.actions.decide import day_of_conduct
from anlanh.work.casework.models import Appeal, Case, Evidence, Report
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.queries import PAGE

VIEWS = ("mine", "unclaimed", "all", "appeals", "orders", "closed")
MOST_FOUND = 50


def queue(actor: Actor, view: str = "all") -> QuerySet[Case]:
    """The cases of one queue, most urgent first; the closed ones newest first.

    Raises:
        NotAllowed: without `cases.view`.
        BadInput: no such view.
    """
    if view not in VIEWS:
        raise BadInput(_("no such list"), where="view", mend=", ".join(VIEWS))
    cases = _visible(actor).filter(_in_view(actor, view))
    if view == "closed":
        return cases.order_by("-closed_at", "-id")
    return ordering.by_urgency(cases)


def counts(actor: Actor) -> dict[str, dict[str, int]]:
    """How many cases wait in each queue but the closed one, by the state of the clock that is due first.

    States: `overdue`, `soon` (under a fifth of its time left), `running`, `without` (no clock runs).

    Raises:
        NotAllowed: without `cases.view`.
    """
    moment = clock.now()
    states = {
        "overdue": Q(due_at__lt=moment),
        "soon": Q(due_at__gte=moment, soon_at__lte=moment),
        "running": Q(due_at__gte=moment, soon_at__gt=moment),
        "without": Q(due_at__isnull=True),
    }
    waiting = [view for view in VIEWS if view != "closed"]
    numbers_of = _visible(actor).aggregate(
        **{
            f"{view}_{state}": Count("id", filter=_in_view(actor, view) & condition)
            for view in waiting
            for state, condition in states.items()
        }
    )
    return {view: {state: numbers_of[f"{view}_{state}"] for state in states} for view in waiting}


def case(actor: Actor, case_id: uuid.UUID) -> Case:
    """One case.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has no such case.
    """
    found = _visible(actor).filter(id=case_id).first()
    if found is None:
        raise NotFound(_("There is no such case."))
    return found


def appeal(actor: Actor, appeal_id: uuid.UUID) -> Appeal:
    """One appeal with its decision.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has no such appeal.
    """
    actor.require(policy.VIEW)
    found = Appeal.objects.visible_to(actor).select_related("decision", "case").filter(id=appeal_id).first()
    if found is None:
        raise NotFound(_("There is no such appeal."))
    return found


def grounds_for(actor: Actor, case_id: uuid.UUID) -> list[Ground]:
    """The grounds in force on the day of the conduct, in the order of their references.

    Raises:
        NotAllowed, NotFound: as for `case`.
    """
    return steps.pack().grounds_on(day_of_conduct(case(actor, case_id)))


def evidence_file(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID) -> StoredFile:
    """A file that is evidence, or the document of an order, of a case that the actor may see.

    Raises:
        NotAllowed: without `cases.view`; or where a child is concerned, for those who do not work on cases.
        NotFound: no such case of the organisation, or it holds no such file.
    """
    actor.require(policy.VIEW)
    of_case = Evidence.objects.visible_to(actor).filter(case_id=case_id)
    held = of_case.select_related("file", "case").filter(file_id=file_id).first()
    if held is None:
        raise NotFound(_("There is no such file."))
    if not policy.sees_words_of(actor, held.case):
        raise NotAllowed(_("This case concerns a child. Only those who work on it see its evidence."))
    return held.file


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
    return Case.objects.visible_to(actor).select_related("page__holder", "organisation", "order")


def _in_view(actor: Actor, view: str) -> Q:
    open_now = Q(closed_at__isnull=True)
    held = Q(claimed_by__isnull=False, claimed_until__gt=clock.now())
    match view:
        case "mine":
            return open_now & ((held & Q(claimed_by=actor.ref)) | Q(assigned_to=actor.ref))
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
