"""Two organisations with a row of every kind each, at one moment."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from anlanh.base import clock
from tests.architecture.world import World, build_world
from tests.builders import Office

MOMENT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """Time stands still, so that two pages do not differ by a minute."""
    with clock.set_to(MOMENT):
        yield


@pytest.fixture
def theirs(platform: Office) -> World:
    """The organisation whose rows are asked for."""
    return build_world(platform)


@pytest.fixture
def ours(other: Office) -> World:
    """The organisation of those who ask, with rows of its own."""
    return build_world(other, "ao sen", "https://khac.example/bai/1")
