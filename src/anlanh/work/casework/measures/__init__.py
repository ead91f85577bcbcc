"""The measures that a decision can take: one class each, which checks, words and takes effect. `named` finds one."""

from collections.abc import Mapping

from anlanh.work.casework.measures.account import EndAccount, RefuseService, Suspend, Warn, ended_account_of
from anlanh.work.casework.measures.content import (
    BlockLink,
    CloseComments,
    Demonetise,
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


def named(code: str) -> MeasureKind:
    """The measure of that code.

    Raises:
        KeyError: when there is none.
    """
    return KINDS[code]
