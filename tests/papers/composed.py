"""Descriptions for the tests of composing, and what is measured on a finished PDF."""

from dataclasses import dataclass

import pypdfium2
import yaml

from anlanh.papers.composing.description import Paper, read_description
from anlanh.papers.composing.measures import Measures, read_measures
from anlanh.server.commands.paper import TEMPLATE

POINT = 25.4 / 72  # millimetres


def measures() -> Measures:
    """The template of the Vietnamese pack."""
    return read_measures(TEMPLATE)


def description(**changes: object) -> dict:
    """A directive with everything in it; keys given replace its own, None takes them away."""
    whole = {
        "kind": "chỉ thị",
        "parent_body": "UBND tỉnh An Minh",
        "issuer": "Sở Văn hóa",
        "number": "12/CT-SVH",
        "place": "An Minh",
        "issued_on": "2026-02-05",
        "subject": "bảo vệ trẻ em trên môi trường mạng",
        "bases": ["Căn cứ Luật Trẻ em số 102/2016/QH13", "Căn cứ khoản 2 Điều 33 Nghị định số 56/2017/NĐ-CP"],
        "body": [
            "Giám đốc Sở Văn hóa yêu cầu:",
            {
                "number": "1.",
                "text": "Phòng Báo chí",
                "heading": True,
                "items": [
                    {"number": "a)", "text": "Lập danh sách trang dành cho trẻ em trước ngày 15/3/2026."},
                    {"number": "b)", "text": "Hằng quý báo cáo kết quả rà soát."},
                ],
            },
            {"number": "2.", "text": "Giao Thanh tra Sở kiểm tra việc thực hiện Chỉ thị này"},
        ],
        "authority": ["KT. Giám đốc", "Phó Giám đốc"],
        "signer": "Trần Thị Ngữ",
        "recipients": ["Như trên", "Lưu: VT, PBC"],
    }
    whole.update(changes)
    return {key: value for key, value in whole.items() if value is not None}


def paper(**changes: object) -> Paper:
    """The described paper."""
    return read_description(yaml.safe_dump(description(**changes), allow_unicode=True), measures(), "test")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed letter: page from 0, its text, box from the top left in millimetres, size in points."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def glyphs_of(content: bytes) -> list[Glyph]:
    """Every printed letter that is not white space."""
    document = pypdfium2.PdfDocument(content)
    glyphs = []
    for number in range(len(document)):
        page = document[number]
        height = page.get_height()
        text_page = page.get_textpage()
        for index in range(text_page.count_chars()):
            letter = text_page.get_text_range(index, 1)
            if not letter.strip():
                continue
            left, bottom, right, top = text_page.get_charbox(index)
            size = pypdfium2.raw.FPDFText_GetFontSize(text_page.raw, index)
            glyphs.append(
                Glyph(
                    number, letter, left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT, size
                )
            )
        text_page.close()
        page.close()
    document.close()
    return glyphs


def line_at(glyphs: list[Glyph], words: str, page: int = 0) -> list[Glyph]:
    """The letters that print these words, spaces aside.

    Raises:
        AssertionError: they are not printed.
    """
    letters = [glyph for glyph in glyphs if glyph.page == page]
    printed = "".join(glyph.text for glyph in letters)
    start = printed.find(words.replace(" ", ""))
    assert start >= 0, f"{words!r} is not printed"
    return letters[start : start + len(words.replace(" ", ""))]
