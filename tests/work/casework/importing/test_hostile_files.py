"""Files made to harm or merely broken: each is refused in words, in little time, before much of it is unpacked."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from anlanh.primitives.errors import BadInput
from anlanh.work.casework.importing import sheets
from anlanh.work.casework.importing.fields import KINDS
from anlanh.work.casework.importing.tables import find_table
from tests.work.casework.importing import ugly

MEGABYTE = 1024 * 1024
SECONDS = 10


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return ugly.saved(book)


def with_part(name: str, content: bytes) -> bytes:
    """A workbook of which one part is replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["a", "b"]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.namelist():
            bad.writestr(part, content if part == name else good.read(part))
        if name not in good.namelist():
            bad.writestr(name, content)
    return out.getvalue()


def sheet_of(rows: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part("xl/worksheets/sheet1.xml", f"{head}{rows}</sheetData></worksheet>".encode())


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb in a sheet": lambda: with_part("xl/worksheets/sheet1.xml", b" " * (300 * MEGABYTE)),
    "bomb in the styles": lambda: with_part("xl/styles.xml", b" " * (100 * MEGABYTE)),
    "a million rows": lambda: sheet_of('<row><c t="n"><v>1</v></c></row>' * 1_000_000),
    "row numbers without end": lambda: sheet_of('<row r="999999999"><c t="n"><v>1</v></c></row>'),
    "a cell of 10 MB": lambda: sheet_of(f'<row r="1"><c t="inlineStr"><is><t>{"a" * 10 * MEGABYTE}</t></is></c></row>'),
    "entities": lambda: sheet_of('<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
    "broken XML": lambda: sheet_of("<row><c><v>1</c>"),
    "no workbook but a ZIP": lambda: with_part("x", b"").replace(b"[Content_Types].xml", b"[Content_Typos].xml"),
    "cut off": lambda: workbook(["a", "b"])[:2000],
    "locked": lambda: sheets._COMPOUND + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500,
    "old XLS": lambda: sheets._COMPOUND + b"\0" * 2000,
    "a PDF": lambda: b"%PDF-1.7\n" + b"\0" * 2000,
    "empty": lambda: b"",
    "blank": lambda: b" \n\n ",
    "no rows": lambda: workbook(),
    "CSV of a million rows": lambda: b"a,b\n" * 1_000_000,
    "CSV with a cell of 10 MB": lambda: b"a,b\n" + b"x" * 10 * MEGABYTE + b",1\n",
    "CSV with an open quotation mark": lambda: b'a,b\n"never closed,1\n2,3\n',
    "bytes": lambda: bytes(range(256)) * 200,
    "too large": lambda: b"a," * 11 * MEGABYTE,
}


# They take seconds even where they are refused early, since they take as long to make.
LONG = {"a million rows", "CSV of a million rows", "bomb in a sheet", "bomb in the styles"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in HOSTILE]
)
def test_it_is_refused_in_words_and_in_time(name: str) -> None:
    content = HOSTILE[name]()
    begun = time.process_time()
    with pytest.raises(BadInput) as refusal:
        sheets.read_sheets(io.BytesIO(content))
    assert time.process_time() - begun < SECONDS
    assert refusal.value.mend
    assert len(str(refusal.value)) < 300


def test_formulas_are_their_last_result_and_are_never_worked_out() -> None:
    content = sheet_of(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Link</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Mã đơn</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("x")</f><v>mang.example/a</v></c>'
        "<c r=\"B2\"><f>cmd|' /C calc'!A0</f></c></row>"
        '<row r="3"><c r="A3" t="inlineStr"><is><t>=cmd|calc</t></is></c><c r="B3"><v>5</v></c></row>'
    )
    (sheet,) = sheets.read_sheets(io.BytesIO(content))
    assert sheet.rows == [(1, ["Link", "Mã đơn"]), (2, ["mang.example/a"]), (3, ["=cmd|calc", 5])]


def test_a_csv_under_a_wrong_name_is_read_as_what_it_is() -> None:
    (sheet,) = sheets.read_sheets(io.BytesIO("Link\tMã đơn\nmang.example/a\tD1\n".encode("utf-16")))
    assert sheet.rows == [(1, ["Link", "Mã đơn"]), (2, ["mang.example/a", "D1"])]


@pytest.mark.slow
def test_merged_cells_without_end_take_no_time() -> None:
    merges = "".join(f'<mergeCell ref="A{at}:XFD1048576"/>' for at in range(1, 2000))
    content = with_part(
        "xl/worksheets/sheet1.xml",
        (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + '<row><c t="inlineStr"><is><t>Link</t></is></c><c><v>1</v></c></row>' * 5000
            + f"</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
        ).encode(),
    )
    begun = time.process_time()
    (sheet,) = sheets.read_sheets(io.BytesIO(content))
    find_table(sheet, KINDS["reports"])
    assert time.process_time() - begun < SECONDS
