"""Words taken out of a text: what stood there is replaced, not covered, and its length is not told."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

BLACK = "█████"
LONGEST_TEXT = 400_000  # characters of a text that is redacted by hand
MOST_WORDS = 200
LONGEST_WORDS = 400


@dataclass(frozen=True)
class Span:
    """Whole lines.

    Args:
        first, last: counted from 1; both go.
    """

    first: int
    last: int


def plain(text: str) -> str:
    """The text as it is shown and searched: composed letters, lines ended alike, nothing invisible.

    Invisible characters could keep a name from being found, turn the order of letters round, or mark a copy.
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return "".join(letter for letter in composed if letter in "\n\t" or unicodedata.category(letter)[0] != "C")


def without(text: str, words: Sequence[str], lines: Sequence[Span] = ()) -> tuple[str, int]:
    """The plain text without what is to go, and how many places that were.

    Args:
        text: as `plain` gives it.
        words: each goes wherever it stands, in capitals or not, with any space between its parts.
        lines: each of them goes whole.

    Words that stood over several lines leave as many lines behind, so that the numbers of all others stay.
    """
    count, kept = 0, []
    for number, line in enumerate(text.split("\n"), start=1):
        gone = any(span.first <= number <= span.last for span in lines)
        count += gone
        kept.append(BLACK if gone else line)
    text = "\n".join(kept)
    if found := _pattern(words):
        text, replaced = found.subn(lambda match: "\n".join([BLACK] * (match[0].count("\n") + 1)), text)
        count += replaced
    return text, count


def standing_nowhere(text: str, words: Sequence[str]) -> list[str]:
    """Those of the words that the plain text does not hold: perhaps misspelt, so that what was meant would stay."""
    return [word for word in words if (found := _pattern([word])) and not found.search(text)]


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """The longest first, so that a name inside a longer one leaves nothing of it."""
    parts = sorted({" ".join(plain(word).split()) for word in words} - {""}, key=len, reverse=True)
    if not parts:
        return None
    return re.compile("|".join(r"\s+".join(map(re.escape, part.split(" "))) for part in parts), re.IGNORECASE)
