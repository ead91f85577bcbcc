"""XLSX: a ZIP of XML, so looked over before anything in it is unpacked; then read row by row."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from anlanh.primitives.archives import DAMAGED
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.importing import old_letters
from anlanh.work.casework.importing.sheets import (
    MOST_BLANK_ROWS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Merge,
    Sheet,
    checked_cell,
    refusal,
    too_many_rows,
)

MEGABYTE = 1024 * 1024
MOST_TEXT = 64 * MEGABYTE  # of sheets and shared texts, unpacked
MOST_OTHER_PART = 4 * MEGABYTE  # of each part that is read whole: styles, lists of sheets
MOST_PARTS = 5_000
MOST_SHARED_TEXTS = 1_000_000
MOST_MERGES = 20_000
MOST_CELLS = 5_000_000  # empty ones between others included
_TEXT_PARTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.I)
_UNREAD_PARTS = re.compile(
    r"xl/(media|drawings|embeddings|charts|printerSettings|pivotCache|pivotTables)/|docProps/", re.I
)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]{1,500})>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_CHUNK = MEGABYTE


def read(content: bytes) -> list[Sheet]:
    """The visible sheets of a workbook.

    Raises:
        BadInput: broken, no workbook, or larger inside than any register is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_over(archive)
            merges = {part: _merges(archive, part) for part in _sheet_parts(archive)}
            hidden = {part: _hidden(archive, part) for part in _sheet_parts(archive)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (pictures, validation) is not wanted here
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return [
                    _sheet(sheet, merges, hidden)
                    for sheet in book.worksheets[:MOST_SHEETS]
                    if sheet.sheet_state == "visible"
                ]
            finally:
                book.close()
    except BadInput:
        raise
    except (
        *DAMAGED,
        *(InvalidFileException, ParseError, TypeError, IndexError, AttributeError),
    ):
        # A damaged or made-up workbook fails in openpyxl in as many ways as there are parts; people are told one.
        raise refusal(
            _("the file is no workbook, or it is damaged"), _("open it in a spreadsheet program and save it as XLSX")
        ) from None


def _look_over(archive: zipfile.ZipFile) -> None:
    """Refuses what is too large inside. Sizes that the archive states bind: no part is unpacked beyond its own."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
        raise refusal(_("the file is locked, or holds too many parts"), _("save it anew as XLSX without a password"))
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise refusal(_("the file is a ZIP archive and no workbook"), _("unpack it and send the register in it"))
    text = sum(part.file_size for part in parts if _TEXT_PARTS.fullmatch(part.filename))
    others = [part.file_size for part in parts if not (_TEXT_PARTS.fullmatch(part.filename) or _unread(part))]
    if text > MOST_TEXT or any(size > MOST_OTHER_PART for size in others):
        raise refusal(_("the file is far larger inside than a register is"), _("keep the register and remove the rest"))
    for part in parts:
        if not _unread(part):
            _look_into(archive, part)


def _look_into(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuses declarations, which no spreadsheet program writes and with which a little XML becomes a lot."""
    shared, before = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if b"<!" in before + chunk and _DECLARATION.search(before + chunk):
                raise refusal(_("the file holds declarations that no spreadsheet has"), _("save it anew as XLSX"))
            shared += chunk.count(b"<si")
            before = chunk[-10:]
    if shared > MOST_SHARED_TEXTS:
        raise too_many_rows()


def _unread(part: zipfile.ZipInfo) -> bool:
    return _UNREAD_PARTS.match(part.filename) is not None or part.filename.endswith(".bin")


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if _TEXT_PARTS.fullmatch(name) and "worksheets/" in name.lower()]


def _merges(archive: zipfile.ZipFile, part: str) -> list[Merge]:
    """The merged cells of a sheet; they stand after its rows, where reading row by row does not come."""
    found: dict[str, Merge] = {}
    before = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            for ref in _MERGE.findall(before + chunk) if b"mergeCell" in before + chunk else ():
                left, top, right, bottom = range_boundaries(ref.decode())
                found[ref.decode()] = Merge(top, left, bottom, min(right, MOST_COLUMNS))
            if len(found) > MOST_MERGES:
                raise refusal(_("too many merged cells"), _("split the file"))
            before = chunk[-200:]
    return list(found.values())


def _hidden(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    """The places of hidden columns, which a sheet states before its rows."""
    with archive.open(part) as stream:
        head = stream.read(_CHUNK).partition(b"sheetData")[0]
    hidden: set[int] = set()
    for column in _COLUMN.findall(head):
        said = dict(_ATTRIBUTE.findall(column))
        if said.get(b"hidden") in (b"1", b"true"):
            hidden.update(range(int(said[b"min"]) - 1, min(int(said[b"max"]), MOST_COLUMNS)))
    return frozenset(hidden)


def _sheet(source: Any, merges: dict[str, list[Merge]], hidden: dict[str, frozenset[int]]) -> Sheet:
    source.reset_dimensions()  # what the file says of its own size is not believed
    rows: list[tuple[int, list[object]]] = []
    seen = 0
    for number, cells in enumerate(source.iter_rows(values_only=True), 1):
        seen += len(cells)
        cells = _trimmed(checked_cell(cell, number) for cell in cells[:MOST_COLUMNS])
        if cells:
            rows.append((number, cells))
        elif number - (rows[-1][0] if rows else 0) > MOST_BLANK_ROWS:
            break
        if len(rows) > MOST_ROWS or seen > MOST_CELLS:
            raise too_many_rows()
    part = source._worksheet_path.lstrip("/")
    return in_unicode(Sheet(source.title, rows, merges.get(part, []), hidden=hidden.get(part, frozenset())))


def in_unicode(sheet: Sheet) -> Sheet:
    """The sheet with old letters converted. Each column is judged by itself, since one sheet may mix fonts.

    A column with too little text to tell goes by what the sheet as a whole says.
    """
    by_column: dict[int, list[str]] = {}
    for _number, cells in sheet.rows:
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and not cell.isascii():
                by_column.setdefault(column, []).append(cell)
    whole = old_letters.letters_of(text for texts in by_column.values() for text in texts[:200])
    judged = {
        column: old_letters.letters_of(texts[:500]) if len(texts) >= 5 else whole for column, texts in by_column.items()
    }
    sheet.letters = frozenset(judged.values()) - {old_letters.UNICODE}
    if sheet.letters:
        for _number, cells in sheet.rows:
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and not cell.isascii():
                    cells[column] = old_letters.converted(cell, judged[column])
    return sheet


def _trimmed(cells: Iterable[object]) -> list[object]:
    """The cells without the empty ones at the end; none for a blank row."""
    kept = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    while kept and kept[-1] is None:
        kept.pop()
    return kept
