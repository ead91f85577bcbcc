"""What stands against a sender, counted anew from the marks of decisions that stand: nothing kept could disagree.

Not counted are marks that grew old, were lifted, led to a consequence already, or whose decision can still be taken
back, fell, or is being appealed against.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from anlanh.base import clock
from anlanh.work.casework.misuse.models import Consequence, Unfounded
from anlanh.work.casework.models import Appeal
from anlanh.work.casework.preferences.queries import house_number

WARNING, LIMIT = Consequence.Kind.WARNING, Consequence.Kind.LIMIT


@dataclass(frozen=True)
class Numbers:
    """The house rules of an organisation about misuse.

    Args:
        within: for how many days a mark, and a warning, count.
        warn_after: after how many marks a sender may be warned.
        limit_after: after how many more a limit may be set.
        limit_days: how long one lasts at most.
    """

    within: timedelta
    warn_after: int
    limit_after: int
    limit_days: int

    @classmethod
    def of(cls, organisation_id: uuid.UUID) -> "Numbers | None":
        """Those of an organisation; None where its law pack does not know misuse."""
        names = ("misuse.within", "misuse.warn-after", "misuse.limit-after", "misuse.limit-days")
        within, *rest = (house_number(organisation_id, name) for name in names)
        return None if within is None or None in rest else cls(timedelta(days=within), *rest)


@dataclass(frozen=True)
class Standing:
    """What stands against one sender now.

    Args:
        marks: what counts, latest first.
        warning: the last warning that counts.
        limit: the limit that is in force.
        next: what a person may take now: a warning, a limit, or nothing.
        needed: after how many marks the next would be.
    """

    marks: list[Unfounded]
    warning: Consequence | None
    limit: Consequence | None
    next: str
    needed: int


def counting(organisation_id: uuid.UUID, numbers: Numbers) -> QuerySet[Unfounded]:
    """The marks of an organisation that count now, latest first."""
    moment = clock.now()
    left = Q(decision__leaves_at__isnull=True) | Q(decision__leaves_at__lte=moment)
    appealed = Appeal.objects.filter(decision=OuterRef("decision"), decided_at__isnull=True)
    rows = Unfounded.objects.filter(
        left,
        organisation_id=organisation_id,
        decision__overturned_at__isnull=True,
        case__sealed=False,
        case__concerns_child=False,
        lifted_at__isnull=True,
        counted_in__isnull=True,
        marked_at__gte=moment - numbers.within,
    ).exclude(Exists(appealed))
    return rows.select_related("case", "report", "decision").order_by("-marked_at", "-id")


def of(organisation_id: uuid.UUID, sender: str) -> Standing | None:
    """What stands against a sender; None where the pack does not know misuse, or nobody knows who sent.

    Args:
        organisation_id: of the house.
        sender: the mark of `sameness.senders`.
    """
    numbers = Numbers.of(organisation_id)
    if numbers is None or not sender:
        return None
    marks = list(counting(organisation_id, numbers).filter(report__reporter__sender__mark=sender))
    standing = Consequence.objects.filter(organisation_id=organisation_id, sender=sender, lifted_at__isnull=True)
    since = clock.now() - numbers.within
    warning = standing.filter(kind=WARNING, taken_at__gte=since).order_by("-taken_at").first()
    limit = standing.filter(kind=LIMIT, until__gt=clock.now()).order_by("-until").first()
    following, needed = (LIMIT, numbers.limit_after) if warning else (WARNING, numbers.warn_after)
    if limit or len(marks) < needed:
        return Standing(marks, warning, limit, "", needed)
    return Standing(marks, warning, limit, str(following), needed)


def limited_until(organisation_id: uuid.UUID, senders: Collection[str]) -> dict[str, datetime]:
    """Until when the reports of senders are slowed down; those of whom none are have no entry."""
    if not senders:
        return {}
    rows = Consequence.objects.filter(
        organisation_id=organisation_id,
        sender__in=senders,
        kind=LIMIT,
        lifted_at__isnull=True,
        until__gt=clock.now(),
    )
    return dict(rows.order_by("until").values_list("sender", "until"))
