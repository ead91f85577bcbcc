"""What people do with tasks of the outbox; recorded here, as the outbox lies below acts and knows nothing of them."""

import uuid

from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.types import ActType, code, declare
from anlanh.base.outbox.delivery import put_down, try_again
from anlanh.base.outbox.models import Task
from anlanh.primitives.errors import BadInput

declare(
    ActType(
        "task.closed",
        subject="task",
        title={"vi": "Đóng việc cần người làm", "en": "Task closed"},
        clear={"kind": code},
        committed=frozenset({"note"}),
    ),
    ActType(
        "task.retried",
        subject="task",
        title={"vi": "Gửi lại sau khi hỏng", "en": "Failed delivery tried again"},
        clear={"kind": code, "channel": code},
    ),
)


@transaction.atomic
def close_task(actor: Actor, task_id: uuid.UUID, note: str) -> Task:
    """Settles a task with a word on how. A task that is already settled is returned as it is.

    The message behind it will not be sent any more, so the secrets in it (one-time links, addresses) are erased.

    Args:
        actor: needs `tasks.handle`.
        task_id: a task of the actor's organisation.
        note: what was done, for colleagues; the log holds only a digest of it.

    Raises:
        NotAllowed: the actor may not handle tasks.
        NotFound: there is no such task here.
        BadInput: the note is empty.
    """
    task = _held(actor, task_id)
    if task.state == Task.State.DONE:
        return task
    if not note.strip():
        raise BadInput("the note is empty", where="note", mend="say in a few words what was done")
    record(actor, Draft("task.closed", Subject("task", task.id), {"kind": task.kind}, {"note": note.strip()}))
    if task.message:
        put_down(task.message)
    return _settled(actor, task)


@transaction.atomic
def retry_task(actor: Actor, task_id: uuid.UUID) -> Task:
    """Puts the message behind a task back in the queue and settles the task; failing again opens it anew.

    Args:
        actor: needs `tasks.handle`.
        task_id: a task of the actor's organisation.

    Raises:
        NotAllowed: the actor may not handle tasks.
        NotFound: there is no such task here.
        BadInput: no message stands behind the task.
    """
    task = _held(actor, task_id)
    if task.state == Task.State.DONE:
        return task
    if task.message is None:
        raise BadInput("nothing was sent for this task", mend="do it by hand, then mark it done")
    clear = {"kind": task.kind, "channel": task.message.channel}
    record(actor, Draft("task.retried", Subject("task", task.id), clear))
    try_again(task.message)
    return _settled(actor, task)


def _held(actor: Actor, task_id: uuid.UUID) -> Task:
    """The task, held until the transaction ends, so that two clicks settle it once."""
    actor.require("tasks.handle")
    # The message is an outer join, which PostgreSQL can't lock: only the task's own row is held.
    found = Task.objects.visible_to(actor).select_for_update(of=("self",)).select_related("message")
    task = found.filter(id=task_id).first()
    if task is None:
        raise NotFound("there is no such task")
    return task


def _settled(actor: Actor, task: Task) -> Task:
    task.state = Task.State.DONE
    task.closed_at = clock.now()
    task.closed_by = actor.ref
    task.save(update_fields=["state", "closed_at", "closed_by"])
    return task
