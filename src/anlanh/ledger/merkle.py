"""The hash tree of RFC 9162 (section 2.1) over SHA-256: roots, and the checks of inclusion and consistency proofs."""

import hashlib
from collections.abc import Sequence

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

_sha256 = hashlib.sha256


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf; the prefix keeps a leaf from passing for a node."""
    return _sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return _sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (section 2.1.1).

    Pairs level by level and passes an odd last one up as it is; that gives the RFC's tree, which splits at the largest
    power of two.
    """
    if not hashes:
        return EMPTY_ROOT
    level = hashes
    while len(level) > 1:
        paired = [_sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]


def split_point(width: int) -> int:
    """The largest power of two below a width of at least 2: how many leaves go left (section 2.1.1)."""
    return 1 << (width - 1).bit_length() - 1


class Frontier:
    """The root of a sequence that only grows, in memory that grows with the logarithm of its length."""

    _BLOCK_HEIGHT = 8

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []  # (height, root) of complete subtrees, largest first

    def extend(self, leaf_hashes: Sequence[bytes]) -> None:
        """Appends leaf hashes, by whole blocks where they start at a block's edge."""
        block = 1 << self._BLOCK_HEIGHT
        at = 0
        while at < len(leaf_hashes):
            if self.size % block == 0 and len(leaf_hashes) - at >= block:
                self._add(self._BLOCK_HEIGHT, root(leaf_hashes[at : at + block]))
                at += block
            else:
                self._add(0, leaf_hashes[at])
                at += 1

    def root(self) -> bytes:
        """The root over everything appended so far."""
        if not self._peaks:
            return EMPTY_ROOT
        _, result = self._peaks[-1]
        for _, peak in reversed(self._peaks[:-1]):
            result = node_hash(peak, result)
        return result

    def _add(self, height: int, subtree: bytes) -> None:
        self.size += 1 << height
        while self._peaks and self._peaks[-1][0] == height:
            subtree = node_hash(self._peaks.pop()[1], subtree)
            height += 1
        self._peaks.append((height, subtree))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from a leaf's hash to the root (section 2.1.3.2).

    Args:
        leaf: the leaf's hash, 32 bytes.
        index: its position, from 0.
        size: number of leaves under the root.
        proof: hashes of the siblings on the way up, 32 bytes each.
        root: the root, 32 bytes.

    Returns:
        False for anything else, however malformed; never raises.
    """
    if not (_is_count(index) and _is_count(size) and index < size and _are_hashes([leaf, root], proof)):
        return False
    position, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position % 2 or position == last:
            result = node_hash(sibling, result)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the old tree is the beginning of the new one (section 2.1.4.2).

    Args:
        old_size: number of leaves under old_root; with 0 the proof is empty, since everything continues nothing.
        old_root: 32 bytes.
        new_size: number of leaves under new_root.
        new_root: 32 bytes.
        proof: hashes, 32 bytes each.

    Returns:
        False for anything else, however malformed; never raises.
    """
    if not (_is_count(old_size) and _is_count(new_size) and _are_hashes([old_root, new_root], proof)):
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT and (new_size > 0 or new_root == EMPTY_ROOT)
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size > new_size or not proof:
        return False
    # An old tree that is one complete subtree is its own first step; the prover leaves it out.
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    position, last = old_size - 1, new_size - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    old_result = new_result = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if position % 2 or position == last:
            old_result, new_result = node_hash(step, old_result), node_hash(step, new_result)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            new_result = node_hash(new_result, step)
        position, last = position >> 1, last >> 1
    return last == 0 and old_result == old_root and new_result == new_root


def _is_count(value: object) -> bool:
    return isinstance(value, int) and 0 <= value < 1 << 63


def _are_hashes(single: Sequence[object], proof: object) -> bool:
    if not isinstance(proof, list | tuple):
        return False
    return all(isinstance(value, bytes) and len(value) == HASH_SIZE for value in (*single, *proof))
