"""The language of rules: meaning, types, and errors that point at the column."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.rules.book import read_rules
from anlanh.screening.rules.grammar import parse
from anlanh.screening.rules.signals import Facts, told_with
from anlanh.screening.rules.words import LONGEST

FACTS = Facts(
    {"phrase": {"scam-1": 1.0, "scam-2": 1.0}, "near_copy": {"r9": 0.83}},
    {"account.age_days": 3, "language": "vi", "length": 120, "links": 2, "account.verified": False},
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("any(phrases)", True),
        ("any(domains)", False),
        ("not any(domains)", True),
        ("count(phrases) == 2 and account.age_days < 7", True),
        ('count(phrases, "scam-") >= 2', True),
        ('count(phrases, "spam-") > 0', False),
        ("score(near_copies) >= 0.8 or score(copies) > 0", True),
        ('"scam-1" in phrases', True),
        ('"scam-1" in domains', False),
        ("language in ('en', 'vi')", True),
        ('language != "vi"', False),
        ("links * 3 + 1 - 2 > 4", True),
        ("links * (3 + 1) == 8", True),
        ("account.verified == false", True),
        ("not account.verified and not not any(phrases)", True),
        ("window.posts > 5", False),
        ("not window.posts > 5", True),
        ("window.posts + 1 > 0", False),
        ("known(window.posts)", False),
        ("known(account.age_days)", True),
        ("any(domains) or any(phrases) and length > 100", True),
    ],
)
def test_meaning(expression, value):
    assert bool(parse(expression).run(FACTS)) is value


@pytest.mark.parametrize(
    ("expression", "needs"),
    [
        ("any(phrases)", {"phrase"}),
        ("any(phrases) and any(domains)", {"phrase", "domain"}),
        ("any(phrases) or any(domains)", set()),
        ("count(domains) > 0", {"domain"}),
        ("0 < count(domains)", {"domain"}),
        ("count(domains) < 3", set()),
        ("count(domains) >= 0", set()),
        ("not any(phrases)", set()),
        ('"x" in copies and length > 3', {"copy"}),
    ],
)
def test_what_a_rule_needs(expression, needs):
    assert parse(expression).needs == needs


@pytest.mark.parametrize(
    ("expression", "column", "what"),
    [
        ("", 1, "value is expected"),
        ("length", 1, "a number"),
        ("length > ", 10, "the end"),
        ("lenght > 1", 1, "no signal"),
        ('length > "1"', 10, "a text"),
        ("any(phrases) and length", 18, "a number"),
        ("any(length)", 5, "takes a list of entries"),
        ("phrases > 1", 1, "can't be compared"),
        ("1 < length < 3", 12, "chained"),
        ('language < "vi"', 10, "compares numbers"),
        ("any(phrases) any(domains)", 14, "not expected"),
        ("(any(phrases)", 14, "')' is expected"),
        ("length > 1 ; x", 12, "no meaning"),
        ("known(phrases)", 7, "known asks"),
        ("language in (1)", 14, "a list holds texts"),
        ("count(phrases, 1) > 0", 16, "a text"),
        ("(" * 50, 41, "nested deeper"),
        ("length > 1 and " * 500, LONGEST, "longer than"),
    ],
)
def test_errors_point_at_the_column(expression, column, what):
    with pytest.raises(BadInput, match=f"^column {column}: ") as fault:
        parse(expression)
    assert what in fault.value.what


@settings(deadline=None)
@given(st.text(max_size=60) | st.text('()anyorandnot<>=in 01."phrasecount,*+-', max_size=60))
def test_anything_else_is_bad_input(expression):
    with contextlib.suppress(BadInput):
        parse(expression).run(FACTS)


def test_only_well_typed_facts_are_taken():
    told = {
        "account": {"age_days": "3", "posts": True, "verified": True},
        "page": 3,
        "language": "vi",
        "window": {"posts": 2.5},
    }
    assert told_with(told) == {"account.verified": True, "language": "vi", "window.posts": 2.5}


def rules_file(tmp_path, text):
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rules(
        path, lambda ref: GroundFacts(str(ref), "fraud", ref.point != "a") if ref.article == "5" else None
    )


GOOD = """
rules:
  - id: new-account
    when: any(domains) and account.age_days < 7
    then: hold
    why: Tài khoản mới
    ground: 72/2013/NĐ-CP/5.1.đ
    tests:
      - given: {domains: [bad.example], account.age_days: 2}
        fires: true
      - given: {account.age_days: 2}
        fires: false
  - id: long
    when: length > 1000
"""


def test_a_file_of_rules(tmp_path):
    book = rules_file(tmp_path, GOOD)
    assert [(rule.id, rule.then) for rule in book.rules] == [("new-account", "hold"), ("long", "review")]
    assert [rule.id for rule in book.without_hits()] == ["long"]
    assert [rule.id for rule in book.fired(Facts({}, {"length": 2000, "account.age_days": 1}))] == ["long"]
    facts = Facts({"domain": {"bad.example": 1.0}}, {"length": 2000, "account.age_days": 1})
    assert [rule.id for rule in book.fired(facts)] == ["new-account", "long"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("< 7", "< seven", 4, "no signal 'seven'"),
        ("then: hold", "then: remove", 5, "not a verdict"),
        ("any(domains) and account", "account", 4, "could hold a post without"),
        ("5.1.đ", "5.1.a", 3, "must not look for"),
        ("5.1.đ", "7.1.a", 3, "not a ground"),
        ("    ground: 72/2013/NĐ-CP/5.1.đ\n", "", 3, "holds posts and names no ground"),
        ("any(domains)", "any(images)", 7, "on which no image is held"),
        ("5.1.đ", "x", 3, "not the number of a legal"),
        ("fires: false", "fires: true", 11, "does not fire where its test"),
        ("why:", "reason:", 6, "'reason' is not known"),
        ("id: long", "id: new-account", 13, "taken"),
        ("account.age_days: 2}\n        fires: true", "account.age_days: two}\n        fires: true", 9, "is a number"),
        ("rules:", "rules: {", "", "not YAML"),
    ],
)
def test_faults_name_file_and_line(tmp_path, old, new, line, what):
    with pytest.raises(BadInput) as fault:
        rules_file(tmp_path, GOOD.replace(old, new, 1))
    assert what in str(fault.value)
    assert f"rules.yaml:{line}" in fault.value.where
    assert fault.value.mend


def test_the_column_of_an_expression_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"rules.yaml:4: column 37 of when: rule new-account"):
        rules_file(tmp_path, GOOD.replace("< 7", "< seven"))


def test_an_empty_file_holds_no_rules(tmp_path):
    assert rules_file(tmp_path, "").rules == []
