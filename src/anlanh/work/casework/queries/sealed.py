"""Sealed cases: to those who handle them a list of numbers and clocks, and a case once their look at it is recorded."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotAllowed, NotFound
from anlanh.work.casework import policy
from anlanh.work.casework.models import SEALED, Case


class StillSealed(NotAllowed):
    """A sealed case that this person may open and has not: the look has to be recorded first."""


@dataclass(frozen=True)
class SealedLine:
    """All that a list says of a sealed case."""

    id: uuid.UUID
    number: str
    opened_at: datetime
    due_at: datetime | None
    closed: bool


def sealed_cases(actor: Actor) -> list[SealedLine]:
    """Every sealed case, the open ones first.

    Raises:
        NotAllowed: for those who do not handle them.
    """
    actor.require(SEALED)
    rows = Case.objects.sealed_to(actor).exclude(phase="sorted")
    rows = rows.order_by(F("closed_at").desc(nulls_first=True), F("due_at").asc(nulls_last=True), "id")
    return [SealedLine(case.id, case.number, case.opened_at, case.due_at, case.closed_at is not None) for case in rows]


def opened_case(actor: Actor, sealed_case_id: uuid.UUID) -> Case:
    """A sealed case whose opening by this person this hour already holds.

    Raises:
        NotFound: no such sealed case, or the actor does not handle such.
        StillSealed: nobody recorded yet that this person opens it.
    """
    case = (
        Case.objects.sealed_to(actor).select_related("page__holder", "organisation").filter(id=sealed_case_id).first()
    )
    if case is None:
        raise NotFound(_("There is no such case."))
    if not policy.has_looked(actor, sealed_case_id, "sealed.viewed"):
        raise StillSealed(_("This case is sealed. Opening it is recorded first."))
    return case
