"""Who is spared for the rest of the day, and of what: an order of preference, never a refusal."""

import uuid

from django.db.models import Q

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.desk.plans import DANGER
from anlanh.work.casework.exposure.models import Look
from anlanh.work.casework.models import Case
from anlanh.work.casework.preferences.queries import house_number


def is_distressing(case: Case) -> bool:
    """Whether what is shown of a case is often hard to look at."""
    return case.concerns_child or case.threatens_life or case.category in distressing_categories()


def distressing_categories() -> set[str]:
    """The kinds of reports that the pack marks so."""
    return {name for name, entry in vietnam().report_types.items() if entry.distressing}


def is_spared(actor: Actor) -> bool:
    """Whether the actor has today reached the number after which others come first."""
    if actor.kind is not ActorKind.MEMBER or not (seen := seen_today(actor)):
        return False
    limit = limit_of(actor.organisation_id)
    return limit is not None and seen >= limit


def limit_of(organisation_id: uuid.UUID) -> int | None:
    """After how many distressing items in a day other cases come first; None where the pack has no such rule."""
    return house_number(organisation_id, "exposure.others-first")


def pause_after(organisation_id: uuid.UUID) -> int | None:
    """After how many distressing items in a day a pause is suggested; None where the pack has no such rule."""
    return house_number(organisation_id, "exposure.pause-after")


def seen_today(actor: Actor) -> int:
    """How many distressing items the actor opened on this civil day."""
    today = civil_date(clock.now())
    return Look.objects.visible_to(actor).filter(ref=actor.ref, day=today, distressing=True).count()


def can_wait() -> Q:
    """The cases that somebody who is spared gets last: hard to look at, in no danger and not due soon."""
    time_left = Q(soon_at__isnull=True) | Q(soon_at__gt=clock.now())
    return Q(category__in=distressing_categories(), threatens_life=False, tier__gt=DANGER) & time_left
