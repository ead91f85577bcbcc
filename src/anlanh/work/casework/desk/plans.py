"""The plan of an organisation's work: which queue a case belongs to, how grave it is, and by when somebody begins it.

Rules are read in turn and the first one that fits a case decides. A rule can make a case graver than it is by itself,
never less grave: what concerns a child or is an emergency stays first whatever a rule says.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

LIFE, DANGER, GRAVE, ORDINARY = 0, 1, 2, 3
TIERS = (LIFE, DANGER, GRAVE, ORDINARY)
# A threat to life stands before everything else, in the order in which they came.
AHEAD = timedelta(days=3650)


@dataclass(frozen=True)
class Facts:
    """What rules ask of a case.

    Args:
        kind, category, life, child: as on the case.
        emergency: an authority's order says so.
        live: it is about a broadcast that is running now.
        language: of who reported first.
        page_kind: what sort of page it is about.
        holder: id of the account that holds the page.
    """

    kind: str
    category: str
    life: bool = False
    child: bool = False
    emergency: bool = False
    live: bool = False
    language: str = "vi"
    page_kind: str = ""
    holder: uuid.UUID | None = None


@dataclass(frozen=True)
class Rule:
    """Where cases go of which all that is said here is true; what is None is not asked.

    Args:
        queue: the queue; None for no named one.
        tier: the least gravity; see `TIERS`.
    """

    queue: uuid.UUID | None = None
    tier: int = ORDINARY
    kind: str | None = None
    category: str | None = None
    life: bool | None = None
    child: bool | None = None
    emergency: bool | None = None
    live: bool | None = None
    language: str | None = None
    page_kind: str | None = None
    holder: uuid.UUID | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether a case is of the sort."""
        return all(getattr(self, name) in (None, getattr(facts, name)) for name in CONDITIONS)

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it, without what is not asked."""
        return {
            name: str(value) if isinstance(value, uuid.UUID) else value
            for name, value in asdict(self).items()
            if value is not None
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Rule":
        """The rule that JSON keeps."""
        return cls(**{name: uuid.UUID(value) if name in ("queue", "holder") else value for name, value in kept.items()})


CONDITIONS = tuple(entry.name for entry in fields(Facts))


@dataclass(frozen=True)
class Plan:
    """How an organisation's cases are sorted and ordered.

    Args:
        rules: the first that fits decides.
        shares: for each tier after LIFE the percentage of its clock after which somebody has begun a case.
        marks: percentages of a clock at which a case that nobody holds goes to the person on call.
        patience_hours: by when a case is begun on which no clock runs.
        on_call: who is told when no shift names anybody.
    """

    rules: Sequence[Rule] = ()
    shares: Sequence[int] = (0, 50, 80)
    marks: Sequence[int] = (50, 80)
    patience_hours: int = 72
    on_call: uuid.UUID | None = None

    def place(self, facts: Facts) -> tuple[uuid.UUID | None, int]:
        """The queue and the tier of a case."""
        rule = next((rule for rule in self.rules if rule.fits(facts)), Rule())
        return rule.queue, min(rule.tier, gravity_of(facts))

    def begin_by(self, tier: int, opened_at: datetime, span: tuple[datetime, datetime] | None) -> datetime:
        """When somebody has to have begun a case, so that enough of its clock is left: what queues are ordered by.

        Args:
            tier: how grave it is.
            opened_at: when it came, for cases on which no clock runs.
            span: start and end of the clock that is due first.
        """
        if tier == LIFE:
            return opened_at - AHEAD
        share = self.shares[tier - DANGER]
        if span is None:
            return opened_at + timedelta(hours=self.patience_hours) * share / self.shares[-1]
        started, due = span
        return started + (due - started) * share / 100

    def mark_after(self, span: tuple[datetime, datetime] | None, passed: int = 0) -> datetime | None:
        """When the first mark of a clock is reached that lies after a percentage; None when none is left."""
        later = [mark for mark in self.marks if mark > passed]
        if span is None or not later:
            return None
        started, due = span
        return started + (due - started) * min(later) / 100


def gravity_of(facts: Facts) -> int:
    """How grave a case is by itself: a threat to life; a child, an emergency or a running broadcast; an order;
    anything else.
    """
    if facts.life:
        return LIFE
    if facts.child or facts.emergency or facts.live:
        return DANGER
    return GRAVE if facts.kind == "order" else ORDINARY


DEFAULT = Plan()
