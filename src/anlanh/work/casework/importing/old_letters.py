"""Vietnamese text from before Unicode: TCVN3 (also called ABC) and VNI, told from each other and turned into letters.

Both put Vietnamese letters into the places of Western ones, so that old text looks like `Qu¶ng Ninh` (TCVN3) or
`Quaûng Ninh` (VNI) once a program has read it as Western European. Here such text is a `str` whose characters are all
below U+0100. TCVN3 has one character a letter, after TCVN 5712:1993, and draws capitals with marks by a font of
capitals; VNI has the bare letter followed by a character for its marks.
"""

import re
import unicodedata
from collections.abc import Iterable

TCVN3 = "tcvn3"
VNI = "vni"
UNICODE = "unicode"

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot: the order of the standard
_TCVN3_CODES = {
    "a": "B5 B6 B7 B8 B9", "ă": "BB BC BD BE C6", "â": "C7 C8 C9 CA CB", "e": "CC CE CF D0 D1",
    "ê": "D2 D3 D4 D5 D6", "i": "D7 D8 DC DD DE", "o": "DF E1 E2 E3 E4", "ô": "E5 E6 E7 E8 E9",
    "ơ": "EA EB EC ED EE", "u": "EF F1 F2 F3 F4", "ư": "F5 F6 F7 F8 F9", "y": "FA FB FC FD FE",
}  # fmt: skip
_TCVN3_PLAIN = {"ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE}
_TCVN3_CAPITALS = {"Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7}

_VNI_MARKS = {"": "øûõùï", "\u0302": "àåãáä", "\u0306": "èúüéë"}  # after the letter: with a tone alone, ^ or breve
_VNI_SHAPED = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302"}
_VNI_BARE = {"\u0302": "â", "\u0306": "ê"}
_VNI_SINGLE = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}


def _tcvn3_table() -> dict[str, str]:
    """Letter → its character, small letters and the seven capitals that have one."""
    table = {letter: chr(code) for letter, code in (_TCVN3_PLAIN | _TCVN3_CAPITALS).items()}
    for base, codes in _TCVN3_CODES.items():
        for tone, code in zip(_TONES, codes.split(), strict=True):
            table[unicodedata.normalize("NFC", base + tone)] = chr(int(code, 16))
    return table


def _vni_table() -> dict[str, str]:
    """Letter → its one or two characters, in both cases."""
    table = dict(_VNI_SINGLE)
    for base in "aeouy":
        for shape, marks in _VNI_MARKS.items():
            if shape not in _VNI_SHAPED.get(base, "") and shape:
                continue
            if shape:
                table[_letter(base, shape)] = base + _VNI_BARE[shape]
            for tone, mark in zip(_TONES, marks, strict=True):
                table.setdefault(_letter(base, shape, tone), base + mark)
    for horned, bare in (("ơ", "ô"), ("ư", "ö")):
        for tone, mark in zip(_TONES, _VNI_MARKS[""], strict=True):
            table[_letter(horned, tone)] = bare + mark
    return table | {letter.upper(): old.upper() for letter, old in table.items()}


def _letter(*parts: str) -> str:
    return unicodedata.normalize("NFC", "".join(parts))


_TO_TCVN3 = _tcvn3_table()
_FROM_TCVN3 = str.maketrans({old: letter for letter, old in _TO_TCVN3.items()})
_TO_VNI = _vni_table()
_FROM_VNI = {old: letter for letter, old in _TO_VNI.items()}
_VNI_PIECES = re.compile("|".join(sorted((re.escape(old) for old in _FROM_VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_OLD_WORD = re.compile(r"[A-Za-z\u00a1-\u00ff]+")
_OLD = re.compile("[\u00a1-\u00ff]")
_SIGNS = re.compile("[\u00a1-\u00bf]")  # no letters of their own, but old fonts draw some of them as letters
_CAPITAL = re.compile("[A-Z]")
_SMALL = re.compile("[a-z]")

# A syllable without its tone: beginning, vowels, end. Wide on purpose; what matters is what it does not take.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ph|qu|th|tr|ch|gh|gi|kh|[bcdđghklmnprstvx])?"
    r"(?:iê|yê|uyê|uô|ươ|ia|ya|ua|ưa|oa|oă|oe|uâ|uê|uy|uya|uơ|oo|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt]|[iyou])?"
)


def is_syllable(word: str) -> bool:
    """Whether the word has the build of a Vietnamese syllable with at most one tone."""
    tones, bare = 0, []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones += 1
        else:
            bare.append(char)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", "".join(bare))) is not None


def to_tcvn3(text: str) -> str:
    """Text as a TCVN3 font expects it. Capitals that have no character of their own become small ones."""
    text = unicodedata.normalize("NFC", text)
    return "".join(_TO_TCVN3.get(char) or _TO_TCVN3.get(char.lower(), char) for char in text)


def from_tcvn3(text: str) -> str:
    """The letters of a text typed in a TCVN3 font.

    In words in capitals the letters with marks are capitals too: their font drew them so.
    """
    if not _OLD.search(text):
        return text
    all_capitals = len(_CAPITAL.findall(text)) > 1 and not _SMALL.search(text)
    return _OLD_WORD.sub(lambda found: _from_tcvn3_word(found[0], all_capitals), text)


def to_vni(text: str) -> str:
    """Text as a VNI font expects it."""
    return "".join(_TO_VNI.get(char, char) for char in unicodedata.normalize("NFC", text))


def from_vni(text: str) -> str:
    """The letters of a text typed in a VNI font."""
    return _VNI_PIECES.sub(lambda found: _FROM_VNI[found[0]], text) if _OLD.search(text) else text


def converted(text: str, letters: str) -> str:
    """The text in Unicode. Text that holds a character past U+00FF was never old, and stays."""
    if letters == UNICODE or any(char > "\u00ff" for char in text):
        return text
    return from_tcvn3(text) if letters == TCVN3 else from_vni(text)


def letters_of(texts: Iterable[str]) -> str:
    """Which letters texts of one source are written in: TCVN3, VNI or UNICODE.

    Each reading is judged by how many of its marked words are built like Vietnamese ones. Unicode wins where the others
    are no better.
    """
    old = [text for text in texts if _OLD.search(text) and not any(char > "\u00ff" for char in text)]
    if not old:
        return UNICODE
    scores = {letters: plausible(converted(text, letters) for text in old) for letters in (UNICODE, TCVN3, VNI)}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0 else UNICODE


def plausible(texts: Iterable[str]) -> int:
    """Marked words that are Vietnamese syllables, less those that are not."""
    score = 0
    for text in texts:
        marked = () if text.isascii() else (word for word in _WORD.findall(text) if not word.isascii())
        score += sum(1 if is_syllable(word) else -1 for word in marked)
        score -= len(_SIGNS.findall(text))
    return score


def _from_tcvn3_word(word: str, all_capitals: bool) -> str:
    letters = word.translate(_FROM_TCVN3)
    in_capitals = all_capitals or (len(_CAPITAL.findall(word)) > 1 and not _SMALL.search(word))
    return letters.upper() if in_capitals else letters
