"""Whatever people wrote, the dossier is printed: PDF/A knows no letter without a shape."""

from datetime import UTC, datetime

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.papers.composing.covering import printable
from anlanh.papers.composing.dossier import Dossier, Section, Table, pdf_of


def dossier(words: str) -> Dossier:
    section = Section("Phần", (("Nhãn", words),), (words,), Table(("Cột",), (1,), ((words,),)), (words,), (words,))
    return Dossier("Hồ sơ", "Mạng Thử", "vi", datetime(2026, 1, 1, tzinfo=UTC), (("Trang", words),), [section], "Chân")


def test_vietnamese_is_printed_as_it_is_and_other_letters_by_their_numbers() -> None:
    assert printable("Nguyễn Thị Ổ, 5 triệu ₫") == "Nguyễn Thị Ổ, 5 triệu ₫"
    assert printable("😀 \u202e中\x00") == "[U+1F600] [U+4E2D]"
    text = pypdfium2.PdfDocument(pdf_of(dossier("Bị lừa 😀 #strong[x] *y*\nhết")))[0].get_textpage().get_text_range()
    assert "Bị lừa [U+1F600] #strong[x] *y*" in text


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert pdf_of(dossier("như nhau")) == pdf_of(dossier("như nhau"))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_words_keep_it_from_being_printed(words: str) -> None:
    assert pdf_of(dossier(words)).startswith(b"%PDF-")
