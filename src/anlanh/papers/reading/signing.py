"""Who signed a paper, and its lists of addressees and recipients."""

import re

from anlanh.papers.reading.head_fields import Header
from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.words import entries

_RANK = re.compile(
    r"(?:(?:GS|PGS|TSKH|TS|ThS|BSCK\s?I{0,2}|BSNT|BS|DSCK\s?I{0,2}|DS|KS|CN|LS|NGƯT|NGND|TTƯT|TTND)\.\s*|(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|Tiến sĩ|Thạc sĩ|Bác sĩ|Luật sư|Giáo sư|Đồng chí|Ông|Bà)\s+)+"
)
_NAME = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]*(?:\s+[A-ZĐÀ-Ỹ]['’]?[A-ZĐÀ-Ỹ]?[a-zà-ỹđ]*){1,4}")
_NAME_UPPER = re.compile(r"[A-ZĐÀ-Ỹ]+(?:\s+[A-ZĐÀ-Ỹ]+){1,4}")
_SURNAMES = frozenset(entries("surnames"))
_OFFICE = re.compile(
    r"(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CỤC TRƯỞNG|TRƯỞNG|CHÁNH|PHÓ|BÍ "
    r"THƯ|VỤ TRƯỞNG|HIỆU TRƯỞNG|TỔNG)"
)
_BESIDE = re.compile(
    r"(?:^|\s+)(?:(?:TM|KT|TL|TUQ|Q)\.\s*[A-ZĐÀ-Ỹ ]+|(?:PHÓ )?(?:CHỦ TỊCH|[A-ZĐÀ-Ỹ]* ?GIÁM ĐỐC|BỘ "
    r"TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|CHÁNH VĂN PHÒNG))$"
)


def listed(paragraphs: list[Paragraph], word: str) -> list[str]:
    """The names of a list that a fixed word opens ("Kính gửi", "Nơi nhận"), without signs and stops."""
    items: list[str] = []
    for position, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if position == 0:
            text = re.sub(rf"^[*_\s]*{word}\s*[:;.]*\s*", "", text, flags=re.IGNORECASE)
        for piece in re.split(r"(?:^|(?<=[;.]))\s*[-–+•*]\s*", text):
            piece = _BESIDE.sub("", piece).strip(" ;.*_-–")
            if piece:
                items.append(piece)
    return items


def read_signer(header: Header, foot: list[Mapped]) -> None:
    """Finds the signer's name and the offices above it in the lines of the foot."""
    offices = []
    for line in foot:
        text = line.text.strip(" *_")
        if _OFFICE.match(text) and text.isupper() and len(text) < 70:
            offices.append(text)
    candidates = [line for line in foot if _is_name(line.text.strip(" *_"))] or _likely_name(foot)
    if candidates:
        last_office = max(
            (line.span()[0] for line in foot if _OFFICE.match(line.text.strip(" *_")) and line.text.isupper()),
            default=-1,
        )
        after = [line for line in candidates if line.span()[0] > last_office] or candidates
        name = after[0].text.strip(" *_")
        header.signer = _RANK.sub("", name)
        if header.signer.isupper():
            header.signer = header.signer.title()
        header.spans["signer"] = after[0].span()
    header.signed_as = offices


def _likely_name(foot: list[Mapped]) -> list[Mapped]:
    """A family name that no list knows: capitalised words alone on a line below an office of the signer."""
    office = next(
        (at for at, line in enumerate(foot) if _OFFICE.match(line.text.strip(" *_")) and line.text.isupper()), None
    )
    below = foot[office + 1 :] if office is not None else []
    return [
        line for line in below if _NAME.fullmatch(_RANK.sub("", line.text.strip(" *_"))) and not line.text.isupper()
    ][:1]


def _is_name(text: str) -> bool:
    text = _RANK.sub("", text)
    if not (_NAME.fullmatch(text) or _NAME_UPPER.fullmatch(text)) or not 2 <= len(text.split()) <= 6:
        return False
    first = text.split()[0].lower()
    return first in _SURNAMES and not (text.isupper() and _OFFICE.match(text))
