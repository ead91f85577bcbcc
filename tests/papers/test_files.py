"""Files as they come: what is read, what is refused, and in which words."""

import io
import json
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest

from anlanh.papers.files.opening import text_of_bytes
from anlanh.primitives.errors import BadInput
from anlanh.server.cli import main
from tests.papers.scoring import CASES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(document: str, **parts: str) -> bytes:
    """A Word file of this document.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def body(*paragraphs: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'


def said(text: str, number: str = "", level: int = 0) -> str:
    listed = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
    return f"<w:p>{listed}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_numbers_that_word_prints_are_read() -> None:
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    document = body(
        said("Một", "3"),
        said("Hai", "3", 1),
        said("Ba", "3", 1),
        said("Bốn", "3", 2),
        said("Năm", "3"),
        said("Sáu", "3", 1),
    )
    text = text_of_bytes(word(document, numbering=numbering), "x", ".docx")
    assert text.split("\n") == ["I. Một", "1) Hai", "2) Ba", "- Bốn", "II. Năm", "1) Sáu"]


def test_tables_of_a_word_file_are_rows_with_tabs() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(table.rows, (("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Rà soát", "Sở Y tế")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    assert "1\tRà soát\tSở Y tế" in text_of_bytes(out.getvalue(), "x", ".docx")


def test_deleted_words_and_field_codes_are_not_text() -> None:
    xml = body(
        said("Còn"), "<w:p><w:del><w:r><w:t>Bỏ</w:t></w:r></w:del><w:r><w:instrText>DDE cmd</w:instrText></w:r></w:p>"
    )
    assert text_of_bytes(word(xml), "x", ".docx").strip() == "Còn"


@pytest.mark.parametrize(
    ("content", "ending", "told"),
    [
        (b"PK\x03\x04 broken", ".docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", ".docx", "password"),
        (b"%PDF-1.7\nnothing", ".docx", "ends in .docx and holds a PDF"),
        (b"plain", ".pdf", "ends in .pdf and holds plain text"),
        (b"%PDF-1.7\nnothing", ".pdf", "damaged"),
        (b"ab\0\1\2cd", ".txt", "holds no text"),
        ("Chỉ thị".encode("cp1258", "replace") + b"\xd2\xff", ".txt", "not UTF-8"),
        (b"x", ".rtf", "is not read"),
        (word(body("<w:p/>")), ".docx", "no text"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_told_so(content: bytes, ending: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        text_of_bytes(content, "x", ending)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anlanh.papers.files.word._LARGEST_PART", 1 << 20)
    bomb = word(body(said("0" * (8 << 20))))
    assert len(bomb) < 100_000
    with pytest.raises(BadInput, match="unpacks to more than"):
        text_of_bytes(bomb, "x", ".docx")


def test_entities_that_multiply_are_refused() -> None:
    xml = '<!DOCTYPE a [<!ENTITY b "ha">]>' + body(said("&b;"))
    with pytest.raises(BadInput, match="document type"):
        text_of_bytes(word(xml), "x", ".docx")


def pdf_of_pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_scan_is_told_to_need_text_recognition() -> None:
    with pytest.raises(BadInput, match="OCR"):
        text_of_bytes(pdf_of_pages(2), "x", ".pdf")


def test_a_pdf_of_two_thousand_pages_is_refused() -> None:
    with pytest.raises(BadInput, match="more than 500 pages"):
        text_of_bytes(pdf_of_pages(2000), "x", ".pdf")


def test_the_command_prints_one_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    case = CASES / "numbered-lettered.txt"
    assert main(["directive", "read", str(case), "--json", "--text", str(text)]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert set(reading) >= {"document", "citations", "tasks"}
    first = reading["tasks"][0]
    assert text.read_text() == case.read_text()
    assert text.read_text()[first["start"] : first["end"]] == first["text"]


def test_the_command_tells_faults_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("none.txt", "x.odt"):
        (tmp_path / "x.odt").write_text("x")
        assert main(["directive", "read", str(tmp_path / name), "--json"]) == 2
        out = capsys.readouterr()
        assert out.out == ""
        assert len(out.err.splitlines()) == 1
    bad = tmp_path / "bad.yaml"
    bad.write_text("kind: thơ")
    assert main(["paper", "compose", str(bad), "--out", str(tmp_path / "x.pdf")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
