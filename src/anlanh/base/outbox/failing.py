"""What goes wrong again and again without a message behind it: jobs of the worker, a mailbox that does not answer.

Once is a hiccup and is only logged. What fails `PATIENCE` times in a row becomes a task for people, which closes by
itself when it works again. The count lives in the worker's memory: a restart begins anew.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from anlanh.base import clock
from anlanh.base.outbox.models import Task
from anlanh.base.outbox.queue import open_task, settle_task

PATIENCE = 3
JOB_FAILING, MAILBOX_FAILING = "job_failing", "mailbox_failing"  # kinds of tasks


class Failing:
    """Counts failures in a row, each under a name.

    Args:
        kind: of the tasks that they become.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._counts: Counter[str] = Counter()

    def failed(self, name: str, organisations: Iterable[uuid.UUID], detail: Mapping[str, Any]) -> None:
        """Counts one more; at the third opens a task in each organisation that has none open for it.

        Args:
            name: what failed.
            organisations: whose people see to it.
            detail: JSON values for the task's page; no words of anyone.
        """
        self._counts[name] += 1
        if self._counts[name] != PATIENCE:
            return
        for organisation_id in organisations:
            if not self._open(organisation_id, name):
                key = f"{self._prefix(organisation_id, name)}:{clock.now().timestamp():.0f}"
                open_task(organisation_id, self.kind, key[:120], detail={"failing": name, **detail})

    def works(self, name: str, organisations: Iterable[uuid.UUID]) -> None:
        """Says that it works; what was open for it is settled. The first time it looks for what an earlier worker
        left open.
        """
        if self._counts.get(name) == 0:
            return
        for organisation_id in organisations:
            for key in self._open(organisation_id, name):
                settle_task(key, None)
        self._counts[name] = 0

    def knows(self, name: str) -> bool:
        """Whether it failed since the worker began."""
        return bool(self._counts.get(name))

    def _open(self, organisation_id: uuid.UUID, name: str) -> list[str]:
        rows = Task.objects.filter(organisation_id=organisation_id, kind=self.kind, state=Task.State.OPEN)
        return list(rows.filter(key__startswith=self._prefix(organisation_id, name)).values_list("key", flat=True))

    def _prefix(self, organisation_id: uuid.UUID, name: str) -> str:
        return f"{self.kind}:{organisation_id}:{name}"[:100]
