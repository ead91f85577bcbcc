"""The readers of the desk: queues and the plan in force."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework import policy
from anlanh.work.casework.desk import access
from anlanh.work.casework.desk.models import PlanVersion, Queue


def queues(actor: Actor) -> QuerySet[Queue]:
    """The queues in use whose cases the actor may see, in their order.

    Raises:
        NotAllowed: without `cases.view` or `organisation.manage`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    rows = Queue.objects.visible_to(actor).filter(retired_at__isnull=True)
    if not actor.can(policy.ARRANGE):
        rows = access.within(actor, rows, "id")
    return rows.order_by("position", "name")


def queue(actor: Actor, queue_id: uuid.UUID) -> Queue:
    """One queue in use that the actor may see.

    Raises:
        NotAllowed: as for `queues`.
        NotFound: there is no such queue for the actor.
    """
    found = queues(actor).filter(id=queue_id).first()
    if found is None:
        raise NotFound(_("There is no such queue."))
    return found


def plan(actor: Actor) -> PlanVersion | None:
    """The version of the plan in force; None while the organisation keeps to the program's own.

    Raises:
        NotAllowed: as for `queues`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    return PlanVersion.objects.visible_to(actor).filter(ended_at__isnull=True).first()
