"""Where the parts of a document lie: what stands before it, its head, its body, recipients and signature, appendices."""

import re
from dataclasses import dataclass

from anlanh.papers.reading.bodies import names_a_body
from anlanh.papers.reading.paragraphs import Paragraph

KINDS = (  # titles, longest first where one begins another
    "thông tư liên tịch", "nghị quyết liên tịch", "kế hoạch liên tịch", "thông tư", "nghị quyết", "nghị định", "chỉ thị", "quyết định", "kế hoạch", "thông báo",
    "báo cáo", "tờ trình", "công điện", "hướng dẫn", "chương trình", "phương án", "đề án", "quy chế", "quy định", "biên bản", "bộ luật", "luật", "pháp lệnh",
    "giấy mời", "thông cáo", "kết luận", "phiếu trình", "công văn", "quy trình", "lệnh", "thư ngỏ", "hợp đồng", "giấy phép",
)  # fmt: skip
_TITLE = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})(?:\s*[:.]?\s*$|\s+(?P<rest>(?:về|v/v|ban hành|phê duyệt|của|thực hiện|triển khai|"
    rf"hướng dẫn|quy định)\b.*))",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"[*_\s]*kính\s*g[ửử]i\s*[:;.]?", re.IGNORECASE)
_RECIPIENTS = re.compile(r"[*_\s]*n[ơơ]i\s+nh[ậậ]n\s*[:;.]*(?=\s|$|-)", re.IGNORECASE)
_END = re.compile(r"[.,;]?\s*/\s*\.?\s*/?[”\"]?$|\./\.")
_SIGNATURE = re.compile(
    r"(?:TM\.|T/M|KT\.|K/T|TL\.|TUQ\.|T\.M|Q\.)\s*\S.*|(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ "
    r"TƯỚNG|CỤC TRƯỞNG|VỤ TRƯỞNG|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|BÍ THƯ|HIỆU TRƯỞNG|TRƯỞNG BAN|"
    r"TRƯỞNG PHÒNG|CHÁNH THANH TRA|VIỆN TRƯỞNG|TỔNG CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG BIÊN TẬP|TRƯỞNG CÔNG AN|TRƯỞNG "
    r"ĐOÀN)(?:\s.{0,40})?"
)
_APPENDIX = re.compile(
    r"[*_\s]*(?:phụ\s+lục|PHỤ LỤC|danh mục (?:kèm|nhiệm vụ)|biểu mẫu số|mẫu số)\s*(?:số\s*)?(?P<number>[IVX]{1,5}|"
    r"\d{1,2}|[A-H])?(?![^\W_])",
    re.IGNORECASE,
)
_BASES = re.compile(r"(?:căn cứ|xét đề nghị|theo đề nghị|thực hiện|để )", re.IGNORECASE)
_LEGAL_BASES = re.compile(r"(?:căn cứ|xét |theo đề nghị|để )", re.IGNORECASE)
_TELEGRAM = re.compile(r".{0,160}\bđiện\s*:.*", re.IGNORECASE)
_CAME_WITH = re.compile(r"\((?:được )?(?:ban hành )?kèm theo", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(?:trang chủ|đăng nhập|đăng ký tài khoản|tìm kiếm|chia sẻ(?: bài viết)?:?|bài viết liên quan|tin liên quan|các "
    r"tin khác|tin cùng chuyên mục|ý kiến bạn đọc|bình luận|lượt xem|tải về|tải văn bản|in bài viết|"
    r"bản quyền|copyright|©|thuộc tính văn bản|văn bản liên quan|lược đồ|mục lục|file đính kèm|tệp đính kèm|"
    r"nguồn\s*:|từ khóa|quay lại|facebook|theo dõi chúng tôi|liên hệ\s*:|điện thoại\s*:|hotline|xem thêm)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zones:
    """Ranges of paragraph positions. Ends are exclusive.

    `head` runs from the start of the paper to its body; `addressees` lies in it; `tail` has recipients and signature;
    each appendix has its printed number ("" where none) and its range; `attached` are the bodies of papers that this one
    puts into force ("KẾ HOẠCH (Kèm theo Quyết định số …)").
    """

    head: range
    addressees: range
    body: range
    recipients: range
    tail: range
    appendices: tuple[tuple[str, range], ...]
    attached: tuple[range, ...]
    title: int | None


def zones_of(paragraphs: list[Paragraph]) -> Zones:
    """Finds the parts, also where most of them are missing."""
    count = len(paragraphs)
    start = _start(paragraphs)
    title = _title(paragraphs, start)
    addressed = next((i for i in range(start, min(count, start + 60)) if _ADDRESSED.match(paragraphs[i].text)), None)
    if addressed is not None and title is not None and title > addressed:
        title = None
    if addressed is None and title is not None:  # a telegram: "CHỦ TỊCH … điện:" and those it goes to
        after = range(title + 1, min(count, title + 5))
        addressed = next((i for i in after if _TELEGRAM.fullmatch(paragraphs[i].text)), None)
    addressees = _addressees(paragraphs, addressed) if addressed is not None else range(start, start)
    body_start = addressees.stop if addressed is not None else _after_title(paragraphs, title, start)
    end = _body_end(paragraphs, body_start)
    attached = _attached(paragraphs, end)
    appendices = _appendices(paragraphs, attached[1] if attached else end)
    tail_end = attached[0] if attached else appendices[0][1].start if appendices else count
    recipients = _recipients(paragraphs, end, tail_end)
    return Zones(
        range(start, body_start),
        addressees,
        range(body_start, end),
        recipients,
        range(end, tail_end),
        appendices,
        (range(_after_title(paragraphs, attached[0], end), attached[1]),) if attached else (),
        title,
    )


def title_of(text: str) -> tuple[str, str] | None:
    """Kind and what follows it, where a line is the title of a paper."""
    match = _TITLE.fullmatch(text.strip(" *_#.:"))
    if not match or (not text[0].isupper()):
        return None
    return match["kind"].lower(), (match["rest"] or "").strip()


def _start(paragraphs: list[Paragraph]) -> int:
    """The first paragraph that belongs to the paper rather than to the page that carried it."""
    for position, paragraph in enumerate(paragraphs[:80]):
        text = paragraph.text
        if re.search(r"CỘNG H(?:OÀ|ÒA) XÃ HỘI|ĐỘC LẬP\s*[-–]\s*TỰ DO", text, re.IGNORECASE):
            return max(0, position - 3)
    return 0


def _title(paragraphs: list[Paragraph], start: int) -> int | None:
    for position in range(start, min(len(paragraphs), start + 40)):
        paragraph = paragraphs[position]
        if paragraph.row or _ADDRESSED.match(paragraph.text):
            continue
        found = title_of(paragraph.text)
        if found and (paragraph.text.isupper() or paragraph.strong or not found[1] or len(paragraph.text) < 300):
            return position
        if (
            paragraph.text.split(" ", 1)[0].isupper()
            and re.match(rf"(?:{'|'.join(KINDS)})\s", paragraph.text, re.IGNORECASE)
            and len(paragraph.text) < 400
        ):
            return position
        if paragraph.marker and paragraph.marker.value == 1:
            break
    return None


def _addressees(paragraphs: list[Paragraph], addressed: int) -> range:
    """From "Kính gửi" over the list that follows it to the first prose."""
    position = addressed + 1
    rest = _ADDRESSED.sub("", paragraphs[addressed].text, count=1).strip()
    while position < len(paragraphs):
        paragraph = paragraphs[position]
        marker = paragraph.marker
        text = paragraph.text
        listed = marker is not None and marker.kind in ("dash", "plus")
        short_name = (
            names_a_body(text)
            and len(text) < 150
            and not text.endswith(":")
            and not re.search(r"[.]$", text)
            and (not rest or paragraphs[position - 1].text.endswith((";", ",")))
        )
        if not ((listed and len(text) < 300) or short_name):
            break
        position += 1
        if text.endswith("."):
            break
    return range(addressed, position)


def _after_title(paragraphs: list[Paragraph], title: int | None, start: int) -> int:
    """The first paragraph after the title and its subject, issuing office included."""
    if title is None:
        return start
    position = title + 1
    while position < min(len(paragraphs), title + 6):
        text = paragraphs[position].text
        first = (
            position == title + 1 and not title_of(paragraphs[title].text)[1]
            if title_of(paragraphs[title].text)
            else False
        )
        plain = first and len(text) < 300 and not _LEGAL_BASES.match(text) and not text.endswith((".", ";", ":"))
        subject = (
            text.isupper() or plain or paragraphs[position].strong or re.match(r"(?:về|v/v|\()", text, re.IGNORECASE)
        )
        if (
            paragraphs[position].marker
            or not subject
            or len(text) > 400
            or paragraphs[position].row
            or text.endswith(":")
        ):
            break
        position += 1
    return position


def _body_end(paragraphs: list[Paragraph], body_start: int) -> int:
    """After the "./." that closes the paper, else before recipients, signature, appendix or what a web page adds."""
    count = len(paragraphs)
    for position in range(body_start, count):
        paragraph = paragraphs[position]
        if paragraph.row and not any(_RECIPIENTS.match(cell.text) for cell in paragraph.row):
            continue
        text = paragraph.text.lstrip("| ")
        if _RECIPIENTS.match(text) and position > body_start:
            return position
        if text.rstrip().endswith(("./.", ". /.", "./", ".//.", "./. ")) or re.search(r"\./\.[\s”\"]*(?:\(|$)", text):
            return position + 1
        if position > body_start and _SIGNATURE.fullmatch(text) and text.split("(")[0].isupper():
            return position
        if position > body_start + 1 and _is_appendix(paragraph):
            return position
    for position in range(body_start + 2, count):
        if _BOILERPLATE.match(paragraphs[position].text) and len(paragraphs[position].text) < 80:
            return position
    return count


def _is_appendix(paragraph: Paragraph) -> bool:
    match = _APPENDIX.match(paragraph.text)
    if not match or len(paragraph.text) > 250:
        return False
    return (
        paragraph.strong or paragraph.text[: match.end()].isupper() or match.end() >= len(paragraph.text.rstrip(" .:"))
    )


def _appendices(paragraphs: list[Paragraph], end: int) -> tuple[tuple[str, range], ...]:
    starts = []
    for position in range(end, len(paragraphs)):
        if not paragraphs[position].row and _is_appendix(paragraphs[position]):
            number = _APPENDIX.match(paragraphs[position].text)["number"] or ""
            if not (starts and not number and position - starts[-1][1] <= 3):  # the appendix's own title
                starts.append((number, position))
    if not starts:
        table = next(
            (i for i in range(end, len(paragraphs)) if paragraphs[i].row and len(paragraphs[i].row) >= 3), None
        )
        if table is not None:
            starts.append(("", table))
    if not starts:
        return ()
    bounds = [position for _, position in starts[1:]] + [len(paragraphs)]
    return tuple((number, range(position, bound)) for (number, position), bound in zip(starts, bounds, strict=True))


def _attached(paragraphs: list[Paragraph], end: int) -> tuple[int, int] | None:
    """The title of a paper that stands behind the signature and says what it came with, and the end of its body."""
    for position in range(end, len(paragraphs) - 2):
        paragraph = paragraphs[position]
        found = title_of(paragraph.text)
        if paragraph.row or not found or not (paragraph.strong or paragraph.text.split(" ", 1)[0].isupper()):
            continue
        below = [each.text for each in paragraphs[position : position + 6]]
        if any(_CAME_WITH.search(text) for text in below):
            return position, _body_end(paragraphs, _after_title(paragraphs, position, end))
    return None


def _recipients(paragraphs: list[Paragraph], start: int, end: int) -> range:
    first = next((i for i in range(start, end) if _RECIPIENTS.match(paragraphs[i].text)), None)
    if first is None:
        return range(end, end)
    position = first + 1
    while position < end:
        text = paragraphs[position].text
        marker = paragraphs[position].marker
        listed = marker is not None and marker.kind in ("dash", "plus", "letter")
        if not listed and not text.lower().startswith(("như ", "lưu")):
            break
        position += 1
        if re.match(r"-?\s*lưu\b", text, re.IGNORECASE):
            break
    return range(first, position)
