"""Words that go from a text leave neither themselves nor their length."""

from hypothesis import given
from hypothesis import strategies as st

from anlanh.base.files.blackening import BLACK, Span, plain, standing_nowhere, without


def test_words_go_wherever_they_stand() -> None:
    text = "Lê Thị Mận viết. LÊ  THỊ\tMẬN nói: gọi 0912."
    assert without(text, ["Lê Thị Mận", "0912"]) == (f"{BLACK} viết. {BLACK} nói: gọi {BLACK}.", 3)


def test_the_longer_name_goes_before_the_shorter_one_in_it() -> None:
    assert without("Mận, Lê Mận", ["Mận", "Lê Mận"])[0] == f"{BLACK}, {BLACK}"


def test_whole_lines_go() -> None:
    assert without("một\nhai\nba\nbốn", [], [Span(2, 3)]) == (f"một\n{BLACK}\n{BLACK}\nbốn", 2)


def test_words_over_two_lines_go_and_leave_every_line_its_number() -> None:
    text, count = without("Lê Thị\nMận viết.\nSố của tôi", ["Lê Thị Mận"])
    assert (text, count) == (f"{BLACK}\n{BLACK} viết.\nSố của tôi", 1)


def test_words_that_stand_nowhere_are_named() -> None:
    assert standing_nowhere("Lê Mận, 0912", ["lê  mận", "0913", "\u200b", "Mận"]) == ["0913"]


def test_letters_spelt_apart_and_unseen_characters_hide_no_name() -> None:
    text = plain("Me\u0302\u0323 M\u200bận \u202enậM")
    assert without(text, ["Mệ Mận"])[0] == f"{BLACK} nậM"


@given(st.text(max_size=200), st.text(min_size=1, max_size=5))
def test_no_such_word_is_left(text: str, word: str) -> None:
    shown = plain(text)
    gone = " ".join(plain(word).split())
    left, _count = without(shown, [word])
    assert not gone or gone not in left or gone in BLACK
