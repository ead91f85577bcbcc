"""Any day can be asked, on both axes: in force then, and known then."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.law import clocks_for, vietnam
from anlanh.law.alarms import alarms
from anlanh.law.differences import changes
from anlanh.law.lookup import look_up
from anlanh.law.time_travel import as_known
from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from tests.effort import examples

PACK = vietnam()
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
EVENTS = sorted(set(PACK.vocabulary["events"]) - {"data_request.received", "report.period"})
IDS = sorted([*PACK.clock_rules, *PACK.duties, *PACK.parameters, *PACK.choices, *PACK.places, *PACK.bodies])


@settings(max_examples=examples(40), deadline=None)
@given(days, days, st.sampled_from(EVENTS), st.sampled_from(sorted(PACK.actors)))
def test_as_of_is_total(at: date, known: date, event: str, actor: str) -> None:
    pack = as_known(PACK, known)
    pack.duties_on(at, actor)
    pack.grounds_on(at)
    alarms(pack, at)
    if at >= pack.first_day:
        clocks_for(pack, event=event, actor=actor, at=datetime(at.year, at.month, at.day, 9, tzinfo=VIETNAM))


@settings(max_examples=examples(60), deadline=None)
@given(days, days, st.sampled_from(IDS))
def test_every_entry_can_be_shown_on_any_day_it_is_known(at: date, known: date, name: str) -> None:
    pack = as_known(PACK, known)
    assert look_up(PACK, name, at)
    if any(name in entries for entries in (pack.clock_rules, pack.duties, pack.parameters, pack.choices)):
        assert look_up(pack, name, at)
    elif name not in pack.places and name not in pack.bodies:
        with pytest.raises(BadInput, match="the law knows no"):
            look_up(pack, name, at)


@pytest.mark.parametrize("edge", [date.min, date.max])
def test_the_edges_of_the_calendar_can_be_asked(edge: date) -> None:
    alarms(as_known(PACK, edge), edge)
    assert PACK.duties_on(edge) or edge == date.min
    assert as_known(PACK, edge).instruments.keys() <= PACK.instruments.keys()


@settings(max_examples=examples(40), deadline=None)
@given(days, st.integers(1, 4000))
def test_more_is_known_later(known: date, later: int) -> None:
    now, then = as_known(PACK, known), as_known(PACK, known + timedelta(days=later))
    assert now.instruments.keys() <= then.instruments.keys()
    assert now.clock_rules.keys() <= then.clock_rules.keys()
    assert now.duties.keys() <= then.duties.keys()


def test_the_end_of_a_decree_is_not_known_before_its_successor_is_published() -> None:
    decree = "72/2013/NĐ-CP"
    assert as_known(PACK, date(2024, 11, 8)).instruments[decree].in_force.until is None
    assert as_known(PACK, date(2024, 11, 8)).instruments[decree].replaced_by == ()
    assert as_known(PACK, date(2024, 11, 9)).instruments[decree].in_force.until == date(2024, 12, 24)


def test_clocks_asked_with_what_was_known() -> None:
    at = datetime(2025, 1, 15, 9, tzinfo=VIETNAM)
    asked = {"event": "violation.detected", "actor": "licensed-social-network", "at": at}
    believed = clocks_for(as_known(PACK, date(2024, 6, 1)), **asked)
    assert [clock.id for clock in believed.clocks] == ["vn.nd27.23d.2.c.remove"]
    assert "vn.nd147.35.5.remove" in {clock.id for clock in clocks_for(PACK, **asked).clocks}


def test_in_force_days_of_one_id_are_one_period() -> None:
    """A rule has one period by its type; only numbers have several, and those never overlap."""
    for entries in (PACK.clock_rules, PACK.grounds, PACK.duties, PACK.sanctions, PACK.forms, PACK.checklists):
        for entry in entries.values():
            assert entry.in_force.until is None or entry.in_force.since <= entry.in_force.until


def test_an_end_is_by_something_published_before_it_took_effect_or_is_marked() -> None:
    for instrument in PACK.instruments.values():
        ended_by = instrument.in_force.ended_by
        if ended_by and PACK.instruments[ended_by].issued_on:
            assert PACK.instruments[ended_by].known_since <= instrument.in_force.until + timedelta(days=1)


def test_what_changes_with_the_new_cybersecurity_law() -> None:
    found = changes(PACK, date(2026, 6, 30), date(2026, 7, 1))
    assert {(change.change, change.id) for change in found} >= {
        ("ends", "24/2018/QH14"), ("begins", "116/2025/QH15"), ("begins", "174/2026/NĐ-CP"), ("ends", "nd147-mau-12"),
        ("begins", "vn.l116.25.2.b.remove"), ("begins", "press-accounts-fine"),
    }  # fmt: skip
    assert all(change.day == date(2026, 7, 1) for change in found)


def test_a_number_that_changes_is_told_with_both_values() -> None:
    found = {change.id: change for change in changes(PACK, date(2024, 12, 24), date(2024, 12, 25))}
    assert found["guardian.age"].change == "changes"
    assert "14 → 16" in found["guardian.age"].title.en


@settings(max_examples=examples(40), deadline=None)
@given(days, days)
def test_changes_agree_with_what_is_in_force(one: date, other: date) -> None:
    first, second = sorted((one, other))
    found = {(change.change, change.id) for change in changes(PACK, first, second)}
    for instrument in PACK.instruments.values():
        before, after = instrument.in_force.covers(first), instrument.in_force.covers(second)
        assert (("begins", instrument.number) in found) == (after and not before)
        assert (("ends", instrument.number) in found) == (before and not after)


def test_nothing_changes_on_the_same_day() -> None:
    assert changes(PACK, date(2026, 7, 1), date(2026, 7, 1)) == []


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(BadInput, match="swap the two days"):
        changes(PACK, date(2026, 7, 2), date(2026, 7, 1))
