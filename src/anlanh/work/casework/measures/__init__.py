"""The measures that a decision can take: one class each, which checks, words and takes effect. `named` finds one."""

from collections.abc import Mapping
from typing import Any

from anlanh.work.casework.measures.account import EndAccount, RefuseService, Suspend, Warn, ended_account_of
from anlanh.work.casework.measures.content import (
    BlockLink,
    CloseComments,
    Demonetise,
    Interrupt,
    LabelContent,
    LimitReach,
    Remove,
    Restrict,
)
from anlanh.work.casework.measures.kind import MeasureKind, Terms, places
from anlanh.work.casework.measures.nothing import NoAction

__all__ = ["KINDS", "EndAccount", "MeasureKind", "RefuseService", "Terms", "ended_account_of", "named", "places"]

# In the order in which choosers show them.
KINDS: Mapping[str, MeasureKind] = {
    kind.code: kind
    for kind in (
        Remove(),
        NoAction(),
        Interrupt(),
        Restrict(),
        LabelContent(),
        BlockLink(),
        LimitReach(),
        CloseComments(),
        Demonetise(),
        Warn(),
        Suspend(),
        EndAccount(),
        RefuseService(),
    )
}


# From the lightest on what a measure does to the person affected.
_BY_WEIGHT = (
    *("no_action", "label", "warn", "close_comments", "demonetise", "limit_reach", "block_link", "restrict"),
    *("interrupt", "remove"),
    *("suspend", "refuse_service", "end_account"),
)


def is_lighter(code: str, terms: Terms, than_code: str, than: Terms) -> bool:
    """Whether a measure weighs less on the person affected than another one: by its kind, else by where and how long.

    Of one kind, it has to reach less far or end earlier, and be no worse in the other; no end is the longest.
    """
    if code != than_code:
        return _BY_WEIGHT.index(code) < _BY_WEIGHT.index(than_code)
    narrower = terms.scope != than.scope and than.scope == Terms.scope
    shorter = (terms.days or _NO_END) < (than.days or _NO_END)
    no_worse = (narrower or terms.scope == than.scope) and (terms.days or _NO_END) <= (than.days or _NO_END)
    return no_worse and (narrower or shorter)


def lighter_than(decision: Any) -> list[MeasureKind]:
    """The measures that can take the place of a decision's when it was right only in part, the heaviest first."""
    if decision.measure == NoAction.code:
        return []
    place = _BY_WEIGHT.index(decision.measure)
    return [
        KINDS[code] for code in reversed(_BY_WEIGHT[1 : place + 1]) if code != decision.measure or KINDS[code].terms
    ]


_NO_END = 10**6


def named(code: str) -> MeasureKind:
    """The measure of that code.

    Raises:
        KeyError: when there is none.
    """
    return KINDS[code]
