"""The hash tree over the items of a group: its root stands in the act, and a path to it proves each item."""

from collections.abc import Iterable

from anlanh.ledger.merkle import leaf_hash
from anlanh.ledger.tiles import MemoryTileStore, TileLog
from anlanh.primitives.canonical import canonical_bytes
from anlanh.work.casework.grouping.models import GroupItem


def leaf_of(item: GroupItem) -> bytes:
    """What the tree holds of an item: which case, what became of it, which decision and act. No words of anyone."""
    return canonical_bytes(
        {
            "group": str(item.group_id),
            "position": item.position,
            "case": str(item.case_id),
            "outcome": item.outcome,
            "row": str(item.row_id) if item.row_id else None,
            "act": str(item.act_id) if item.act_id else None,
        }
    )


def tree_of(items: Iterable[GroupItem]) -> TileLog:
    """The tree over items in the order of their positions."""
    tree = TileLog(MemoryTileStore())
    tree.append([leaf_hash(leaf_of(item)) for item in items])
    return tree
