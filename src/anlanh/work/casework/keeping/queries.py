"""The readers of keeping."""

import uuid
from typing import Any

from anlanh.base.actor import Actor
from anlanh.work.casework.keeping.models import Exhibit
from anlanh.work.casework.publishing.models import Released
from anlanh.work.casework.queries.cases import case as one_case


def keeping_of(actor: Actor, case_id: uuid.UUID) -> dict[str, Any]:
    """What a case's page shows of keeping and publishing: the hold, and what this actor can do.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    decision = case.decisions.filter(overturned_at__isnull=True).first()
    released = decision is not None and Released.objects.filter(decision=decision).exists()
    return {
        "hold": case.holds.filter(lifted_at__isnull=True).first(),
        "exhibit_kinds": Exhibit.Kind.choices,
        "may_hold": actor.can("cases.decide") or actor.can("organisation.manage"),
        "may_release": decision is not None and not released and actor.can("cases.decide"),
    }
