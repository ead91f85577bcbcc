"""What a block of posts is asked before it is read: does it hold these pairs of syllables, this host, this text?"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from anlanh.screening.copies import SHORTEST, letters_of, mixed, windows_of
from anlanh.screening.domains import DomainIndex
from anlanh.screening.finder import pieces
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import as_written
from anlanh.screening.text import Skeleton

_NEAR = 1 / 3  # share of a text's pairs that a near copy still has
_UNIT_BYTES = 64  # of a unit by which it is told apart
_UNIT, _PAIR, _NAME = 1, 2, 3
_SEED = 0x2545F4914F6CDD1D
_M64 = (1 << 64) - 1


def hash_bytes(content: bytes) -> int:
    """The hash of some bytes, one at least: `hash_bytes` in native/common.h."""
    value, last = _SEED, (len(content) - 1) // 8 * 8
    for at in range(0, last, 8):
        value = mixed(value ^ int.from_bytes(content[at : at + 8], "little"))
    return mixed(((value ^ int.from_bytes(content[last:], "little")) + len(content)) & _M64) | 1


def text_key(text: str) -> int:
    """The key of a whole text: what is the same but for composition and white space has the same."""
    written = as_written(text).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(written, digest_size=8).digest(), "little")


def name_key(name: str) -> int:
    """The key of a host name in canonical form."""
    return mixed(hash_bytes(name.encode("utf-8", "surrogatepass")) ^ _NAME)


def name_keys(text: str, domains: "NamesAsked") -> set[int]:
    """The keys of every host name that would be looked up for a text."""
    return {name_key(name) for name in domains.of(text)}


def keys_of_texts(texts: Iterable[str]) -> set[int]:
    """Everything that a block of these posts can be asked for."""
    units: set[int] = set()
    pairs: set[tuple[int, int]] = set()
    names: set[str] = set()
    asked = NamesAsked()
    keys: set[int] = set()
    hashes: dict[str, int] = {}
    for text in texts:
        for _, piece in pieces(text):
            found = _units(piece, hashes)
            units.update(found)
            pairs.update(pairwise(found))
            names.update(asked.of(piece))
        keys.add(text_key(text))
    keys.update(mixed(unit ^ _UNIT) for unit in units)
    keys.update(_pair_key(*pair) for pair in pairs)
    keys.update(map(name_key, names))
    return keys


def _pair_key(first: int, second: int) -> int:
    return mixed(mixed(first ^ _PAIR) ^ second)


class NamesAsked:
    """Tells which host names a list would be asked for."""

    def __init__(self) -> None:
        self._names = _Names()
        self._domains = DomainIndex(self._names)

    def of(self, text: str) -> set[str]:
        """The names asked for when a text is looked through."""
        self._names.asked = set()
        for _ in self._domains.find(text):
            pass
        return self._names.asked


class _Names:
    """A list of host names that holds none and remembers which it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return False


def _units(text: str, hashes: dict[str, int] | None = None) -> list[int]:
    """The hashes of a text's units, in order."""
    skeleton, hashes = Skeleton(text), {} if hashes is None else hashes
    found = []
    for start, end in skeleton.units:
        unit = skeleton.text[start:end]
        value = hashes.get(unit)
        if value is None:
            value = hashes[unit] = hash_bytes(unit.encode("utf-8", "surrogatepass")[:_UNIT_BYTES])
        found.append(value)
    return found


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a block: it may hold the entry if it holds so many of these keys.

    Args:
        keys: what the entry leaves in a block that holds it.
        least: how many of them.
    """

    keys: tuple[int, ...]
    least: int


def asks_of(lists: Lists) -> list[Ask] | None:
    """The questions for the entries of lists; None when an entry can stand in any block: one of the level evasive."""
    if any(phrase.level == "evasive" for phrase in lists.phrases):
        return None
    return [*_phrase_asks(lists), *(_all(name_key(name)) for name in lists.domains), *_text_asks(lists)]


def _all(*keys: int) -> Ask:
    return Ask(keys, len(keys))


def _phrase_asks(lists: Lists) -> Iterator[Ask]:
    for phrase in lists.phrases:
        units = _units(phrase.phrase)
        pairs = {_pair_key(*pair) for pair in pairwise(units)}
        yield _all(*pairs) if pairs else _all(mixed(units[0] ^ _UNIT))


def _text_asks(lists: Lists) -> Iterator[Ask]:
    for _, text in lists.texts:
        yield _all(text_key(text))
        pairs = {_pair_key(*pair) for pair in pairwise(_units(text))}
        if pairs and len(windows_of(letters_of(text))) >= SHORTEST:
            yield Ask(tuple(pairs), math.ceil(_NEAR * len(pairs)))
