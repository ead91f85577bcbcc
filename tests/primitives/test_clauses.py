"""References to legal texts: what is read, what is refused, how they sort and how they print."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.primitives.clauses import POINT_LETTERS, ClauseRef
from anlanh.primitives.errors import BadInput

suffixes = st.builds(
    lambda letter, number: f"{letter}{number or ''}", st.sampled_from(POINT_LETTERS), st.integers(0, 99)
)
numbered = st.builds(lambda n, suffix: f"{n}{suffix}", st.integers(1, 9999), st.just("") | suffixes)
instruments = st.sampled_from(
    ["72/2013/NĐ-CP", "24/2018/QH14", "874/QĐ-BTTTT", "07/2008/TT-BTTTT", "7/2008/TT-BTTTT", "02/2014/TTLT-BTTTT-BCA"]
)
inner_references = st.builds(ClauseRef, instruments, numbered, st.none() | numbered, st.none() | suffixes)
references = st.builds(ClauseRef, instruments) | inner_references


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("72/2013/NĐ-CP/5.1.a", ("72/2013/NĐ-CP", "5", "1", "a")),
        ("24/2018/QH14/16.1.a", ("24/2018/QH14", "16", "1", "a")),
        ("27/2018/NĐ-CP/23d.2.c", ("27/2018/NĐ-CP", "23d", "2", "c")),
        ("27/2018/NĐ-CP/23đ.2.đ", ("27/2018/NĐ-CP", "23đ", "2", "đ")),
        ("72/2013/NĐ-CP/20.4", ("72/2013/NĐ-CP", "20", "4", None)),
        ("72/2013/NĐ-CP/20", ("72/2013/NĐ-CP", "20", None, None)),
        ("874/QĐ-BTTTT/5.b", ("874/QĐ-BTTTT", "5", None, "b")),
        ("91/2025/QH15", ("91/2025/QH15", None, None, None)),
        ("  91/2025/QH15/9.1a.c1 ", ("91/2025/QH15", "9", "1a", "c1")),
    ],
)
def test_reads_the_written_form(text, parts):
    reference = ClauseRef.parse(text)
    assert (reference.instrument, reference.article, reference.clause, reference.point) == parts
    assert reference.to_dict() == dict(zip(("instrument", "article", "clause", "point"), parts, strict=True))


def test_decomposed_letters_are_the_same_reference():
    text = "05/2014/TTLT-BVHTTDL-UBĐTƯ/3.1.đ"
    assert ClauseRef.parse(unicodedata.normalize("NFD", text)) == ClauseRef.parse(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "not a reference"),
        ("5.1.a", "not a reference"),
        ("72/2013/NĐ-CP/5.1.2", "too many parts"),
        ("72/2013/NĐ-CP/5.1.a.b", "'1.a'|clause|too many"),
        ("72/2013/NĐ-CP/05.1", "leading zero"),
        ("72/2013/NĐ-CP/23Đ.1", "lower case"),
        ("72/2013/NĐ-CP/5.1.A", "lower case"),
        ("72/2013/NĐ-CP/5.1.w", "letters are a b c d đ e"),
        ("72/2013/NĐ-CP/5.1.ê", "point"),
        ("72/2013/NĐ-CP/5..a", "clause"),
        ("72/2013/NĐ-CP/5.", "point"),
        ("72/2013/NĐ-CP/0.1", "article"),
        ("72/2013/NĐ-CP/٥.1", "article"),
        ("72/2013/nđ-cp/5.1", "legal instrument"),
        ("72/2013/5.1", "legal instrument"),
        ("NĐ-CP/5", "legal instrument"),
        ("72/2013/NĐ-CP/", "legal instrument"),
        ("72/2013/NĐ CP/5", "legal instrument"),
        ("72/2013/NĐ-CP\n/5", "legal instrument"),
    ],
)
def test_refuses_anything_else_and_says_what(text, hint):
    with pytest.raises(BadInput, match=hint):
        ClauseRef.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        reference = ClauseRef.parse(text)
    except BadInput:
        return
    assert ClauseRef.parse(str(reference)) == reference


def test_parts_need_the_parts_around_them():
    with pytest.raises(BadInput, match="without its article"):
        ClauseRef("72/2013/NĐ-CP", clause="1")


@given(references)
def test_text_and_reference_agree_both_ways(reference):
    assert ClauseRef.parse(str(reference)) == reference
    assert ClauseRef(**reference.to_dict()) == reference


@given(references, references, references)
def test_the_order_is_total(one, two, three):
    assert (one < two) + (one == two) + (one > two) == 1
    if one <= two <= three:
        assert one <= three
    if one == two:
        assert hash(one) == hash(two)


def test_sorts_in_the_order_of_vietnamese_law():
    written = [
        "27/2018/NĐ-CP",
        *(f"27/2018/NĐ-CP/{path}" for path in ("5", "5.a", "5.1", "5.1.a", "5.1.d", "5.1.đ", "5.1.e", "5.2", "5.10")),
        *(f"27/2018/NĐ-CP/{article}" for article in ("23", "23a", "23b", "23d", "23đ", "23e", "100")),
        "9/2018/NĐ-CP/1",
        "147/2018/NĐ-CP/1",
        "1/2024/NĐ-CP/1",
    ]
    expected = written[-3:-2] + written[:-3] + written[-2:]
    assert [str(reference) for reference in sorted(map(ClauseRef.parse, written))] == expected
    points = [ClauseRef("24/2018/QH14", "16", "1", letter) for letter in "abcdđeghiklmnopqrstuvxy"]
    assert all(earlier < later for earlier, later in itertools.pairwise(points))


def test_does_not_compare_with_other_things():
    with pytest.raises(TypeError):
        assert ClauseRef("24/2018/QH14") < "24/2018/QH14"


def test_prints_as_papers_cite():
    reference = ClauseRef.parse("72/2013/NĐ-CP/5.1.a")
    assert reference.format_vi() == "điểm a khoản 1 Điều 5"
    assert reference.format_en() == "Article 5, clause 1, point a"
    reference = ClauseRef.parse("72/2013/NĐ-CP/20.4")
    assert reference.format_vi("Nghị định số 72/2013/NĐ-CP") == "khoản 4 Điều 20 Nghị định số 72/2013/NĐ-CP"
    assert reference.format_en("Decree No. 72/2013/NĐ-CP") == "Article 20, clause 4 of Decree No. 72/2013/NĐ-CP"
    whole = ClauseRef.parse("91/2025/QH15")
    assert whole.format_vi() == whole.format_en() == "91/2025/QH15"
    assert whole.format_vi("Luật số 91/2025/QH15") == "Luật số 91/2025/QH15"
