"""Lines put together into paragraphs: page numbers dropped, hard breaks and page breaks inside sentences healed."""

import itertools
import re
from dataclasses import dataclass

from anlanh.papers.reading.bodies import names_a_body, subject_of
from anlanh.papers.reading.cleaning import Cleaned
from anlanh.papers.reading.mapped import Mapped, gap
from anlanh.papers.reading.markers import Marker, joins_names, marker_of
from anlanh.papers.reading.words import asks_for_something

_SPACES = re.compile(r"\s+")
_CELL_GAP = re.compile(r"\t+|(?<!ngày)(?<!tháng)(?<!Số:)(?<!\s)\s{3,}(?!tháng|năm|/)|(?<=\S) *\| *(?=\S|$)")
_PAGE_NUMBER = re.compile(
    r"[-–—~\[(]*\s*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*[/|]\s*\d{1,4})?\s*[-–—~\])]*", re.IGNORECASE
)
_PAGE_FURNITURE = re.compile(
    r"CÔNG BÁO/Số.*|\d*\s*CÔNG BÁO\s*(?:/|Số).*|Trang \d+ (?:trên|của) \d+|https?://\S+(?:\s+\d+/\d+)?|"
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}(?: [AP]M)?.*",
    re.IGNORECASE,
)
_TERMINATOR = re.compile(r"(?:[.;:!?…]|\./\.?)[”\"’)\]]*$")
_DANGLING = re.compile(  # words that no sentence and no name ends with
    r"(?:[,(/“]|(?:^|\s)(?:và|của|với|cho|tại|trên|các|những|theo|về|hoặc|do|từ|đến|tới|trong|khoản|điểm|Điều|Khoản|"
    r"Điểm|bị|được|có|"
    r"là|để|bởi|không|việc|khi|mà|ở|vào|ra|nhằm|cùng))$"
)
_LABEL_END = re.compile(  # "Chủ trì:" at the end of a line waits for its words
    r"(?:^|[.;,(]\s)(?:(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp)|thời (?:gian|hạn))\s*:$", re.IGNORECASE
)
_WAITING = re.compile(  # words that wait for a name or number, unless they end a name themselves
    r"(?:[-–]|(?:^|\s)(?:số|ngày|tháng|năm|mục|quý|Quý|lần|thứ|kỳ|khóa|Khóa|cấp|hạng|loại|nhóm|Sở|Bộ|tỉnh|thành phố|huyện|xã|phường|Nghị định|Thông tư|Quyết định|"
    r"Chỉ thị|Luật|Ủy ban|Uỷ ban|UBND))$"
)
_WAITING_NUMBER = re.compile(r"\s(?:số|ngày|tháng|năm|quý|Quý|lần thứ|kỳ|khóa)$")
_FORMAL_START = re.compile(
    r"(?:kính gửi|nơi nhận|số\s*:|v/v|về việc|tm\.|kt\.|tl\.|tuq\.|q\.|căn cứ|xét đề nghị|theo đề nghị|phụ lục|điều \d|"
    r"kính trình|trân trọng|tải về|độc lập)",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(
    r"(?<=[A-ZĐ\d&]) (?=V/v )|(?<=NAM) (?=Độc lập)| (?=SỞ [A-ZĐÀ-Ỹ]{2,})|(?:(?<=GIÁM ĐỐC)|(?<=CHỦ TỊCH)|(?<=VĂN PHÒNG)|(?<=BỘ TRƯỞNG)) "
    r"(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,4}$)"
)
_ADDRESSED = re.compile(r"kính gửi\s*:", re.IGNORECASE)
_OPENS_BODY = re.compile(
    r"(?:thực hiện|căn cứ|theo|ngày|để|nhằm|qua|thời gian|trong|xét|vừa qua|hiện nay|tiếp theo)(?![^\W_])",
    re.IGNORECASE,
)
_OPEN_CITATION = re.compile(r"(?:điều|khoản|điểm)\s+\w{1,4}$", re.IGNORECASE)
_NAMED_LAW = re.compile(r"(?:Nghị định|Luật|Bộ luật|Thông tư|Quyết định|Nghị quyết|Pháp lệnh|Chỉ thị)\b")
_THIS_PAPER = re.compile(r"(?:Quyết định|Chỉ thị|Kế hoạch|Công văn|Thông tư|Nghị quyết|Quy chế|Quy định|Công điện) này")
_PLACE = re.compile(r"(?:Điều|Khoản|Điểm) \d{0,3}[a-zđ]?[ ,;](?![A-ZĐ])")
_ARTICLE_HEADING = re.compile(r"\w+ \d+[a-zđ]?\s*(?:[.:]|$)")
_WEAK = ("number", "decimal", "letter", "roman", "capital")
_CLOSING_START = re.compile(
    r"(?:rất mong|trân trọng|mọi (?:thông tin|vướng mắc)|trên đây|yêu cầu|đề nghị|giao|trong quá trình|quá thời hạn|"
    r"đầu mối|(?:chỉ thị|quyết định|kế hoạch|công văn|thông tư|nghị quyết|quy chế|quy định) này)\b",
    re.IGNORECASE,
)
_LONG_LINE = 60  # columns
_TAIL = 300  # code points at the end of a paragraph, by which it is told whether it goes on
_WIDEST = 140  # columns; longer lines are whole paragraphs


@dataclass(slots=True)
class Paragraph:
    """A paragraph or table row.

    `body` is its text with single spaces and its way back to the text as read; `strong` says that it stood out (markdown
    heading, bold from end to end); `after_blank` that white space parts it from what came before; `row` holds the cells
    of a table row.
    """

    body: Mapped
    strong: bool = False
    after_blank: bool = False
    row: tuple[Mapped, ...] = ()

    @property
    def text(self) -> str:
        """Its words, single spaced."""
        return self.body.text

    @property
    def marker(self) -> Marker | None:
        """The number or sign that it starts with."""
        return marker_of(self.body.text)


def paragraphs_of(cleaned: Cleaned) -> list[Paragraph]:
    """All paragraphs of a document, in their order."""
    lines = _stripped_lines(cleaned.text)
    width = _wrap_width(lines)
    airy = _is_airy(lines)
    done: list[Paragraph] = []
    blank = True
    last_line = ""
    for position, line in enumerate(lines):
        if not line:
            blank = True
            continue
        if _is_furniture(line, lines, position):
            blank = blank or not last_line
            continue
        row = _cells(line)
        if row:
            _add_row(done, line, row, blank)
            last_line = ""
        else:
            body = line.sub(_SPACES, " ")
            strong = cleaned.emphasised(line.span()[0])
            before = done[-1] if done and not done[-1].row else None
            if before is not None and _continues(before, last_line, body.text, strong, blank, width, airy):
                before.body = before.body + gap(body) + body
            else:
                done.append(Paragraph(body, strong, blank))
            last_line = line.text
        blank = False
    return done


def plain_lines(cleaned: Cleaned) -> list[Mapped]:
    """The lines that say something, with cells of side by side columns apart: for headers and signatures."""
    lines = []
    for line in _stripped_lines(cleaned.text):
        start = 0
        for space in [*_CELL_GAP.finditer(line.text), None]:
            cell = line[start : space.start() if space else len(line)].strip()
            if cell.text.strip("|"):
                lines += _parted(cell.sub(_SPACES, " "))
            start = space.end() if space else 0
    return lines


def _parted(cell: Mapped) -> list[Mapped]:
    """A cell of a head or foot whose lines a converter ran together."""
    parts, start = [], 0
    for match in _RUN_TOGETHER.finditer(cell.text) if len(cell) < 300 else ():
        parts.append(cell[start : match.start()])
        start = match.end()
    return [*parts, cell[start:]]


def _stripped_lines(text: Mapped) -> list[Mapped]:
    lines = []
    for line in text.lines():
        stripped = line.strip() if "\t" not in line.text else _right_strip(line)
        lines.append(stripped)
    return lines


def _right_strip(line: Mapped) -> Mapped:
    """A table row keeps its leading tabs: they stand for empty cells."""
    return line.strip() if line.text.strip("\t ").count("\t") == 0 and line.text.count("\t") < 2 else line


def _wrap_width(lines: list[Mapped]) -> int:
    """The width at which lines were broken, or 0 when each line is a whole paragraph."""
    lengths = sorted(len(line) for line in lines if len(line) > 0 and "\t" not in line.text)
    if not lengths:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    full = sum(1 for length in lengths if 0.75 * width <= length <= 1.25 * width)
    if len(lengths) >= 8 and 25 <= width <= _WIDEST and full >= 0.3 * len(lengths):
        return width
    return _width_of_broken_sentences(lines)


def _width_of_broken_sentences(lines: list[Mapped]) -> int:
    """The length of the longest lines, where several long lines end inside sentences that the next line goes on with."""
    broken = [
        len(line)
        for line, following in itertools.pairwise(lines)
        if _LONG_LINE * 3 // 4 <= len(line) <= _WIDEST
        and following.text[:1].islower()
        and not _TERMINATOR.search(line.text)
        and "\t" not in line.text
    ]
    return max(broken) if len(broken) >= 2 and min(broken) >= 0.7 * max(broken) else 0


def _is_airy(lines: list[Mapped]) -> bool:
    """Whether blank lines part the paragraphs, so that a full stop at a line's end parts none."""
    marked = [at for at, line in enumerate(lines) if at and len(line) > _LONG_LINE // 2 and marker_of(line.text)]
    blank_before = sum(1 for at in marked if not lines[at - 1].text)
    return len(marked) >= 3 and blank_before >= 0.9 * len(marked)


def _is_furniture(line: Mapped, lines: list[Mapped], position: int) -> bool:
    """Page numbers and running heads. A lone number next to table rows may be a cell."""
    text = line.text.strip()
    if len(text) > 120:
        return False
    if _PAGE_FURNITURE.fullmatch(text):
        return True
    if not _PAGE_NUMBER.fullmatch(text) or "\t" in line.text:
        return False
    around = lines[max(0, position - 1) : position + 2]
    return not any("\t" in neighbour.text for neighbour in around)


def _cells(line: Mapped) -> tuple[Mapped, ...]:
    """The cells of a table row set with tabs or pipes; empty where the line is none."""
    text = line.text
    if text.count("|") >= 2 and text.strip().startswith("|"):
        inner = line.strip()
        inner = inner[1 : len(inner) - 1 if inner.text.endswith("|") else len(inner)]
        separator = "|"
    elif text.count("\t") >= 2 or (text.count("\t") == 1 and text.strip().count("\t") == 1):
        inner, separator = line, "\t"
    else:
        return ()
    cells, start = [], 0
    for match in re.finditer(re.escape(separator), inner.text):
        cells.append(inner[start : match.start()].strip().sub(_SPACES, " "))
        start = match.end()
    cells.append(inner[start:].strip().sub(_SPACES, " "))
    return tuple(cells) if any(cells) else ()


def _add_row(done: list[Paragraph], line: Mapped, row: tuple[Mapped, ...], blank: bool) -> None:
    if all(re.fullmatch(r":?-{2,}:?|", cell.text) for cell in row):
        return  # the rule below the head of a markdown table
    done.append(Paragraph(line.sub(_SPACES, " ").strip(), False, blank, row))


def _continues(before: Paragraph, last_line: str, text: str, strong: bool, blank: bool, width: int, airy: bool) -> bool:
    """Whether a line goes on with the sentence of the paragraph before it."""
    previous = before.text
    tail = previous[-_TAIL:]
    ended = bool(_TERMINATOR.search(tail))
    forced = bool(width) and len(last_line) + 1 + len(text.split(" ", 1)[0]) > 0.88 * width
    dangling = bool(_DANGLING.search(tail)) or (
        not blank
        and bool(_WAITING.search(tail))
        and (forced or not before.marker or (len(last_line) >= _LONG_LINE and bool(_WAITING_NUMBER.search(tail))))
    )
    marker = marker_of(text)
    if marker is not None:
        if blank or ended or before.strong or strong:
            return False
        if marker.kind in ("article", "section", "part", "chapter"):
            # "khoản 2 / Điều 33 Nghị định …" goes on; "Điều 33. …" is a heading.
            return dangling or (marker.kind == "article" and not _ARTICLE_HEADING.match(text))
        if marker.kind in _WEAK:
            return dangling and (forced or not width)
        inside = text[marker.length : marker.length + 1].islower() or (marker.kind == "dash" and joins_names(tail))
        return forced and inside and marker.kind in ("dash", "plus")
    if not blank and _LABEL_END.search(tail):
        return True
    if not blank and text[0].islower() and (not ended or (before.strong and previous.endswith(":"))):
        return True
    if not blank and not ended and _THIS_PAPER.match(text):
        return True  # "… chịu trách nhiệm thi hành / Quyết định này./."
    if not blank and not ended and _OPEN_CITATION.search(tail) and (_NAMED_LAW.match(text) or _PLACE.match(text)):
        return True  # "theo Điều 7 / Nghị định số …" is one citation
    if not blank and previous.endswith(";") and names_a_body(text) and _lists_bodies(before):
        return True  # "Điều 3. Chánh Văn phòng …; / Giám đốc Công an tỉnh; … chịu trách nhiệm thi hành"
    opens = blank or bool(_OPENS_BODY.match(text))
    if _ADDRESSED.match(previous) and not opens and not ended and len(text) < _LONG_LINE and text.endswith((".", ";")):
        return True
    if _ADDRESSED.match(previous) and text[0].isupper() and opens and (blank or not previous.endswith((",", " và"))):
        return False  # what follows the addressees is another paragraph, whatever stop is missing
    if dangling and not blank and _PLACE.match(text):
        return True
    if _FORMAL_START.match(text) and not (forced and text[:1].islower() and not blank):
        return False
    if strong != before.strong and not (strong and dangling):
        return False
    if text[0].islower() or text[0] in ",;:.)]”":
        return not ended or (not blank and (forced or not previous.endswith((";", ":"))))
    if text[0].isdigit() or text[0] in '(“"':
        return not ended and (forced or dangling or (blank is False and not width))
    if dangling:
        return (not previous.endswith(":") and not _is_upper(text)) or (_is_upper(tail) and _is_upper(text))
    if not width and not blank and not ended and len(last_line) >= _LONG_LINE and not _is_upper(tail):
        # Too few lines to tell a width by: a long line without a stop goes on, unless it may be a heading.
        return not _is_upper(text) and not (before.marker and asks_for_something(text))
    return (
        forced
        and not blank
        and not (asks_for_something(text) and _is_whole_heading(before))
        and not _is_upper(text)
        and not _is_upper(tail)
        and (airy or not _ended_item(previous, last_line, text, width))
    )


def _ended_item(previous: str, last_line: str, text: str, width: int) -> bool:
    """A full stop in the last columns may end a sentence only: the paragraph goes on unless a body is named next."""
    if re.search(r"(?:[;:]|\./\.?)$", previous):
        return True
    stopped = bool(re.search(r"[.!?…]$", previous))
    return stopped and (len(last_line) < 0.8 * width or names_a_body(text) or bool(_CLOSING_START.match(text)))


def _lists_bodies(paragraph: Paragraph) -> bool:
    """Whether an article has only named bodies so far, and not said what they are to do."""
    marker = paragraph.marker
    if marker is None or marker.kind != "article":
        return False
    subject = subject_of(paragraph.text[marker.length :].strip())
    return subject is not None and subject.predicate is None


def _is_whole_heading(paragraph: Paragraph) -> bool:
    """Whether a numbered line names just a body: what follows it is another paragraph, however long the line is."""
    marker = paragraph.marker
    subject = subject_of(paragraph.text[marker.length :]) if marker else None
    return subject is not None and subject.predicate is None


def _is_upper(text: str) -> bool:
    return text.isupper()
