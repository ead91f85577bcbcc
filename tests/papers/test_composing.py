"""Finished papers, measured: margins, sizes, order, page numbers; and read back."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.papers.composing.description import read_description
from anlanh.papers.composing.lines import balanced
from anlanh.papers.composing.pdf import FONTS, pdf_of, signature_place
from anlanh.papers.composing.word import docx_of
from anlanh.papers.files.pdf import text_of_pdf
from anlanh.papers.files.word import text_of_docx
from anlanh.papers.reading.directive import Directive, read
from anlanh.primitives.errors import BadInput
from tests.effort import examples
from tests.papers.composed import glyphs_of, line_at, measures, paper

pytestmark = pytest.mark.skipif(not list(FONTS.glob("*.ttf")), reason=f"{FONTS} is empty: script/setup fills it")
LONG = [
    f"Đoạn {number}: " + "các cơ quan tiếp tục rà soát việc thực hiện và báo cáo kết quả theo quy định. " * 6
    for number in range(1, 21)
]
KINDS = ("công văn", "chỉ thị", "quyết định", "báo cáo", "biên bản")


def read_back(content: bytes, kind: str) -> Directive:
    return read(text_of_pdf(content, "test") if kind == "pdf" else text_of_docx(content, "test"))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_printed_in_the_margins(kind: str) -> None:
    set_to = measures()
    glyphs = glyphs_of(pdf_of(paper(kind=kind, body=LONG), set_to))
    assert {glyph.page for glyph in glyphs} >= {0, 1, 2}
    least_top = set_to.raw["page"]["margins"]["top"]["from"]
    for glyph in glyphs:
        assert glyph.left >= set_to.margins["left"] - 0.5
        assert glyph.right <= set_to.width - set_to.margins["right"] + 0.5
        assert glyph.bottom <= set_to.height - set_to.margins["bottom"] + 2
        # The marks of a capital may rise above its line, never above the least margin.
        assert glyph.top >= least_top or glyph.text.isdigit()


def test_sizes_are_those_of_the_template() -> None:
    set_to = measures()
    glyphs = glyphs_of(pdf_of(paper(), set_to))
    for words, part in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "state_name"), ("Độc lập - Tự do - Hạnh phúc", "motto"),
        ("UBND TỈNH AN MINH", "body_above"), ("SỞ VĂN HÓA", "issuer"), ("Số: 12/CT-SVH", "number"),
        ("An Minh, ngày 05 tháng 02 năm 2026", "place_and_day"), ("CHỈ THỊ", "kind"), ("Hằng quý báo cáo", "text"),
        ("Nơi nhận:", "recipients_word"), ("- Lưu: VT, PBC.", "recipients"), ("Trần Thị Ngữ", "signer"),
    ):  # fmt: skip
        assert {round(glyph.size, 1) for glyph in line_at(glyphs, words)} == {float(set_to.sizes[part])}, words


def test_parts_stand_in_their_order_and_columns() -> None:
    glyphs = glyphs_of(pdf_of(paper(), measures()))
    tops = [
        line_at(glyphs, words)[0].top
        for words in (
            "SỞ VĂN HÓA",
            "Số: 12",
            "CHỈ THỊ",
            "Căn cứ Luật",
            "1. Phòng",
            "2. Giao",
            "PHÓ GIÁM ĐỐC",
            "Trần Thị Ngữ",
        )
    ]
    assert tops == sorted(tops)
    middle = measures().width / 2
    assert line_at(glyphs, "SỞ VĂN HÓA")[-1].right < middle < line_at(glyphs, "Độc lập")[0].left
    assert line_at(glyphs, "Nơi nhận:")[-1].right < middle < line_at(glyphs, "KT. GIÁM ĐỐC")[0].left
    assert abs(line_at(glyphs, "Nơi nhận:")[0].top - line_at(glyphs, "KT. GIÁM ĐỐC")[0].top) < 4


def test_pages_are_numbered_from_the_second_on_in_the_middle_of_the_top_margin() -> None:
    set_to = measures()
    glyphs = glyphs_of(pdf_of(paper(body=LONG), set_to))
    above = [glyph for glyph in glyphs if glyph.bottom < set_to.margins["top"] and glyph.text.isdigit()]
    assert [(glyph.page, glyph.text) for glyph in above][:2] == [(1, "2"), (2, "3")]
    text_middle = (set_to.margins["left"] + set_to.width - set_to.margins["right"]) / 2
    assert all(abs((glyph.left + glyph.right) / 2 - text_middle) < 1 for glyph in above[:2])


def test_a_signature_has_its_free_place_between_office_and_name() -> None:
    set_to = measures()
    glyphs = glyphs_of(pdf_of(paper(), set_to))
    place = signature_place(paper(), set_to)
    assert place.page == 1
    inside = [
        glyph for glyph in glyphs
        if place.x < glyph.left < place.x + place.width and place.y + 2 < glyph.bottom < place.y + place.height - 1
    ]  # fmt: skip
    assert inside == []
    assert line_at(glyphs, "PHÓ GIÁM ĐỐC")[0].bottom <= place.y + 2
    assert line_at(glyphs, "Trần Thị Ngữ")[0].top >= place.y + place.height - 4


def test_the_file_says_that_it_is_pdf_a_and_holds_its_fonts() -> None:
    content = pdf_of(paper(), measures())
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content
    assert b"/FontFile2" in content or b"/FontFile3" in content
    assert pdf_of(paper(), measures()) == content


def test_every_vietnamese_letter_is_in_the_fonts() -> None:
    letters = "aăâeêioôơuưyđ"
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    words = " ".join(letter + mark for letter in letters + letters.upper() for mark in marks)
    import unicodedata

    words = unicodedata.normalize("NFC", words)
    printed = text_of_pdf(pdf_of(paper(body=[words]), measures()), "test")
    assert all(word in unicodedata.normalize("NFC", printed) for word in words.split())


def test_a_word_file_opens_with_its_measures_and_no_macros() -> None:
    set_to = measures()
    content = docx_of(paper(appendices=[{"title": "Danh mục", "body": [TABLE]}]), set_to)
    section = docx.Document(io.BytesIO(content)).sections[0]
    got = [
        round(length.mm)
        for length in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert got == [set_to.margins[side] for side in ("top", "bottom", "left", "right")]
    assert section.different_first_page_header_footer
    assert not any("vba" in name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist())


TABLE = {
    "columns": ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"],
    "widths": [1, 5, 3, 3],
    "rows": [["1", "Tập huấn giáo viên dạy kỹ năng số", "Phòng Nội vụ", "30/6/2026"]],
}


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("kind", KINDS)
def test_reading_what_was_composed_gives_back_what_went_in(kind: str, form: str) -> None:
    addressees = ["Các phòng thuộc Sở", "Thanh tra Sở"] if kind == "công văn" else []
    described = paper(kind=kind, addressees=addressees, recipients=["Như trên", "Lưu: VT, PBC"])
    made = (pdf_of if form == "pdf" else docx_of)(described, measures())
    reading = read_back(made, form)
    head = reading.header
    assert (head.kind, head.number, head.place, head.issued_on) == (
        kind,
        described.number,
        "An Minh",
        described.issued_on,
    )
    assert head.subject.lower() == described.subject
    assert (head.issuer, head.signer) == ("Sở Văn hóa", "Trần Thị Ngữ")
    assert head.addressees == addressees
    assert head.recipients == ["Như trên", "Lưu: VT, PBC"]
    assert {one.to_tuple() for one in reading.citations} == {
        ("102/2016/QH13", None, None, None), ("56/2017/NĐ-CP", "33", "2", None),
    }  # fmt: skip
    told = [(task.path, task.actor, task.deadline, task.recurrence) for task in reading.tasks]
    assert told == [
        ("1.a", "Phòng Báo chí", "2026-03-15", None), ("1.b", "Phòng Báo chí", None, "quarterly"), ("2", "Thanh tra Sở", None, None),
    ]  # fmt: skip


def test_a_table_of_an_appendix_is_read_back_from_a_word_file() -> None:
    made = docx_of(paper(appendices=[{"title": "Danh mục nhiệm vụ", "body": [TABLE]}]), measures())
    row = read_back(made, "docx").tasks[-1]
    assert (row.path, row.actor, row.text, row.deadline) == (
        "PL.1", "Phòng Nội vụ", "Tập huấn giáo viên dạy kỹ năng số", "2026-06-30",
    )  # fmt: skip


VERBS = ("Rà soát", "Kiểm tra", "Tuyên truyền", "Báo cáo", "Phối hợp", "Xây dựng kế hoạch", "Hướng dẫn")
ACTORS = ("Phòng Báo chí", "Công an tỉnh", "Các doanh nghiệp viễn thông", "Sở Y tế", "Trung tâm Chuyển đổi số")


@settings(max_examples=examples(12), deadline=None)
@given(
    sections=st.lists(
        st.tuples(
            st.sampled_from(ACTORS),
            st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, 28)), min_size=2, max_size=8),
        ),
        min_size=2,
        max_size=6,
        unique_by=lambda one: one[0],
    ),
    number=st.integers(1, 9999),
)
def test_any_directive_of_numbers_and_letters_comes_back_from_pdf(sections: list, number: int) -> None:
    letters = "abcdđeghik"
    body: list = ["Giám đốc Sở Văn hóa yêu cầu:"]
    wanted = []
    for index, (actor, tasks) in enumerate(sections, start=1):
        items = []
        for letter, (verb, day) in zip(letters, tasks, strict=False):
            items.append({"number": f"{letter})", "text": f"{verb} việc thực hiện quy định trước ngày {day}/3/2026."})
            wanted.append((f"{index}.{letter}", actor, f"2026-03-{day:02}"))
        body.append({"number": f"{index}.", "text": actor, "heading": True, "items": items})
    reading = read_back(pdf_of(paper(body=body, number=f"{number}/CT-SVH"), measures()), "pdf")
    assert reading.header.number == (f"0{number}" if number < 10 else str(number)) + "/CT-SVH"
    assert [(task.path, task.actor, task.deadline) for task in reading.tasks] == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "mapping"), ("kind: [", "not YAML"), ("kind: thơ", "no template"), ("kind: chỉ thị\nnumber: 1/CT-A", "body"),
        ("kind: chỉ thị\ncolour: red", "unknown key 'colour'"), ("a: &x [1]\nb: *x", "not YAML"),
        ("kind: chỉ thị\nnumber: 1/CT-A\nbody: [x]\nissuer: A\nplace: B\nsubject: c\nsigner: D\nissued_on: 31/02/2026", "not a date"),
        ("kind: chỉ thị\nnumber: 1/CT-A\nbody:\n- columns: [a, b]\n  rows: [[1]]", "cells"),
    ],
)  # fmt: skip
def test_a_bad_description_is_told_in_one_line(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_description(text, measures(), "test")


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("kind: chỉ thị\nnumber: 1/CT-A\nbody:\n- x\nissuer: A\ncolour: red", 6, "colour"),
        ("kind: chỉ thị\nnumber: 1/CT-A\nissuer: A\nbody:\n- one\n- number: 2.\n", 6, r"body\[2\]\.text"),
        ("kind: chỉ thị\nnumber: 1/CT-A\nbody:\n- columns: [a, b]\n  rows:\n  - [1, 2]\n  - [1]", 7, "row 2"),
        ("kind: chỉ thị\nnumber: 1/CT-A\nbody: [x]\nissuer: A\nplace: B\nsubject: c\nsigner: D\nissued_on: 31/02/2026", 8, "issued_on"),
        ("kind: chỉ thị\nbody:\n- Đề nghị: a: b\n", 3, "not YAML"),
    ],
)  # fmt: skip
def test_a_fault_of_a_description_is_told_with_its_line_and_field(text: str, line: int, field: str) -> None:
    with pytest.raises(BadInput, match=rf"^test, line {line}: .*{field}") as told:
        read_description(text, measures(), "test")
    assert told.value.mend


def test_an_urgency_is_framed_below_the_number_and_hides_nothing() -> None:
    urgent = paper(kind="công văn", urgency="HỎA TỐC", subject="rà soát các trang thông tin điện tử trên địa bàn tỉnh")
    glyphs = glyphs_of(pdf_of(urgent, measures()))
    frame = line_at(glyphs, "HỎA TỐC")
    assert frame[0].top > line_at(glyphs, "địa bàn tỉnh")[0].bottom
    assert frame[-1].right < measures().width / 2
    assert frame[-1].bottom < line_at(glyphs, "Giám đốc Sở")[0].top
    assert "HỎA TỐC" in text_of_docx(docx_of(urgent, measures()), "test")


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("SỞ Y TẾ", 27, ["SỞ Y TẾ"]),
        ("ỦY BAN NHÂN DÂN TỈNH AN MINH", 27, ["ỦY BAN NHÂN DÂN", "TỈNH AN MINH"]),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", 27, ["SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"]),
        ("A" * 40, 27, ["A" * 40]),
    ],
)
def test_centred_names_break_where_their_parts_begin(text: str, most: int, lines: list[str]) -> None:
    assert balanced(text, most) == lines


def test_a_word_file_is_the_same_each_time_and_no_page_break_cuts_its_signature() -> None:
    described = paper(appendices=[{"title": "Danh mục", "body": [TABLE]}])
    content = docx_of(described, measures())
    assert docx_of(paper(kind="báo cáo"), measures()) != content == docx_of(described, measures())
    document = docx.Document(io.BytesIO(content))
    head, foot, listed = document.tables
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for table in (head, foot) for row in table.rows)
    widths = [round(cell.width.mm) for cell in listed.rows[0].cells]
    assert widths == [14, 68, 41, 41]
    assert [round(column.width.mm) for column in listed.columns] == widths


def test_words_of_a_description_are_never_markup() -> None:
    printed = text_of_pdf(pdf_of(paper(body=["Dùng #panic() và $x$ *đậm* _nghiêng_ \\u{41}"]), measures()), "test")
    assert "#panic() và $x$ *đậm* _nghiêng_ \\u{41}" in printed
