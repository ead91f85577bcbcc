"""What the facts say of claims and counter-notices; apart from the writers, which stand above it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from anlanh.law.pack import vietnam
from anlanh.law.procedures import CounterNotice as Terms
from anlanh.primitives.dates import civil_date, end_of_day
from anlanh.work.casework import details
from anlanh.work.casework.claims.models import CounterNotice
from anlanh.work.casework.models import Case, Report


def terms_of(case: Case) -> Terms | None:
    """What the procedure says of counter-notices; None where it knows none."""
    return vietnam().procedures[case.procedure].counter_notice


def open_in(case: Case) -> CounterNotice | None:
    """The counter-notice that waits to be settled."""
    return CounterNotice.objects.filter(case=case, settled_at__isnull=True).first()


def due(row: CounterNotice, case: Case) -> datetime:
    """The end of the last day on which a claimant can show that they went to court or to an authority."""
    return end_of_day(civil_date(row.filed_at) + timedelta(days=terms_of(case).days))


def claims_in(case: Case) -> list[Report]:
    """The reports that are whole claims, the oldest first; of what only complains of copying there is nobody to sue."""
    rows: QuerySet[Report] = case.reports.select_related("reporter").order_by("id")
    return [report for report in rows.iterator(chunk_size=500) if is_claim(report)]


def is_claim(report: Report) -> bool:
    """Whether a report is a whole claim, with its statement."""
    return bool(report.details) and details.is_known(report.category) and details.is_claim(report.category)
