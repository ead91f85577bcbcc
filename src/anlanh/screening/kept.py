"""Lists whose indexes are kept in files: what was indexed once is mapped the next time, and shared between processes.

An index belongs to the bytes of its list. Where a list has only grown since, the new lines make a small index in memory
beside the mapped one; where it has grown much or changed, the index is made anew.
"""

import hashlib
import sys
import unicodedata
from array import array
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from anlanh.primitives import folding
from anlanh.primitives.errors import BadInput
from anlanh.screening import code_points, copies, domains, look_alikes, phrases, shelf
from anlanh.screening.copies import ExactCopies
from anlanh.screening.domains import canonical_domain
from anlanh.screening.grounds import GroundFacts, Grounds, checked_ground
from anlanh.screening.lists import READERS, Lists, Start, Ungrounded, present_in, read_lists
from anlanh.screening.native.core import Core, _core
from anlanh.screening.native.finder import copy_index, domain_index, phrase_index
from anlanh.screening.native.images import image_index
from anlanh.screening.phrases import LEVELS, Phrase, as_written
from anlanh.screening.shelf import Keyed, Piece, Shelf, Strings, write_shelf

_MOST_ADDED = 8  # a list that has grown by more than this part of its size is indexed anew
_BLOCK = 1 << 20  # bytes
T = TypeVar("T")


def read_kept(directory: Path, place: Path, grounds: Grounds, *, verify: bool = True) -> Lists:
    """Reads the lists of a directory with the indexes that are kept for them, and makes those that are lacking.

    Args:
        directory: of the lists.
        place: directory of the indexes; made if it is not there.
        grounds: as for anlanh.screening.lists.read_lists.
        verify: read lists and indexes whole, to be sure that no byte has changed; else sizes and times are believed,
            and opening takes milliseconds.

    Raises:
        BadInput: as anlanh.screening.lists.read_lists, or the place of the indexes can't be written.
    """
    names = present_in(directory)
    lists, added = read_lists(directory, grounds, leave=frozenset(_KINDS)), Lists()
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name in _KINDS:
                _take(directory / name, place / f"{name}.index", _KINDS[name], lists, added, grounds, verify)
    except OSError as error:
        raise BadInput(
            f"a file can't be read or written: {error.strerror}",
            where=str(error.filename or place),
            mend="name lists that can be read, and for indexes a directory that can be written",
        ) from None
    _settle_repeated(lists, added)
    lists.images = Joined(lists.images, added.images)
    lists.grounds = ChainMap(added.grounds, lists.grounds)
    lists.added = added
    return lists


class Joined(Sequence[T]):
    """Two sequences, one after the other."""

    def __init__(self, first: Sequence[T], second: Sequence[T]) -> None:
        self.first, self.second = first, second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def __getitem__(self, number: int) -> T:  # type: ignore[override]
        return self.first[number] if number < len(self.first) else self.second[number - len(self.first)]


def _take(path: Path, kept: Path, kind: "_Kind", lists: Lists, added: Lists, grounds: Grounds, verify: bool) -> None:
    """Brings one list and its index into `lists`, and what it has grown by into `added`."""
    opened = _opened(kept, verify)
    start = _still_holds(opened, path, verify) if opened else None
    if start is None:
        made = Lists()
        source = _source(path)
        READERS[path.name](path, made, grounds)
        about, pieces = kind.pieces(made)
        about |= _ground_pieces(made, kind.hit, pieces) | {"ungrounded": _ungrounded(made.ungrounded.get(path.name))}
        write_shelf(kept, {**about, "maker": _maker(), "source": source}, pieces)
        opened, start = Shelf(kept), None
    kind.fill(lists, opened)
    if ungrounded := opened.about["ungrounded"]:
        count, entry, line = ungrounded
        lists.ungrounded[path.name] = Ungrounded(count, entry, f"{path}:{line}")
    facts = [checked_ground(ref, grounds, str(path)) for ref in opened.about["grounds"]]
    if facts:
        lists.grounds = ChainMap(lists.grounds, _KeptGrounds(opened, kind.hit, facts))
    if start is not None:
        READERS[path.name](path, added, grounds, start)


def _ungrounded(found: Ungrounded | None) -> list[Any] | None:
    """How it is written: without the place of the list, which may be moved."""
    return [found.count, found.entry, int(found.where.rpartition(":")[2])] if found else None


def _opened(kept: Path, verify: bool) -> Shelf | None:
    """The index if it is there and made by this very program; a damaged one is an error, never passed over."""
    try:
        opened = Shelf(kept)
    except FileNotFoundError:
        return None
    if opened.about.get("maker") != _maker():
        return None
    if verify:
        opened.verify()
    return opened


def _maker() -> str:
    """Changes with whatever decides what an index holds."""
    made = hashlib.sha256(f"{unicodedata.unidata_version} {sys.byteorder}".encode())
    for module in (_core, folding, code_points, look_alikes, phrases, domains, copies, shelf, sys.modules[__name__]):
        made.update(Path(module.__file__).read_bytes())
    return made.hexdigest()


def _source(path: Path) -> dict[str, Any]:
    """What a list is known by: its size, its lines, its digest; and when it was last written."""
    facts = path.stat()
    with path.open("rb") as stream:
        return {**_known_by(stream, facts.st_size), "written": facts.st_mtime_ns}


def _known_by(stream: BinaryIO, size: int) -> dict[str, Any]:
    made, lines, last, left = hashlib.sha256(), 0, b"\n", size
    while left and (block := stream.read(min(_BLOCK, left))):
        made.update(block)
        lines += block.count(b"\n")
        left, last = left - len(block), block[-1:]
    return {"size": size - left, "lines": lines, "digest": made.hexdigest(), "whole": last == b"\n"}


def _still_holds(opened: Shelf, path: Path, verify: bool) -> Start | None:
    """Where the lines that the index does not know begin; None when the index is no use for the list."""
    source, facts = opened.about["source"], path.stat()
    beyond = Start(source["size"], source["lines"] + 1)
    grown = facts.st_size - source["size"]
    if not verify and grown == 0 and facts.st_mtime_ns == source["written"]:
        return beyond
    if grown < 0 or grown > max(_BLOCK, source["size"] // _MOST_ADDED) or (grown and not source["whole"]):
        return None
    with path.open("rb") as stream:
        return beyond if source.items() >= _known_by(stream, source["size"]).items() else None


def _settle_repeated(lists: Lists, added: Lists) -> None:
    """A host name that is listed again keeps its first spelling; the ground named last counts."""
    for name in [name for name in added.domains if name in lists.domains]:
        facts = added.grounds.pop(("domain", added.domains.pop(name)), None)
        if facts:
            added.grounds["domain", lists.domains[name]] = facts


# ---- what each kind of list is kept as


class _Kind(NamedTuple):
    """How a list is kept: its kind of hit, what of it is written, and how it is brought into Lists."""

    hit: str
    pieces: Callable[[Lists], tuple[dict[str, Any], dict[str, Piece]]]
    fill: Callable[[Lists, Shelf], None]


class _IndexBytes:
    """The bytes of an index, which lives as long as they are needed."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __iter__(self) -> Iterator[bytes | memoryview]:
        return iter(_core.sections(self._index))


def _index_piece(index: Any) -> dict[str, Piece]:
    return {"index": _IndexBytes(index)} if index else {}


def _open_index(kind: str, opened: Shelf) -> dict[str, Any]:
    """The core's index, if the list is not empty."""
    if not opened.about["count"]:
        return {}
    try:
        index = _core.open_index(kind, opened.piece("index"))
    except ValueError:
        raise opened.broken("holds no index that can be read") from None
    if _core.count(index) != opened.about["count"]:
        raise opened.broken("is damaged in index")
    return {kind: index}


def _phrase_pieces(lists: Lists) -> tuple[dict[str, Any], dict[str, Piece]]:
    pieces = _index_piece(phrase_index(lists, Core()))
    pieces |= Strings.pieces("ids", [phrase.id for phrase in lists.phrases])
    pieces |= Strings.pieces("phrases", [phrase.phrase for phrase in lists.phrases])
    pieces["levels"] = [bytes(LEVELS.index(phrase.level) for phrase in lists.phrases)]
    return {"count": len(lists.phrases)}, pieces


def _fill_phrases(lists: Lists, opened: Shelf) -> None:
    lists.phrases = _KeptPhrases(opened)
    lists.kept |= _open_index("phrases", opened)


class _KeptPhrases(Sequence[Phrase]):
    def __init__(self, opened: Shelf) -> None:
        self._ids, self._phrases = Strings(opened, "ids"), Strings(opened, "phrases")
        self._levels, self._opened = opened.piece("levels"), opened

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, number: int) -> Phrase:  # type: ignore[override]
        name, phrase, level = self._ids[number], self._phrases[number], self._levels[number]
        if level >= len(LEVELS):
            raise self._opened.broken("is damaged in levels")
        return Phrase(name, phrase, LEVELS[level])


def _domain_pieces(lists: Lists) -> tuple[dict[str, Any], dict[str, Piece]]:
    pieces = _index_piece(domain_index(lists)) | Strings.pieces("listed", lists.domains.values())
    return {"count": len(lists.domains)}, pieces


def _fill_domains(lists: Lists, opened: Shelf) -> None:
    lists.kept |= _open_index("domains", opened)
    lists.domains = _KeptDomains(Strings(opened, "listed"), lists.kept.get("domains"))


class _KeptDomains(Mapping[str, str]):
    def __init__(self, listed: Strings, index: Any) -> None:
        self.listed, self._index = listed, index

    def __getitem__(self, name: str) -> str:
        entry = _core.look_up_domain(self._index, name.encode("utf-8", "surrogatepass")) if self._index else -1
        if entry < 0:
            raise KeyError(name)
        return self.listed[entry]

    def __iter__(self) -> Iterator[str]:
        return (canonical_domain(name.removeprefix("*.")) for name in self.listed)

    def __len__(self) -> int:
        return len(self.listed)


def _text_pieces(lists: Lists) -> tuple[dict[str, Any], dict[str, Piece]]:
    texts = [text for _, text in lists.texts]
    pieces = _index_piece(copy_index(lists, Core()))
    pieces |= Strings.pieces("ids", [name for name, _ in lists.texts]) | Strings.pieces("texts", texts)
    pieces |= Keyed.pieces("exact", ((as_written(text), entry) for entry, text in enumerate(texts)))
    return {"count": len(texts), "longest": max(map(len, texts), default=0)}, pieces


def _fill_texts(lists: Lists, opened: Shelf) -> None:
    lists.texts = _Pairs(Strings(opened, "ids"), Strings(opened, "texts"))
    lists.kept |= _open_index("copies", opened)
    lists.kept["exact copies"] = _KeptExactCopies(opened)


class _Pairs(Sequence[tuple[str, T]]):
    def __init__(self, names: Sequence[str], values: Sequence[T]) -> None:
        self._names, self._values = names, values

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, number: int) -> tuple[str, T]:  # type: ignore[override]
        return self._names[number], self._values[number]


class _KeptExactCopies(ExactCopies):
    def __init__(self, opened: Shelf) -> None:
        self._texts = Strings(opened, "texts")
        self._keyed = Keyed(opened, "exact", len(self._texts))
        self._longest = 4 * opened.about["longest"]

    def find(self, text: str) -> Sequence[int]:
        """The entries whose text is this one."""
        if len(text) > self._longest:
            return ()
        written = as_written(text)
        return [entry for entry in self._keyed.find(written) if as_written(self._texts[entry]) == written]


def _image_pieces(lists: Lists) -> tuple[dict[str, Any], dict[str, Piece]]:
    hashes = b"".join(known.to_bytes(32, "little") for _, known in lists.images)
    pieces = _index_piece(image_index(hashes)) | Strings.pieces("ids", [name for name, _ in lists.images])
    pieces["hashes"] = [hashes]
    return {"count": len(lists.images)}, pieces


def _fill_images(lists: Lists, opened: Shelf) -> None:
    lists.images = _Pairs(Strings(opened, "ids"), _Hashes(opened.piece("hashes")))
    lists.kept |= _open_index("images", opened)


class _Hashes(Sequence[int]):
    def __init__(self, held: memoryview) -> None:
        self._held = held

    def __len__(self) -> int:
        return len(self._held) // 32

    def __getitem__(self, number: int) -> int:  # type: ignore[override]
        return int.from_bytes(self._held[32 * number : 32 * number + 32], "little")


def _ground_pieces(lists: Lists, hit: str, pieces: dict[str, Piece]) -> dict[str, Any]:
    """The grounds that entries name: each ground once, and for each such entry which."""
    named = [(entry, facts.ref) for (kind, entry), facts in lists.grounds.items() if kind == hit]
    refs = sorted({ref for _, ref in named})
    if refs:
        numbers = {ref: number for number, ref in enumerate(refs)}
        pieces |= Strings.pieces("grounded", [entry for entry, _ in named])
        pieces |= Keyed.pieces("grounds", ((entry, place) for place, (entry, _) in enumerate(named)))
        pieces["ground of each"] = [array("I", (numbers[ref] for _, ref in named))]
    return {"grounds": refs}


class _KeptGrounds(Mapping[tuple[str, str], GroundFacts]):
    def __init__(self, opened: Shelf, hit: str, facts: list[GroundFacts]) -> None:
        self._hit, self._facts = hit, facts
        self._opened, self._entries = opened, Strings(opened, "grounded")
        self._keyed = Keyed(opened, "grounds", len(self._entries))
        self._numbers = opened.piece("ground of each").cast("I")

    def __getitem__(self, key: tuple[str, str]) -> GroundFacts:
        if key[0] == self._hit:
            for place in self._keyed.find(key[1]):
                if self._entries[place] == key[1]:
                    if self._numbers[place] >= len(self._facts):
                        raise self._opened.broken("is damaged in ground of each")
                    return self._facts[self._numbers[place]]
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((self._hit, entry) for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)


_KINDS = {
    "phrases.tsv": _Kind("phrase", _phrase_pieces, _fill_phrases),
    "domains.txt": _Kind("domain", _domain_pieces, _fill_domains),
    "removed.ndjson": _Kind("copy", _text_pieces, _fill_texts),
    "images.tsv": _Kind("image", _image_pieces, _fill_images),
}
