"""What the pack warns of."""

from dataclasses import replace
from datetime import date

import pytest

from anlanh.law import vietnam
from anlanh.law.alarms import ALARM_KINDS, alarms
from anlanh.law.calendar import YearlyCalendar

PACK = vietnam()


def subjects(day: date, kind: str, pack=PACK) -> set[str]:
    return {alarm.subject for alarm in alarms(pack, day) if alarm.kind == kind}


def test_a_missing_year_is_told_before_it_begins() -> None:
    assert subjects(date(2027, 9, 1), "missing-year") == set()
    assert subjects(date(2027, 12, 1), "missing-year") == {"2028"}
    assert subjects(date(2028, 2, 1), "missing-year") == {"2028"}


def test_no_calendar_is_missed_where_no_clock_counts_working_days() -> None:
    assert subjects(date(2016, 5, 1), "missing-year") == set()


def test_a_pack_without_its_years_says_so() -> None:
    bare = replace(PACK, calendar=YearlyCalendar({}))
    assert subjects(date(2026, 11, 22), "missing-year", bare) == {"2026", "2027"}


@pytest.mark.parametrize(
    ("day", "ending"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_an_instrument_about_to_end(day: date, ending: bool) -> None:
    assert ("24/2018/QH14" in subjects(day, "ending")) is ending


def test_days_that_are_not_settled_are_told_as_they_come_near() -> None:
    assert subjects(date(2026, 11, 22), "open-day") == {"2026-11-24", "2027-02-04", "2027-02-11"}
    assert subjects(date(2026, 5, 1), "open-day") == set()


def test_conflicts_and_questions_in_force() -> None:
    assert subjects(date(2026, 11, 22), "conflict") == {"lock-thresholds", "press-accounts-fine"}
    assert subjects(date(2020, 1, 1), "conflict") == {"three-or-24-hours"}
    assert "appendix-citations" in subjects(date(2022, 1, 1), "citation")


def test_weak_sources_in_use() -> None:
    found = subjects(date(2010, 1, 1), "doubtful")
    assert {"vn.tt07.5.4.remove", "TT07"} <= found
    assert "nd15.101.1" not in subjects(date(2022, 1, 1), "doubtful")
    assert "nd15.secrets" in subjects(date(2022, 1, 1), "doubtful")


def test_a_duty_whose_bases_have_all_ended() -> None:
    assert "DN323.0" not in subjects(date(2024, 12, 24), "basis-ended")
    assert {"DN323.0", "BD.5.4.a"} <= subjects(date(2024, 12, 25), "basis-ended")


def test_the_most_urgent_come_first() -> None:
    found = [ALARM_KINDS.index(alarm.kind) for alarm in alarms(PACK, date(2027, 12, 1))]
    assert found == sorted(found)
