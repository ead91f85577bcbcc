"""The order of queues."""

from django.db.models import F, QuerySet

from anlanh.work.casework.models import Case


def by_urgency(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What endangers a life first, then what concerns a child, then what is due first; what has no clock last. Numbers
    of reports play no part.
    """
    return cases.order_by("-threatens_life", "-concerns_child", F("due_at").asc(nulls_last=True), "id")
