"""The order of queues."""

from django.db.models import QuerySet

from anlanh.work.casework.models import Case


def by_urgency(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What has to be begun first, first: harm and the share of the clock that is used, in one moment.

    See `desk.plans.Plan.begin_by`. Numbers of reports play no part, and nothing is left at the end for ever.
    """
    return cases.order_by("begin_by", "id")
