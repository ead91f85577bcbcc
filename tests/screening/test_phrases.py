"""Phrases at their levels: what is found, what is not, and that every span is the words."""

import random
import re
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.finder import Finder
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import LEVELS, LONGEST, Phrase, keys_of
from anlanh.screening.text import Letters, Skeleton
from tests.screening.attacks import FORMS, bare

SYLLABLES = [
    "lừa",
    "đảo",
    "đánh",
    "bạc",
    "ma",
    "túy",
    "cá",
    "độ",
    "vay",
    "nặng",
    "lãi",
    "tín",
    "dụng",
    "đen",
    "hàng",
    "giả",
    "chuyển",
    "khoản",
    "mã",
    "độc",
    "quà",
    "tặng",
    "trúng",
    "thưởng",
]
phrases = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5, unique=True).map(" ".join)
surroundings = st.sampled_from(["", "ôi ", "xem: ", "(", "“", "1. ", "\n", "😀 ", "❤️"])


def finder(*entries: tuple[str, str]) -> Finder:
    listed = [Phrase(words, words, level) for words, level in entries]
    return Finder(Lists(phrases=listed))


def found(words: str, level: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in finder((words, level)).find([text])[0]]


@pytest.mark.parametrize(
    ("level", "text", "spans"),
    [
        ("exact", "bị lừa đảo rồi", ["lừa đảo"]),
        ("exact", unicodedata.normalize("NFD", "bị lừa đảo"), [unicodedata.normalize("NFD", "lừa đảo")]),
        ("exact", "lừa  đảo", ["lừa  đảo"]),
        ("exact", "Lừa đảo", []),
        ("exact", "lua dao", []),
        ("fold", "LUA DAO!", ["LUA DAO"]),
        ("fold", "ｌừａ đảo", ["ｌừａ đảo"]),
        ("fold", "lừa. đảo", []),
        ("fold", "lừa đảoo", []),
        ("fold", "l\u200bừa đảo", []),
        ("fold", "chiêulừa đảo", []),
        ("fold", "❤️lừa đảo❤️", ["lừa đảo"]),
        ("evasive", "chiêulừa đảo", []),
        ("evasive", "lừa đảo viên", ["lừa đảo"]),
        ("evasive", "lừa đảoviên", []),
        ("evasive", "l.ừ.a đ-ả-o", ["l.ừ.a đ-ả-o"]),
        ("evasive", "@lừa đảo!", ["lừa đảo"]),
        ("evasive", "lừ@ đ4o", ["lừ@ đ4o"]),
        ("evasive", "lừa đảo\u200b xong", ["lừa đảo"]),
        ("evasive", "l.ừa đ.ảo", ["l.ừa đ.ảo"]),
        ("evasive", "lừa*đảo", ["lừa*đảo"]),
        ("evasive", "l ừ a, đ ả o", ["l ừ a, đ ả o"]),
        ("evasive", "bị lừa; đảo xa", []),
        ("evasive", "lu ao đảo", []),
        ("evasive", "lừ ađảo", []),
        ("evasive", "lừa đảo rồi lại LUADAO", ["lừa đảo", "LUADAO"]),
    ],
)
def test_levels(level, text, spans):
    assert found("lừa đảo", level, text) == spans


@pytest.mark.parametrize(
    ("words", "level", "text", "spans"),
    [
        ("18+", "fold", "phim 18+!", ["18+"]),
        ("18+", "fold", "18 +", []),
        ("18+", "fold", "118+", []),
        ("w88", "evasive", "vào W88 nhé", ["W88"]),
        ("so", "evasive", "còn 50 cái", []),
        ("boss", "evasive", "gọi 8055", []),
        ("lừa đảo", "evasive", "bị 1u4 d40", ["1u4 d40"]),
        ("lô", "evasive", "mua 1 ổ", []),
        ("lô đề", "evasive", "1 ô đ ề", ["1 ô đ ề"]),
        ("đề 50", "evasive", "đ3 50", ["đ3 50"]),
        ("liên hệ", "evasive", "lên hè", []),
        ("ma túy", "evasive", "m@ t\u00fay", ["m@ túy"]),
        ("a", "evasive", "a a a", ["a", "a", "a"]),
    ],
)
def test_words_with_digits_and_signs(words, level, text, spans):
    assert found(words, level, text) == spans


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None)
@given(words=phrases, before=surroundings, seed=st.integers(0, 1000))
def test_every_attack_is_found_whole(form, words, before, seed):
    # Written as 1, both letters of "il" look the same, and the repeated one is taken for a drawn-out one.
    assume(form != "digits" or not re.search("[il] ?[il]", bare(words)))
    level, attack = FORMS[form]
    written = attack(words, random.Random(seed))
    text = f"{before}{written}, nghe chưa?"
    for stricter in LEVELS[LEVELS.index(level) :]:
        assert written in found(words, stricter, text)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*SYLLABLES, "l", "0", "@", "!", ".", "a\u0336", "\u200b", "½", "ﬁ", " ", "ừ"]), max_size=14
    )
)
def test_spans_reduce_to_the_phrase(pieces):
    text = "".join(pieces)
    for level, reduced in (("fold", lambda t: Skeleton(t).text), ("evasive", lambda t: Letters(t).text)):
        for words in ("lừa đảo", "cá độ", "ma túy"):
            for span in found(words, level, text):
                assert reduced(span) == reduced(words) or Letters(span).text == Letters(words).text


@settings(deadline=None)
@given(st.text(max_size=40), phrases)
def test_each_level_finds_what_the_one_before_finds(text, words):
    text = f"{text} {words} {text}"
    exact, fold, evasive = (set(found(words, level, text)) for level in LEVELS)
    assert exact <= fold <= evasive


def test_a_phrase_given_twice_is_found_for_both():
    both = Finder(Lists(phrases=[Phrase("a", "cá độ", "fold"), Phrase("b", "ca do", "fold")]))
    assert [hit.entry for hit in both.find(["Cá độ"])[0]] == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("", "fold"),
        ("  ", "fold"),
        ("\u0301", "exact"),
        ("+-", "evasive"),
        ("a" * (LONGEST + 1), "fold"),
        ("a", "loose"),
    ],
)
def test_what_can_not_be_looked_up_is_refused(words, level):
    with pytest.raises(BadInput):
        keys_of(Phrase("x", words, level))


@pytest.mark.slow
def test_hostile_texts_take_linear_time():
    hostile = [
        "a " * 100_000,
        "\u0301" * 100_000,
        "a" * 100_000,
        "." * 100_000,
        "!@$" * 50_000,
        "\ud800" * 1000,
        "lừa " * 50_000,
    ]
    assert len(finder(("lừa đảo", "evasive"), ("a", "evasive")).find(hostile)) == len(hostile)


@pytest.mark.slow
def test_long_texts_are_screened_in_parts_without_seams():
    text = "lừa đảo " * 80_000
    hits = finder(("lừa đảo", "fold"), ("đảo lừa đảo", "fold")).find([text])[0]
    assert [hit.start for hit in hits if hit.entry == "lừa đảo"] == list(range(0, len(text), 8))
    assert all(text[hit.start : hit.end] == hit.entry for hit in hits)
    assert finder(("lừa", "evasive")).find(["lừa" * 200_000]) == [[]]
