"""Leases, waits, giving up, and the task a failure becomes."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from anlanh.base import clock
from anlanh.base.outbox import channels
from anlanh.base.outbox.channels import Receipt, Refused, TryLater, bind
from anlanh.base.outbox.delivery import (
    FIRST_WAIT,
    LEASE,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    claim,
    deliver,
    try_again,
    wait_before,
    work_once,
)
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import Draft, enqueue

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Sender:
    """A channel whose answers are set by the test."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.fault: Exception | None = None

    def deliver(self, message: Message) -> Receipt:
        self.seen.append(message.key)
        if self.fault:
            raise self.fault
        return Receipt({"ok": True})


@pytest.fixture
def sender():
    bound = Sender()
    bind("test-channel", bound)
    yield bound
    channels._channels.pop("test-channel", None)


def queue(office, *keys: str) -> list[Message]:
    with transaction.atomic():
        return enqueue(office.organisation.id, [Draft("test-channel", key) for key in keys])


def later(**delta: float) -> datetime:
    return NOW + timedelta(**delta)


@pytest.fixture(autouse=True)
def _fixed_time(platform):
    Message.objects.all().delete()  # letters that making the organisation queued
    with clock.set_to(NOW):
        yield


def test_a_message_is_delivered_once_and_keeps_its_receipt(platform, sender):
    queue(platform, "a")
    assert work_once() == 1
    assert work_once() == 0
    assert sender.seen == ["a"]
    message = Message.objects.get(key="a")
    assert (message.state, message.receipt) == (Message.State.DONE, {"ok": True})


def test_one_key_is_one_message(platform, sender):
    queue(platform, "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        queue(platform, "a")


def test_a_leased_message_is_left_alone_until_the_lease_runs_out(platform, sender):
    queue(platform, "a")
    assert [message.key for message in claim()] == ["a"]
    assert claim() == []
    with clock.set_to(NOW + LEASE - timedelta(seconds=1)):
        assert claim() == []
    with clock.set_to(NOW + LEASE):
        assert [message.key for message in claim()] == ["a"]


def test_a_worker_that_comes_back_late_changes_nothing(platform, sender):
    queue(platform, "a")
    [slow] = claim()
    with clock.set_to(NOW + LEASE):
        [quick] = claim()
        assert deliver(quick)
        sender.fault = Refused("too late to matter")
        assert not deliver(slow)
    assert Message.objects.get(key="a").state == Message.State.DONE
    assert not Task.objects.exists()


def test_failures_wait_longer_each_time(platform, sender):
    queue(platform, "a")
    sender.fault = TryLater("busy")
    work_once()
    message = Message.objects.get(key="a")
    assert message.next_at == NOW + FIRST_WAIT
    assert message.last_error == "busy"
    waits = [wait_before(attempt) for attempt in range(1, 30)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_the_receiver_may_say_how_long_to_wait(platform, sender):
    queue(platform, "a")
    sender.fault = TryLater("busy", timedelta(minutes=7))
    work_once()
    assert Message.objects.get(key="a").next_at == later(minutes=7)


def test_what_keeps_failing_becomes_one_task(platform, sender):
    queue(platform, "a")
    sender.fault = RuntimeError("broken")
    moment = NOW
    for _ in range(MOST_ATTEMPTS + 3):
        with clock.set_to(moment):
            work_once()
        moment += timedelta(hours=2)
    message = Message.objects.get(key="a")
    assert message.state == Message.State.GIVEN_UP
    assert message.attempts == MOST_ATTEMPTS
    task = Task.objects.get()
    assert (task.kind, task.organisation_id) == ("delivery_failed", platform.organisation.id)
    assert "RuntimeError: broken" in task.detail["error"]


def test_a_refusal_becomes_a_task_at_once_and_a_person_can_try_again(platform, sender):
    queue(platform, "a")
    sender.fault = Refused("no such address")
    work_once()
    assert Task.objects.count() == 1
    message = Message.objects.get(key="a")
    assert try_again(message)
    assert not try_again(message)
    sender.fault = None
    work_once()
    assert Message.objects.get(key="a").state == Message.State.DONE


def test_a_message_for_later_waits(platform, sender):
    with transaction.atomic():
        enqueue(platform.organisation.id, [Draft("test-channel", "a", not_before=later(hours=1))])
    assert work_once() == 0
    with clock.set_to(later(hours=1)):
        assert work_once() == 1


def test_an_unbound_channel_loses_nothing(platform):
    with transaction.atomic():
        enqueue(platform.organisation.id, [Draft("nobody-listens", "a")])
    work_once()
    message = Message.objects.get(key="a")
    assert message.state == Message.State.WAITING
    assert "nobody-listens" in message.last_error


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_without_doubling(platform, sender):
    keys = [f"k{n}" for n in range(60)]
    queue(platform, *keys)
    faults: list[Exception] = []

    def work() -> None:
        try:
            with clock.set_to(NOW):
                while work_once(limit=5):
                    pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sorted(sender.seen) == sorted(keys)
