"""Who is at work and who is on call at a moment: computed from shifts, absences and delegations, stored nowhere.

Hours are hours: a shift over Tết or in the night counts like any other, and nothing here knows of days off.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from django.db.models import F, QuerySet

from anlanh.base.identity.models import Membership
from anlanh.work.casework.desk import placing
from anlanh.work.casework.desk.models import Absence, Delegation, Shift, Stretch

Rows = TypeVar("Rows", bound=Stretch)


def in_force(model: type[Rows], organisation_id: uuid.UUID, moment: datetime) -> QuerySet[Rows]:
    """The shifts, absences or delegations that hold at a moment."""
    return model.objects.filter(
        organisation_id=organisation_id, starts_at__lte=moment, ends_at__gt=moment, withdrawn_at__isnull=True
    )


def away(organisation_id: uuid.UUID, moment: datetime) -> set[uuid.UUID]:
    """Who is away."""
    return set(in_force(Absence, organisation_id, moment).values_list("ref", flat=True))


def stood_in_for(organisation_id: uuid.UUID, ref: uuid.UUID, moment: datetime) -> list[uuid.UUID]:
    """Those whose work goes to a person meanwhile."""
    return list(in_force(Delegation, organisation_id, moment).filter(to_ref=ref).values_list("ref", flat=True))


def on_call(organisation_id: uuid.UUID, queue_id: uuid.UUID | None, moment: datetime) -> uuid.UUID | None:
    """Who is to be told of a case that nobody has taken.

    Whoever has a shift on call for that queue, then for all, then who the plan names, then the administrators, the
    longest-serving first. Who is away is passed over for their delegate. None only where nobody is left at all.
    """
    absent = away(organisation_id, moment)
    delegates = dict(in_force(Delegation, organisation_id, moment).order_by("set_at").values_list("ref", "to_ref"))
    here = set(Membership.objects.filter(organisation_id=organisation_id, left_at=None).values_list("ref", flat=True))
    for ref in _candidates(organisation_id, queue_id, moment):
        for one in (ref, delegates.get(ref)):
            if one in here and one not in absent:
                return one
    return None


def _candidates(organisation_id: uuid.UUID, queue_id: uuid.UUID | None, moment: datetime) -> Iterator[uuid.UUID]:
    shifts = in_force(Shift, organisation_id, moment).filter(on_call=True).order_by(F("queue").asc(), "starts_at", "id")
    general = [shift.ref for shift in shifts if shift.queue_id is None]
    yield from [shift.ref for shift in shifts if shift.queue_id == queue_id and queue_id is not None]
    yield from general
    if (named := placing.plan_of(organisation_id).on_call) is not None:
        yield named
    people = Membership.objects.filter(organisation_id=organisation_id, left_at=None).order_by("joined_at", "id")
    yield from [person.ref for person in people if "administrator" in person.roles]
