"""The head and foot of a document: number, kind, issuer, day, place, subject, signer, addressees, recipients."""

import re
from datetime import date

from anlanh.papers.reading.head_fields import ABOUT, ISSUER, NUMBER, STATE, Header
from anlanh.papers.reading.issuing import infer, read_issuer
from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.signing import listed, read_signer
from anlanh.papers.reading.times import date_in
from anlanh.papers.reading.zones import KINDS, Zones, title_of

_PARTY_NUMBER = re.compile(
    r"(?:^|\s)số\s*:?\s*(?P<number>\d{1,4}\s?-\s?[A-ZĐ]{2,4}[a-z]?/[A-ZĐƯ]{2,10}(?:-[A-ZĐƯ]{2,8})?)", re.IGNORECASE
)
_PLACE_AND_DAY = re.compile(
    r"(?P<place>(?-i:(?:TP\.?|Tp\.?|[A-ZĐÀ-Ỹ][^\W\d_]*))(?:[ –-]{1,3}(?-i:[A-ZĐÀ-Ỹ])[^\W\d_]*){0,5})\s*,\s*ngày\s*(?P<day>[\dlO]{0,2})[\s.…]*tháng\s*(?P<month>[\dlO]{0,2})[\s.…]*năm\s*(?P<year>[12l][\dlOo]{3})?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})", re.IGNORECASE
)


_AUTHORITY = re.compile(  # who issues or decides, printed between the subject and the bases
    r"(?:[ỦU][YỶ] BAN|UBND|SỞ |BỘ |CỤC |CHÍNH PHỦ|THỦ TƯỚNG|HỘI ĐỒNG|BAN (?:THƯỜNG|CHẤP|CHỈ)|QUỐC HỘI|CHỦ TỊCH|GIÁM ĐỐC|"
    r"TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|TRƯỞNG BAN|TỈNH ỦY|HUYỆN ỦY|THÀNH ỦY)"
)
_ATTACHED = re.compile(r"\s*\((?:ban hành |được ban hành )?kèm theo .*$", re.IGNORECASE)
_SUBJECT_MARK = re.compile(r"[*_(\s]*(?:v\s?/\s?v|về việc)\s*:?\s*", re.IGNORECASE)

_KEYS = r"(?:số(?:\s*/)?\s*ký hiệu|số hiệu(?: văn bản)?|loại văn bản|(?:cơ quan|nơi) ban hành|người ký|ngày (?:ban hành|ký|hiệu lực|có hiệu lực|công báo)|số công báo|trích yếu(?: nội dung)?|tình trạng|lĩnh vực)"
_META = re.compile(
    rf"(?:^|(?<=\s)|\|\s*)(?P<key>{_KEYS})\s*[:|\t]\s*(?P<value>[^|\t]+?)\s*(?=$|[|\t]|\s{_KEYS}\s*:)", re.IGNORECASE
)


def header_of(lines: list[Mapped], paragraphs: list[Paragraph], zones: Zones) -> Header:
    """Reads the head and the foot.

    Args:
        lines: the lines of the document with side by side columns apart.
        paragraphs, zones: the same document in paragraphs, and where its parts are.
    """
    header = Header()
    head_end = paragraphs[zones.body.start].body.span()[0] if zones.body.start < len(paragraphs) else 10**9
    tail_start = paragraphs[zones.tail.start].body.span()[0] if zones.tail.start < len(paragraphs) else 10**9
    tail_end = paragraphs[zones.tail.stop].body.span()[0] if zones.tail.stop < len(paragraphs) else 10**9
    head = [part for line in lines if line.span()[0] < head_end for part in _columns(line)]
    if zones.body.start == 0:
        head = _torn_head(lines)
    foot = [line for line in lines if tail_start <= line.span()[0] < tail_end]
    _read_meta(header, head)
    _read_number(header, head)
    _read_day(header, head)
    _read_kind_and_subject(header, head, paragraphs, zones)
    if header.subject is None:
        _capital_subject(header, [part for line in lines for part in _columns(line)][:60])
    read_issuer(header, head, paragraphs)
    header.addressees = listed([paragraphs[i] for i in zones.addressees], r"(?:kính gửi|.{0,160}?\bđiện)")
    header.recipients = listed([paragraphs[i] for i in zones.recipients], "nơi nhận")
    read_signer(header, foot)
    infer(header, paragraphs)
    return header


def _torn_head(lines: list[Mapped]) -> list[Mapped]:
    """Without title and addressees the head is what stands before the first prose or item."""
    head: list[Mapped] = []
    for line in lines[:60]:
        if len(line) > 220 or re.match(r"(?:căn cứ|thực hiện|1\.|I\.|điều 1)", line.text, re.IGNORECASE):
            break
        head += _columns(line)
    return head


def _columns(line: Mapped) -> list[Mapped]:
    """A line cut where the state's name or motto begins, which stands in the right column."""
    match = STATE.search(line.text)
    if not match or match.start() == 0:
        return [line]
    return [line[: match.start()].strip(), line[match.start() :]]


def _read_meta(header: Header, head: list[Mapped]) -> None:
    """What a law portal prints above a paper; the paper itself, read afterwards, has the last word."""
    for line in head:
        for match in _META.finditer(line.text):
            key, value = match["key"].lower(), match["value"].strip()
            if key.startswith(("số",)):
                header.number = header.number or re.sub(r"\s", "", value)
            elif key.startswith("loại"):
                header.kind = header.kind or (value.lower() if value.lower() in KINDS else None)
            elif "ban hành" in key and not key.startswith("ngày"):
                header.issuer = header.issuer or value
            elif key.startswith("người"):
                header.signer = header.signer or value
            elif key.startswith("trích"):
                header.subject = header.subject or value
            elif key in ("ngày ban hành", "ngày ký"):
                header.issued_on = header.issued_on or date_in(value)


def _read_number(header: Header, head: list[Mapped]) -> None:
    for line in head:
        if re.search(r"\bĐẾN\b|Chuyển:|hồ sơ số", line.text):
            continue
        party = _PARTY_NUMBER.search(line.text)
        match = NUMBER.search(line.text)
        if party:
            header.number = re.sub(r"\s", "", party["number"])
            header.spans["number"] = line.span(*party.span("number"))
            return
        if not match:
            continue
        before = line.text[: match.start()].strip(" *|-")
        if len(before) > 60 or re.search(
            r"(?:luật|nghị định|thông tư|quyết định|chỉ thị|kế hoạch|công văn|nghị quyết|phiếu trình)$",
            before,
            re.IGNORECASE,
        ):
            continue
        notation = re.sub(r"\s", "", match["notation"]).replace("–", "-").rstrip(".(")
        header.notation = notation
        if match["number"]:
            digits = match["number"].replace("l", "1").replace("O", "0")
            year = f"{match['year']}/" if match["year"] else ""
            header.number = f"{digits}/{year}{notation}"
            header.spans["number"] = line.span(match.start("number"), match.end("notation"))
        else:
            header.notes.append(f"the number before /{notation} was left blank")
        return


def _read_day(header: Header, head: list[Mapped]) -> None:
    for position, line in enumerate(head):
        before = head[position - 1].text if position else ""
        if len(before) < 12 and before.istitle() and re.match(r"[A-ZĐÀ-Ỹ]\w*\s*,\s*ngày", line.text):
            line = head[position - 1] + line.sub(re.compile("^"), " ")  # "Mỹ" / "Tho, ngày 24 tháng 12 năm 2009"
        match = _PLACE_AND_DAY.search(line.text)
        if not match or re.search(r"[đĐ]ến|Căn cứ|nhận", match["place"]) or (len(line) > 160 and match.start() > 90):
            continue
        header.place = _place_name(match["place"])
        _set_day(header, match)
        header.spans["issued_on"] = line.span(match.start(), match.end())
        return
    for line in head:
        match = _DAY.fullmatch(line.text.strip(" ()*_,")) or re.search(
            rf"^[^\w]*\(?(?:ban hành )?{_DAY.pattern}", line.text, re.IGNORECASE
        )
        if match and len(line) < 80:
            _set_day(header, match)
            return


def _set_day(header: Header, match: re.Match[str]) -> None:
    day, month = (match[part].replace("l", "1").replace("O", "0") for part in ("day", "month"))
    year = (match["year"] or "").replace("l", "1").replace("O", "0").replace("o", "0")
    if not year:
        return
    try:
        header.issued_on = date(int(year), int(month), int(day))
    except ValueError:
        header.issued_in = f"{year}-{int(month):02}" if month.isdigit() and 1 <= int(month) <= 12 else year
        header.notes.append("the day of issue was left blank or damaged")


def _place_name(text: str) -> str:
    words = text.strip(" *_|").split()
    while words and (
        (words[0].isupper() and len(words) > 2 and len(words[0]) > 3)
        or re.search(r"[\d/:]|^(?:Số|Phúc|phúc)$", words[0])
    ):
        words.pop(0)
    return " ".join(words)


def _read_kind_and_subject(header: Header, head: list[Mapped], paragraphs: list[Paragraph], zones: Zones) -> None:
    for position, line in enumerate(head):
        mark = _SUBJECT_MARK.match(line.text)
        if mark and (line.text[:40].lower().lstrip("*_( ").startswith("v") and "/" in mark[0]):
            parts = [line[mark.end() :]]
            other_column = False
            for following in head[position + 1 : position + 8]:
                if _PLACE_AND_DAY.search(following.text) or STATE.search(following.text):
                    other_column = True  # the right column, told between two lines of the left one
                    continue
                if _ends_subject(following.text) or (other_column and not following.text[:1].islower()):
                    break
                parts.append(following)
            header.subject = " ".join(part.text.strip() for part in parts).strip(" *_.")
            header.spans["subject"] = (parts[0].span()[0], parts[-1].span()[1])
            header.kind = header.kind or "công văn"
            break
    if zones.title is not None:
        text = paragraphs[zones.title].text
        found = title_of(text)
        if found:
            header.kind, rest = found
        else:
            header.kind = next(kind for kind in KINDS if text.lower().startswith(kind))
            rest = text[len(header.kind) :].strip(" :")
        subject = [rest] if rest else []
        spans = [paragraphs[zones.title].body.span()] if rest else []
        for position in range(zones.title + 1, zones.body.start):
            line = paragraphs[position]
            if position in zones.addressees:
                break
            if re.match(r"(?:căn cứ|kính gửi)", line.text, re.IGNORECASE) or re.fullmatch(r"[-_=* ]+", line.text):
                break
            if subject and _AUTHORITY.match(line.text) and line.text.isupper():
                break
            if not subject and re.match(r"của\s", line.text, re.IGNORECASE) and line.text.isupper():
                continue  # CHỈ THỊ / CỦA BAN THƯỜNG VỤ … / về …
            if not subject and ISSUER.match(line.text) and not ABOUT.match(line.text):
                continue
            subject.append(line.text)
            spans.append(line.body.span())
        if subject:
            whole = _ATTACHED.sub("", " ".join(subject))
            by = re.match(r"của\s+.{3,80}?\s+(?=về\s)", whole, re.IGNORECASE)
            whole = whole[by.end() :] if by and by[0].isupper() else whole
            header.subject = ABOUT.sub("", whole, count=1).strip(" *_.")
            header.spans["subject"] = (spans[0][0], spans[-1][1])


def _capital_subject(header: Header, head: list[Mapped]) -> None:
    """A paper whose title line is missing still prints what it is about in capital letters below number and day."""
    number = next((position for position, line in enumerate(head) if NUMBER.search(line.text)), None)
    if number is None:
        return
    parts = []
    for line in head[number + 1 : number + 12]:
        text = line.text.strip(" *_")
        if len(text) > 20 and text.isupper() and not STATE.search(text) and not (ISSUER.match(text) and not parts):
            parts.append(line)
        elif parts:
            break
    if parts:
        header.subject = ABOUT.sub("", " ".join(part.text.strip(" *_") for part in parts), count=1).strip(" .")
        header.spans["subject"] = (parts[0].span()[0], parts[-1].span()[1])


def _ends_subject(text: str) -> bool:
    return bool(
        re.match(r"kính gửi|số\s*:|căn cứ|thực hiện|[-–] ", text, re.IGNORECASE) or _PLACE_AND_DAY.search(text) or STATE.search(text)
        or text.isupper() or re.match(r"[A-ZĐÀ-Ỹ].*[.;:]$", text)
    )  # fmt: skip
