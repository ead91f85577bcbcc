"""Whether a representative may act for somebody now. Read by the doors and by the writing of letters."""

import hmac
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import numbers
from anlanh.work.casework.redress.models import Mandate


def today() -> date:
    """The civil day, by which a mandate ends."""
    return civil_date(clock.now())


def live() -> QuerySet[Mandate]:
    """The mandates that count today."""
    counting = Mandate.objects.filter(checked_at__isnull=False, refused_at__isnull=True, ended_at__isnull=True)
    return counting.filter(until__gte=today()).select_related("representative__party", "case")


def over(mandates: QuerySet[Mandate], door: Any) -> QuerySet[Mandate]:
    """Those among mandates that cover a door: a report of the client's, or their access to a case.

    A mandate for a page covers every case in which its client is the person affected as the page's holder. A page can
    pass to somebody else, who gave no mandate: by name and address they are told from the client.
    """
    if hasattr(door, "reporter_id"):
        return mandates.filter(report=door)
    of_page = Q(scope=Mandate.Scope.PAGE, case__page_id=door.case.page_id, access__isnull=False)
    of_client = Q(client__name=door.party.name, client__email=door.party.email)
    return mandates.filter(Q(access=door) | of_page & of_client)


def opening(door: Any, secret: str) -> Mandate | None:
    """The live mandate under which somebody with this secret of a representative may open a door of a client's."""
    for mandate in over(live().filter(organisation_id=door.organisation_id), door):
        expected = mandate.representative.secret_hash
        if hmac.compare_digest(expected, numbers.digest(mandate.representative.reference, secret)):
            return mandate
    return None
