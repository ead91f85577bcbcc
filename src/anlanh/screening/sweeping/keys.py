"""What a block of posts is asked before it is read: does it hold these pairs of syllables, this host, this text?"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from anlanh.screening.copies import SHORTEST, letters_of, windows_of
from anlanh.screening.domains import DomainIndex
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import as_written
from anlanh.screening.text import Skeleton

BITS_FOR_EACH = 12
PROBES = 5  # with twelve bits for each key, one block in two hundred answers yes for a key it does not hold
_NEAR = 1 / 3  # share of a text's pairs that a near copy still has
_LONGEST_UNIT = 60  # code points of a unit by which it is told apart


def key_of(kind: str, value: str) -> int:
    """A key as a well-spread number of 64 bits."""
    digest = blake2b(f"{kind} {value}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def keys_of_texts(texts: Iterable[str]) -> set[int]:
    """Everything that a block of these posts can be asked for."""
    units: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    names = _Names()
    domains = DomainIndex(names)
    keys: set[int] = set()
    for text in texts:
        found = _units(text)
        units.update(found)
        pairs.update(pairwise(found))
        for _ in domains.find(text):
            pass
        keys.add(key_of("t", as_written(text)))
    keys.update(key_of("u", unit) for unit in units)
    keys.update(key_of("p", f"{first} {second}") for first, second in pairs)
    keys.update(key_of("d", name) for name in names.asked)
    return keys


class _Names:
    """A list of host names that holds none and remembers which it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return False


def _units(text: str) -> list[str]:
    skeleton = Skeleton(text)
    return [skeleton.text[start : min(end, start + _LONGEST_UNIT)] for start, end in skeleton.units]


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
    return [*_phrase_asks(lists), *(_all(key_of("d", name)) for name in lists.domains), *_text_asks(lists)]


def _all(*keys: int) -> Ask:
    return Ask(keys, len(keys))


def _phrase_asks(lists: Lists) -> Iterator[Ask]:
    for phrase in lists.phrases:
        units = _units(phrase.phrase)
        pairs = {key_of("p", f"{first} {second}") for first, second in pairwise(units)}
        yield _all(*pairs) if pairs else _all(key_of("u", units[0]))


def _text_asks(lists: Lists) -> Iterator[Ask]:
    for _, text in lists.texts:
        yield _all(key_of("t", as_written(text)))
        pairs = {key_of("p", f"{first} {second}") for first, second in pairwise(_units(text))}
        if pairs and len(windows_of(letters_of(text))) >= SHORTEST:
            yield Ask(tuple(pairs), math.ceil(_NEAR * len(pairs)))


def filter_of(keys: set[int]) -> bytes:
    """A Bloom filter: a set of keys in twelve bits each that never forgets one, and sometimes holds one too many."""
    size = max(64, BITS_FOR_EACH * len(keys))
    held = bytearray((size + 7) // 8)
    size = 8 * len(held)
    for key in keys:
        place, step = key & 0xFFFFFFFF, key >> 32 | 1
        for _ in range(PROBES):
            place = (place + step) % size
            held[place >> 3] |= 1 << (place & 7)
    return bytes(held)


def holds(held: memoryview | bytes, key: int) -> bool:
    """Whether a filter may hold a key."""
    size = 8 * len(held)
    place, step = key & 0xFFFFFFFF, key >> 32 | 1
    for _ in range(PROBES):
        place = (place + step) % size
        if not held[place >> 3] >> (place & 7) & 1:
            return False
    return True


def may_hold(held: memoryview | bytes, ask: Ask) -> bool:
    """Whether a block with this filter may hold what is asked for."""
    missing = len(ask.keys) - ask.least
    for key in ask.keys:
        if not holds(held, key):
            missing -= 1
            if missing < 0:
                return False
    return True
