"""Forgetting what served its time: nobody's looks are kept longer than their own page shows them."""

from datetime import timedelta

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.exposure.models import Look

KEPT = timedelta(days=14)


def forget_looks() -> int:
    """Removes the looks of days gone by; how many. For the worker."""
    return Look.objects.filter(day__lt=civil_date(clock.now()) - KEPT).delete()[0]
