"""A worker killed with -9 anywhere loses nothing, and doubles only what the receiver's key absorbs."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from anlanh.base import clock
from anlanh.base.outbox import channels
from anlanh.base.outbox.channels import Receipt, bind
from anlanh.base.outbox.delivery import LEASE, work_once
from anlanh.base.outbox.models import Message
from anlanh.base.outbox.queue import Draft, enqueue

EARLY_STATEMENTS = [1, 3, 6]
ALL_STATEMENTS = [n for n in range(1, 26) if n not in EARLY_STATEMENTS]


def run_worker(receiver: Path, fatal: int) -> int:
    """Runs the crashing worker against this test's database; its exit status."""
    database = {key: str(connection.settings_dict[key]) for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    program = Path(__file__).with_name("crashing_worker.py")
    done = subprocess.run(
        [sys.executable, str(program), json.dumps(database), str(receiver), str(fatal)],
        env=dict(os.environ),
        timeout=60,
    )
    return done.returncode


@pytest.fixture
def crash_channel():
    yield lambda channel: bind("crash-test", channel)
    channels._channels.pop("crash-test", None)


def survives_a_kill_at(statement: int, platform, tmp_path, crash_channel) -> None:
    keys = [f"thing-{n}" for n in range(5)]
    with transaction.atomic():
        enqueue(platform.organisation.id, [Draft("crash-test", key) for key in keys])
    receiver = tmp_path / "received"
    receiver.touch()
    run_worker(receiver, statement)

    class Receiver:
        def deliver(self, message):
            with receiver.open("a") as out:
                out.write(message.key + "\n")
            return Receipt({})

    crash_channel(Receiver())
    with clock.set_to(clock.now() + LEASE + timedelta(seconds=1)):
        while work_once():
            pass
    received = receiver.read_text().split()
    assert set(received) == set(keys), "nothing is lost, nothing is invented"
    assert not Message.objects.filter(channel="crash-test").exclude(state=Message.State.DONE).exists()
    assert len(received) <= len(keys) + 3, "only the batch that was held can be seen twice"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", EARLY_STATEMENTS)
def test_a_killed_worker_loses_nothing(statement, platform, tmp_path, crash_channel):
    survives_a_kill_at(statement, platform, tmp_path, crash_channel)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ALL_STATEMENTS)
def test_a_worker_killed_at_any_statement_loses_nothing(statement, platform, tmp_path, crash_channel):
    survives_a_kill_at(statement, platform, tmp_path, crash_channel)
