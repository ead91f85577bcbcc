"""Writing messages and tasks. Sending is the worker's: see `delivery`."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from anlanh.base import clock
from anlanh.base.outbox.models import Message, Task


@dataclass(frozen=True)
class Draft:
    """A message about to be queued.

    Args:
        channel: the name under which `server` binds a sender.
        key: what the receiver dedupes by; the same text for the same thing to do.
        payload: JSON values only.
        not_before: when to send first; at once when left out.
    """

    channel: str
    key: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None


def enqueue(organisation_id: uuid.UUID, drafts: Iterable[Draft], *, act_id: uuid.UUID | None = None) -> list[Message]:
    """Queues messages in the caller's transaction, so that they exist exactly when the act does.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    transaction.get_connection().validate_no_broken_transaction()
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("messages are queued inside the transaction of their act")
    moment = clock.now()
    messages = [
        Message(
            organisation_id=organisation_id,
            channel=draft.channel,
            key=draft.key,
            payload=dict(draft.payload),
            act_id=act_id,
            created_at=moment,
            next_at=draft.not_before or moment,
        )
        for draft in drafts
    ]
    return Message.objects.bulk_create(messages)


def open_task(
    organisation_id: uuid.UUID,
    kind: str,
    key: str,
    *,
    subject: tuple[str, uuid.UUID] | None = None,
    message: Message | None = None,
    detail: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Task:
    """Hands something to people; the same key opens one task, however often it is called.

    Args:
        kind: what sort of work it is; pages word it.
        key: unique for the thing to do.
        subject: kind and id of the row it is about.
        message: the message that kept failing, if that is why.
        detail: JSON values that the page shows; no personal data beyond what the task's page may show.
        not_before: when it opens; at once when left out.
    """
    subject_kind, subject_id = subject or ("", None)
    task, _ = Task.objects.get_or_create(
        key=key,
        defaults={
            "organisation_id": organisation_id,
            "kind": kind,
            "subject_kind": subject_kind,
            "subject_id": subject_id,
            "message": message,
            "detail": dict(detail or {}),
            "created_at": max(clock.now(), not_before) if not_before else clock.now(),
        },
    )
    return task


def take_back(organisation_id: uuid.UUID, keys: Iterable[str]) -> bool:
    """Removes messages and tasks of those keys that nobody has begun with, in the caller's transaction.

    Returns:
        Whether all could be removed: a message that a worker has taken is on its way, and then nothing is removed.
    """
    keys = list(keys)
    messages = Message.objects.select_for_update().filter(organisation_id=organisation_id, key__in=keys)
    if any(message.attempts or message.state != Message.State.WAITING for message in messages):
        return False
    Task.objects.filter(organisation_id=organisation_id, key__in=keys).delete()
    messages.delete()
    return True


def settle_task(key: str, by: uuid.UUID | None) -> bool:
    """Closes the task of that key, since what it asked for is done; whether it was open. In the caller's transaction.

    Args:
        key: as it was opened under.
        by: who did it; None for a machine's answer that came after all.
    """
    waiting = Task.objects.filter(key=key, state=Task.State.OPEN)
    return bool(waiting.update(state=Task.State.DONE, closed_at=clock.now(), closed_by=by))
