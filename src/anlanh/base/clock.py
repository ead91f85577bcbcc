"""The current time, injected: everything above the plain packages asks here, so that a test or a drill can set it."""

import contextlib
import contextvars
from collections.abc import Iterator
from datetime import UTC, datetime

_fixed: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The current instant, timezone-aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def is_set() -> bool:
    """Whether `now()` answers a time that somebody set."""
    return _fixed.get() is not None


@contextlib.contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Makes `now()` answer `instant` inside the block, in this thread.

    Raises:
        ValueError: when `instant` has no offset.
    """
    if instant.tzinfo is None:
        raise ValueError("a time without an offset names no instant; give one with an offset")
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)
