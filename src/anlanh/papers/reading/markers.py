"""The numbering that official papers print before their items, also where a scan damaged it."""

import re
from dataclasses import dataclass

from anlanh.primitives.clauses import POINT_LETTERS

# Levels by custom, highest first; used only where the order of first appearance leaves a choice.
KINDS = (
    "part",
    "chapter",
    "section",
    "article",
    "roman",
    "capital",
    "number",
    "decimal",
    "letter",
    "small",
    "dash",
    "plus",
)

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ORDINALS = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười"
_LETTER = f"[{POINT_LETTERS}]"
_PATTERNS = (
    ("article", re.compile(r"(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)\s*(?:[.:](?=\s|$)|$|\s+(?=[A-ZĐÀ-Ỹ]))")),
    ("part", re.compile(r"(?:Phần|PHẦN)\s+(?:thứ\s+|THỨ\s+)?([IVX]{1,5}|\d{1,2}|\w{2,4})\s*[.:]?(?=\s|$)")),
    ("chapter", re.compile(r"(?:Chương|CHƯƠNG)\s+([IVX]{1,5}|\d{1,2})\s*[.:]?(?=\s|$)")),
    ("section", re.compile(r"(?:Mục|MỤC)\s+(\d{1,2}|[IVX]{1,5})\s*[.:]?(?=\s|$)")),
    ("decimal", re.compile(r"\(?(\d{1,2}(?:\s?\.\s?\d{1,2}){1,3})\s*(?:[.)/:]|[-–—](?=\s))?(?=\s|[^\W\d_])")),
    ("number", re.compile(r"\(?((?:\d|[lIO](?=\d)){1,2})\s*(?:[)/.](?![\d/])|[-–—:](?=\s))\s*")),
    (
        "roman",
        re.compile(r"\(?([IVX]{1,5}|[ivx]{2,5}|[lI]{2,3}|[lI]V|V[lI]{1,3})\s*(?:[.)/:](?![vV]\b|\d)|[-–—](?=\s))\s*"),
    ),
    ("capital", re.compile(r"([A-HĐ])\s*(?:[.)/](?![\w])|[-–—](?=\s))\s*")),
    ("letter", re.compile(rf"\(?({_LETTER})\s*(?:[)/](?!\w\))|\.(?=\s))\s*")),
    (
        "ordinal",
        re.compile(rf"(?:Thứ\s+({_ORDINALS})|({_ORDINALS.replace('nhất', 'một').title()}|Tư)\s+là)\s*[,:.]\s*"),
    ),
    ("dash", re.compile(r"(?:[-–—−•·▪■●○◦‣*]|o(?=\s+[A-ZĐÀ-Ỹ]))\s*(?=[^\s\d\-–—.]|\d{2}/)")),
    ("plus", re.compile(r"\+\s*(?=[^\s\d+])")),
)
_FIRST_HALF = re.compile(
    r"(?:Lao động|Văn hóa|Truyền thông|Kế hoạch|Tài chính|Gia đình|Bưu chính|Báo chí|Công nghệ|Kinh tế|Chính sách|Hành chính|"
    r"Tổ chức|Thể thao|Khoa học|Giáo dục|Dân số|Tuyên truyền|Tổng hợp|Nội chính|Xã hội|Tư tưởng|Độc lập|Tự do)$"
)
_DAMAGED_ONE = re.compile(r"([lI|])\s*[.)/]\s*(?=[A-ZĐÀ-Ỹ*])")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number, letter or sign before an item.

    Args:
        kind: one of KINDS.
        value: its place in a sequence, from 1; 0 for dashes and plus signs, which have none. The last part of a decimal.
        printed: what goes into a path: `3`, `2.1`, `đ`, `IV`.
        length: code points up to where the item's words begin.
        style: marks of one style belong to one level: `number.` and `number)` may both occur in one paper.
        parents: the parts before the last of a decimal.
    """

    kind: str
    value: int
    printed: str
    length: int
    style: str
    parents: tuple[int, ...] = ()


def marker_of(text: str) -> Marker | None:
    """The mark at the start of a text, or None."""
    if not text or text[0].isspace():
        return None
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            marker = _read(kind, match)
            if marker:
                return marker
    return None


def joins_names(before: str) -> bool:
    """Whether a dash after this text joins two parts of a name: "Lao động - Thương binh và Xã hội"."""
    return bool(_FIRST_HALF.search(before)) and len(re.split(r"[.;:]\s", before)[-1]) < 200


def as_small_roman(marker: Marker) -> Marker:
    """The letter i, v or x read as a small Roman number."""
    return Marker(
        "small", _number(marker.printed), marker.printed, marker.length, "small" + marker.style[len("letter") :]
    )


def damaged_one(text: str) -> Marker | None:
    """ "l." or "I." or "|." read as 1: a scan's damage, to be believed only where a 2 of that style follows."""
    match = _DAMAGED_ONE.match(text)
    return Marker("number", 1, "1", match.end(), "number" + _closing(match[0])) if match else None


def _read(kind: str, match: re.Match[str]) -> Marker | None:
    if kind in ("dash", "plus"):
        # Round signs and rings are lists of their own; a hyphen, a minus and a long dash are one sign.
        sign = match[0].strip()
        return Marker(kind, 0, "", match.end(), kind if sign in "-–—−" else f"{kind}{sign}")
    if kind == "ordinal":
        value = _number(match[1] or match[2])
        return Marker("number", value, str(value), match.end(), "ordinal")
    printed = match[1]
    style = kind + _closing(match[0])
    if kind == "decimal":
        printed = re.sub(r"\s", "", printed)
        parts = tuple(int(part) for part in printed.split("."))
        if not _begins_a_sentence(match) or 0 in parts or _is_date(parts, match):
            return None
        return Marker(kind, parts[-1], printed, match.end(), f"decimal{len(parts)}", parts[:-1])
    if kind == "number":
        printed = printed.replace("l", "1").replace("I", "1").replace("O", "0")
        printed = printed.lstrip("0") or "0"
        return Marker(kind, int(printed), printed, match.end(), style) if printed != "0" else None
    if kind == "letter":
        return Marker(kind, POINT_LETTERS.index(printed) + 1, printed, match.end(), style)
    if kind == "capital":
        return Marker(kind, "ABCDĐEGH".find(printed) + 1, printed, match.end(), kind) if printed in "ABCDĐEGH" else None
    if kind == "article":
        return Marker(kind, int(re.match(r"\d+", printed)[0]), printed, match.end(), kind)
    value = _number(printed)
    if not value:
        return None
    if kind == "roman":
        lower = printed.islower() and "l" not in printed
        if lower:
            return Marker("small", value, printed, match.end(), "small" + _closing(match[0]))
        return Marker(kind, value, _as_roman(printed), match.end(), kind)
    return Marker(kind, value, printed, match.end(), kind)


def _closing(mark: str) -> str:
    """The sign after the number; a parenthesis in front counts too."""
    sign = mark.strip()[-1:]
    return ("(" if mark.startswith("(") else "") + (sign if sign in ".)/" else "-")


def _begins_a_sentence(match: re.Match[str]) -> bool:
    rest = match.string[match.end() :].lstrip()
    return bool(rest) and (rest[0].isupper() or rest[0] in '“"(*')


def _is_date(parts: tuple[int, ...], match: re.Match[str]) -> bool:
    return len(parts) == 2 and match.string[match.end() : match.end() + 5].lstrip(" .").startswith(("19", "20"))


def _as_roman(printed: str) -> str:
    return printed.replace("l", "I").upper()


_WORDS = {
    "nhất": 1, "nhat": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip


def _number(printed: str) -> int:
    """The value of a Roman or Arabic number or of a Vietnamese number word; 0 for anything else."""
    if printed.isdigit():
        return int(printed)
    if printed.lower() in _WORDS:
        return _WORDS[printed.lower()]
    values = [_ROMAN_VALUES.get(sign, 0) for sign in _as_roman(printed)]
    if not all(values):
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)
