"""Lists of pages as CSV files: reading what people's spreadsheets write, and writing what can't harm them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from anlanh.primitives.dates import parse_instant
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search
from anlanh.work.registry.inputs import PageInput

COLUMNS = {
    "address": ("address", "địa chỉ", "url", "link", "đường dẫn"),
    "title": ("title", "tiêu đề"),
    "kind": ("kind", "loại"),
    "posted_at": ("posted at", "thời điểm đăng", "đăng lúc"),
    "holder_address": ("holder address", "địa chỉ tài khoản"),
    "holder_name": ("holder name", "tên tài khoản"),
    "holder_email": ("holder email", "thư điện tử", "email"),
    "language": ("language", "ngôn ngữ"),
}
MOST_ROWS = 50_000
MOST_BYTES = 20 * 1024 * 1024

_BY_HEADER = {fold_search(spelling): name for name, spellings in COLUMNS.items() for spelling in spellings}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """One data row: the line of the file that it ends on (from 1, the header's is 1), and the page or the fault."""

    number: int
    page: PageInput | BadInput


def read_pages(stream: BinaryIO) -> list[Line]:
    """Reads a list of pages.

    UTF-8 with or without a byte order mark; commas, semicolons or tabs between cells, as the header line shows.
    Columns are known by their header in Vietnamese or English, whatever case and marks; only `address` is needed.
    Empty rows are passed over. An apostrophe that keeps a cell from being a formula is taken off (see `write_rows`).

    Raises:
        BadInput: (where the line's number, or `file`) what makes the file as a whole unreadable; nothing of it is used.
    """
    rows = _rows(_text(stream))
    try:
        _first, header = next(rows)
    except StopIteration:
        raise BadInput(
            _("the file is empty"), where="file", mend=_("write a header line and a line for each page")
        ) from None
    columns = _columns(header)
    lines = [Line(number, _page(columns, cells)) for number, cells in rows if any(cell.strip() for cell in cells)]
    if len(lines) > MOST_ROWS:
        raise BadInput(_("more than %(most)s rows") % {"most": MOST_ROWS}, where="file", mend=_("split the file"))
    return lines


def write_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open with its letters right and without taking any cell for a formula.

    Args:
        rows: the header first.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _text(stream: BinaryIO) -> str:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadInput(
            _("the file is larger than %(size)s MB") % {"size": MOST_BYTES >> 20},
            where="file",
            mend=_("split the file"),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadInput(_("the file is not UTF-8"), where=_line(line), mend=_("save it as “CSV UTF-8”")) from None
    if "\x00" in text:
        raise BadInput(_("the file is not text"), where="file", mend=_("save it as “CSV UTF-8”"))
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadInput(
                _("a quotation mark is not closed, or a cell is too long"),
                where=_line(reader.line_num),
                mend=_("save the file again from the spreadsheet"),
            ) from None
        yield reader.line_num, cells


def _columns(header: list[str]) -> list[str]:
    columns = []
    for cell in header:
        name = _BY_HEADER.get(fold_search(cell))
        if name is None:
            known = ", ".join(spellings[1] if len(spellings) > 1 else name for name, spellings in COLUMNS.items())
            raise BadInput(
                _("the column “%(name)s” is not known") % {"name": cell[:40]},
                where=_line(1),
                mend=_("use one of %(known)s") % {"known": known},
            )
        columns.append(name)
    if "address" not in columns:
        raise BadInput(
            _("there is no column for the address"), where=_line(1), mend=_("name one “địa chỉ” or “address”")
        )
    if len(set(columns)) < len(columns):
        raise BadInput(_("a column occurs twice"), where=_line(1), mend=_("keep one of them"))
    return columns


def _page(columns: list[str], cells: list[str]) -> PageInput | BadInput:
    if len(cells) > len(columns):
        return BadInput(_("more cells than columns"), mend=_("put cells that hold a comma in quotation marks"))
    values = {name: _unescaped(cell) for name, cell in zip(columns, cells, strict=False)}
    try:
        posted_at = parse_instant(values.pop("posted_at")) if values.get("posted_at") else None
    except BadInput as fault:
        return BadInput(fault.what, where="posted_at", mend=fault.mend)
    values.pop("posted_at", None)
    return PageInput(address=values.pop("address", ""), posted_at=posted_at, **values)


def _unescaped(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _line(number: int) -> str:
    return _("line %(number)s") % {"number": number}
