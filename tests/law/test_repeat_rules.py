"""Counting violations: what thresholds come to, checked against the plain reading of the sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.law import vietnam
from anlanh.law.repeat_rules import Standing, standings

DAY = date(2026, 11, 20)
NETWORK = vietnam().actors["licensed-social-network"]
ago = st.integers(0, 120).map(lambda days: DAY - timedelta(days=days))


def standing(rule: str, violations: list[date], locks: list[date] = (), day: date = DAY) -> Standing:
    found = standings(list(vietnam().repeat_rules.values()), NETWORK, violations, locks, day)
    return next(one for one in found if one.rule.id == rule)


def rules_on(day: date, kind: str = "licensed-social-network") -> set[str]:
    found = standings(list(vietnam().repeat_rules.values()), vietnam().actors[kind], [], [], day)
    return {one.rule.id for one in found}


def test_which_rules_bind_whom_and_since_when() -> None:
    assert rules_on(date(2024, 12, 24)) == set()
    assert rules_on(date(2024, 12, 25)) == {"nd147.35.7"}
    assert rules_on(date(2026, 8, 19)) == {"nd147.35.7", "nd333.16.4.d"}
    assert rules_on(DAY, "cross-border-platform") == {"nd147.23.5.b", "nd333.16.4.d"}
    assert rules_on(DAY, "department") == set()


@pytest.mark.parametrize(("number", "decree_147", "decree_333"), [(2, False, False), (3, False, True), (5, True, True)])
def test_the_two_decrees_ask_for_different_numbers(number: int, decree_147: bool, decree_333: bool) -> None:
    violations = [DAY - timedelta(days=one) for one in range(number)]
    assert standing("nd147.35.7", violations).reached is decree_147
    assert standing("nd333.16.4.d", violations).reached is decree_333


def test_thirty_days_are_thirty_days() -> None:
    last_that_counts, first_that_does_not = DAY - timedelta(days=29), DAY - timedelta(days=30)
    assert standing("nd147.35.7", [last_that_counts] * 5).counts[0].reached
    assert not standing("nd147.35.7", [last_that_counts] * 4 + [first_that_does_not]).counts[0].reached


def test_violations_that_led_to_a_lock_are_spent() -> None:
    violations = [DAY - timedelta(days=days) for days in (9, 8, 7, 6, 5)]
    assert standing("nd147.35.7", violations).reached
    assert not standing("nd147.35.7", violations, [DAY - timedelta(days=5)]).reached
    assert standing("nd147.35.7", violations, [DAY - timedelta(days=10)]).reached


def test_three_temporary_locks_lead_to_one_without_end() -> None:
    locks = [DAY - timedelta(days=days) for days in (200, 100)]
    assert not standing("nd147.35.7", [], locks).permanent
    assert standing("nd147.35.7", [], [*locks, DAY]).permanent
    assert standing("nd147.35.7", [], [*locks, DAY]).reached


@given(st.lists(ago, max_size=25), st.lists(ago, max_size=3))
def test_counting_is_the_plain_reading(violations: list[date], locks: list[date]) -> None:
    for one in standings(list(vietnam().repeat_rules.values()), NETWORK, violations, locks, DAY):
        assert one.locks == len(locks)
        for count in one.counts:
            fresh = [day for day in violations if all(day > lock for lock in locks)]
            assert len(count.counted) == sum((DAY - day).days < count.threshold.within_days for day in fresh)
            assert list(count.counted) == sorted(count.counted, reverse=True)


@given(st.lists(ago, min_size=1, max_size=25), st.lists(ago, max_size=3), st.data())
def test_a_reversal_never_makes_it_worse(violations: list[date], locks: list[date], data: st.DataObject) -> None:
    fewer = list(violations)
    fewer.remove(data.draw(st.sampled_from(violations)))
    rules = list(vietnam().repeat_rules.values())
    before, after = (standings(rules, NETWORK, days, locks, DAY) for days in (violations, fewer))
    for worse, better in zip(before, after, strict=True):
        assert all(not b.reached or w.reached for w, b in zip(worse.counts, better.counts, strict=True))
