"""One file of blocks: written once, then only read. A damaged one is an error that names it, never a silent gap.

The blocks and their filters, then a table of them in JSON, its length in 8 bytes and its digest in 32.
"""

import hashlib
import json
import mmap
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.posts import Post
from anlanh.screening.sweeping.keys import filter_of, keys_of_texts

POSTS = 256  # in a block
TEXT = 1 << 20  # code points in a block; a longer post stands alone
_MAGIC = b"anlanh sweep 1\n"
_TAIL = 40
_LARGEST_BLOCK = 1 << 30  # bytes, unpacked
_MEND = "restore it, or take it out of manifest.json"


class Block(NamedTuple):
    """Where a block and its filter stand in their file, how many posts it holds, and the digest of both."""

    at: int
    size: int
    filter_size: int
    posts: int
    digest: str


def write_segment(path: Path, posts: Iterable[Post]) -> int:
    """Writes posts as a new file; gives how many. Nothing is there until all is."""
    part = path.with_name(f".{path.name}.part")
    blocks: list[Block] = []
    try:
        with part.open("wb") as stream:
            stream.write(_MAGIC)
            for batch in _batches(posts):
                content, held = _packed(batch)
                digest = hashlib.sha256(content + held).hexdigest()
                blocks.append(Block(stream.tell(), len(content), len(held), len(batch), digest))
                stream.write(content)
                stream.write(held)
            table = json.dumps(blocks).encode()
            stream.write(table + len(table).to_bytes(8, "little") + hashlib.sha256(table).digest())
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return sum(block.posts for block in blocks)


def _batches(posts: Iterable[Post]) -> Iterator[list[Post]]:
    batch: list[Post] = []
    length = 0
    for post in posts:
        if batch and (len(batch) == POSTS or length + len(post.text) > TEXT):
            yield batch
            batch, length = [], 0
        batch.append(post)
        length += len(post.text)
    if batch:
        yield batch


def _packed(posts: list[Post]) -> tuple[bytes, bytes]:
    keys = keys_of_texts(post.text for post in posts)
    lines = "\n".join(json.dumps([post.id, post.text]) for post in posts)
    return zlib.compress(lines.encode(), 1), filter_of(keys)


class Segment:
    """A file of blocks, mapped.

    Raises:
        BadInput: it is no such file, cut off or damaged where its table stands.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with path.open("rb") as stream:
                self._bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise BadInput("the file is missing", where=str(path), mend=_MEND) from None
        except ValueError:
            raise BadInput("the file is empty", where=str(path), mend=_MEND) from None
        self._view = memoryview(self._bytes)
        self.blocks = self._table()

    def _table(self) -> list[Block]:
        content = self._view
        length = int.from_bytes(content[-_TAIL:-32], "little") if len(content) >= _TAIL + len(_MAGIC) else -1
        start = len(content) - _TAIL - length
        if bytes(content[: len(_MAGIC)]) != _MAGIC or not len(_MAGIC) <= start <= len(content):
            raise BadInput("not a file of posts, or cut off", where=str(self._path), mend=_MEND)
        table = bytes(content[start:-_TAIL])
        if hashlib.sha256(table).digest() != bytes(content[-32:]):
            raise BadInput("the table of blocks is damaged", where=str(self._path), mend=_MEND)
        return [Block(*told) for told in json.loads(table)]

    def held(self, block: Block) -> memoryview:
        """The filter of a block."""
        start = block.at + block.size
        return self._view[start : start + block.filter_size]

    def posts(self, block: Block) -> Iterator[Post]:
        """The posts of a block.

        Raises:
            BadInput: the block is damaged.
        """
        content = self._view[block.at : block.at + block.size]
        if hashlib.sha256(bytes(content) + bytes(self.held(block))).hexdigest() != block.digest:
            raise BadInput(f"the block at byte {block.at} is damaged", where=str(self._path), mend=_MEND)
        unpacked = zlib.decompressobj().decompress(content, _LARGEST_BLOCK)
        for line in unpacked.decode().split("\n"):
            name, text = _pair(json.loads(line))
            yield Post(name, text)

    def faults(self) -> Iterator[str]:
        """What is wrong with the file's blocks and filters."""
        for block in self.blocks:
            try:
                posts = list(self.posts(block))
            except BadInput as fault:
                yield fault.what
                continue
            if len(posts) != block.posts:
                yield f"the block at byte {block.at} holds {len(posts)} posts and its table says {block.posts}"
            elif _packed(posts)[1] != bytes(self.held(block)):
                yield f"the filter of the block at byte {block.at} is not that of its posts"


def _pair(value: Any) -> tuple[str, str]:
    name, text = value
    return name, text
