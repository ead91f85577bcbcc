"""The two readings of a text that everything is matched against, each with the way back to the original code points.

`Skeleton` is for what folding covers: the folded text with single spaces, cut into units. A unit is a word (a syllable)
or one sign that is neither word nor space. `Letters` is for what evaders do: only letters are left, repeated ones once,
and matches may begin and end only where a word of the text does.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from anlanh.screening.code_points import ALIKE, MARK, SPACE, fold_entry, letter_entry

_UNIT = re.compile("w[we]*|[oe]")
_SIGNS = re.compile("[gb]+")
_TOKEN = re.compile("[ldg]+")
_REPEATED = re.compile(r"(.)\1+", re.DOTALL)
_TABLE_LIMIT = 20_000


class Table(dict[int, str]):
    """A table for str.translate that works out an entry the first time its code point is met."""

    def __init__(self, define: Callable[[str], str]) -> None:
        super().__init__()
        self._define = define

    def __missing__(self, code: int) -> str:
        value = self._define(chr(code))
        if len(self) < _TABLE_LIMIT:
            self[code] = value
        return value


def _folded_with_plain_spaces(char: str) -> str:
    folded, classes = fold_entry(char)
    return "".join(" " if kind == SPACE else c for c, kind in zip(folded, classes, strict=True))


_FOLDED = Table(_folded_with_plain_spaces)
_FOLDED_CLASSES = Table(lambda char: fold_entry(char)[1])
_LETTERS = Table(lambda char: letter_entry(char)[0])
_LETTER_KINDS = Table(lambda char: letter_entry(char)[1] if letter_entry(char)[0] else "")


def origins(text: str, table: Table) -> list[int]:
    """For each code point that the table gives, the index of the one in `text` it came from."""
    found: list[int] = []
    for index, char in enumerate(text):
        length = len(table[ord(char)])
        if length == 1:
            found.append(index)
        elif length:
            found.extend([index] * length)
    return found


class Skeleton:
    """A text folded, with single spaces and none at the ends.

    Attributes:
        text: the folded text.
        units: (start, end) of each unit in `text`, in order.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        folded = original.translate(_FOLDED)
        self._folded_units = [match.span() for match in _UNIT.finditer(original.translate(_FOLDED_CLASSES))]
        if "  " in folded or folded[:1] == " " or folded[-1:] == " ":
            self.text, self.units = _single_spaced(folded, self._folded_units)
        else:
            self.text, self.units = folded, self._folded_units

    @cached_property
    def _origin(self) -> list[int]:
        return origins(self._original, _FOLDED)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the units from `first` to `last` stand in the original, with the marks on the last letter."""
        start = self._origin[self._folded_units[first][0]]
        end = self._origin[self._folded_units[last][1] - 1] + 1
        while end < len(self._original) and not fold_entry(self._original[end])[0]:
            end += 1
        return start, end


def _single_spaced(folded: str, units: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    length, previous_end = 0, 0
    for start, end in units:
        if pieces and start > previous_end:
            pieces.append(" ")
            length += 1
        pieces.append(folded[start:end])
        moved.append((length, length + end - start))
        length, previous_end = length + end - start, end
    return "".join(pieces), moved


class Boundary(NamedTuple):
    """A place where a match may begin or end.

    Args:
        at: index into the letters.
        index: index into what translation gave, from which the original code point follows.
        plain: how many letters written as letters come before.
        signs: how many digits and signs read as letters come before.
        bare: how many words of nothing but digits and signs come before.
    """

    at: int
    index: int
    plain: int
    signs: int
    bare: int


class Joint(NamedTuple):
    """A gap between two words that a match runs across.

    Args:
        at: index into the letters, where the word before ends.
        index: as of that word's end.
        free: whether letters of one syllable may be parted so: by signs alone, or as letters that stand alone.
        never: whether nothing is joined across it: signs and white space between whole words are how sentences end.
    """

    at: int
    index: int
    free: bool
    never: bool


class Letters:
    """A text reduced to its letters.

    Attributes:
        text: the letters, repeated ones once, look-alikes made one.
        starts: where matches may begin, by place in `text`; the last of those that share a place.
        ends: where matches may end, by place in `text`; the first of those that share a place.

    Words share a place where one ends and the next begins with the same letter, which is then kept once.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        self._written = letters = original.translate(_LETTERS)
        kinds = _settle_signs(original.translate(_LETTER_KINDS))
        self.starts: dict[int, Boundary] = {}
        self.ends: dict[int, Boundary] = {}
        self._words: list[tuple[int, int, int, int]] = []  # start and end in `letters`, where it ends, letters once
        repeats, signed = _REPEATED.search(letters), "g" in kinds
        all_plain = not signed and "d" not in kinds
        collapsed: list[str] = []
        length, plain, signs, bare, last = 0, 0, 0, 0, ""
        for match in _TOKEN.finditer(kinds):
            start, end = match.span()
            token = letters[start:end]
            if repeats:
                token = _REPEATED.sub(r"\1", token)
            begin = length
            if token[0] == last:
                begin, last = length - 1, token[-1]
                collapsed.append(token[1:])
            else:
                last = token[-1]
                collapsed.append(token)
            length = begin + len(token)
            self._words.append((start, end, length, len(token)))
            written = end - start if all_plain else kinds.count("l", start, end)
            self.starts[begin] = Boundary(begin, start, plain, signs, bare)
            if signed:
                self._step_over_signs(letters, kinds, start, end, self.starts[begin])
            plain, signs, bare = plain + written, signs + end - start - written, bare + (written == 0)
            if length not in self.ends:
                self.ends[length] = Boundary(length, end, plain, signs, bare)
        self.text = "".join(collapsed).translate(ALIKE)

    @cached_property
    def joints(self) -> list[Joint]:
        """The gaps between words, in order."""
        found = []
        for (_, end, at, length), (start, _, _, following) in pairwise(self._words):
            gap, alone = self._written[end:start], length == following == 1
            spaced, signed = " " in gap, bool(gap.strip(" "))
            found.append(Joint(at, end, alone or not spaced, spaced and signed and not alone))
        return found

    def joins(self, start: Boundary, end: Boundary, breaks: Container[int]) -> bool:
        """Whether the words between two boundaries may be read as one phrase.

        Args:
            start, end: of a match.
            breaks: where the phrase's own words end, in letters from its beginning.
        """
        first = bisect_right(self.joints, start.index, key=lambda joint: joint.index)
        last = bisect_left(self.joints, end.index, key=lambda joint: joint.index)
        return all(
            joint.free or (not joint.never and joint.at - start.at in breaks) for joint in self.joints[first:last]
        )

    def _step_over_signs(self, letters: str, kinds: str, start: int, end: int, word: Boundary) -> None:
        """A sign at the edge of a word may be a letter or not, so a match may begin or end on either side of it."""
        inner_start, inner_end = start, end
        while kinds[inner_start] == "g":
            inner_start += 1
        while kinds[inner_end - 1] == "g":
            inner_end -= 1
        if inner_start > start:
            at = word.at + len(_REPEATED.sub(r"\1", letters[start : inner_start + 1])) - 1
            self.starts[at] = Boundary(at, inner_start, word.plain, word.signs + inner_start - start, word.bare)
        if inner_end < end:
            at = word.at + len(_REPEATED.sub(r"\1", letters[start:inner_end]))
            written = kinds.count("l", start, inner_end)
            signs = word.signs + inner_end - start - written
            self.ends.setdefault(at, Boundary(at, inner_end, word.plain + written, signs, word.bare))

    @cached_property
    def _origin(self) -> list[int]:
        return origins(self._original, _LETTERS)

    def span(self, start: Boundary, end: Boundary) -> tuple[int, int]:
        """Where the letters between two boundaries stand in the original, with the marks on the last one."""
        first, last = self._origin[start.index], self._origin[end.index - 1] + 1
        following = last
        while following < len(self._original) and not letter_entry(self._original[following])[0]:
            following += 1
            if letter_entry(self._original[following - 1])[1] == MARK:
                last = following
        return first, last


@lru_cache(maxsize=1)
def letters_in(text: str) -> Letters:
    """A text reduced to its letters; matchers that ask for the same text one after another share them."""
    return Letters(text)


def _settle_signs(kinds: str) -> str:
    """Decides which signs are letters: those that touch a letter, and exclamation marks only between two."""
    if "g" not in kinds and "b" not in kinds:
        return kinds

    def settled(match: re.Match[str]) -> str:
        before, after = kinds[match.start() - 1 : match.start()], kinds[match.end() : match.end() + 1]
        enough = ("l" in before and "l" in after) if "b" in match[0] else ("l" in before or "l" in after)
        return ("g" if enough else "s") * len(match[0])

    return _SIGNS.sub(settled, kinds)
