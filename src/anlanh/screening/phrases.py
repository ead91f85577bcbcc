"""Phrases found in texts, on whole syllables: the plain Python matcher."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.text import Boundary, Letters, Skeleton, letters_in

LEVELS = ("exact", "fold", "evasive")
LONGEST = 500  # code points; a longer text is not a phrase and belongs among the decided copies
_PLAIN_LETTER = re.compile("[A-Za-z]")
_NOT_SHORT = 4  # letters
_HEAD = 4  # letters: what must agree before the places where a match may end are tried


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of the list of phrases.

    Args:
        id: the entry's id.
        phrase: the words as written.
        level: `exact`, `fold` or `evasive`; each finds all that the one before finds.
        ground: the clause the entry rests on, as written; empty when the list names none.
    """

    id: str
    phrase: str
    level: str
    ground: str = ""


class Keys(NamedTuple):
    """What an entry is looked up by.

    Args:
        folded: the phrase's skeleton.
        units: how many units it has.
        letters: what evaders' letters reduce to; empty when the level is not evasive.
        signs: how many digits and signs the phrase itself writes for letters.
        bare: how many of its words are nothing but such.
        breaks: where its words end, in letters.
    """

    folded: str
    units: int
    letters: str
    signs: int
    bare: int = 0
    breaks: frozenset[int] = frozenset()


class Found(NamedTuple):
    """One place where an entry was found."""

    entry: int
    start: int
    end: int


def keys_of(phrase: Phrase) -> Keys:
    """Raises:
    BadInput: the phrase is too long, or holds nothing that could be looked up.
    """
    if phrase.level not in LEVELS:
        raise BadInput(f"{phrase.level!r} is not a level", mend="write exact, fold or evasive")
    if len(phrase.phrase) > LONGEST:
        raise BadInput(
            f"a phrase of {len(phrase.phrase)} code points",
            mend=f"keep it to {LONGEST}; longer texts go to removed.ndjson",
        )
    skeleton = Skeleton(phrase.phrase)
    if not skeleton.units:
        raise BadInput("the phrase has no letters or signs", mend="write the words to look for, or take the line out")
    if phrase.level != "evasive":
        return Keys(skeleton.text, len(skeleton.units), "", 0)
    letters = Letters(phrase.phrase)
    if not letters.text:
        raise BadInput("the phrase has no letters", mend="give signs the level fold")
    breaks = frozenset(joint.at for joint in letters.joints)
    last = letters.ends[len(letters.text)]
    return Keys(skeleton.text, len(skeleton.units), letters.text, last.signs, last.bare, breaks)


def check(phrase: Phrase) -> None:
    """What keys_of checks, without making keys where a look is enough.

    Raises:
        BadInput: as keys_of.
    """
    if phrase.level not in LEVELS or len(phrase.phrase) > LONGEST or not _PLAIN_LETTER.search(phrase.phrase):
        keys_of(phrase)


def as_written(text: str) -> str:
    """The form in which the level `exact` compares: composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class PhraseIndex:
    """Finds phrases in one text at a time.

    Args:
        keys: the keys of each entry; entries are known by their place in it.
    """

    def __init__(self, keys: Sequence[Keys]) -> None:
        self._keys = keys
        self._single: dict[str, list[int]] = defaultdict(list)
        self._longer: dict[str, list[int]] = defaultdict(list)
        self._pairs: dict[str, int] = {}  # first two units -> most units of a phrase that begins so
        self._letters: dict[str, list[int]] = defaultdict(list)
        self._heads: dict[str, int] = {}  # first letters -> most letters of a phrase that begins so
        self._short: list[int] = []  # how many letters phrases have that are shorter than a head
        for entry, key in enumerate(keys):
            self._add(entry, key)
        self._short = sorted({len(letters) for letters in self._letters if len(letters) < _HEAD})

    def _add(self, entry: int, key: Keys) -> None:
        if key.units == 1:
            self._single[key.folded].append(entry)
        else:
            self._longer[key.folded].append(entry)
            (start, _), (_, end) = _first_units(key.folded)
            pair = key.folded[start:end]
            self._pairs[pair] = max(key.units, self._pairs.get(pair, 0))
        if key.letters:
            self._letters[key.letters].append(entry)
            head = key.letters[:_HEAD]
            self._heads[head] = max(len(key.letters), self._heads.get(head, 0))

    def find(self, text: str) -> list[Found]:
        """Every place of every entry by its folded form, and for evasive entries by its letters; in no order."""
        found = list(self._by_units(Skeleton(text))) if self._keys else []
        if self._letters:
            found.extend(self._by_letters(letters_in(text)))
        return found

    def _by_units(self, skeleton: Skeleton) -> Iterator[Found]:
        text, units = skeleton.text, skeleton.units
        count = len(units)
        for first, (start, end) in enumerate(units):
            for entry in self._single.get(text[start:end], ()):
                yield Found(entry, *skeleton.span(first, first))
            most = self._pairs.get(text[start : units[first + 1][1]]) if first + 1 < count else None
            if most is None:
                continue
            for last in range(first + 1, min(first + most, count)):
                for entry in self._longer.get(text[start : units[last][1]], ()):
                    yield Found(entry, *skeleton.span(first, last))

    def _by_letters(self, letters: Letters) -> Iterator[Found]:
        text, ends, listed = letters.text, letters.ends, self._letters
        for at, start in letters.starts.items():
            for length in self._short:
                if at + length in ends and (entries := listed.get(text[at : at + length])):
                    yield from self._matching(letters, start, at + length, entries)
            most = self._heads.get(text[at : at + _HEAD])
            if most is None:
                continue
            for place in range(at + _HEAD, min(at + most, len(text)) + 1):
                if place in ends and (entries := listed.get(text[at:place])):
                    yield from self._matching(letters, start, place, entries)

    def _matching(self, letters: Letters, start: Boundary, place: int, entries: list[int]) -> Iterator[Found]:
        for entry in entries:
            end = letters.ends[place]
            if end.index <= start.index:  # one letter, repeated as words of its own: found by its folded form
                continue
            key = self._keys[entry]
            if _is_written(start, end, key) and letters.joins(start, end, key.breaks):
                yield Found(entry, *letters.span(start, end))


def _is_written(start: Boundary, end: Boundary, key: Keys) -> bool:
    """Whether digits and signs may stand for letters here: 50 is not "so", and "1 ô" is not "lô".

    They may in words that hold letters too, and else among at least as many letters, in phrases that are not short.
    Those of the phrase itself always may.
    """
    signs, plain = end.signs - start.signs - key.signs, end.plain - start.plain
    in_company = plain > 0 and end.bare - start.bare <= key.bare
    return signs <= 0 or in_company or (signs <= plain and len(key.letters) >= _NOT_SHORT)


def _first_units(folded: str) -> list[tuple[int, int]]:
    return Skeleton(folded).units[:2]


def confirmed(found: Iterable[Found], phrases: Sequence[Phrase], text: str) -> Iterator[Found]:
    """Leaves out, for entries of the level `exact`, the places that are not as written."""
    for place in found:
        phrase = phrases[place.entry]
        if phrase.level != "exact" or as_written(text[place.start : place.end]) == as_written(phrase.phrase):
            yield place
