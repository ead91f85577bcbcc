"""What a model sees of a text: words as written and words and letters as folded, each hashed to a number."""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from zlib import crc32

from anlanh.primitives.folding import fold

LONGEST = 20_000  # code points; what follows is not looked at
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_LENGTHS = (3, 4, 5)  # bytes of a run of letters

# What the native core is told of each code point, as in native/models.c. It leaves texts to Python in which code points
# could change one another, but for the marks of Vietnamese, which it composes by `compositions`.
APART, OF_A_WORD, BY_ITSELF, ONLY_PYTHON, COMBINING = "n", "a", "s", "u", "m"
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_JAMO = ((0x1100, 0x11FF), (0xA960, 0xA97F), (0xD7B0, 0xD7FF))


def written_entry(char: str) -> tuple[str, str]:
    """What a code point gives of the text as written, and the class of each."""
    if char in _MARKS:
        return char, COMBINING
    composed = unicodedata.normalize("NFC", char) == char and unicodedata.category(char)[0] != "M"
    if not composed or char == "Σ" or any(first <= ord(char) <= last for first, last in _JAMO):
        return char, ONLY_PYTHON
    return char.lower(), "".join(map(_class_of, char.lower()))


@cache
def compositions() -> list[tuple[int, int, int]]:
    """(code point, mark, what the two are composed to), in order, for all that can stand before those marks."""
    found = []
    for char in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))):
        for mark in _MARKS:
            both = unicodedata.normalize("NFC", char + mark)
            if len(both) == 1:
                found.append((ord(char), ord(mark), ord(both)))
    return found


def plain_entry(char: str) -> tuple[str, str]:
    """What a code point gives of the folded text, and the class of each; both empty for a mark that folding drops."""
    folded = fold(char)
    return folded, "".join(map(_class_of, folded))


def _class_of(char: str) -> str:
    return (OF_A_WORD if char.isalnum() else BY_ITSELF) if _WORD.match(char) else APART


def features_of(text: str, bits: int) -> list[int]:
    """The features of a text, each once, in ascending order.

    Args:
        text: as posted.
        bits: there are two to the power of so many.
    """
    text = text[:LONGEST]
    mask = (1 << bits) - 1
    written = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    folded = _WORD.findall(fold(text))
    found = {crc32(f"w{word}".encode("utf-8", "surrogatepass")) for word in written}
    found.update(crc32(f"f{word}".encode("utf-8", "surrogatepass")) for word in folded)
    found.update(crc32(f"b{first} {second}".encode("utf-8", "surrogatepass")) for first, second in pairwise(folded))
    letters = f" {' '.join(folded)} ".encode("utf-8", "surrogatepass")
    for length in _LENGTHS:
        found.update([crc32(letters[at : at + length]) for at in range(len(letters) - length + 1)])
    return sorted({value & mask for value in found})
