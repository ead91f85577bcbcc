"""Words that the law is shown in: kinds of entries, certainties, days, citations."""

from collections.abc import Sequence
from datetime import date

from anlanh.law.contents import Pack
from anlanh.law.model import InForce, Text
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import date_vi

CERTAINTY = {
    "quoted": Text("có nguyên văn", "quoted"),
    "read": Text("đã đọc văn bản", "read"),
    "secondary": Text("nguồn thứ cấp", "secondary source"),
    "recall": Text("chưa kiểm chứng", "not verified"),
    "source": Text("tài liệu nguồn", "source document"),
}
KINDS = {
    "instrument": Text("Văn bản", "Instrument"),
    "clause": Text("Điều khoản", "Clause"),
    "ground": Text("Căn cứ", "Ground"),
    "clock": Text("Thời hạn", "Clock"),
    "duty": Text("Nghĩa vụ", "Duty"),
    "document": Text("Văn bản chỉ đạo", "Document"),
    "parameter": Text("Con số", "Number"),
    "sanction": Text("Mức phạt", "Sanction"),
    "checklist": Text("Nội dung tối thiểu", "Minimum contents"),
    "form": Text("Mẫu báo cáo", "Report form"),
    "choice": Text("Điểm cần người xác định", "Open question"),
    "actor": Text("Loại chủ thể", "Kind of actor"),
    "place": Text("Địa phương", "Place"),
    "body": Text("Cơ quan", "Body"),
}
STATES = {
    "in_force": Text("đang có hiệu lực", "in force"),
    "not_yet": Text("chưa có hiệu lực", "not yet in force"),
    "ended": Text("hết hiệu lực", "no longer in force"),
}


def state_on(days: InForce, day: date) -> str:
    """One of the words of STATES."""
    if days.covers(day):
        return "in_force"
    return "not_yet" if day < days.since else "ended"


def named_days(days: InForce) -> Text:
    """`từ 01/01/2020 đến 31/12/2021`, with how sure each end is."""
    vi, en = f"từ {date_vi(days.since)}", f"from {days.since}"
    vi += f" ({CERTAINTY[days.since_certainty].vi})"
    en += f" ({CERTAINTY[days.since_certainty].en})"
    if days.until and days.until_certainty:
        vi += f" đến {date_vi(days.until)} ({CERTAINTY[days.until_certainty].vi})"
        en += f" until {days.until} ({CERTAINTY[days.until_certainty].en})"
    return Text(vi, en)


def citation(pack: Pack, ref: ClauseRef) -> Text:
    """The place as papers cite it, with the instrument's short name; its number where the pack has it not (yet)."""
    known = pack.instruments.get(ref.instrument)
    short = known.short if known else Text(ref.instrument, ref.instrument)
    return Text(ref.format_vi(short.vi), ref.format_en(short.en))


def of_vocabulary(pack: Pack, vocabulary: str, word: str) -> Text:
    """The text of a word."""
    return pack.vocabulary[vocabulary][word]


def joined(texts: Sequence[Text]) -> Text:
    """Texts one after the other."""
    return Text("; ".join(text.vi for text in texts), "; ".join(text.en for text in texts))


def yes_no(answer: bool) -> Text:
    """Có or không."""
    return Text("có", "yes") if answer else Text("không", "no")
