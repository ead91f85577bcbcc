"""The job that chases the written confirmation of a call."""

import uuid

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.base.outbox.queue import open_task
from anlanh.work.casework.models import Order


@react("authorities.chase_confirmation", "order.received")
def chase_confirmation(act: Act) -> None:
    """Opens a task when the paper did not follow a call in time; until then the job waits.

    Raises:
        TryLater: it is not due yet.
    """
    from anlanh.work.casework.authorities import papers

    order = Order.objects.select_related("case").filter(id=uuid.UUID(act.clear["order"])).first()
    due = papers.confirmation_due(order) if order else None
    if due is None or papers.is_confirmed(order):
        return
    left = due - clock.now()
    if left.total_seconds() > 0:
        raise TryLater("the paper may still follow", after=left)
    detail = {"case": order.case.number, "case_id": str(order.case_id)}
    open_task(
        act.organisation_id,
        "order_confirmation",
        papers.task_key(order),
        subject=("case", order.case_id),
        detail=detail,
    )
