"""Many reports of one page in a short time: shown on the case's page, and asked for by nothing that decides."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import TruncMinute

from anlanh.work.casework.models import Case, Party
from anlanh.work.casework.preferences.queries import house_number

LOOKED_AT = timedelta(days=1)  # before the newest report


@dataclass(frozen=True)
class Burst:
    """The time in which most reports of a case came.

    Args:
        since: when it begins.
        minutes: how long it is; the organisation's choice, not the law's.
        reports: how many came in it.
        new: by people whose address is on no earlier report to this organisation.
        anonymous: without an address, so that nobody knows whether these people reported before.
        known: by people who reported before.
    """

    since: datetime
    minutes: int
    reports: int
    new: int
    anonymous: int
    known: int

    @property
    def new_share(self) -> int:
        """Of a hundred reports, how many by people who never reported before; rounded down."""
        return 100 * self.new // self.reports

    @property
    def anonymous_share(self) -> int:
        """Of a hundred reports, how many without an address; rounded down."""
        return 100 * self.anonymous // self.reports


def burst_of(case: Case, report_count: int) -> Burst | None:
    """The burst among a case's reports of the last day in which any came; None where there were never so many.

    Args:
        case: as it was read for an actor.
        report_count: how many reports it has; of a case with few nothing more is read.
    """
    least = house_number(case.organisation_id, "burst.reports")
    minutes = house_number(case.organisation_id, "burst.minutes")
    if least is None or minutes is None or report_count < least:
        return None
    newest = case.reports.aggregate(newest=Max("received_at"))["newest"]
    recent = case.reports.filter(received_at__gte=newest - LOOKED_AT).order_by()
    by_minute = recent.annotate(minute=TruncMinute("received_at")).values_list("minute").annotate(Count("id"))
    since, reports = _busiest(Counter(dict(by_minute)), minutes)
    if reports < least:
        return None
    inside = case.reports.filter(received_at__gte=since, received_at__lt=since + timedelta(minutes=minutes))
    before = Party.objects.filter(
        organisation_id=case.organisation_id, email=OuterRef("reporter__email"), created_at__lt=since
    ).exclude(email="")
    numbers = inside.aggregate(
        anonymous=Count("id", filter=Q(reporter__email="")),
        known=Count("id", filter=~Q(reporter__email="") & Exists(before)),
    )
    new = reports - numbers["anonymous"] - numbers["known"]
    return Burst(since, minutes, reports, new, numbers["anonymous"], numbers["known"])


def _busiest(by_minute: Counter[datetime], minutes: int) -> tuple[datetime, int]:
    """The first minute of the stretch that has most, and how many it has."""
    best, ordered, total, first = (min(by_minute), 0), sorted(by_minute), 0, 0
    for minute in ordered:
        total += by_minute[minute]
        while ordered[first] <= minute - timedelta(minutes=minutes):
            total -= by_minute[ordered[first]]
            first += 1
        if total > best[1]:
            best = ordered[first], total
    return best
