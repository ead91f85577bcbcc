"""Tables that hand out work: a row is a task, its columns say what, who leads, who helps and by when."""

import re
from dataclasses import dataclass

from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.paragraphs import Paragraph

_COLUMNS = {  # in this order: the first pattern that a head fits names its column
    "number": r"(?:stt|tt|số tt|số thứ tự|no\.?)$",
    "with": r".*phối hợp",
    "lead": r".*(?:chủ trì|thực hiện(?! nhiệm vụ)|đầu mối|chịu trách nhiệm|phân công|được giao|phụ trách|tham mưu).*|"
    r"(?:cơ quan|đơn vị|ngành|trách nhiệm)(?: .*)?$",
    "time": r".*(?:thời gian|thời hạn|tiến độ|hoàn thành|kỳ hạn|hạn|thời điểm).*",
    "result": r".*(?:sản phẩm|kết quả|ghi chú|căn cứ|cơ sở|kinh phí|đề xuất).*",
    "task": r".*(?:nhiệm vụ|nội dung|công việc|tên|hoạt động|giải pháp|đầu việc).*",
}
_TIME_FIRST = re.compile(r"(?:thời gian|thời hạn|tiến độ|kỳ hạn)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)]?")


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a table: path as printed in its number column, sections in front, and its cells by meaning."""

    path: str
    task: Mapped
    lead: str | None
    helpers: str | None
    time: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that hand out work. `hands_out` is False for a table without a column that says who leads."""

    rows: tuple[Row, ...]
    hands_out: bool


def tables_in(paragraphs: list[Paragraph]) -> list[Table]:
    """The tables of a run of paragraphs, each read by its head."""
    tables, run = [], []
    for position, paragraph in enumerate([*paragraphs, None]):
        broken = paragraph is None or not (paragraph.row or _goes_on(paragraphs, position))
        if not broken and paragraph is not None:
            if paragraph.row:
                run.append(paragraph)
            continue
        if len(run) >= 2:
            tables.append(_read(run))
        run = []
    return tables


def _goes_on(paragraphs: list[Paragraph], position: int) -> bool:
    """A heading cell that fills a whole row, or a page break, does not end a table."""
    return (
        len(paragraphs[position].text) < 200
        and any(paragraph.row for paragraph in paragraphs[position + 1 : position + 3])
        and any(paragraph.row for paragraph in paragraphs[max(0, position - 2) : position])
    )


def _read(run: list[Paragraph]) -> Table:
    head = next((index for index, paragraph in enumerate(run[:4]) if "task" in _meanings(paragraph.row)), None)
    if head is None:
        return Table((), False)
    columns = _meanings(run[head].row)
    rows: list[Row] = []
    section = ""
    for paragraph in run[head + 1 :]:
        cells = {name: paragraph.row[index] for name, index in columns.items() if index < len(paragraph.row)}
        texts = [cell for cell in paragraph.row if cell.text]
        number = cells["number"].text.rstrip(".)") if "number" in cells else ""
        if not texts or all(re.fullmatch(r"\(?\d{1,2}\)?", cell.text) for cell in texts):
            continue
        filled = [cell for cell in texts if cell.text.rstrip(".)") != number]
        if (
            len(filled) <= 1
            and not _has(cells, "lead")
            and (number == "" or not number[-1:].isdigit() or len(filled) == 0)
            and "lead" in columns
        ):
            printed = number or (match[0] if (match := _NUMBER.match(texts[0].text)) else "")
            if printed or not rows:
                section = printed.rstrip(".)")
                continue
        task = cells.get("task")
        if task is None or not task.text:
            continue
        if not number and not _has(cells, "lead") and rows:
            rows[-1] = _continued(rows[-1], cells)
            continue
        start, end = task.span()
        label = number if _NUMBER.fullmatch(number) else str(len(rows) + 1)
        below = section and not label.startswith(section + ".")
        rows.append(
            Row(
                f"{section}.{label}" if below else label,
                task,
                _text(cells, "lead"),
                _text(cells, "with"),
                _text(cells, "time"),
                start,
                end,
            )
        )
    return Table(tuple(rows), "lead" in columns)


def _meanings(row: tuple[Mapped, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        text = cell.text.lower().strip(" *:")
        if not text or len(text) > 60:
            continue
        for name, pattern in _COLUMNS.items():
            if name == "lead" and _TIME_FIRST.match(text):
                continue
            if name not in found and re.fullmatch(pattern, text):
                found[name] = index
                break
    return found if len(found) >= 2 else {}


def _continued(row: Row, cells: dict[str, Mapped]) -> Row:
    """A row that a page break cut: its words go on in the next."""
    more = cells["task"]
    task = row.task + Mapped(" ", more.starts[0:1], more.starts[0:1]) + more
    return Row(
        row.path,
        task,
        row.lead,
        row.helpers or _text(cells, "with"),
        row.time or _text(cells, "time"),
        row.start,
        more.span()[1],
    )


def _has(cells: dict[str, Mapped], name: str) -> bool:
    return name in cells and bool(cells[name].text)


def _text(cells: dict[str, Mapped], name: str) -> str | None:
    return cells[name].text.strip(" .;") or None if name in cells else None
