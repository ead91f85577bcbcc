"""Who leads, who helps and by when, told beside a task: "Đơn vị chủ trì: …" on a line below it, "(Sở A chủ trì)" after it."""

import re
from dataclasses import dataclass

from anlanh.papers.reading.bodies import names_a_body, subject_of

_BODY = r"(?:cơ quan|đơn vị|bộ phận|sở|ngành|phòng|cá nhân|tổ chức|địa phương)"
_LABELS = {  # in this order: the first that fits says what a line is
    "with": rf"(?:{_BODY},? ?)*\s*(?:tham gia )?phối hợp(?: thực hiện| chính)?",
    "lead": rf"(?:{_BODY},? ?)*\s*(?:được )?(?:chủ trì|đầu mối|chịu trách nhiệm|phụ trách|phân công|giao|thực hiện)"
    rf"(?:(?:,| và)? (?:thực hiện|tham mưu|triển khai|chính|tổ chức|phối hợp))*|người (?:thực hiện|phụ trách)",
    "time": r"(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình|kỳ hạn|hạn|hoàn thành)(?: (?:thực hiện|hoàn thành|triển khai|tổ chức|"
    r"báo cáo|gửi|dự kiến|và tiến độ))*",
    "other": r"(?:địa điểm|thành phần(?: tham dự)?|(?:nguồn )?kinh phí(?: thực hiện)?|sản phẩm(?: đầu ra| dự kiến)?|hình thức"
    r"|đối tượng(?: tham gia)?|số lượng|quy mô|thời lượng|kết quả(?: đầu ra| dự kiến)|phạm vi|trang phục|chủ tọa)",
}
_LABEL = {name: re.compile(rf"(?:{words})\s*:\s*(?=\S)", re.IGNORECASE) for name, words in _LABELS.items()}
_INSIDE = re.compile(
    rf"(?:^|(?<=[.;,(–-] )|(?<=\())(?:(?P<with>{_LABELS['with']})|(?P<lead>{_LABELS['lead']})|(?P<time>{_LABELS['time']})"
    rf"|{_LABELS['other']})\s*:\s*(?P<value>[^;.()\n]{{2,160}}?)\s*(?=[;.)]|,\s+(?:cơ quan|đơn vị|thời|phối hợp)|$)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]{6,240})\)")
_LEADS = re.compile(
    r"(?:giao|do)?\s*(?P<body>.{3,120}?)\s+(?:là (?:cơ quan|đơn vị) )?(?:chủ trì|làm đầu mối|đầu mối|thực hiện|tham mưu|phụ trách|"
    r"triển khai|chịu trách nhiệm)(?![^\W_])",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    r"(?<![^\W_])(?:do|giao(?: cho)?)\s+(?P<body>[^,;.()]{3,90}?)\s+(?:chủ trì|thực hiện|làm đầu mối|tham mưu|triển khai)(?![^\W_])"
)


@dataclass(slots=True)
class Labels:
    """What is told beside a task; None where it is not."""

    lead: str | None = None
    helpers: str | None = None
    time: str | None = None

    def __bool__(self) -> bool:
        return bool(self.lead or self.helpers or self.time)

    def set(self, name: str, value: str) -> None:
        """Takes one label; the first of a name stays."""
        value = value.strip(" .;,")
        if name == "lead":
            self.lead = self.lead or value
        elif name == "with":
            self.helpers = self.helpers or value
        elif name == "time":
            self.time = self.time or value


def label_of(text: str) -> tuple[str, str] | None:
    """What a line tells (lead, with, time, other) and its words, where the line is such a label; else None."""
    for name, pattern in _LABEL.items():
        match = pattern.match(text)
        if match and len(text) < 400:
            return name, text[match.end() :]
    return None


def labels_inside(text: str) -> Labels:
    """What the words of a task tell about it: labels after its first sentence, a lead in brackets, "do Sở A chủ trì"."""
    found = Labels()
    for match in _INSIDE.finditer(text):
        for name in ("with", "lead", "time"):
            if match[name] and (name == "time" or names_a_body(match["value"])):
                found.set(name, match["value"])
    for brackets in _IN_BRACKETS.finditer(text):
        for piece in re.split(r"[;,](?=\s)", brackets[1]):
            match = _LEADS.match(piece.strip())
            if match and names_a_body(match["body"]) and not found.lead:
                found.set("lead", match["body"])
    done_by = _DONE_BY.search(text)
    if not found.lead and done_by and names_a_body(done_by["body"]):
        found.set("lead", done_by["body"])
    return found


def given_inside(text: str) -> str | None:
    """The body that a later sentence of an item gives the work to: "Đồng ý với đề xuất. Giao Sở B hướng dẫn …"."""
    for match in re.finditer(r"(?:(?<=[.;:] )|(?<=, ))(?:Giao|giao)\s", text):
        subject = subject_of(text[match.start() :])
        if subject and subject.called and subject.predicate is not None:
            return subject.name
    return None
