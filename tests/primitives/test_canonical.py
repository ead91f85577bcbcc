"""Canonical bytes agree with the library for RFC 8785 and refuse what has no place in a proof."""

import json
from enum import Enum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput


class Colour(str, Enum):  # noqa: UP042 - the shape of Django's choices
    RED = "red"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts


def values(keys):
    return st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@given(values(texts) | values(st.text(st.characters(max_codepoint=127), max_size=5)))
def test_agrees_with_the_library(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)
    assert json.loads(canonical_bytes(value)) == value


def test_writes_what_the_standard_shows():
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "ö": 7}
    order = ["\r", "1", "\x80", "ö", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_bytes(value))) == order
    assert canonical_bytes({"b": [1, (None, True)], "a": '€/"\\\x0f\n\x7f'}) == (
        b'{"a":"\xe2\x82\xac/\\"\\\\\\u000f\\n\x7f","b":[1,[null,true]]}'
    )
    assert canonical_bytes({"c": Colour.RED}) == b'{"c":"red"}'


@pytest.mark.parametrize(
    ("value", "where", "what"),
    [
        ({"fields": {"share": [1, 0.5]}}, "$.fields.share[1]", "float"),
        ({"n": 1.0}, "$.n", "float"),
        ([float("nan")], "$[0]", "float"),
        ({"n": 2**53}, "$.n", "2**53"),
        ({"a": {1: "x"}}, "$.a", "key 1 is not text"),
        ({"a": ["\ud800"]}, "$.a[0]", "surrogate"),
        ({"\udfff": 1}, "$.\udfff", "surrogate"),
        ({"a": b"x"}, "$.a", "type bytes"),
        ({"a": {1, 2}}, "$.a", "type set"),
    ],
)
def test_refuses_and_names_the_place(value, where, what):
    with pytest.raises(BadInput) as caught:
        canonical_bytes(value)
    assert caught.value.where == where
    assert what in caught.value.what


def test_refuses_endless_nesting():
    loop: list = []
    loop.append(loop)
    with pytest.raises(BadInput, match="deeper"):
        canonical_bytes(loop)
