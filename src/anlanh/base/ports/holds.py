"""The port through which erasing asks whether something must be kept: `base` asks, the rooms of work answer."""

import uuid
from typing import Protocol


class Holds(Protocol):
    """Whoever knows what is held against deletion."""

    def held(self, subject_ids: set[uuid.UUID]) -> set[uuid.UUID]:
        """Those among subjects of acts of which nothing may be erased now."""
        ...


_bound: Holds | None = None


def bind(implementation: Holds) -> None:
    """Binds the room that knows of holds; called once, by `server`."""
    global _bound
    _bound = implementation


def bound() -> Holds:
    """The room bound to this port.

    Raises:
        LookupError: when `server` bound none.
    """
    if _bound is None:
        raise LookupError("nothing is bound to the port holds")
    return _bound
