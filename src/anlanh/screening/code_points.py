"""What one code point stands for at each level of matching: the single definition, for the native core too.

Two readings. `fold_*` is `anlanh.primitives.folding` with a class for each folded code point, from which words and
separators follow. `letter_*` goes on to what evaders use: look-alike letters, digits and signs in place of letters,
invisible code points.
"""

import unicodedata
from functools import lru_cache

from anlanh.primitives.folding import fold
from anlanh.screening.look_alikes import LOOK_ALIKES

# Classes of folded code points.
WORD, SPACE, OTHER, EXTENDING = "w", "s", "o", "e"
# Classes of letters as evaders write them. SIGN and BANG are letters only beside or between letters.
LETTER, DIGIT, SIGN, BANG, SEPARATOR, MARK, NOTHING = "l", "d", "g", "b", "s", "m", "n"

# l, i, 1, | and ! are told apart while repeated letters are collapsed, then read alike: "lien" must not become "len".
ALIKE = str.maketrans(dict.fromkeys("l1|!", "i"))

_KEPT = 20_000  # more code points than honest text uses; hostile text must not fill the memory

_DIGITS = {"0": "o", "1": "1", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
_SIGNS = {"@": "a", "$": "s", "|": "|", "€": "e", "£": "l", "¢": "c", "¥": "y"}
_ALSO = {"β": "b", "б": "b"}  # what the Unicode data likens to letters outside the Latin alphabet
# Invisible, though Unicode counts them as letters or as marks with a place of their own.
_INVISIBLE = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0") | {
    chr(code) for start, end in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(start, end + 1)
}


def fold_class(folded: str) -> str:
    """The class of one code point that folding gave."""
    category = unicodedata.category(folded)
    if folded.isspace() or category[0] == "Z":
        return SPACE
    if category[0] in "LN":
        return WORD
    return EXTENDING if category[0] == "M" or category == "Cf" else OTHER


@lru_cache(maxsize=_KEPT)
def fold_entry(char: str) -> tuple[str, str]:
    """What a code point folds to, and the class of each folded code point; both empty for a combining mark."""
    folded = fold(char)
    return folded, "".join(map(fold_class, folded))


@lru_cache(maxsize=_KEPT)
def letter_entry(char: str) -> tuple[str, str]:
    """The letters a code point is read as by someone who looks for evasion, and the class of each.

    What is dropped gives no letters and the class MARK or NOTHING: a mark belongs to the letter before it.
    """
    if char in _SIGNS:
        return _SIGNS[char], SIGN
    if char == "!":
        return "!", BANG
    category = unicodedata.category(char)
    if char in _INVISIBLE or category == "Cf":
        return "", NOTHING
    if category == "Me" or unicodedata.combining(char):
        return "", MARK
    look = _look_alike(char)
    if look is not None:
        pairs = [(_DIGITS.get(c, c), DIGIT if c.isdigit() else LETTER) for c in look]
        kind = LETTER if category[0] in "LNM" or "LETTER" in unicodedata.name(char, "") else SIGN
        return "".join(c for c, _ in pairs), "".join(SIGN if kind == SIGN else k for _, k in pairs)
    return _plain_letters(char)


def _look_alike(char: str) -> str | None:
    return _ALSO.get(char) or LOOK_ALIKES.get(char)


def _plain_letters(char: str) -> tuple[str, str]:
    """The letters of a code point that looks like no other; where folding gives none, a separator: a space or a dot."""
    letters, kinds = "", ""
    for folded in fold(char):
        plain = _look_alike(folded) or folded
        for c in plain:
            if c in _DIGITS or (c.isascii() and c.isdigit()):
                letters, kinds = letters + _DIGITS.get(c, c), kinds + DIGIT
            elif c not in _INVISIBLE and fold_class(c) in (WORD, EXTENDING) and unicodedata.category(c) != "Cf":
                letters, kinds = letters + c, kinds + LETTER
            else:
                letters, kinds = letters + (" " if fold_class(c) == SPACE else "."), kinds + SEPARATOR
    return (letters, kinds) if letters else ("", MARK)
