"""What a page asks for many times over is read once, and only while it reads."""

import pytest

from anlanh.base.one_reading import one_reading, read_once


class Source:
    """Something whose answer changes each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def answer(self, who: str, *, fails: bool = False) -> str:
        """How often it was asked, and by whom."""
        self.asked += 1
        if fails:
            raise LookupError(who)
        return f"{who} {self.asked}"


def test_inside_each_question_is_asked_once_for_each_asker() -> None:
    read = read_once(Source().answer)
    with one_reading():
        assert [read("a"), read("b"), read("a"), read("b")] == ["a 1", "b 2", "a 1", "b 2"]


def test_outside_every_question_is_asked_anew() -> None:
    read = read_once(Source().answer)
    with one_reading():
        read("a")
    assert [read("a"), read("a")] == ["a 2", "a 3"]
    with one_reading():
        assert read("a") == "a 4", "nothing is carried from one page to the next"


def test_a_refusal_is_not_kept() -> None:
    source = Source()
    read = read_once(source.answer)
    with one_reading():
        for _ in range(2):
            with pytest.raises(LookupError):
                read("a", fails=True)
    assert source.asked == 2


def test_a_reading_within_a_reading_is_one() -> None:
    read = read_once(Source().answer)
    with one_reading():
        read("a")
        with one_reading():
            assert read("a") == "a 1"
        assert read("a") == "a 1"
    assert read("a") == "a 2"
