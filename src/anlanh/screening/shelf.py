"""Files of named pieces of bytes, mapped and shared between processes: how indexes are kept.

A file is a mark, the length and digest of its head, the head (JSON: what the file is, what it was made of, where each
piece lies and its digest), then the pieces. It is written beside its place and moved there whole, and never changed
afterwards.
"""

import contextlib
import hashlib
import json
import mmap
import os
import struct
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from anlanh.primitives.errors import BadInput

_MARK = b"anlanh index 1\n\0"
_START = struct.Struct("=16sQ32s")
_ALIGNMENT = 4096
_LARGEST_HEAD = 1 << 24
_MEND = "take the file out; it is made anew from the lists"

Piece = Iterable[bytes | bytearray | memoryview | array]


def digest_of(pieces: Piece) -> str:
    """The digest of pieces one after another."""
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()


def write_shelf(path: Path, about: Mapping[str, Any], pieces: Mapping[str, Piece]) -> None:
    """Writes a file whole or not at all.

    Args:
        path: where it will stand.
        about: what the file is; of JSON.
        pieces: by name; each may come in parts.
    """
    places: dict[str, list[Any]] = {}
    at = 0
    held = {name: list(parts) for name, parts in pieces.items()}
    for name, parts in held.items():
        size = sum(memoryview(part).nbytes for part in parts)
        places[name] = [at, size, digest_of(parts)]
        at += -(-size // _ALIGNMENT) * _ALIGNMENT
    head = json.dumps({"about": about, "pieces": places, "length": at}).encode()
    start = _START.pack(_MARK, len(head), hashlib.sha256(head).digest()) + head
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(start + b"\0" * (-len(start) % _ALIGNMENT))
            for parts in held.values():
                for part in parts:
                    out.write(part)
                out.write(b"\0" * (-out.tell() % _ALIGNMENT))
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


class Shelf:
    """A file of pieces, mapped.

    Args:
        path: of the file.

    Attributes:
        about: what the writer said of it.

    Raises:
        BadInput: it is not such a file, was cut off, or its head was changed.
        FileNotFoundError: it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as stream:
            start = stream.read(_START.size)
            if len(start) < _START.size:
                raise self.broken("is no index")
            mark, length, digest = _START.unpack(start)
            if mark != _MARK or length > _LARGEST_HEAD:
                raise self.broken("is no index of this version")
            head = stream.read(length)
            if hashlib.sha256(head).digest() != digest:
                raise self.broken("has a damaged head")
            read = json.loads(head)
            self.about: dict[str, Any] = read["about"]
            self._places: dict[str, list[Any]] = read["pieces"]
            first = -(-(_START.size + length) // _ALIGNMENT) * _ALIGNMENT
            if os.fstat(stream.fileno()).st_size != first + read["length"]:
                raise self.broken("was cut off or added to")
            self._bytes = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))[first:]

    def broken(self, what: str) -> BadInput:
        """The error about the file."""
        return BadInput(f"the file {what}", where=str(self._path), mend=_MEND)

    def piece(self, name: str) -> memoryview:
        """The bytes of a piece.

        Raises:
            BadInput: there is none of that name.
        """
        if name not in self._places:
            raise self.broken(f"lacks {name}")
        at, size, _ = self._places[name]
        return self._bytes[at : at + size]

    def verify(self) -> None:
        """Reads every piece.

        Raises:
            BadInput: a piece is not as it was written.
        """
        for name, (_, _, digest) in self._places.items():
            if digest_of([self.piece(name)]) != digest:
                raise self.broken(f"is damaged in {name}")


class Strings(Sequence[str]):
    """Texts one after another, cut by offsets: as a piece of two parts of a shelf."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self._shelf, self._name = shelf, name
        self._bytes = shelf.piece(name)
        self._offsets = shelf.piece(f"{name} offsets").cast("Q")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]
        if not 0 <= number < len(self):
            raise IndexError(number)
        try:
            return str(self._bytes[self._offsets[number] : self._offsets[number + 1]], "utf-8", "surrogatepass")
        except UnicodeDecodeError:  # the file was opened without being verified
            raise self._shelf.broken(f"is damaged in {self._name}") from None

    @staticmethod
    def pieces(name: str, texts: Iterable[str]) -> dict[str, Piece]:
        """What such texts are written as."""
        held, offsets = bytearray(), array("Q", [0])
        for text in texts:
            held += text.encode("utf-8", "surrogatepass")
            offsets.append(len(held))
        return {name: [held], f"{name} offsets": [offsets]}


class Keyed:
    """Which entries have a key, by its hash; who asks compares the key itself.

    Args:
        shelf: the file.
        name: of the piece.
        entries: how many there are.
    """

    def __init__(self, shelf: Shelf, name: str, entries: int) -> None:
        self._shelf, self._name, self._count = shelf, name, entries
        self._hashes = shelf.piece(name).cast("Q")
        self._entries = shelf.piece(f"{name} entries").cast("I")

    def find(self, key: str) -> Iterator[int]:
        """The entries whose key may be this, ascending.

        Raises:
            BadInput: the file is damaged there.
        """
        wanted = _hash(key)
        at = bisect_left(self._hashes, wanted)
        while at < len(self._hashes) and self._hashes[at] == wanted:
            if self._entries[at] >= self._count:  # the file was opened without being verified
                raise self._shelf.broken(f"is damaged in {self._name}")
            yield self._entries[at]
            at += 1

    @staticmethod
    def pieces(name: str, keys: Iterable[tuple[str, int]]) -> dict[str, Piece]:
        """What such (key, entry) are written as."""
        pairs = sorted((_hash(key), entry) for key, entry in keys)
        return {
            name: [array("Q", (key for key, _ in pairs))],
            f"{name} entries": [array("I", (entry for _, entry in pairs))],
        }


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
