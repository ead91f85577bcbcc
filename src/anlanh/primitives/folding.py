"""The one definition of Vietnamese folding: what counts as the same letter when marks and case are left aside.

Each code point is folded by itself: compatibility forms to plain ones, case folded, combining marks (tone and vowel)
taken off, đ and ð to d. Nothing depends on neighbours, so composed and decomposed text fold alike and every folded code
point has one origin in the text. White space and punctuation stay; `fold_search` is the form for search, where they do
not count. Marks without a place in canonical order (most vowel signs of Khmer or Thai, say) are letters and stay.
"""

import unicodedata
from collections.abc import Callable

# Vietnamese đ has no decomposition. Eth is what many old fonts and converters put in its place.
_STROKED_D = str.maketrans({"đ": "d", "ð": "d"})

# A bound on each table's memory: more code points than any honest text uses, far fewer than there are.
_TABLE_LIMIT = 20_000


def _fold_code_point(char: str) -> str:
    """The definition; everything else here is speed. Repeats until nothing changes, so that folding is idempotent."""
    folded = ""
    following = char
    while following != folded:
        folded = following
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
        following = "".join(c for c in plain if not unicodedata.combining(c)).translate(_STROKED_D)
    return folded


def _search_code_point(char: str) -> str:
    """Folded, with a space for each code point that is no letter, number or mark."""
    return "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in _fold_code_point(char))


class _Table(dict[int, str]):
    """A table for str.translate that works out an entry the first time its code point is met."""

    def __init__(self, define: Callable[[str], str]) -> None:
        super().__init__()
        self._define = define

    def __missing__(self, code: int) -> str:
        value = self._define(chr(code))
        if len(self) < _TABLE_LIMIT:
            self[code] = value
        return value


_FOLD = _Table(_fold_code_point)
_SEARCH = _Table(_search_code_point)


def fold(text: str) -> str:
    """Folds letter case, tone and vowel marks, đ/d and compatibility forms: `fold("Lừa ĐẢO") == "lua dao"`."""
    return text.lower() if text.isascii() else text.translate(_FOLD)


def fold_search(text: str) -> str:
    """Folded words with single spaces between them: `fold_search(" Lừa-đảo! ") == "lua dao"`."""
    return " ".join(text.translate(_SEARCH).split())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Folds, and says where each folded code point came from.

    Returns:
        the same text as `fold`, and for each of its code points the index of the code point in `text` that gave it
        (never decreasing; a ligature's index occurs once for each of its letters, a combining mark's not at all).
    """
    if text.isascii():
        return text.lower(), list(range(len(text)))
    pieces: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        piece = _FOLD[ord(char)]
        pieces.append(piece)
        if len(piece) == 1:
            offsets.append(index)
        else:
            offsets.extend([index] * len(piece))
    return "".join(pieces), offsets
