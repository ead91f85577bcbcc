"""Numbers for people: typed in any way they open, and a slip of the hand is noticed."""

import uuid

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers

issued = st.builds(
    lambda make: make(),
    st.sampled_from(
        [
            numbers.new_case_number,
            numbers.new_secret,
            lambda: numbers.new_reference(numbers.REPORT_PREFIX),
            lambda: numbers.new_reference(numbers.ACCESS_PREFIX),
        ]
    ),
)


def test_no_two_characters_look_alike() -> None:
    assert len(set(numbers.ALPHABET)) == len(numbers.ALPHABET) == 29
    assert not set("0O1ILBU") & set(numbers.ALPHABET)


@given(issued)
def test_however_typed_it_is_the_same(number: str) -> None:
    for typed in (
        number,
        number.lower(),
        number.replace("-", ""),
        f"  {number.replace('-', ' ')} ",
        number.replace("8", "b"),
    ):
        assert numbers.normal(typed) == number


@given(issued, st.data())
def test_one_wrong_character_is_noticed(number: str, data: st.DataObject) -> None:
    places = [place for place, character in enumerate(number) if character in numbers.ALPHABET and place > 2]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([c for c in numbers.ALPHABET if c != number[place]]))
    with pytest.raises(BadInput):
        numbers.normal(number[:place] + other + number[place + 1 :])


@given(issued, st.data())
def test_two_swapped_neighbours_are_noticed(number: str, data: st.DataObject) -> None:
    body = number.replace("-", "")
    start = 2 if body[:2] in {"AL", "PA", "QD"} and len(body) == 14 else 0
    place = data.draw(st.integers(start, len(body) - 2))
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assume(swapped != body)
    with pytest.raises(BadInput):
        numbers.normal(swapped)


@pytest.mark.parametrize("text", ["", "PA", "PA-", "8", "không phải", "PA-0000-0000-0000", "x" * 1000])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        numbers.normal(text)


def test_the_secret_of_an_access_is_always_the_same_and_its_own() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    assert numbers.secret_for(first) == numbers.secret_for(first) != numbers.secret_for(second)
    assert numbers.normal(numbers.secret_for(first)) == numbers.secret_for(first)


def test_a_digest_is_bound_to_its_reference() -> None:
    assert numbers.digest("PA-1", "s") != numbers.digest("PA-2", "s")
