"""One file of blocks: written once, then only read. A damaged one is an error that names it, never a silent gap.

The blocks and their filters, then a table of them in JSON, its length in 8 bytes and its digest in 32.
"""

import hashlib
import json
import mmap
import os
import zlib
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.posts import Post
from anlanh.screening.sweeping.filters import MakesFilter, filters_for

POSTS = 256  # in a block
TEXT = 1 << 20  # code points in a block; a longer post stands alone
_MAGIC = b"anlanh sweep 2\n"
_BEFORE = b"anlanh sweep 1\n"  # the same, with filters that are asked otherwise
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


def write_segment(path: Path, posts: Iterable[Post], *, plain: bool = False) -> int:
    """Writes posts as a new file; gives how many. Nothing is there until all is.

    Args:
        path: where it will stand.
        posts: in their order.
        plain: make filters by plain Python, whatever is installed.
    """
    part = path.with_name(f".{path.name}.part")
    blocks: list[Block] = []
    made = filters_for(plain=plain)
    try:
        with part.open("wb") as stream:
            stream.write(_MAGIC)
            for batch in _batches(posts):
                content, held = _packed(batch, made)
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


def _packed(posts: list[Post], made: MakesFilter) -> tuple[bytes, bytes]:
    lines = "\n".join([f"[{quoted(post.id)}, {quoted(post.text)}]" for post in posts])
    return zlib.compress(lines.encode("utf-8", "surrogatepass"), 1), made([post.text for post in posts])


class Segment:
    """A file of blocks, mapped.

    Attributes:
        blocks: where each stands.
        is_filtered: whether the filters can be asked; an earlier version's can't, and compacting makes them anew.

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
        mark = bytes(content[: len(_MAGIC)])
        self.is_filtered = mark == _MAGIC
        if mark not in (_MAGIC, _BEFORE) or not len(_MAGIC) <= start <= len(content):
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
        unpacked = zlib.decompressobj().decompress(content, _LARGEST_BLOCK).decode("utf-8", "surrogatepass")
        for name, text in json.loads(f"[{unpacked.replace(chr(10), ',')}]"):
            yield Post(name, text)

    def faults(self) -> Iterator[str]:
        """What is wrong with the file's blocks and filters."""
        made = filters_for()
        for block in self.blocks:
            try:
                posts = list(self.posts(block))
            except BadInput as fault:
                yield fault.what
                continue
            if len(posts) != block.posts:
                yield f"the block at byte {block.at} holds {len(posts)} posts and its table says {block.posts}"
            elif self.is_filtered and made([post.text for post in posts]) != bytes(self.held(block)):
                yield f"the filter of the block at byte {block.at} is not that of its posts"
