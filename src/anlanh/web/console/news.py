"""What happened to a case since somebody opened its page."""

from collections.abc import Mapping

from anlanh.base.actor import Actor
from anlanh.work.casework.queries import CasePage, HistoryLine


def since(actor: Actor, shown: CasePage, seen: int | None) -> list[HistoryLine]:
    """What others did after the act of that number; everything the reader did is known to them."""
    if seen is None:
        return []
    return [line for line in shown.history if line.seq > seen and line.who != actor.ref]


def already_mine(actor: Actor, shown: CasePage, typed: Mapping[str, str]) -> bool:
    """Whether this very decision is recorded: the second of two clicks, or a page sent again."""
    return any(
        decision.decided_by == actor.ref
        and decision.measure == typed["measure"]
        and decision.facts == typed["facts"].strip()
        and decision.subject_fact == typed["subject_fact"].strip()
        for decision in shown.decisions
    )
