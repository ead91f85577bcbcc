"""The worker: delivers what the outbox holds, seals what was recorded and counts it, until told to stop.

Any number may run beside each other; a message is leased to one of them, a log is sealed by one at a time.
"""

import logging
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections, connection
from django.db.utils import OperationalError

from anlanh.base.acts.sealing import seal_everything
from anlanh.base.files.forgetting import forget_unsent
from anlanh.base.idempotency import keeping
from anlanh.base.identity.models import Organisation
from anlanh.base.limits import spending
from anlanh.base.outbox.delivery import work_once
from anlanh.base.outbox.failing import JOB_FAILING, Failing
from anlanh.connectors.mailbox import read_mailbox
from anlanh.reporting.board.actions import AT_ONCE, catch_up_a_slice, catch_up_everything
from anlanh.reporting.law_tasks import raise_tasks
from anlanh.work.casework.desk.calling import call_everybody
from anlanh.work.casework.exposure.tasks import forget_looks

IDLE_SECONDS = 0.5
SEAL_SECONDS = 2.0
CALL_SECONDS = 30.0
TIDY_SECONDS = 600.0
MAILBOX_SECONDS = 30.0

log = logging.getLogger(__name__)


class Worker:
    """One worker loop.

    Args:
        stop: set it from outside to end the loop after the message at hand.
    """

    def __init__(self, stop: threading.Event | None = None) -> None:
        self.stop = stop or threading.Event()
        self._failing = Failing(JOB_FAILING)
        self._sealed_at = 0.0
        self._uncounted = False
        self._called_at = 0.0
        self._tidied_at = 0.0
        self._mailbox_read_at = 0.0

    def run(self) -> None:
        """Works until `stop` is set; a database that is away for a while is waited for."""
        while not self.stop.is_set():
            try:
                busy = self.step()
            except OperationalError as fault:
                log.warning("the database does not answer: %s", fault)
                close_old_connections()
                busy = False
            if not busy:
                self.stop.wait(IDLE_SECONDS)

    def step(self) -> bool:
        """One round: deliver what is due, seal when it is time, count a slice of what is sealed; says whether there is
        more to do at once.
        """
        delivered = work_once()
        if time.monotonic() - self._sealed_at >= SEAL_SECONDS:
            self._try("sealing", seal_everything)
            self._uncounted = True
            self._sealed_at = time.monotonic()
        if self._uncounted:
            self._uncounted = self._try("counting", lambda: catch_up_a_slice(AT_ONCE)) == AT_ONCE
        if time.monotonic() - self._called_at >= CALL_SECONDS:
            self._try("calling", call_everybody)
            self._called_at = time.monotonic()
        if time.monotonic() - self._tidied_at >= TIDY_SECONDS:
            self._try("tidying", tidy)
            self._tidied_at = time.monotonic()
        if time.monotonic() - self._mailbox_read_at >= MAILBOX_SECONDS:
            self._try("mailbox", read_mailbox)
            self._mailbox_read_at = time.monotonic()
        return bool(delivered) or self._uncounted

    def _try(self, name: str, job: Callable[[], Any]) -> Any:
        """Runs a job that comes round again; what it gives, or None when it failed. No job stops the others, and one
        that keeps failing becomes a task in every organisation.
        """
        try:
            given = job()
        except OperationalError:
            raise
        except Exception as fault:
            log.exception("the job %s failed", name)
            self._failing.failed(name, _organisations(), {"error": type(fault).__name__})
            return None
        self._failing.works(name, _organisations())
        return given


def _organisations() -> Iterator[uuid.UUID]:
    """Everybody here: a job that fails is the deployment's, and somebody of each organisation may know who runs it."""
    yield from Organisation.objects.values_list("id", flat=True)


def tidy() -> None:
    """Removes what has served its time: spent limits, kept answers, sessions that ended, uploads never sent, looks of
    days gone by. And brings the tasks of the law in line with its alarms.
    """
    spending.clean_up()
    keeping.clean_up()
    call_command("clearsessions", verbosity=0)
    forget_unsent()
    forget_looks()
    raise_tasks()


def drain(rounds: int = 100) -> None:
    """Delivers everything that is due now and seals, in the calling thread: for tests, demonstrations and commands."""
    for _ in range(rounds):
        if not work_once():
            break
    seal_everything()
    catch_up_everything()


def main() -> None:
    """Runs a worker in this process until SIGTERM or SIGINT."""
    worker = Worker()

    def end(_signal: int, _frame: FrameType | None) -> None:
        worker.stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    worker.run()
    connection.close()
