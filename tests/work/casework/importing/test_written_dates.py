"""Dates as registers have them, day first, with and without the hour."""

import contextlib
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.primitives.dates import VIETNAM, date_words
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.importing.written_dates import When, parse_time, parse_when

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    ["21/11/2026", "21-11-26", "21.11.2026", "ngày 21 tháng 11 năm 2026", "2026-11-21", "Thứ Bảy, 21/11/2026", "46347"],
)
def test_days(text: str) -> None:
    assert parse_when(text) == When(DAY)


@pytest.mark.parametrize(
    "text",
    [
        *("9h30 21/11/2026", "21/11/2026 9h30", "21/11/2026 lúc 9 giờ 30 phút", "2026-11-21T09:30:00+07:00"),
        *("9 giờ 30, ngày 21 tháng 11 năm 2026", "2026-11-21T02:30:00Z", "21-11-26 09:30"),
    ],
)
def test_days_with_the_hour(text: str) -> None:
    assert parse_when(text) == When(DAY, time(9, 30))


@pytest.mark.parametrize(
    "text",
    ["11/21/2026", "hôm qua", "2026", "32/1/2026", "21/11/2026 và 22/11/2026", "25h 21/11/2026", "1e9", "x" * 9999],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_when(text)
    assert refusal.value.mend


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for written in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", date_words(day, "vi"), day.isoformat(), serial, str(serial)):
        assert parse_when(written).day == day


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers()))
def test_anything_is_a_date_or_refused(value: object) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(parse_when(value), When)


def test_a_day_without_the_hour_begins_at_its_first() -> None:
    assert When(DAY).instant() == datetime(2026, 11, 21, tzinfo=VIETNAM)


@pytest.mark.parametrize("value", ["9h30", "09:30", "9 giờ 30 phút", "9g30", 0.395833333, time(9, 30)])
def test_hours(value: object) -> None:
    assert parse_time(value) == time(9, 30)
