"""The head and foot of a document: number, kind, issuer, day, place, subject, signer, addressees, recipients."""

import re
from dataclasses import dataclass, field
from datetime import date

from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.recasing import recased
from anlanh.papers.reading.times import date_in
from anlanh.papers.reading.zones import KINDS, Zones, title_of

_NUMBER = re.compile(
    r"(?:^|(?<=\s))(?:số|s6|so)(?: hiệu| ký hiệu| hiệu văn bản| văn bản)?\s*[:.]?\s*(?P<number>[\dlO]{1,5}[a-z]?)?[ .…]*(?:/(?P<year>(?:19|"
    r""
    r"20)\d\d))?\s*[/-]\s*(?P<notation>[A-ZĐƯ][\wĐƯ&]*(?:\s?[-–.]\s?[A-ZĐƯ][\wĐƯ&().]*)*)",
    re.IGNORECASE,
)
_PARTY_NUMBER = re.compile(r"(?:^|\s)số\s*:?\s*(?P<number>\d{1,4}\s?-\s?[A-ZĐ]{2,4}[a-z]?/[A-ZĐƯ]{2,8})", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(
    r"(?P<place>(?-i:(?:TP\.?|Tp\.?|[A-ZĐÀ-Ỹ][^\W\d_]*))(?:[ –-]{1,3}(?-i:[A-ZĐÀ-Ỹ])[^\W\d_]*){0,5})\s*,\s*ngày\s*(?P<day>[\dlO]{0,2})[\s.…]*tháng\s*(?P<month>[\dlO]{0,2})[\s.…]*năm\s*(?P<year>\d{4})?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})", re.IGNORECASE
)
_STATE = re.compile(
    r"C[ỘO]NG\s+H(?:OÀ|ÒA|ÓA|OA)\s+X[ÃA]\s+H[ỘO]I.*?(?:VI[ỆE]T\s+NAM|$)|"
    r"Đ[ỘO]C\s+L[ẬA]P\s*[-–]\s*T[ỰU]\s+DO\s*[-–]\s*H[ẠA]NH\s+PH[ÚU]C|ĐẢNG CỘNG SẢN VIỆT NAM",
    re.IGNORECASE,
)
_PROPER = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:(?: [–-] | )[A-ZĐÀ-Ỹ][^\W\d_]*){0,4}"
_STATE_PARTS = re.compile(r"[-–_=*. ]*")
_SUBJECT_MARK = re.compile(r"[*_(\s]*(?:v\s?/\s?v|về việc)\s*:?\s*", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:v\s?/\s?v|về việc|về)\s*:?\s+", re.IGNORECASE)
_KEYS = r"(?:số(?:\s*/)?\s*ký hiệu|số hiệu(?: văn bản)?|loại văn bản|(?:cơ quan|nơi) ban hành|người ký|ngày (?:ban hành|ký|hiệu lực|có hiệu lực|công báo)|số công báo|trích yếu(?: nội dung)?|tình trạng|lĩnh vực)"
_META = re.compile(
    rf"(?:^|(?<=\s)|\|\s*)(?P<key>{_KEYS})\s*[:|\t]\s*(?P<value>[^|\t]+?)\s*(?=$|[|\t]|\s{_KEYS}\s*:)", re.IGNORECASE
)
_NAME = re.compile(r"(?:(?:GS|PGS|TS|ThS|BS|KS)\.\s*)*[A-ZĐÀ-Ỹ][a-zà-ỹđ]*(?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹđ]*){1,4}")
_NAME_UPPER = re.compile(r"[A-ZĐÀ-Ỹ]+(?:\s+[A-ZĐÀ-Ỹ]+){1,4}")
_SURNAMES = frozenset(
    [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lý",
        "đinh",
        "đào",
        "đoàn",
        "trịnh",
        "mai",
        "trương",
        "lâm",
        "hà",
        "cao",
        "châu",
        "tổng",
        "tạ",
        "lương",
        "thái",
        "tô",
        "quách",
        "vương",
        "phùng",
        "quan",
        "la",
        "kiều",
        "chu",
        "tăng",
        "từ",
        "thân",
        "triệu",
        "nông",
        "bế",
        "lò",
        "hầu",
        "giàng",
        "sùng",
        "vàng",
        "thào",
        "y",
        "h",
        "ksor",
        "siu",
        "rơ",
        "đàm",
        "mạc",
        "lưu",
        "hứa",
        "nghiêm",
        "ninh",
        "viên",
        "khuất",
        "doãn",
        "cù",
        "bạch",
        "thạch",
        "sơn",
        "kim",
        "danh",
        "ông",
        "thi",
        "văn",
        "lữ",
        "tôn",
        "âu",
        "cầm",
        "điêu",
        "hoàn",
        "lục",
        "giáp",
        "nhữ",
        "uông",
        "lại",
        "trang",
        "tiêu",
        "khổng",
        "ma",
        "đồng",
        "phó",
        "ân",
        "quảng",
        "hạ",
        "thiều",
        "diệp",
        "đổng",
    ]
)
_OFFICE = re.compile(
    r"(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CỤC TRƯỞNG|TRƯỞNG|CHÁNH|PHÓ|BÍ "
    r"THƯ|VỤ TRƯỞNG|HIỆU TRƯỞNG|TỔNG)"
)
_NOTATION_KINDS = {"CT": "chỉ thị", "QĐ": "quyết định", "KH": "kế hoạch", "TB": "thông báo", "BC": "báo cáo", "TTr": "tờ trình", "CĐ": "công điện", "HD": "hướng dẫn", "NĐ": "nghị định", "NQ": "nghị quyết", "TT": "thông tư", "TTLT": "thông tư liên tịch", "CTr": "chương trình", "BB": "biên bản", "KL": "kết luận"}  # fmt: skip
_BESIDE = re.compile(
    r"(?:^|\s+)(?:(?:TM|KT|TL|TUQ|Q)\.\s*[A-ZĐÀ-Ỹ ]+|(?:PHÓ )?(?:CHỦ TỊCH|[A-ZĐÀ-Ỹ]* ?GIÁM ĐỐC|BỘ "
    r"TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|CHÁNH VĂN PHÒNG))$"
)
_ISSUER = re.compile(
    r"(?:ỦY|UỶ|Ủy|Uỷ) BAN|^UBND|^SỞ |^BỘ |^CỤC |^TỔNG CỤC|^CHÍNH PHỦ|^THỦ TƯỚNG|^VĂN PHÒNG|^THANH TRA|^CHI CỤC|^TỈNH "
    r"|^THÀNH PHỐ |^HUYỆN |^BAN (?!HÀNH)|^CÔNG AN|^ĐÀI |^VIỆN|^TRUNG TÂM|^HỘI|^LIÊN |^ĐẢNG|^QUỐC HỘI|^TÒA|^NGÂN HÀNG|"
    r"^BẢO HIỂM|^KHO BẠC|^TRƯỜNG|^ĐẠI HỌC|^HỌC VIỆN|^TẬP ĐOÀN|^TỔNG CÔNG|^CÔNG TY|^VỤ |^PHÒNG |^XÃ |^PHƯỜNG |^THỊ ",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Header:
    """What the head and foot say; None or empty where they do not. `notes` holds what was inferred or is unsure."""

    number: str | None = None
    notation: str | None = None
    kind: str | None = None
    issuer: str | None = None
    parent_body: str | None = None
    issued_on: date | None = None
    issued_in: str | None = None
    place: str | None = None
    subject: str | None = None
    signer: str | None = None
    signed_as: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


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
    _read_issuer(header, head, paragraphs)
    header.addressees = _listed([paragraphs[i] for i in zones.addressees], "kính gửi")
    header.recipients = _listed([paragraphs[i] for i in zones.recipients], "nơi nhận")
    _read_signer(header, foot)
    _infer(header, paragraphs, zones)
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
    match = _STATE.search(line.text)
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
        match = _NUMBER.search(line.text)
        if party and not (match and match["number"]):
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
    year = match["year"]
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
            for following in head[position + 1 : position + 6]:
                if _ends_subject(following.text):
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
            if re.match(r"(?:căn cứ|kính gửi)", line.text, re.IGNORECASE) or re.fullmatch(r"[-_=* ]+", line.text):
                break
            if subject and _ISSUER.match(line.text) and line.text.isupper():
                break
            if not subject and _ISSUER.match(line.text) and not _ABOUT.match(line.text):
                continue
            subject.append(line.text)
            spans.append(line.body.span())
        if subject:
            header.subject = _ABOUT.sub("", " ".join(subject), count=1).strip(" *_.")
            header.spans["subject"] = (spans[0][0], spans[-1][1])


def _capital_subject(header: Header, head: list[Mapped]) -> None:
    """A paper whose title line is missing still prints what it is about in capital letters below number and day."""
    number = next((position for position, line in enumerate(head) if _NUMBER.search(line.text)), None)
    if number is None:
        return
    parts = []
    for line in head[number + 1 : number + 12]:
        text = line.text.strip(" *_")
        if len(text) > 20 and text.isupper() and not _STATE.search(text) and not (_ISSUER.match(text) and not parts):
            parts.append(line)
        elif parts:
            break
    if parts:
        header.subject = _ABOUT.sub("", " ".join(part.text.strip(" *_") for part in parts), count=1).strip(" .")
        header.spans["subject"] = (parts[0].span()[0], parts[-1].span()[1])


def _ends_subject(text: str) -> bool:
    return bool(
        re.match(r"kính gửi|số\s*:|căn cứ|thực hiện|[-–] ", text, re.IGNORECASE) or _PLACE_AND_DAY.search(text) or _STATE.search(text)
        or text.isupper() or re.match(r"[A-ZĐÀ-Ỹ].*[.;:]$", text)
    )  # fmt: skip


def _read_issuer(header: Header, head: list[Mapped], paragraphs: list[Paragraph]) -> None:
    """The capital letters in the top left: the office above first, the issuing office last."""
    state = next((position for position, line in enumerate(head) if _STATE.search(line.text)), None)
    number = next((position for position, line in enumerate(head) if _NUMBER.search(line.text)), None)
    if state is None and number is None:
        return
    limit = max(position for position in (state, number) if position is not None)
    offices: list[str] = []
    for line in head[max(0, (state if state is not None else limit) - 4) : limit + 1]:
        text = line.text.strip(" *_-—|")
        if (
            _STATE.search(text)
            or _NUMBER.search(text)
            or not text
            or not text.isupper()
            or _STATE_PARTS.fullmatch(text)
        ):
            continue
        if _ISSUER.match(text) or not offices:
            if not _ISSUER.match(text):
                continue
            if (
                offices
                and re.match(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ|QUẬN|XÃ|PHƯỜNG)\s", text)
                and not re.search(r"TỈNH|THÀNH PHỐ", offices[-1])
            ):
                offices[-1] += " " + text
            else:
                offices.append(text)
        elif len(offices[-1]) < 60 and not title_of(text):
            offices[-1] += " " + text
    if not offices:
        return
    body = "\n".join(paragraph.text for paragraph in paragraphs)
    header.issuer = recased(offices[-1], body)
    header.parent_body = recased(offices[-2], body) if len(offices) > 1 else None
    if re.fullmatch(r"(?:[ỦU][yỷ] ban nhân dân|UBND)", header.issuer):
        named = re.search(rf"(?:[ỦU][yỷ] ban nhân dân|UBND|Ủy ban|địa bàn) ((?:tỉnh|thành phố) {_PROPER})", body)
        if named:
            header.issuer = f"{header.issuer} {named[1]}"
            header.notes.append("province of the issuer told by the text")


def _listed(paragraphs: list[Paragraph], word: str) -> list[str]:
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


def _read_signer(header: Header, foot: list[Mapped]) -> None:
    offices = []
    for line in foot:
        text = line.text.strip(" *_")
        if _OFFICE.match(text) and text.isupper() and len(text) < 70:
            offices.append(text)
    candidates = [line for line in foot if _is_name(line.text.strip(" *_"))]
    if candidates:
        last_office = max(
            (line.span()[0] for line in foot if _OFFICE.match(line.text.strip(" *_")) and line.text.isupper()),
            default=-1,
        )
        after = [line for line in candidates if line.span()[0] > last_office] or candidates
        name = after[0].text.strip(" *_")
        header.signer = re.sub(r"^(?:(?:GS|PGS|TS|ThS|BS|KS)\.\s*)+", "", name)
        if header.signer.isupper():
            header.signer = header.signer.title()
        header.spans["signer"] = after[0].span()
    header.signed_as = offices


def _is_name(text: str) -> bool:
    if not (_NAME.fullmatch(text) or _NAME_UPPER.fullmatch(text)) or not 2 <= len(text.split()) <= 6:
        return False
    first = re.sub(r"^(?:(?:GS|PGS|TS|ThS|BS|KS)\.\s*)+", "", text).split()[0].lower()
    return first in _SURNAMES and not (text.isupper() and _OFFICE.match(text))


def _infer(header: Header, paragraphs: list[Paragraph], zones: Zones) -> None:
    """What a torn-off head leaves to be told by other parts; each inference is noted."""
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    if header.kind is None and header.notation:
        letters = re.split(r"[-.]", header.notation)[0]
        header.kind = _NOTATION_KINDS.get(letters, "công văn" if header.addressees or "-" in header.notation else None)
    if header.kind is None and header.addressees:
        header.kind = "công văn"
    if header.kind is None:
        own = re.search(rf"\b({'|'.join(kind.capitalize() for kind in KINDS)}) này\b", whole)
        if own:
            header.kind = own[1].lower()
            header.notes.append("kind told by what the text calls itself")
    if header.issuer is None:
        _infer_issuer(header, whole)
    if header.subject is None:
        _infer_subject(header, paragraphs)


def _infer_issuer(header: Header, whole: str) -> None:
    asks = re.search(
        r"((?:Bộ trưởng |Chủ tịch |Thủ tướng |Giám đốc )?(?:UBND|[ỦU][yỷ] ban nhân dân|Ủy ban|Bộ|Sở|Chính phủ|"
        r"Cục)(?: (?:[A-ZĐÀ-Ỹ][\w]*|tỉnh|thành phố|và|nhân|dân|thông|tin|nhân dân|hóa|thể|thao|lịch|nghệ|vụ|tư|dục|"
        r"tạo|pháp|chính|thương|thôn|trường|vận|tải|dựng|an|phòng|ninh|mạng|huyện|xã|phường)){0,10}) "
        r"(?:trân trọng )?(?:yêu cầu|đề nghị|chỉ thị|giao)\b",
        whole,
    )
    if asks:
        header.issuer = asks[1]
        province = re.search(
            r"(?:trên địa bàn |UBND |Ủy ban nhân dân |NHÂN DÂN )tỉnh ([A-ZĐÀ-Ỹ][\w]*(?: [A-ZĐÀ-Ỹ][\w]*){0,3})",
            whole,
            re.IGNORECASE,
        )
        if header.issuer.endswith(("tỉnh", "thành phố")) and province:
            name = re.match(r"(?:[A-ZĐÀ-Ỹ]\w*\s?){1,3}", province[1])
            header.issuer += " " + (name[0].strip().title() if name else "")
        header.notes.append("issuer told by who asks in the text")
        return
    basis = re.search(
        r"chức năng,? nhiệm vụ[^.;]{0,60}? của (Bộ [^.;,]{3,60}?|[ỦU][yỷ] ban [^.;,]{3,40}?|Sở "
        r"[^.;,]{3,40}?)\s*(?:[.;,]|$)",
        whole,
    )
    if basis:
        header.issuer = basis[1].strip()
        header.notes.append("issuer told by the office whose powers the text rests on")


def _infer_subject(header: Header, paragraphs: list[Paragraph]) -> None:
    """A paper flattened onto one line: the words between its kind and its first basis."""
    first = paragraphs[0].text if paragraphs else ""
    match = re.match(
        rf"({'|'.join(KINDS)})\s+(.{{10,500}}?)(?=\s*(?:Căn cứ|Thực hiện|Trong thời gian|\d\. |$))",
        first,
        re.IGNORECASE,
    )
    if match:
        header.kind = header.kind or match[1].lower()
        header.subject = _ABOUT.sub("", match[2], count=1).strip(" .;")
