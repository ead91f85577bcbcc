"""The readers of keeping."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, ActorKind, NotFound
from anlanh.base.files.models import StoredFile
from anlanh.work.casework import doors, policy
from anlanh.work.casework.keeping import retention
from anlanh.work.casework.keeping.case_paper import said_of
from anlanh.work.casework.keeping.models import Copy, Exhibit, JoinedPages
from anlanh.work.casework.publishing.models import Released
from anlanh.work.casework.queries.cases import case as one_case
from anlanh.work.casework.queries.public import is_told


def keeping_of(actor: Actor, case_id: uuid.UUID) -> dict[str, Any]:
    """What a case's page shows of keeping and publishing: the hold, and what this actor can do.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    decision = case.decisions.filter(overturned_at__isnull=True).first()
    joined = case.joined_pages.filter(replaced_at__isnull=True).first()
    released = decision is not None and Released.objects.filter(decision=decision).exists()
    return {
        "hold": case.holds.filter(lifted_at__isnull=True).first(),
        "kept": retention.kept(case),
        "photographs": len(joined.pages) if joined else 0,
        "copies": copies(actor, case_id),
        "may_redact": actor.kind is ActorKind.MEMBER and any(map(actor.can, policy.WORKING)),
        "exhibit_kinds": Exhibit.Kind.choices,
        "may_hold": actor.can("cases.decide") or actor.can("organisation.manage"),
        "may_release": decision is not None and not released and actor.can("cases.decide"),
    }


def copies(actor: Actor, case_id: uuid.UUID) -> list[Copy]:
    """The copies that the person affected gets, oldest first; none to those who may not see evidence.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    if not policy.sees_words_of(actor, case):
        return []
    standing = Copy.objects.reachable_to(actor).filter(case_id=case_id, withdrawn_at__isnull=True)
    return list(standing.select_related("file", "evidence__file").order_by("id"))


def standing_copy(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID) -> Copy | None:
    """The copy that stands for a file of a case.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    return next((copy for copy in copies(actor, case_id) if copy.evidence.file_id == file_id), None)


def standing_copy_file(actor: Actor, case_id: uuid.UUID, copy_id: uuid.UUID) -> StoredFile:
    """The file of a copy.

    Raises:
        NotAllowed: as for reading the case.
        NotFound: no such case, or no such copy stands in it.
    """
    found = next((copy for copy in copies(actor, case_id) if copy.id == copy_id), None)
    if found is None:
        raise NotFound(_("There is no such copy."))
    return found.file


def kept_words(reference: str, secret: str, language: str) -> str:
    """Until when the file behind a door is kept at least, in words; empty while the person was told of no decision.

    Raises:
        NotFound: the two do not open anything.
    """
    door = doors.opened(reference, secret)
    keeps = retention.kept(door.case) if any(is_told(door, one) for one in door.case.decisions.all()) else None
    return said_of(keeps, language) if keeps else ""


def joined_pages(actor: Actor, case_id: uuid.UUID) -> JoinedPages:
    """How the photographs of an order's paper are joined now.

    Raises:
        NotAllowed: as for reading the case.
        NotFound: no such case, or none were joined in it.
    """
    one_case(actor, case_id)
    rows = JoinedPages.objects.reachable_to(actor).filter(case_id=case_id, replaced_at__isnull=True)
    found = rows.select_related("document").first()
    if found is None:
        raise NotFound(_("There are no photographs."))
    return found
