"""Breaks a paper that a converter ran together on one line where its head, addressees and foot begin."""

import re

from anlanh.papers.reading.mapped import Mapped

_LONG = 500  # code points of a line that may be a whole paper
_STATE = re.compile(r"CỘNG H(?:OÀ|ÒA) XÃ HỘI CHỦ NGHĨA", re.IGNORECASE)
_STARTS = re.compile(  # what begins a line of a head or foot; each stands for the space before it
    r"[ \t]+(?=CỘNG H(?:OÀ|ÒA) XÃ HỘI|Độc lập ?[-–]|Số ?: ?\d*[^\s]*/|V/v |Kính gửi ?:|Nơi nhận ?:|"
    r"(?:TM|KT|TL|TUQ)\. ?[A-ZĐ]|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG)(?![\w,])"
    r"|SỞ [A-ZĐÀ-Ỹ]{2,}|[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*){0,3}, ngày [\d ]{0,3}tháng|(?<=Phúc )[A-ZĐÀ-Ỹ])"
)
_AFTER = re.compile(r"(?<=\./\.)[ \t]+|(?<=năm \d{4})[ \t]+(?=[A-ZĐ])")
_BEFORE_NAME = re.compile(
    r"(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|VĂN PHÒNG) (?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,4}\s*$)"
)
_ADDRESSED = re.compile(r"Kính gửi ?:")
_LIST_SIGN = re.compile(r"[ \t]+(?=- )")


def unfold(text: Mapped) -> Mapped:
    """The text with line ends where parts of a head or foot begin inside a very long line."""
    if not any(len(line) > _LONG and _STATE.search(line) for line in text.text.split("\n")):
        return text
    letters = list(text.text)
    start = 0
    for line in text.text.split("\n"):
        if len(line) > _LONG and _STATE.search(line):
            for place in _breaks(line):
                letters[start + place] = "\n"
        start += len(line) + 1
    return Mapped("".join(letters), text.starts, text.ends)


def _breaks(line: str) -> list[int]:
    """Where a space is to be a line end: only in the head before the first prose, in the addressees, and in the foot."""
    addressed = _ADDRESSED.search(line)
    head_end = addressed.start() + 1 if addressed else min(len(line), 900)
    foot = re.compile(r"\./\.|Nơi nhận ?:").search(line, head_end)
    foot_start = foot.start() if foot else len(line)
    places = [
        match.start() for pattern in (_STARTS, _AFTER) for match in pattern.finditer(line)
        if match.start() < head_end or match.start() >= foot_start
    ]  # fmt: skip
    if addressed:
        stop = re.compile(r"\.\s+(?=[A-ZĐÀ-Ỹ])").search(line, addressed.end(), foot_start)
        end = stop.start() + 1 if stop else addressed.end()
        places += [match.start() for match in _LIST_SIGN.finditer(line, addressed.end(), end)]
        places += [end] if stop else []
    places += [match.end() - 1 for match in _BEFORE_NAME.finditer(line, foot_start)]
    return places + [match.start() for match in _LIST_SIGN.finditer(line, foot_start)]
