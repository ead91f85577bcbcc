"""The Vietnamese pack: what must hold for its data beyond what the loader checks."""

from datetime import date

import pytest

from anlanh.law import vietnam
from anlanh.primitives.clauses import ClauseRef

PACK = vietnam()


def test_instruments_of_the_contract_are_there() -> None:
    numbers = {
        "97/2008/NĐ-CP", "07/2008/TT-BTTTT", "72/2013/NĐ-CP", "09/2014/TT-BTTTT", "86/2015/QH13", "27/2018/NĐ-CP",
        "24/2018/QH14", "15/2020/NĐ-CP", "30/2020/NĐ-CP", "874/QĐ-BTTTT", "53/2022/NĐ-CP", "13/2023/NĐ-CP",
        "147/2024/NĐ-CP", "91/2025/QH15", "356/2025/NĐ-CP", "116/2025/QH15", "174/2026/NĐ-CP", "328/2026/NĐ-CP",
        "330/2026/NĐ-CP", "331/2026/NĐ-CP", "333/2026/NĐ-CP", "14/2022/NĐ-CP", "211/2025/NĐ-CP", "237/2026/NĐ-CP",
        "327/2026/NĐ-CP", "202/2025/QH15", "203/2025/QH15", "55/2025/NĐ-CP", "20/2020/QĐ-TTg",
    }  # fmt: skip
    assert numbers <= set(PACK.instruments)


@pytest.mark.parametrize(
    ("number", "day", "in_force"),
    [
        ("72/2013/NĐ-CP", date(2013, 8, 31), False),
        ("72/2013/NĐ-CP", date(2013, 9, 1), True),
        ("72/2013/NĐ-CP", date(2024, 12, 24), True),
        ("72/2013/NĐ-CP", date(2024, 12, 25), False),
        ("147/2024/NĐ-CP", date(2024, 12, 24), False),
        ("147/2024/NĐ-CP", date(2026, 11, 21), True),
        ("24/2018/QH14", date(2026, 6, 30), True),
        ("24/2018/QH14", date(2026, 7, 1), False),
        ("116/2025/QH15", date(2026, 7, 1), True),
    ],
)
def test_first_and_last_days(number: str, day: date, in_force: bool) -> None:
    assert PACK.instruments[number].in_force.covers(day) is in_force


def test_an_act_that_is_replaced_ends_when_its_successor_begins_or_before() -> None:
    for instrument in PACK.instruments.values():
        for number in instrument.replaced_by:
            until = instrument.in_force.until
            assert until is not None
            assert PACK.instruments[number].in_force.since.year - until.year <= 1


def test_grounds_of_national_security_are_never_screened_for() -> None:
    """Safeguard 3."""
    secure = [ground for ground in PACK.grounds.values() if ground.national_security]
    assert len(secure) >= 20
    assert not any(ground.screening_allowed for ground in secure)


@pytest.mark.parametrize(
    "ref",
    ["72/2013/NĐ-CP/5.1.d", "24/2018/QH14/8.1.d", "24/2018/QH14/16.5", "116/2025/QH15/7.1.d", "116/2025/QH15/13.3.a"],
)
def test_grounds_that_criticism_of_public_bodies_could_meet_are_not_screened_for(ref: str) -> None:
    """Safeguard 3."""
    assert not PACK.grounds[ref].screening_allowed


@pytest.mark.parametrize("letter", ["a", "b", "c", "d", "đ", "e"])
def test_every_letter_of_article_5_is_a_ground(letter: str) -> None:
    assert f"72/2013/NĐ-CP/5.1.{letter}" in PACK.grounds


def test_grounds_follow_the_day_of_conduct() -> None:
    before = {ground.ref.instrument for ground in PACK.grounds_on(date(2024, 12, 24))}
    after = {ground.ref.instrument for ground in PACK.grounds_on(date(2026, 7, 1))}
    assert before == {"72/2013/NĐ-CP", "24/2018/QH14"}
    assert after == {"116/2025/QH15"}


def test_a_ground_counts_as_what_it_falls_under_step_by_step() -> None:
    counted = PACK.counted_as([ClauseRef.parse("24/2018/QH14/16.3.b")])
    assert {str(ref) for ref in counted} == {
        "24/2018/QH14/16.3.b", "24/2018/QH14/8.1.a", "72/2013/NĐ-CP/5.1.d", "72/2013/NĐ-CP/5.1.e",
    }  # fmt: skip


def test_no_clause_of_the_pack_is_known_to_forbid_notices() -> None:
    """Should one be added, the casework's way of leaving a notice out needs a look."""
    assert not any(clause.forbids_notice for clause in PACK.clauses.values())


def test_ids_of_clocks_are_stable() -> None:
    """Acts and stored clocks name these; a new one is added here, none is ever renamed or dropped."""
    assert {
        "vn.tt07.5.4.remove", "vn.nd72.24.4.remove", "vn.nd27.23d.1.c.remove", "vn.nd27.23d.1.c.remove-order",
        "vn.nd27.23d.2.c.remove", "vn.nd27.23d.2.c.remove-order", "vn.l24.26.2.b.remove", "vn.nd147.23.3.i.remove",
        "vn.nd147.23.5.b.remove", "vn.nd147.23.6.a.notify", "vn.nd147.23.6.a.remove", "vn.nd147.23.6.c.block",
        "vn.nd147.24.4.remove", "vn.nd147.34.4.remove", "vn.nd147.35.5.remove", "vn.nd147.35.6.remove",
        "vn.nd147.35.8.remove", "vn.nd147.36.7.remove-complaint", "vn.nd147.36.7.remove-order",
        "vn.l116.25.2.a.information", "vn.l116.25.2.a.information-emergency", "vn.l116.25.2.b.remove",
        "vn.l116.25.2.b.remove-emergency", "vn.nd333.16.3.c.information", "vn.nd333.16.3.c.information-emergency",
        "vn.nd333.16.4.b.remove", "vn.nd333.16.4.b.remove-emergency", "vn.nd333.18.2.a.remove",
        "vn.nd333.23.2.c.information", "vn.nd333.23.2.c.information-emergency", "vn.l91.23.breach",
        "vn.nd13.23.1.breach",
    } <= set(PACK.clock_rules)  # fmt: skip
