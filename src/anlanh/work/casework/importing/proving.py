"""The hash tree over the items of an import: its root stands in the act, and a path to it proves each item."""

import uuid
from collections.abc import Iterable

from anlanh.ledger.merkle import leaf_hash
from anlanh.ledger.tiles import MemoryTileStore, TileLog
from anlanh.primitives.canonical import canonical_bytes
from anlanh.work.casework.importing.models import ImportItem


def leaf_of(item: ImportItem) -> bytes:
    """What the tree holds of an item: where it stood, what became of it and which rows and act. No words of anyone."""
    return canonical_bytes(
        {
            "import": str(item.source_id),
            "line": item.line,
            "part": item.part,
            "outcome": item.outcome,
            "subject": _name(item.subject_id),
            "row": _name(item.row_id),
            "act": _name(item.act_id),
        }
    )


def tree_of(items: Iterable[ImportItem]) -> TileLog:
    """The tree over items in the order of their positions."""
    tree = TileLog(MemoryTileStore())
    tree.append([leaf_hash(leaf_of(item)) for item in items])
    return tree


def _name(identifier: uuid.UUID | None) -> str | None:
    return str(identifier) if identifier else None
