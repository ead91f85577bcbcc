"""Sorting anew what waits, after the plan changed: by the worker, a part in each message."""

import uuid

from django.db import transaction
from django.db.models import OuterRef, Subquery

from anlanh.base.outbox.queue import Draft, enqueue
from anlanh.work.casework.desk import placing
from anlanh.work.casework.models import Case, Report

CHANNEL = "desk.sort"
AT_ONCE = 1000


def begin(organisation_id: uuid.UUID, version_id: uuid.UUID) -> None:
    """Queues the first part, in the transaction that changes the plan."""
    _queue(organisation_id, version_id, after=None)


def sort_part(organisation_id: uuid.UUID, version_id: uuid.UUID, after: uuid.UUID | None) -> int:
    """Sorts the open cases that follow one and queues the next part; how many there were.

    Done twice it changes nothing. A part whose plan was followed by another sorts by that one.
    """
    with transaction.atomic():
        rows = Case.objects.filter(organisation_id=organisation_id, closed_at__isnull=True)
        if after is not None:
            rows = rows.filter(id__gt=after)
        cases = list(_held(rows)[:AT_ONCE])
        plan = placing.plan_of(organisation_id)
        for case in cases:
            emergency = case.kind == Case.Kind.ORDER and case.order.emergency
            placing.sort(case, plan, language=case.language or "vi", emergency=emergency)
            placing.set_clock(case, plan, placing.span_of(case))
        Case.objects.bulk_update(cases, ["queue", "tier", "begin_by"], batch_size=AT_ONCE)
        if len(cases) == AT_ONCE:
            _queue(organisation_id, version_id, after=cases[-1].id)
    return len(cases)


def _held(rows: object) -> object:
    first = Report.objects.filter(case=OuterRef("id")).order_by("id").values("reporter__language")[:1]
    rows = rows.select_for_update(of=("self",)).select_related("page", "order")
    return rows.annotate(language=Subquery(first)).order_by("id")


def _queue(organisation_id: uuid.UUID, version_id: uuid.UUID, after: uuid.UUID | None) -> None:
    payload = {"version": str(version_id), "after": str(after) if after else None}
    enqueue(organisation_id, [Draft(CHANNEL, f"{version_id}:{after or 'first'}", payload)])
