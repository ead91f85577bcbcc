"""The readers of exposure. A person sees their own numbers; who leads others sees only that a limit was passed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.identity import queries as identity
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import policy
from anlanh.work.casework.exposure import sparing
from anlanh.work.casework.exposure.models import Look

DAYS_SHOWN = 7


@dataclass(frozen=True)
class Seen:
    """What was opened in some days.

    Args:
        distressing: items of cases that are hard to look at.
        others: items of other cases.
        cases: how many cases they belong to.
        minutes: how long they stood open, rounded up.
    """

    distressing: int
    others: int
    cases: int
    minutes: int


@dataclass(frozen=True)
class Exposure:
    """A person's own count.

    Args:
        today, week: of this civil day, and of this week since Monday.
        days: the last `DAYS_SHOWN` days with the distressing items opened on each.
        pause_after: after how many in a day a pause is suggested; None for never.
        limit: after how many other cases come first; None for never.
    """

    today: Seen
    week: Seen
    days: list[tuple[date, int]]
    pause_after: int | None
    limit: int | None

    @property
    def is_spared(self) -> bool:
        """Whether other cases come first for the rest of the day."""
        return self.limit is not None and self.today.distressing >= self.limit


def own_exposure(actor: Actor) -> Exposure:
    """What the actor opened, for their own page."""
    today = civil_date(clock.now())
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN)][::-1]
    looks = list(Look.objects.visible_to(actor).filter(ref=actor.ref, day__gte=days[0]))
    monday = today - timedelta(days=today.weekday())
    return Exposure(
        today=_seen(look for look in looks if look.day == today),
        week=_seen(look for look in looks if look.day >= monday),
        days=[(day, sum(look.day == day and look.distressing for look in looks)) for day in days],
        pause_after=sparing.pause_after(actor.organisation_id),
        limit=sparing.limit_of(actor.organisation_id),
    )


def own_today(actor: Actor) -> int:
    """How many distressing items the actor opened today."""
    return sparing.seen_today(actor)


def over_limit(actor: Actor) -> list[uuid.UUID] | None:
    """Who of those that the actor leads has reached today's limit; no number, and in the order of names.

    Everybody for who manages the organisation, otherwise those who report to the actor. None for who leads nobody, or
    where there is no limit.
    """
    limit, everybody = sparing.limit_of(actor.organisation_id), actor.can(policy.ARRANGE)
    led = identity.subordinates_of(actor.ref) if not everybody else set()
    if limit is None or not (everybody or led):
        return None
    looks = Look.objects.visible_to(actor).filter(day=civil_date(clock.now()), distressing=True)
    numbers = looks.values("ref").annotate(number=Count("id")).order_by()
    over = {row["ref"] for row in numbers if row["number"] >= limit and (everybody or row["ref"] in led)}
    return [member.ref for member in identity.members(actor).filter(ref__in=over)]


def _seen(looks: Iterable[Look]) -> Seen:
    looks = list(looks)
    distressing = sum(look.distressing for look in looks)
    seconds = sum(look.seconds for look in looks)
    return Seen(distressing, len(looks) - distressing, len({look.case_id for look in looks}), -(-seconds // 60))
