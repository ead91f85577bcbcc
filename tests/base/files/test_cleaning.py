"""What leaves says nothing of who made it, where and when; what can't be cleaned does not leave."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from PIL import Image

from anlanh.base.files import cleaning
from anlanh.base.files.models import StoredFile
from anlanh.primitives.errors import BadInput
from tests.base.files.test_drawing import MARK, laid_down, pdf_of, photograph

NAME = MARK.decode()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ANLANH_FILES_DIR = tmp_path
    return tmp_path


def unpacked(archive: bytes) -> bytes:
    """Every part of an archive, with the names."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return b"\n".join(name.encode() + b"\n" + opened.read(name) for name in opened.namelist()) + opened.comment


def with_parts(archive: bytes, changed: dict[str, Any]) -> bytes:
    """The archive with parts added, or changed by a function of what they were."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys((*old.namelist(), *changed)):
            change = changed.get(name)
            new.writestr(name, change(old.read(name)) if callable(change) else change or old.read(name))
        new.comment = MARK
    return out.getvalue()


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("Nội dung giữ lại.")
    document.add_picture(io.BytesIO(photograph("JPEG", 64, 64)), width=Cm(2))
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.title = core.keywords = NAME
    out = io.BytesIO()
    document.save(out)
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    tracked = (
        b'<w:p w:rsidR="' + MARK + b'"><w:ins w:id="1" w:author="' + MARK + b'" w:date="2026-01-01T00:00:00Z"><w:r>'
        b'<w:t>Them.</w:t></w:r></w:ins><w:del w:id="2" w:author="' + MARK + b'"><w:r><w:delText>' + MARK
        + b"</w:delText></w:r></w:del></w:p><!--" + MARK + b"-->"
    )  # fmt: skip
    variable = b"><w:docVar w:name='a' w:val='" + MARK + b"'/></w:docVars>"
    settings = b"<w:rsids><w:rsid w:val='" + MARK + b"'/></w:rsids><w:docVars " + space + variable
    changed = {
        "word/document.xml": lambda was: was.replace(b"<w:sectPr", tracked + b"<w:sectPr", 1),
        "word/settings.xml": lambda was: was.replace(b"</w:settings>", settings + b"</w:settings>"),
        "docProps/thumbnail.jpeg": photograph("JPEG", 64, 64),
        "customXml/item9.xml": b"<a>" + MARK + b"</a>",
        "word/people.xml": b"<a>" + MARK + b"</a>",
    }
    return with_parts(out.getvalue(), changed)


def workbook_file(*, hidden: bool = False) -> bytes:
    book = Workbook()
    book.active["A1"] = "Nội dung giữ lại."
    book.active["A1"].comment = Comment("Lời ghi chú.", NAME)
    book.properties.creator = book.properties.lastModifiedBy = NAME
    if hidden:
        book.create_sheet("Khác").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    space = b"xmlns:x='http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac'"
    path = b"<x:absPath " + space + b" url='" + MARK + b"'/><workbookPr"
    changed = {"xl/workbook.xml": lambda was: was.replace(b"<workbookPr", path, 1)}
    return with_parts(out.getvalue(), changed)


def made(content: bytes, media_type: str) -> tuple[str, bytes, StoredFile]:
    stored = laid_down(content, media_type)
    ending, clean = cleaning.cleaned(stored)
    return ending, clean, stored


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_keep_their_pixels_alone(form: str) -> None:
    ending, clean, _stored = made(photograph(form), f"image/{form.lower()}")
    assert ending == "jpg"
    assert MARK not in clean
    assert Image.open(io.BytesIO(clean)).size == (320, 240)


def test_a_pdf_keeps_its_pages_and_no_title_or_author() -> None:
    source = pdf_of()
    assert MARK in source
    assert MARK not in made(source, "application/pdf")[1]


def test_a_word_file_keeps_its_words_and_loses_who_wrote_them() -> None:
    source = word_file()
    assert unpacked(source).count(MARK) > 10
    ending, clean, _stored = made(source, cleaning.WORD)
    assert ending == "docx"
    assert MARK not in unpacked(clean)
    document = Document(io.BytesIO(clean))
    assert document.paragraphs[0].text == "Nội dung giữ lại."
    assert "Them." in unpacked(clean).decode(errors="replace")
    assert len(document.inline_shapes) == 1


def test_a_workbook_keeps_its_cells_and_loses_who_wrote_them() -> None:
    source = workbook_file()
    ending, clean, _stored = made(source, cleaning.WORKBOOK)
    assert ending == "xlsx"
    assert MARK not in unpacked(clean)
    sheet = load_workbook(io.BytesIO(clean)).active
    assert sheet["A1"].value == "Nội dung giữ lại."
    assert sheet["A1"].comment.text == "Lời ghi chú."


def test_text_is_its_words_and_nothing_else() -> None:
    assert made("Chữ thường.\n".encode(), "text/plain")[:2] == ("txt", "Chữ thường.\n".encode())


HIDING = b"<w:rPr><w:vanish/></w:rPr></w:style>"
HIDDEN = b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>an</w:t></w:r></w:p>"


ENTITY = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        ("word/vbaProject.bin", b"macro", "macro"),
        ("word/embeddings/a.xlsx", b"PK", "macro"),
        ("word/document.xml", lambda was: was.replace(b"</w:p>", HIDDEN, 1), "ẩn"),
        ("word/styles.xml", lambda was: was.replace(b"</w:style>", HIDING, 1), "ẩn"),
        ("word/styles.xml", ENTITY, "macro"),
        ("word/styles.xml", b"<khong", "hỏng"),
        ("word/media/image1.jpg", b"khong phai anh", "hỏng"),
        ("word/footnotes.xml", b" " * (49 << 20), "quá lớn"),
    ],
)
def test_what_can_not_be_cleaned_is_refused(part: str, change: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        made(with_parts(word_file(), {part: change}), cleaning.WORD)


def test_a_hidden_sheet_is_refused() -> None:
    with pytest.raises(BadInput, match="ẩn"):
        made(workbook_file(hidden=True), cleaning.WORKBOOK)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"<row ", b'<row hidden="1" '),
        (b"<row ", b'<row ht="0" customHeight="1" '),
        (b"<sheetData>", b'<cols><col min="1" max="1" width="9" hidden="true"/></cols><sheetData>'),
        (b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" '),
    ],
)
def test_hidden_rows_and_columns_are_refused(was: bytes, becomes: bytes) -> None:
    changed = {"xl/worksheets/sheet1.xml": lambda sheet: sheet.replace(was, becomes, 1)}
    with pytest.raises(BadInput, match="ẩn"):
        made(with_parts(workbook_file(), changed), cleaning.WORKBOOK)


@pytest.mark.parametrize("media_type", ["video/mp4", "audio/mpeg", "application/zip", "application/x-ole-storage"])
def test_other_kinds_are_not_sent(media_type: str) -> None:
    with pytest.raises(BadInput, match="không làm sạch"):
        made(b"noi dung", media_type)


@pytest.mark.parametrize(
    ("name", "ending", "copy"),
    [
        ("anh.PNG", "jpg", "anh.jpg"),
        ("anh.jpeg", "jpg", "anh.jpeg"),
        ("trang.html", "txt", "trang.html"),
        ("anh", "jpg", "anh.jpg"),
    ],
)
def test_a_copy_is_called_like_its_original(name: str, ending: str, copy: str) -> None:
    assert cleaning.named(name, ending) == copy
