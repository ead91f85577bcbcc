"""Old letters: there and back, and told from each other and from Unicode on texts written here."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.work.casework.importing import old_letters
from anlanh.work.casework.importing.old_letters import TCVN3, UNICODE, VNI

SMALL = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "".join(
    unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in "\u0300\u0301\u0303\u0309\u0323"
)
TEXTS = [
    "Đề nghị gỡ bỏ bài viết xuyên tạc, xúc phạm uy tín của trường",
    "Sở Thông tin và Truyền thông tỉnh Quảng Ngãi",
    "Người dân phản ánh trang bán thuốc không rõ nguồn gốc",
    "Hồ sơ đã chuyển tổ trực ngày thứ Bảy",
]


@given(st.text(SMALL + " ,.0123456789", max_size=60))
def test_small_letters_there_and_back_in_tcvn3(text: str) -> None:
    assert old_letters.from_tcvn3(old_letters.to_tcvn3(text)) == text


@given(st.text(SMALL + SMALL.upper() + " ,.0123456789", max_size=60))
def test_letters_there_and_back_in_vni(text: str) -> None:
    assert old_letters.from_vni(old_letters.to_vni(text)) == text


@given(st.text(SMALL + SMALL.upper(), max_size=60))
def test_old_text_fits_one_byte_a_character(text: str) -> None:
    for old in (old_letters.to_tcvn3(text), old_letters.to_vni(text)):
        old.encode("latin-1")


@pytest.mark.parametrize("text", TEXTS)
def test_each_kind_is_told(text: str) -> None:
    assert old_letters.letters_of([text]) == UNICODE
    assert old_letters.letters_of([old_letters.to_tcvn3(text)]) == TCVN3
    assert old_letters.letters_of([old_letters.to_vni(text)]) == VNI


def test_capitals_in_a_font_of_capitals() -> None:
    assert old_letters.from_tcvn3("QUYÕT §ÞNH cña Së V¨n ho¸ Hµ Néi") == "QUYẾT ĐỊNH của Sở Văn hoá Hà Nội"


@pytest.mark.parametrize("text", ["Café São Paulo", "Müller & Söhne", "naïve", "à, là, và", "5 m² ± 3°", ""])
def test_western_words_stay(text: str) -> None:
    assert old_letters.letters_of([text]) == UNICODE


def test_text_with_letters_past_the_old_ones_was_never_old() -> None:
    assert old_letters.converted("Số µ", TCVN3) == "Số µ"
