"""Taking messages under a lease, delivering them, and settling what came of it.

A worker that dies keeps its lease until it runs out; then another takes the message over. Settling needs the token of
the lease, so a worker that comes back late can't overwrite what the second one found.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from anlanh.base import clock
from anlanh.base.outbox.channels import Receipt, Refused, TryLater, channel_named
from anlanh.base.outbox.models import Message
from anlanh.base.outbox.queue import open_task

LEASE = timedelta(minutes=2)
# A lease covers a batch that is delivered one by one; a slow receiver takes up to 20 s, so few are taken at once.
BATCH = 4
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
ERROR_LENGTH = 500

log = logging.getLogger(__name__)


def claim(limit: int = BATCH, lease: timedelta = LEASE) -> list[Message]:
    """Takes messages that are due, for this worker alone, until the lease runs out.

    The wait until a lease's end and the wait until a next attempt are one column: a message is due when `next_at` is
    past, whoever held it.
    """
    moment = clock.now()
    token = uuid.uuid4()
    with transaction.atomic():
        due = Message.objects.filter(state=Message.State.WAITING, next_at__lte=moment).order_by("next_at")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        messages = list(due[:limit])
        for message in messages:
            message.lease_token = token
            message.attempts += 1
            message.next_at = moment + lease
        Message.objects.bulk_update(messages, ["lease_token", "attempts", "next_at"])
    return messages


def deliver(message: Message) -> bool:
    """Delivers one claimed message and settles it; says whether it is done."""
    try:
        channel = channel_named(message.channel)
        receipt = channel.deliver(message)
    except Refused as refusal:
        return _settle(message, _give_up, str(refusal))
    except TryLater as wait:
        return _settle(message, _put_back, str(wait), wait.after)
    except Exception as fault:  # a broken sender must not stop the others; the fault is kept and becomes a task
        log.exception("delivery of %s over %s failed", message.id, message.channel)
        return _settle(message, _put_back, f"{type(fault).__name__}: {fault}", None)
    return _settle(message, _finish, receipt, _secret_fields(message.channel))


def wait_before(attempt: int) -> timedelta:
    """How long to wait after the given attempt (1 is the first): doubling, up to an hour."""
    return min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)


def work_once(limit: int = BATCH) -> int:
    """Claims and delivers up to `limit` messages; the number claimed, so a caller knows whether to rest."""
    messages = claim(limit)
    for message in messages:
        deliver(message)
    return len(messages)


def next_due() -> datetime | None:
    """When the earliest waiting message is due."""
    return (
        Message.objects.filter(state=Message.State.WAITING)
        .order_by("next_at")
        .values_list("next_at", flat=True)
        .first()
    )


def try_again(message: Message) -> bool:
    """Puts a message that was given up back in the queue, at a person's word; says whether it was given up."""
    moment = clock.now()
    return bool(
        Message.objects.filter(id=message.id, state=Message.State.GIVEN_UP).update(
            state=Message.State.WAITING, attempts=0, next_at=moment, lease_token=None, finished_at=None
        )
    )


def put_down(message: Message) -> None:
    """Keeps of a message that was given up, and will not be tried again, no more than of one that was delivered."""
    with transaction.atomic():
        held = Message.objects.select_for_update().filter(id=message.id, state=Message.State.GIVEN_UP).first()
        if held is not None:
            held.payload = _without(held.payload, _secret_fields(held.channel))
            held.save(update_fields=["payload"])


def _secret_fields(channel: str) -> frozenset[str]:
    return getattr(channel_named(channel), "secret_fields", frozenset())


def _without(payload: Mapping[str, Any], secret_fields: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in secret_fields}


def _settle(message: Message, change: Callable[..., None], *details: object) -> bool:
    """Applies `change` if the lease is still ours, in one transaction; says whether the message is done."""
    with transaction.atomic():
        rows = Message.objects.select_for_update().filter(
            id=message.id, lease_token=message.lease_token, state=Message.State.WAITING
        )
        if not rows.exists():
            return False
        change(message, *details)
        message.save(
            update_fields=["state", "payload", "next_at", "lease_token", "last_error", "receipt", "finished_at"],
        )
    return message.state == Message.State.DONE


def _finish(message: Message, receipt: Receipt, secret_fields: frozenset[str]) -> None:
    message.payload = _without(message.payload, secret_fields)
    message.state = Message.State.DONE
    message.receipt = receipt.detail
    message.last_error = ""
    message.finished_at = clock.now()
    message.lease_token = None


def _put_back(message: Message, why: str, after: timedelta | None) -> None:
    if message.attempts >= MOST_ATTEMPTS:
        _give_up(message, why)
        return
    message.last_error = why[:ERROR_LENGTH]
    message.next_at = clock.now() + (after or wait_before(message.attempts))
    message.lease_token = None


def _give_up(message: Message, why: str) -> None:
    # A message that a person sends again and that fails again opens a task of its own, so the round is in the key.
    key = f"message:{message.id}:{message.lease_token}"
    message.state = Message.State.GIVEN_UP
    message.last_error = why[:ERROR_LENGTH]
    message.finished_at = clock.now()
    message.lease_token = None
    open_task(
        message.organisation_id,
        "delivery_failed",
        key,
        message=message,
        detail={"channel": message.channel, "attempts": message.attempts, "error": message.last_error},
    )
