"""Naming the first entry of an export that is not as it was sealed."""

import base64
import binascii
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import BinaryIO

from anlanh.ledger.checkpoints import Checkpoint
from anlanh.ledger.merkle import HASH_SIZE, Frontier, leaf_hash
from anlanh.ledger.reading import Contents, Lines

_SPOOL = 1 << 24  # bytes of leaf hashes kept in memory before a temporary file takes over
_STEP = 1 << 18  # base64 characters decoded at a time, a multiple of four
_BATCH = 1 << 12


@dataclass(frozen=True)
class Difference:
    """The line of the first bad entry and what is wrong with it; line 0 when it can't be told, with the reason."""

    line: int
    why: str


def first_difference(stream: BinaryIO, contents: Contents, checkpoint: Checkpoint, tag: bytes) -> Difference:
    """Compares the entries of a file, one by one, with the hashes that its list keeps of them as sealed.

    Args:
        stream: the export; it is read again.
        contents: what reading it found.
        checkpoint: what it should hold.
        tag: the bytes that mark the list.
    """
    if contents.leaf_list is None:
        return Difference(0, "the list of leaf hashes is missing")
    with tempfile.SpooledTemporaryFile(_SPOOL) as sealed:
        if not _decode_list(stream, contents.leaf_list, tag, sealed):
            return Difference(0, "the list of leaf hashes is damaged")
        frontier = Frontier()
        for batch in _batches(sealed):
            frontier.extend(batch)
        if (frontier.size, frontier.root()) == (checkpoint.size, checkpoint.root):
            return _compare(stream, contents.size, sealed)
    if frontier.root() == contents.root:
        return Difference(0, "the list of leaf hashes agrees with the entries, and neither with the checkpoint")
    return Difference(0, "the list of leaf hashes was changed too")


def _decode_list(stream: BinaryIO, place: tuple[int, int], tag: bytes, out: BinaryIO) -> bool:
    """Decodes the line's last word to `out`, without the tag; False when it is no list of hashes."""
    offset, length = place
    stream.seek(offset)
    head = stream.read(min(length, 1 << 12))
    start = head.rfind(b" ") + 1
    stream.seek(offset + start)
    left, total = length - start, 0
    while left > 0:
        encoded = stream.read(min(left, _STEP))
        if not encoded:
            return False
        left -= len(encoded)
        try:
            piece = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            return False
        if total == 0 and piece[: len(tag)] != tag:
            return False
        out.write(piece[len(tag) :] if total == 0 else piece)
        total += len(piece)
    return total >= len(tag) and (total - len(tag)) % HASH_SIZE == 0


def _compare(stream: BinaryIO, count: int, sealed: BinaryIO) -> Difference:
    pairs = zip_longest(_entry_hashes(stream, count), _sealed_hashes(sealed))
    line, found, expected = next(
        (line, found, expected) for line, (found, expected) in enumerate(pairs, start=1) if found != expected
    )
    if found is None:
        return Difference(line, "this entry and what followed it are missing")
    if expected is None:
        return Difference(line, "this entry was added after the log was sealed")
    found_next, expected_next = next(pairs, (None, None))
    if found_next == expected and found != expected_next:
        return Difference(line, "this entry was added, or moved here; the one sealed in its place comes next")
    if found == expected_next and found_next != expected:
        return Difference(line, "the entry sealed here was dropped, or moved; the one after it stands in its place")
    position = next((place for place, value in enumerate(_sealed_hashes(sealed), start=1) if value == found), None)
    if position is not None:
        return Difference(line, f"the order was changed: this entry was sealed as number {position}")
    return Difference(line, "this entry was changed after it was sealed")


def _entry_hashes(stream: BinaryIO, count: int) -> Iterator[bytes]:
    stream.seek(0)
    lines = Lines(stream)
    for _ in range(count):
        line = lines.next()
        if line is None:
            return
        yield leaf_hash(line.content)


def _sealed_hashes(sealed: BinaryIO) -> Iterator[bytes]:
    for batch in _batches(sealed):
        yield from batch


def _batches(sealed: BinaryIO) -> Iterator[list[bytes]]:
    """The hashes in the file from its start, some thousands at a time."""
    sealed.seek(0)
    while block := sealed.read(_BATCH * HASH_SIZE):
        yield [block[at : at + HASH_SIZE] for at in range(0, len(block), HASH_SIZE)]
