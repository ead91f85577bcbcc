"""How much waits in each list. Only the most urgent cases of one are counted: a million cost what a thousand do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from anlanh.base import clock
from anlanh.work.casework.models import Case

MOST_COUNTED = 1000

_STATES = (
    "due_at < %s",
    "due_at >= %s AND soon_at <= %s",
    "due_at >= %s AND soon_at > %s",
    "due_at IS NULL",
)
_COUNTS = ", ".join(f"COUNT(*) FILTER (WHERE {state})" for state in _STATES)


@dataclass(frozen=True)
class Waiting:
    """What waits in a list, by the state of the clock due first.

    Args:
        overdue, soon, running, without: cases of that state among the `MOST_COUNTED` most urgent.
        more: the list is longer than that, so that each number is a least.
    """

    overdue: int = 0
    soon: int = 0
    running: int = 0
    without: int = 0
    more: bool = False

    @property
    def total(self) -> int:
        """How many were counted."""
        return self.overdue + self.soon + self.running + self.without


def waiting(lists: Mapping[str, QuerySet[Case]]) -> dict[str, Waiting]:
    """The numbers of each list, with one statement.

    What is overdue or soon due is to be begun before anything that is not, so it stands at the head of every list and
    the bounded look finds it first.

    Args:
        lists: name → its open cases, most urgent first.
    """
    if not lists:
        return {}
    moment = connection.ops.adapt_datetimefield_value(clock.now())
    parts, values = [], []
    for name, cases in lists.items():
        inner, inner_values = cases.values("due_at", "soon_at")[: MOST_COUNTED + 1].query.sql_with_params()
        parts.append(f"SELECT %s, {_COUNTS} FROM ({inner}) AS first_{len(parts)}")  # noqa: S608 (values are parameters)
        values += [name, *[moment] * _COUNTS.count("%s"), *inner_values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {name: _read(numbers) for name, *numbers in cursor.fetchall()}


def _read(numbers: Iterable[int]) -> Waiting:
    overdue, soon, running, without = numbers
    more = overdue + soon + running + without > MOST_COUNTED
    return Waiting(overdue, soon, running, without, more)
