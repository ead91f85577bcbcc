"""Which version of a document is in force when. Plain functions of dates, so that anybody can say it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Span:
    """When a version is in force: from `starts_at`, included, to `ends_at`, excluded; None while no end is known."""

    version: Any
    starts_at: datetime
    ends_at: datetime | None

    def covers(self, moment: datetime) -> bool:
        """Whether the version is in force at that moment."""
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


def spans(versions: Iterable[Any]) -> list[Span]:
    """The spans of the versions of one document, the first one first.

    One that was withdrawn before it began was never in force, and the one before it goes on. One that is withdrawn
    later ends then; what it had superseded does not come back.

    Args:
        versions: each with `starts_at` and, where it was withdrawn, `withdrawn_at`; otherwise that is None.
    """
    begun = [one for one in versions if one.withdrawn_at is None or one.withdrawn_at > one.starts_at]
    ordered = sorted(begun, key=lambda one: one.starts_at)
    ends = [*(one.starts_at for one in ordered[1:]), None][: len(ordered)]
    return [
        Span(one, one.starts_at, min((at for at in (end, one.withdrawn_at) if at is not None), default=None))
        for one, end in zip(ordered, ends, strict=True)
    ]


def in_force(versions: Iterable[Any], moment: datetime) -> Span | None:
    """The version in force at a moment, with its span."""
    return next((span for span in spans(versions) if span.covers(moment)), None)
