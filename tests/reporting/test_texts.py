"""Which published texts still prove their duty."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from anlanh.reporting.board.texts import lapsed

LAST = date(2026, 9, 30)


def at(day: int, hour: int = 9) -> str:
    return datetime(2026, 9, day, hour, tzinfo=UTC).isoformat()


def version(number: int, day: int, starts: int | None = None, subject: str = "policy/one") -> dict[str, Any]:
    """Published at nine on a day, in force from then or from another day."""
    clear = {"version_id": str(number), "starts_at": at(starts or day)}
    return {"type": "terms.published", "subject": subject, "happened_at": at(day), "clear": clear}


def withdrawal(number: int, day: int, hour: int = 12, subject: str = "policy/one") -> dict[str, Any]:
    """At an hour of a day."""
    clear = {"version_id": str(number)}
    return {"type": "policy.withdrawn", "subject": subject, "happened_at": at(day, hour), "clear": clear}


@pytest.mark.parametrize(
    ("leaves", "gone"),
    [
        ([version(1, 1)], 0),
        ([version(1, 1), withdrawal(1, 1)], 1),
        ([version(1, 1), withdrawal(1, 1, 9)], 1),
        ([version(1, 1), version(2, 5), withdrawal(2, 6)], 2),
        ([version(1, 1), version(2, 5, starts=20), withdrawal(2, 6)], 0),
        ([version(1, 1), version(2, 5, starts=20), withdrawal(1, 6)], 0),
        ([version(1, 1), withdrawal(1, 2), version(2, 5)], 0),
        ([version(1, 1, starts=20), withdrawal(1, 2)], 1),
        ([version(1, 1), version(2, 2), withdrawal(1, 3)], 0),
        ([version(1, 1), version(2, 1, subject="policy/two"), withdrawal(1, 3)], 1),
        ([version(1, 1), withdrawal(7, 3), withdrawal(1, 3, subject="policy/two")], 0),
    ],
)
def test_a_document_proves_while_a_version_of_it_stands(leaves: list[dict[str, Any]], gone: int) -> None:
    for order in (leaves, leaves[::-1]):
        assert lapsed(order, LAST).acts.total() == gone


def test_a_day_knows_nothing_of_later_days() -> None:
    leaves = [version(1, 1), withdrawal(1, 10)]
    assert not lapsed(leaves, date(2026, 9, 9)).subjects
    assert lapsed(leaves, date(2026, 9, 10)).subjects == ["one"]
