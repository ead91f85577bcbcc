"""Gives back what careless copies take away: tone marks of whole lines ("SO THONG TIN"), and all capital letters.

Both change letters one for one, so that every place of the text as read stays where it was.
"""

import itertools
import re
import unicodedata

from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.words import entries

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_LINE = re.compile(r"^[\x20-\x7e\t]{6,300}$", re.MULTILINE)
_ENOUGH = 0.6  # of a line's words, before any of them is believed
_NOTATION = re.compile(
    r"(?<![\w/])\d{1,5}[a-z]?/(?:\d{4}/)?[a-zđư][a-zđư&]*\d*(?:-[a-zđư&]+\d*)*(?!\w)|(?<=/)[a-zđư]{2,8}-[a-zđư]{2,10}(?!\w)"
)
_ARTICLE = re.compile(r"(?<![^\W_])(?:điều(?= \d)|luật(?= [a-zđ]))")
_SENTENCE = re.compile(
    r"(?:^[ \t]*(?:[-–+•*] ?|\d{1,2}(?:\.\d{1,2})*[.)/] ?|[a-zđ]\) ?)?|(?<=[.!?] ))[a-zà-ỹđ]", re.MULTILINE
)
_OFFICE_LINE = re.compile(
    r"^[ \t]*(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|sở |bộ |cục |công an|văn phòng|ban |hội |trường |trung tâm|đài |ngân hàng|tỉnh |thành phố |huyện |"
    r"tm\.|kt\.|tl\.|(?:phó )?(?:chủ tịch|giám đốc|chánh văn phòng|cục trưởng|bộ trưởng|thứ trưởng|trưởng phòng|hiệu trưởng)).{0,60}$",
    re.MULTILINE,
)
_PLACE_LINE = re.compile(r"^[ \t]*(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,3}), ngày", re.MULTILINE)
_KIND_LINE = re.compile(
    r"^[ \t]*(?:chỉ thị|quyết định|kế hoạch|thông báo|công điện|thông tư|hướng dẫn|báo cáo|tờ trình|nghị quyết)[ \t]*$",
    re.MULTILINE,
)
_NAME_LINE = re.compile(r"^[ \t]*[^\W\d_]+(?: [^\W\d_]+){1,4}[ \t]*$", re.MULTILINE)


def restore(text: Mapped) -> Mapped:
    """The text with its marks and capitals, or the very same text where nothing was lost."""
    return _with_capitals(_with_marks(text))


def _with_marks(text: Mapped) -> Mapped:
    """Lines without any mark are read by the official formulas and by what the document itself writes elsewhere."""
    lines = [match for match in _PLAIN_LINE.finditer(text.text) if len(_WORD.findall(match[0])) > 1]
    if not lines or text.text.isascii():
        return text
    pairs = _pairs(text.text)
    letters = list(text.text)
    for line in lines:
        words = list(_WORD.finditer(line[0]))
        marked: dict[int, str] = {}
        for position, (one, other) in enumerate(itertools.pairwise(words)):
            found = pairs.get((one[0].lower(), other[0].lower()))
            if found:
                marked.setdefault(position, found[0])
                marked.setdefault(position + 1, found[1])
        if len(marked) < 2 or len(marked) < _ENOUGH * len(words):
            continue
        for position, word in marked.items():
            start = line.start() + words[position].start()
            for offset, letter in enumerate(word):
                letters[start + offset] = letter.upper() if letters[start + offset].isupper() else letter
    return Mapped("".join(letters), text.starts, text.ends)


def _pairs(text: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Two neighbouring words without marks, and how they are written with them."""
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for source in (*entries("formulas"), *(line for line in text.split("\n") if not line.isascii())):
        words = _WORD.findall(source.lower())
        for one, other in itertools.pairwise(words):
            key = (_plain(one), _plain(other))
            if len(key[0]) == len(one) and len(key[1]) == len(other):
                pairs.setdefault(key, (one, other))
    return pairs


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("đ", "d")


def _with_capitals(text: Mapped) -> Mapped:
    """A text all in small letters gets the capitals that its head, its numbers and its sentences begin with."""
    whole = text.text
    if len(whole) < 200 or sum(letter.isupper() for letter in whole) > len(whole) / 500:
        return text
    letters = list(whole)

    def raise_all(start: int, end: int) -> None:
        letters[start:end] = whole[start:end].upper()

    body = next((match.start() for match in re.finditer(r"kính gửi|căn cứ|^1\.", whole, re.MULTILINE)), 0)
    foot = max(whole.rfind("nơi nhận"), whole.rfind("./."), body)
    for match in _NOTATION.finditer(whole):
        raise_all(*match.span())
    for pattern in (_ARTICLE, _SENTENCE):
        for match in pattern.finditer(whole):
            last = match.end() - 1 if pattern is _SENTENCE else match.start()
            raise_all(last, last + 1)
    for pattern in (_OFFICE_LINE, _KIND_LINE):
        for match in pattern.finditer(whole):
            if match.start() < body or match.start() > foot or pattern is _KIND_LINE:
                raise_all(*match.span())
    for pattern in (_PLACE_LINE, _NAME_LINE):
        for match in pattern.finditer(whole):
            if (pattern is _PLACE_LINE and match.start() < max(body, 1)) or (
                pattern is _NAME_LINE and match.start() > foot
            ):
                end = match.end("place") if pattern is _PLACE_LINE else match.end()
                for word in _WORD.finditer(whole, match.start(), end):
                    raise_all(word.start(), word.start() + 1)
    raised = "".join(letters)
    return Mapped(raised, text.starts, text.ends) if len(raised) == len(whole) else text
