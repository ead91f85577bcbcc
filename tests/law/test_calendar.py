"""Working days: the years that the pack has, its alarm for others, and what the trace says of doubtful days."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from anlanh.law import MissingYear, clocks_for, load_pack, vietnam
from anlanh.primitives.dates import parse_instant
from anlanh.primitives.errors import BadInput

CALENDAR = vietnam().calendar


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2018-12-31", False), ("2019-01-05", True), ("2020-01-23", False), ("2020-01-30", True),
        ("2021-09-03", False), ("2022-05-03", False), ("2023-04-28", True), ("2023-05-03", False),
        ("2024-02-14", False), ("2024-02-15", True), ("2024-04-29", False), ("2024-05-04", True),
        ("2025-01-27", False), ("2025-04-26", True), ("2025-05-02", False), ("2026-01-02", False),
        ("2026-02-16", False), ("2026-02-23", True), ("2026-08-22", True), ("2026-08-31", False),
        ("2026-11-21", False), ("2026-11-23", True), ("2027-02-08", False),
    ],
)  # fmt: skip
def test_days_that_are_worked_and_days_off(day: str, worked: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize("year", range(2018, 2028))
def test_every_year_of_a_working_day_clock_has_its_holidays(year: int) -> None:
    entry = CALENDAR.years[year]
    fixed = {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)}
    assert fixed <= set(entry.off)
    assert {"new-year", "tet", "hung-kings", "reunification", "labour", "national"} <= {
        d.why for d in entry.off.values()
    }
    assert entry.source
    working = sum(CALENDAR.is_working_day(date(year, 1, 1) + timedelta(days=n)) for n in range(365))
    assert 246 <= working <= 254


def test_a_worked_weekend_answers_a_weekday_off() -> None:
    for entry in CALENDAR.years.values():
        for worked in entry.worked.values():
            assert worked.day.weekday() >= 5
            assert not CALENDAR.is_working_day(worked.instead_of)


@pytest.mark.parametrize("year", [2017, 2028])
def test_a_missing_year_raises_an_alarm(year: int) -> None:
    with pytest.raises(MissingYear, match=str(year)):
        CALENDAR.is_working_day(date(year, 3, 1))


def test_a_clock_that_runs_into_a_missing_year_raises_the_alarm() -> None:
    with pytest.raises(MissingYear, match="2028"):
        clocks_for(
            vietnam(), event="data_request.received", actor="data-controller", request="access",
            at=parse_instant("2027-12-31T10:00:00+07:00"),
        )  # fmt: skip


def test_a_day_that_is_not_settled_is_counted_and_shown() -> None:
    answer = clocks_for(
        vietnam(), event="data_request.received", actor="data-controller", request="access",
        at=parse_instant("2026-11-20T10:00:00+07:00"),
    )  # fmt: skip
    reply = answer.governing_for("reply")
    assert reply is not None
    assert reply.due_at.isoformat() == "2026-11-24T23:59:59+07:00"
    assert any("Culture Day" in step.en for step in reply.trace)


FILE = """year: 2030
basis: 1/2020/T/7
source: {vi: bịa, en: made up}
weekly_days_off: [sunday]
days_off:
  - {from: 2030-05-01, to: 2030-05-02, why: rest, certainty: recall}
working_days:
  - {day: 2030-05-05, instead_of: 2030-05-02, certainty: recall}
"""


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("from: 2030-05-01", "from: 2031-05-01", "land/calendar/2030.yaml:6: 2031-05-01 is not a day of 2030; put it "
         "into the file of its year"),
        ("to: 2030-05-02", "to: 2030-04-02", "land/calendar/2030.yaml:6: the last day 2030-04-02 comes before the "
         "first day 2030-05-01; correct one of the two"),
        ("why: rest", "why: fun", "land/calendar/2030.yaml:6: unknown holiday 'fun'; known: rest"),
        ("day: 2030-05-05", "day: 2030-05-06", "land/calendar/2030.yaml:8: 2030-05-06 is no weekly day off; only such "
         "a day can be worked in exchange"),
        ("instead_of: 2030-05-02", "instead_of: 2030-05-03", "land/calendar/2030.yaml:8: 2030-05-03 is not among the "
         "days off; add it to days_off"),
        ("[sunday]", "[sonntag]", "land/calendar/2030.yaml:4: unknown day of the week 'sonntag'; known: friday, "
         "monday, saturday, sunday, thursday, tuesday, wednesday"),
        ("1/2020/T/7", "1/2020/Z/7", "land/calendar/2030.yaml:1: the pack has no instrument '1/2020/Z'; did you mean "
         "'1/2020/T'?"),
    ],
)  # fmt: skip
def test_a_faulty_year_is_named(land: Path, written: str, instead: str, message: str) -> None:
    (land / "calendar").mkdir()
    path = land / "calendar" / "2030.yaml"
    path.write_text(FILE, encoding="utf-8")
    assert not load_pack(land).calendar.is_working_day(date(2030, 5, 1))
    assert load_pack(land).calendar.is_working_day(date(2030, 5, 5))
    path.write_text(FILE.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_pack(land)
    assert str(caught.value) == message
