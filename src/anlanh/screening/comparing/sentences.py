"""Sentences of a text, and the words by which they are compared."""

import re
import unicodedata
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|ThS|Ths|TS|PGS|GS|BS|KS|CN|LS|NSND|NSƯT|Q|P|F|Mr|Mrs|Ms|Dr|St|No|v\.v|tr|vs)\.\s+$"
    r"|[^\W\d_]\s[A-ZĐ]\.\s+$"
)
_WORD = re.compile(r"[^\W_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def sentences_of(line: str) -> Iterator[str]:
    """The sentences of one line, with their signs."""
    start = 0
    for match in _END.finditer(line):
        following = line[match.end() : match.end() + 1]
        if following.islower() or _ABBREVIATION.search(line, max(0, match.start() - 12), match.end()):
            continue
        yield line[start : match.end()].rstrip()
        start = match.end()
    if line[start:].strip():
        yield line[start:].strip()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no letter case, no signs, hoà as hòa."""
    text = _INVISIBLE.sub("", text)
    if text.isascii():
        return _WORD.findall(text.lower())
    return [_word(word) for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())]


def _word(word: str) -> str:
    """One word with its tone at the end, since it is written over one vowel or the other."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES.findall(parts))
    return unicodedata.normalize("NFC", _TONES.sub("", parts)) + tones if tones else word
