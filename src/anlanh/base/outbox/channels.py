"""What a channel must be: the port through which messages leave. `server` binds one to each name."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from anlanh.base.outbox.models import Message


class TryLater(Exception):
    """The receiver can't take it now. The text is kept as the last error; `after` overrides the usual wait."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Refused(Exception):
    """The receiver will never take it as it is; it becomes a task for a person at once."""


@dataclass(frozen=True)
class Receipt:
    """What the receiver answered, as JSON values worth keeping."""

    detail: dict


class Channel(Protocol):
    """Delivers messages of one name. Delivery can happen twice; `message.key` is the same each time.

    A channel whose payloads hold secrets (one-time links) names those fields in an attribute `secret_fields`; they are
    erased from the row in the transaction that notes the delivery.
    """

    def deliver(self, message: Message) -> Receipt:
        """Delivers, or raises TryLater or Refused; any other exception counts as TryLater."""
        ...


_channels: dict[str, Channel] = {}
_families: dict[str, Channel] = {}


def bind(name: str, channel: Channel) -> None:
    """Binds a sender to a channel name; a name ending in a colon binds all names that begin with it."""
    (_families if name.endswith(":") else _channels)[name] = channel


def channel_named(name: str) -> Channel:
    """The sender bound to a channel.

    Raises:
        LookupError: when none is bound; the message then waits and is tried again.
    """
    if name in _channels:
        return _channels[name]
    for prefix, channel in _families.items():
        if name.startswith(prefix):
            return channel
    raise LookupError(f"no sender is bound to the channel {name}")
