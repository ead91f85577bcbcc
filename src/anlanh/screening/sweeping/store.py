"""Stored posts: append, find, compact, verify. What counts is what manifest.json names; it is replaced whole."""

import fcntl
import json
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.choice import finder_for
from anlanh.screening.hits import Hit
from anlanh.screening.lists import Lists
from anlanh.screening.posts import Post
from anlanh.screening.sweeping.filters import asker_for
from anlanh.screening.sweeping.keys import asks_of
from anlanh.screening.sweeping.segment import Segment, write_segment

_MANIFEST = "manifest.json"
_FORMAT = "anlanh-sweep-1"
_ENDING = ".posts"
_MOST_ENTRIES = 20_000  # that are asked for of a block; to ask for more takes longer than to read it
_ATTEMPTS = 3  # to open files while another process compacts them


class Found(NamedTuple):
    """One post in which something was found."""

    post: Post
    hits: list[Hit]


class Totals(NamedTuple):
    """How much is stored: files, blocks, posts, bytes."""

    files: int
    blocks: int
    posts: int
    size: int


class Store:
    """Past posts in a directory.

    Args:
        directory: made at the first append.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.blocks_read = self.blocks_there = 0

    def append(self, posts: Iterable[Post]) -> int:
        """Adds posts as they come; gives how many. They are all found from then on, or none is."""
        self._directory.mkdir(parents=True, exist_ok=True)
        with self._alone():
            names = self._names(made=True)
            name = self._next(names)
            count = write_segment(self._directory / name, posts)
            if count:
                self._write([*names, name])
            else:
                (self._directory / name).unlink()
        return count

    def find(self, lists: Lists, *, every_block: bool = False, plain: bool = False) -> Iterator[Found]:
        """The posts that hold an entry, newest files last.

        Args:
            lists: what to look for.
            every_block: read all, whatever the filters say.
            plain: use the plain Python matchers.
        """
        finder = finder_for(lists, plain=plain)
        many = len(lists.phrases) + len(lists.domains) + len(lists.texts) > _MOST_ENTRIES
        asks = None if every_block or many else asks_of(lists)
        may_hold = None if asks is None else asker_for(asks, plain=plain)
        self.blocks_read = self.blocks_there = 0
        for segment in self._segments():
            for block in segment.blocks:
                self.blocks_there += 1
                held = segment.held(block)
                if may_hold and segment.is_filtered and not may_hold(held):
                    continue
                self.blocks_read += 1
                posts = list(segment.posts(block))
                for post, hits in zip(posts, finder.find([post.text for post in posts]), strict=True):
                    if hits:
                        yield Found(post, hits)

    def compact(self, forget: Set[str] = frozenset()) -> int:
        """Writes everything as one file of full blocks; gives how many posts are left.

        Of posts with one id the one that was appended last stays.

        Args:
            forget: ids of posts that are left out.
        """
        with self._alone():
            names = self._names()
            last = {post.id: place for place, post in enumerate(self._posts(names))}
            kept = (
                post
                for place, post in enumerate(self._posts(names))
                if last[post.id] == place and post.id not in forget
            )
            name = self._next(names)
            count = write_segment(self._directory / name, kept)
            self._write([name])
            for old in self._directory.glob(f"*{_ENDING}"):
                if old.name != name:
                    old.unlink()
        return count

    def verify(self) -> list[str]:
        """What is wrong, each with its file; nothing when all is well."""
        faults = []
        for name in self._names():
            try:
                faults += [f"{name}: {fault}" for fault in Segment(self._directory / name).faults()]
            except BadInput as fault:
                faults.append(f"{name}: {fault.what}")
        return faults

    def totals(self) -> Totals:
        """How much is stored."""
        names = self._names()
        segments = [Segment(self._directory / name) for name in names]
        blocks = [block for segment in segments for block in segment.blocks]
        size = sum((self._directory / name).stat().st_size for name in names)
        return Totals(len(names), len(blocks), sum(block.posts for block in blocks), size)

    def _segments(self) -> list[Segment]:
        """All files, opened before one is read: compacting takes them away and writes others."""
        for _ in range(_ATTEMPTS):
            names = self._names()
            if all((self._directory / name).exists() for name in names):
                break
        return [Segment(self._directory / name) for name in names]

    def _posts(self, names: list[str]) -> Iterator[Post]:
        for name in names:
            segment = Segment(self._directory / name)
            for block in segment.blocks:
                yield from segment.posts(block)

    def _names(self, *, made: bool = False) -> list[str]:
        path = self._directory / _MANIFEST
        try:
            told = json.loads(path.read_bytes())
            names = told["files"] if told["format"] == _FORMAT else None
        except FileNotFoundError:
            if made:
                return []
            raise BadInput("there are no stored posts", where=str(self._directory), mend="append some first") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            names = None
        good = isinstance(names, list) and all(isinstance(name, str) and name == Path(name).name for name in names)
        if not good:
            raise BadInput("the manifest is damaged", where=str(path), mend="restore it")
        return names

    def _next(self, names: list[str]) -> str:
        numbers = [int(stem) for name in names if (stem := name.removesuffix(_ENDING)).isdecimal()]
        return f"{max(numbers, default=0) + 1:08}{_ENDING}"

    def _write(self, names: list[str]) -> None:
        part = self._directory / f".{_MANIFEST}.part"
        part.write_text(json.dumps({"format": _FORMAT, "files": names}), encoding="utf-8")
        part.replace(self._directory / _MANIFEST)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps other writers out; who reads meanwhile sees the files that its manifest names."""
        try:
            stream = (self._directory / ".lock").open("w")
        except FileNotFoundError:
            raise BadInput("there are no stored posts", where=str(self._directory), mend="append some first") from None
        with stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield
