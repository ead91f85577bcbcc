"""The port through which a person who leaves hands over what they hold: identity asks, the rooms of work answer."""

import uuid
from typing import Protocol

from anlanh.base.actor import Actor


class OpenWork(Protocol):
    """Whoever knows what people hold."""

    def hand_over_all(self, actor: Actor, from_ref: uuid.UUID, to_ref: uuid.UUID) -> int:
        """Moves everything one person holds to another, in the caller's transaction; how many things there were."""
        ...


_bound: OpenWork | None = None


def bind(implementation: OpenWork) -> None:
    """Binds the room that hands work over; called once, by `server`."""
    global _bound
    _bound = implementation


def bound() -> OpenWork:
    """The room bound to this port.

    Raises:
        LookupError: when `server` bound none.
    """
    if _bound is None:
        raise LookupError("nothing is bound to the port open_work")
    return _bound
