"""Reading tasks: what waits for a person in the actor's organisation."""

import uuid

from django.db.models import QuerySet

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.outbox.models import Task


def tasks(actor: Actor, state: str = Task.State.OPEN) -> QuerySet[Task]:
    """The organisation's tasks in one state with the messages they come from.

    Args:
        actor: needs `tasks.handle`.
        state: `open`, oldest first; or `done`, the last settled first.

    Raises:
        NotAllowed: the actor may not handle tasks.
    """
    actor.require("tasks.handle")
    order = ["created_at", "id"] if state == Task.State.OPEN else ["-closed_at", "-id"]
    opened = Task.objects.visible_to(actor).filter(state=state, created_at__lte=clock.now())
    return opened.select_related("message").order_by(*order)


def task(actor: Actor, task_id: uuid.UUID) -> Task:
    """One task of the organisation.

    Raises:
        NotAllowed: the actor may not handle tasks.
        NotFound: there is no such task here.
    """
    actor.require("tasks.handle")
    opened = Task.objects.visible_to(actor).filter(id=task_id, created_at__lte=clock.now())
    found = opened.select_related("message").first()
    if found is None:
        raise NotFound("there is no such task")
    return found


def open_count(actor: Actor) -> int:
    """How many tasks wait; 0 for those who may not handle them."""
    return tasks(actor).count() if actor.can("tasks.handle") else 0
