"""The readers of evidence."""

import uuid
from datetime import date

from django.db.models import Q, QuerySet

from anlanh.base.actor import Actor, NotFound
from anlanh.primitives.dates import civil_date
from anlanh.reporting.board.facts import Evidence, last_instant
from anlanh.reporting.evidence.models import DutyEvidence
from anlanh.reporting.evidence.policy import VIEW


def of_duty(actor: Actor, duty: str) -> QuerySet[DutyEvidence]:
    """Everything stated of a duty, withdrawn statements too, the last one first.

    Raises:
        NotAllowed: without `duties.view`.
    """
    actor.require(VIEW)
    found = DutyEvidence.objects.visible_to(actor).filter(duty=duty).select_related("file")
    return found.order_by("-given_at", "-id")


def one(actor: Actor, evidence_id: uuid.UUID) -> DutyEvidence:
    """One statement.

    Raises:
        NotAllowed: without `duties.view`.
        NotFound: no such statement here.
    """
    actor.require(VIEW)
    found = DutyEvidence.objects.visible_to(actor).select_related("file").filter(id=evidence_id).first()
    if found is None:
        raise NotFound("there is no such evidence")
    return found


def stated(actor: Actor, as_of: date) -> list[Evidence]:
    """What stood by the end of a day, as the board takes it: in order of days and ids."""
    actor.require(VIEW)
    until = last_instant(as_of)
    rows = DutyEvidence.objects.visible_to(actor).filter(given_at__lte=until)
    rows = rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=until))
    found = [
        Evidence(
            id=str(row.id),
            duty=row.duty,
            statement=row.statement,
            kind=row.kind,
            first=row.covers_from,
            last=row.covers_to,
            given_on=civil_date(row.given_at),
            for_due=row.for_due,
        )
        for row in rows
    ]
    return sorted(found, key=lambda entry: (entry.given_on, entry.id))
