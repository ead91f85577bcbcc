"""The draw: by a secret that nobody can steer, and drawn again by anybody who holds the log."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.work.casework.quality.drawing import Facts, SamplingRule, is_drawn, rule_for

FACTS = Facts(ground="116/2025/QH15/7.2.d", measure="remove", routine=False, machine=False, nth=30)


def test_the_rule_that_takes_most_counts() -> None:
    rules = [
        SamplingRule("all", 1),
        SamplingRule("measure", 40, "remove"),
        SamplingRule("ground", 30, FACTS.ground),
        SamplingRule("newcomer", 100, "20"),
        SamplingRule("machine", 100),
        SamplingRule("routine", 5),
    ]
    assert rule_for(rules, FACTS).percent == 40
    assert rule_for(rules, replace(FACTS, measure="warn")).kind == "ground"
    assert rule_for(rules, replace(FACTS, nth=20)).kind == "newcomer"
    assert rule_for(rules, replace(FACTS, machine=True)).kind == "machine"
    assert rule_for(rules, replace(FACTS, measure="warn", ground="x", routine=True)).kind == "routine"
    assert rule_for([], FACTS) is None


@given(st.binary(min_size=32, max_size=32), st.uuids())
def test_none_and_all(secret: bytes, act: uuid.UUID) -> None:
    assert not is_drawn(secret, act, 0)
    assert is_drawn(secret, act, 100)
    drawn = [percent for percent in range(101) if is_drawn(secret, act, percent)]
    assert drawn == list(range(drawn[0], 101)), "a higher percentage keeps what a lower one took"


def test_about_so_many_are_drawn_whatever_the_ids() -> None:
    secret = b"bi mat cua mua nay, 32 byte......"[:32]
    taken = sum(is_drawn(secret, uuid.UUID(int=number), 5) for number in range(20_000))
    assert 850 < taken < 1150


NOTHING = (
    *("all", "all:x", "all:101", "all:-1", "measure:5", "all:remove:5", "z:5"),
    *("newcomer:0:100", "newcomer:x:5", "newcomer:２０:5", "newcomer:1_0:5"),
)


@pytest.mark.parametrize("word", NOTHING)
def test_what_says_nothing_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        SamplingRule.read(word)


@pytest.mark.parametrize("word", ["all:5", "measure:remove:40", "ground:116/2025/QH15/7.2.d:30", "newcomer:20:100"])
def test_words_come_back(word: str) -> None:
    assert SamplingRule.read(word).word == word
