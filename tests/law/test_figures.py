"""Numbers, fines, minimum contents, forms, places, bodies and open questions of the Vietnamese pack."""

from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest

from anlanh.law import vietnam
from anlanh.law.places import predecessors, standing_on

PACK = vietnam()
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "day", "low", "high"),
    [
        ("nd147.35.7.count-30", TODAY, 5, None),
        ("nd147.35.7.count-90", TODAY, 10, None),
        ("nd147.35.7.length", TODAY, 7, 30),
        ("nd333.16.4.d.count-30", TODAY, 3, None),
        ("nd333.16.4.d.length-30", TODAY, None, 60),
        ("nd333.16.4.d.length-90", TODAY, None, 180),
        ("retention.aggregated-content", date(2013, 9, 1), 90, None),
        ("retention.aggregated-content", date(2018, 4, 15), 90, None),
        ("retention.network-log", date(2020, 1, 1), 2, None),
        ("retention.system-log", TODAY, 12, None),
        ("guardian.age", date(2024, 12, 24), 14, 14),
        ("guardian.age", date(2024, 12, 25), 16, 16),
        ("licence.length", date(2020, 1, 1), None, 10),
        ("licence.length", TODAY, None, 5),
        ("cross-border.visits", TODAY, 100_000, None),
        ("sanction.individual-share", TODAY, 50, 50),
    ],
)
def test_numbers_on_their_days(name: str, day: date, low: int | None, high: int | None) -> None:
    value = PACK.parameters[name].on(day)
    assert value is not None
    assert (value.low, value.high) == (low, high)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("nd333.16.4.d.count-30", date(2026, 8, 18)),
        ("nd147.35.7.count-30", date(2024, 12, 24)),
        ("retention.system-log", date(2026, 7, 15)),
    ],
)
def test_no_number_outside_its_days(name: str, day: date) -> None:
    assert PACK.parameters[name].on(day) is None


def test_values_of_one_number_never_overlap() -> None:
    for parameter in PACK.parameters.values():
        for one, other in combinations(parameter.values, 2):
            assert not one.in_force.overlaps(other.in_force)


def test_numbers_of_one_topic_that_differ_on_a_day_are_listed_as_a_conflict() -> None:
    """Else two thresholds in force together could be used without anybody seeing it."""
    listed = {name for choice in PACK.choices_on(TODAY) for name in choice.parameters}
    topics = defaultdict(list)
    for parameter in PACK.parameters.values():
        if parameter.on(TODAY):
            topics[parameter.topic].append(parameter)
    for parameters in topics.values():
        numbers = {(parameter.on(TODAY).low, parameter.on(TODAY).high) for parameter in parameters}
        if len(numbers) > 1:
            assert {parameter.id for parameter in parameters} <= listed


def test_the_two_lock_thresholds_conflict_since_august_2026() -> None:
    assert "lock-thresholds" not in {choice.id for choice in PACK.choices_on(date(2026, 8, 18))}
    conflict = next(choice for choice in PACK.choices_on(date(2026, 8, 19)) if choice.id == "lock-thresholds")
    assert conflict.kind == "conflict"
    assert {ref.instrument for ref in conflict.between} == {"147/2024/NĐ-CP", "333/2026/NĐ-CP"}


def test_fines_of_the_network_article() -> None:
    ranges = {sanction.id: (sanction.low, sanction.high) for sanction in PACK.sanctions.values()}
    assert [ranges[f"nd174.94.{n}"] for n in (1, 2, 3)] == [(20, 30), (30, 50), (50, 70)]
    assert ranges["nd15.101.1"] == (10, 20)
    assert all(sanction.in_force.since == date(2026, 8, 19) for sanction in PACK.sanctions.values()
               if sanction.clause.instrument == "330/2026/NĐ-CP")  # fmt: skip


def test_every_periodic_form_is_described() -> None:
    assert set(PACK.vocabulary["forms"]) <= set(PACK.forms)
    for rule in PACK.clock_rules.values():
        for form in rule.forms:
            assert set(rule.actors) & set(PACK.forms[form].actors)


def test_the_yearly_forms_have_their_fields() -> None:
    assert len(PACK.forms["nd147-mau-14"].fields) == 20
    assert {field.group for field in PACK.forms["nd147-mau-15"].fields} == {"", "network"}
    assert not PACK.forms["tt09-mau-03"].complete
    assert PACK.forms["nd147-mau-12"].in_force.until == date(2026, 6, 30)


def test_minimum_contents() -> None:
    assert len(PACK.checklists["agreement.2018"].items) == 8
    assert not PACK.checklists["agreement.2024"].complete
    assert len(PACK.checklists["consent.methods"].items) == 5


@pytest.mark.parametrize(("day", "count"), [(date(2017, 1, 1), 63), (date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_provinces_of_a_day(day: date, count: int) -> None:
    assert sum(place.in_force.covers(day) for place in PACK.places.values()) == count


def test_every_old_province_leads_to_one_of_today() -> None:
    for place in PACK.places.values():
        assert len(standing_on(PACK.places, place.id, TODAY)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("dak-nong", "lam-dong-2025"), ("binh-dinh", "gia-lai-2025"), ("ninh-binh", "ninh-binh-2025"),
     ("nam-dinh", "ninh-binh-2025"), ("ha-noi", "ha-noi"), ("thua-thien-hue", "hue")],
)  # fmt: skip
def test_the_provinces_of_the_papers_are_found_today(old: str, new: str) -> None:
    assert [place.id for place in standing_on(PACK.places, old, TODAY)] == [new]


def test_predecessors_are_found() -> None:
    assert {place.id for place in predecessors(PACK.places, "gia-lai-2025")} == {"gia-lai", "binh-dinh"}


def test_a_ministry_that_was_divided_has_three_successors() -> None:
    assert {body.id for body in standing_on(PACK.bodies, "mic", TODAY)} == {"mst", "mocst", "mps"}
    assert [body.id for body in standing_on(PACK.bodies, "mic", date(2020, 1, 1))] == ["mic"]
    assert standing_on(PACK.bodies, "mic", date(1999, 1, 1)) == ()


def test_a_body_whose_successor_is_not_known_has_none() -> None:
    assert standing_on(PACK.bodies, "mic-inspectorate", TODAY) == ()


def test_the_security_authority_is_found_at_the_police() -> None:
    assert [body.id for body in standing_on(PACK.bodies, "mic-ais", TODAY)] == ["mps-a05"]
