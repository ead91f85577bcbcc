"""The readers of redress: late appeals and mandates of a case, a client's own mandates, a representative's clients."""

import hmac
import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor
from anlanh.work.casework import doors, numbers, policy
from anlanh.work.casework.desk.access import of_a_case
from anlanh.work.casework.models import Access
from anlanh.work.casework.queries.cases import case as one_case
from anlanh.work.casework.queries.public import StatusView, status_of
from anlanh.work.casework.redress import standing
from anlanh.work.casework.redress.models import LateAppeal, Mandate, Representative

WAITING, LIVE, REFUSED, ENDED = "to_check", "counts", "not_accepted", "over"


@dataclass(frozen=True)
class MandateLine:
    """A mandate as its client and the staff see it.

    Args:
        mandate: the row.
        name, reference: of the representative; the name is empty for those who may not see it.
        state: to_check, counts, not_accepted or over.
        possible: this actor can check or end it.
    """

    mandate: Mandate
    name: str
    reference: str
    state: str
    possible: bool = False


@dataclass(frozen=True)
class Client:
    """One file that a representative may open.

    Args:
        name: the client's; empty where it is not known.
        until: the last day of the mandate.
        view: the file as the client sees it.
    """

    name: str
    until: date
    view: StatusView


@dataclass(frozen=True)
class Office:
    """A representative's own page: who they are, and the files of all clients, those with something to do first."""

    name: str
    reference: str
    clients: list[Client]


@dataclass(frozen=True)
class LateLine:
    """A late appeal for the staff, with what was said where they may see it, and whether this actor can settle it."""

    late: LateAppeal
    text: str
    why_late: str
    possible: bool


def own_mandates(reference: str, secret: str) -> list[MandateLine]:
    """The mandates that the person at the door gave, the newest first.

    Raises:
        NotFound: reference and secret open nothing.
    """
    door = doors.opened(reference, secret)
    rows = Mandate.objects.filter(client=door.party).select_related("representative__party").order_by("-id")
    return [_line(row, shows_name=True) for row in rows]


def office(reference: str, secret: str) -> Office:
    """The page of a representative with the files of their clients.

    Raises:
        NotFound: reference and secret open nothing; the same words as for other doors.
    """
    refusal = doors.nothing_found()
    found = Representative.objects.select_related("party").filter(reference=reference).first()
    expected = found.secret_hash if found else doors.NOBODYS
    if not hmac.compare_digest(expected, numbers.digest(reference, secret)) or found is None:
        raise refusal
    clients: dict[str, Client] = {}
    for mandate in standing.live().filter(representative=found).select_related("client", "report", "access"):
        for door in _doors_under(mandate):
            view = status_of(door)
            clients.setdefault(view.reference, Client(door.party.name, mandate.until, view))
    ordered = sorted(clients.values(), key=lambda one: (not one.view.can_appeal, one.view.received_at))
    return Office(found.party.name, found.reference, ordered)


def mandates(actor: Actor, case_id: uuid.UUID) -> list[MandateLine]:
    """The mandates given in a case, for the staff.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    shows = policy.sees_words_of(actor, case)
    possible = any(actor.can(capability) for capability in ("cases.review", "cases.decide", "appeals.hear"))
    rows = Mandate.objects.reachable_to(actor).filter(case=case).select_related("representative__party", "paper__file")
    return [_line(row, shows_name=shows, possible=possible and shows) for row in rows.order_by("id")]


def late_appeals(actor: Actor, case_id: uuid.UUID) -> list[LateLine]:
    """The appeals that came late in a case, for the staff.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    shows = policy.sees_words_of(actor, case)
    rows = list(LateAppeal.objects.visible_to(actor).filter(case=case).select_related("decision").order_by("id"))
    if not rows:
        return []
    independent = actor.can("appeals.hear") and policy.is_independent(actor.ref, policy.handlers_of(case.id))
    return [
        LateLine(
            row,
            row.text if shows else "",
            row.why_late if shows else "",
            row.settled_at is None and independent,
        )
        for row in rows
    ]


def late_appeal(actor: Actor, late_id: uuid.UUID) -> LateAppeal:
    """One late appeal.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has none of that id.
    """
    return of_a_case(actor, LateAppeal.objects.visible_to(actor), late_id, _("There is no such appeal."))


def mandate(actor: Actor, mandate_id: uuid.UUID) -> Mandate:
    """One mandate.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has none of that id.
    """
    return of_a_case(actor, Mandate.objects.reachable_to(actor), mandate_id, _("There is no such mandate."))


def _doors_under(mandate: Mandate) -> list[doors.Door]:
    if mandate.report:
        return [doors.of_row(mandate.report, mandate)]
    rows = Access.objects.filter(organisation_id=mandate.organisation_id).select_related(*doors.RELATED, "party")
    rows = rows.filter(case__page_id=mandate.case.page_id).order_by("id")
    own = Mandate.objects.filter(id=mandate.id)
    return [doors.of_row(access, mandate) for access in rows if standing.over(own, access).exists()]


def _line(row: Mandate, *, shows_name: bool, possible: bool = False) -> MandateLine:
    name = row.representative.party.name if shows_name else ""
    return MandateLine(row, name, row.representative.reference, _state(row), possible)


def _state(row: Mandate) -> str:
    if row.refused_at:
        return REFUSED
    if row.ended_at or row.until < standing.today():
        return ENDED
    return LIVE if row.checked_at else WAITING
