"""Folding: what counts as the same letter, and where each folded letter came from."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.primitives.folding import fold, fold_search, fold_with_offsets

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
texts = st.text(max_size=60) | st.text(VIETNAMESE + VIETNAMESE.upper() + " .,-", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Lừa ĐẢO", "lua dao"),
        ("Ðường ðường", "duong duong"),
        ("nghiêng NGHIÊNG", "nghieng nghieng"),
        ("ＬỪＡ", "lua"),
        ("ﬁ ①", "fi 1"),
        ("Straße", "strasse"),
        ("a\u00a0b", "a b"),
        ("Xin  chào!\n", "xin  chao!\n"),
        ("d\u0335", "d"),
        ("", ""),
    ],
)
def test_folds(text, folded):
    assert fold(text) == folded


def test_every_vietnamese_letter_becomes_plain():
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, VIETNAMESE + VIETNAMESE.upper())).isascii()


@given(texts)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert fold_search(fold_search(text)) == fold_search(text)
    assert fold_search(fold(text)) == fold_search(text)


@given(texts)
def test_normal_forms_and_case_fold_alike(text):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(text.casefold()) == fold(text)


@pytest.mark.slow
def test_every_code_point_folds_once_and_for_all():
    for code in range(sys.maxunicode + 1):
        once = fold(chr(code))
        assert fold(once) == once, hex(code)


@given(texts)
def test_offsets_lead_back_to_the_origin(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    rebuilt = dict.fromkeys(range(len(text)), "")
    for index, char in zip(offsets, folded, strict=True):
        rebuilt[index] += char
    assert [rebuilt[index] for index in range(len(text))] == [fold(char) for char in text]


def test_folding_is_per_code_point():
    assert fold_with_offsets("a\u0301ﬁx") == ("afix", [0, 2, 2, 3])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" Lừa-đảo!! ", "lua dao"),
        ("http://Ví-dụ.vn/a_b", "http vi du vn a b"),
        ("½", "1 2"),
        ("...", ""),
        ("ខ្មែរ ក", fold("ខ្មែរ ក")),
    ],
)
def test_search_form_keeps_words_only(text, words):
    assert fold_search(text) == words


def test_lone_surrogates_do_no_harm():
    assert fold("A\ud800") == "a\ud800"
