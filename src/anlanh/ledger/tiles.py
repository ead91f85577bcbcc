"""A log kept as tiles: up to 256 hashes each, laid out as C2SP tlog-tiles describes; with the proofs of RFC 9162.

The tile at level 0, index i holds the hashes of leaves 256·i and on. An entry at level n+1 is the root over one whole
tile of level n, so what has been written never changes: a tile only grows to its right, and every earlier size of the
log can be proved for ever from the same tiles.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from anlanh.ledger.merkle import EMPTY_ROOT, HASH_SIZE, node_hash, root, split_point

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
_TILE_BYTES = TILE_WIDTH * HASH_SIZE


class TileStore(Protocol):
    """Where tiles are kept. Writes of one append belong in one transaction with the log's new size."""

    def read(self, level: int, index: int) -> bytes | None:
        """The tile's hashes one after another, at least as many as were written last; None where there is no tile."""

    def write(self, level: int, index: int, hashes: bytes) -> None:
        """Puts the tile in place of a shorter one with the same beginning."""


class MemoryTileStore:
    """Tiles in a dictionary, for tests and for one-off trees."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}

    def read(self, level: int, index: int) -> bytes | None:
        """The tile's hashes, or None."""
        return self.tiles.get((level, index))

    def write(self, level: int, index: int, hashes: bytes) -> None:
        """Keeps the tile."""
        self.tiles[level, index] = hashes


class MissingTile(LookupError):
    """The store does not hold what a log of this size must hold: it was damaged, or the size is wrong."""


class TileLog:
    """A log over a tile store.

    Args:
        store: its tiles.
        size: number of leaves; the store knows tiles, only its keeper knows how many leaves count.
    """

    def __init__(self, store: TileStore, size: int = 0) -> None:
        self._store = store
        self.size = size

    def append(self, leaf_hashes: Sequence[bytes]) -> int:
        """Adds leaves, writing each tile that changes once.

        Args:
            leaf_hashes: 32 bytes each, in the order of the log.

        Returns:
            the new size.

        Raises:
            ValueError: a hash of another length.
            MissingTile: the last tile of some level is missing or too short.
        """
        if any(len(value) != HASH_SIZE for value in leaf_hashes):
            raise ValueError("a leaf hash has 32 bytes")
        added = b"".join(leaf_hashes)
        level, entries = 0, self.size
        while added:
            index, kept = divmod(entries, TILE_WIDTH)
            # What lies beyond the kept entries is left from an append that was never committed.
            content = (self._read(level, index, kept)[: kept * HASH_SIZE] if kept else b"") + added
            complete = []
            for start in range(0, len(content), _TILE_BYTES):
                tile = content[start : start + _TILE_BYTES]
                self._store.write(level, index + start // _TILE_BYTES, tile)
                if len(tile) == _TILE_BYTES:
                    complete.append(root(_split(tile)))
            added = b"".join(complete)
            level, entries = level + 1, index
        self.size += len(leaf_hashes)
        return self.size

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves; over all when left out.

        Raises:
            ValueError: more leaves than there are.
            MissingTile: see there.
        """
        size = self.size if size is None else size
        self._check_size(size)
        return _Reader(self).range_root(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """The proof that the leaf at `index` is among the first `size` (section 2.1.3.1), lowest sibling first.

        Raises:
            ValueError: no such leaf, or more leaves than there are.
            MissingTile: see there.
        """
        self._check_size(size)
        if not 0 <= index < size:
            raise ValueError(f"leaf {index} is not among the first {size}")
        reader = _Reader(self)
        proof = []
        start, end = 0, size
        while end - start > 1:
            middle = start + split_point(end - start)
            if index < middle:
                proof.append(reader.range_root(middle, end))
                end = middle
            else:
                proof.append(reader.range_root(start, middle))
                start = middle
        return proof[::-1]

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """The proof that the first `old` leaves begin the first `new` (section 2.1.4.1); empty for old of 0 or new.

        Raises:
            ValueError: old above new, or more leaves than there are.
            MissingTile: see there.
        """
        self._check_size(new)
        if not 0 <= old <= new:
            raise ValueError(f"size {old} does not come before size {new}")
        if old in (0, new):
            return []
        reader = _Reader(self)
        proof = []
        start, end = 0, new
        while end != old:
            middle = start + split_point(end - start)
            if old <= middle:
                proof.append(reader.range_root(middle, end))
                end = middle
            else:
                proof.append(reader.range_root(start, middle))
                start = middle
        if start:  # a subtree that the old root alone does not give away
            proof.append(reader.range_root(start, end))
        return proof[::-1]

    def leaf_hashes(self, size: int | None = None) -> Iterator[bytes]:
        """The hashes of the first `size` leaves, in order, as they were sealed; all when left out."""
        size = self.size if size is None else size
        self._check_size(size)
        for index in range(-(-size // TILE_WIDTH)):
            count = min(TILE_WIDTH, size - index * TILE_WIDTH)
            yield from _split(self._read(0, index, count)[: count * HASH_SIZE])

    def _check_size(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise ValueError(f"the log holds {self.size} leaves, not {size}")

    def _read(self, level: int, index: int, count: int) -> bytes:
        tile = self._store.read(level, index)
        if tile is None or len(tile) < count * HASH_SIZE:
            raise MissingTile(f"tile {index} of level {level} lacks some of its first {count} hashes")
        return tile


class _Reader:
    """Subtree roots for one proof; each tile is read once."""

    def __init__(self, log: TileLog) -> None:
        self._log = log
        self._tiles: dict[tuple[int, int], bytes] = {}

    def range_root(self, start: int, end: int) -> bytes:
        """The root over leaves start to end (end not included), where start is a place at which the tree splits."""
        width = end - start
        if width & (width - 1) == 0:
            return self._subtree(width.bit_length() - 1, start // width)
        middle = start + split_point(width)
        return node_hash(self.range_root(start, middle), self.range_root(middle, end))

    def _subtree(self, height: int, position: int) -> bytes:
        """The root of the complete subtree of 2**height leaves at a position counted in such subtrees."""
        level, rest = divmod(height, TILE_HEIGHT)
        first, width = position << rest, 1 << rest
        index, offset = divmod(first, TILE_WIDTH)
        tile = self._tiles.get((level, index), b"")
        if len(tile) < (offset + width) * HASH_SIZE:
            tile = self._tiles[level, index] = self._log._read(level, index, offset + width)
        return root(_split(tile[offset * HASH_SIZE : (offset + width) * HASH_SIZE]))


def _split(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]
