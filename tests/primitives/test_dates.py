"""Instants, civil dates and periods in Vietnam, and their words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.primitives.dates import (
    VIETNAM,
    Period,
    civil_date,
    date_vi,
    date_words,
    end_of_day,
    format_instant,
    parse_date,
    parse_instant,
    remaining,
    start_of_day,
)
from anlanh.primitives.errors import BadInput

days = st.dates(date(1, 1, 2), date(9999, 12, 30))
periods = st.tuples(days, st.none() | days).map(
    lambda pair: Period(pair[0], None) if pair[1] is None else Period(min(pair), max(pair))
)


@pytest.mark.parametrize(
    ("text", "in_vietnam"),
    [
        ("2023-03-01T09:00:00+07:00", "2023-03-01T09:00:00+07:00"),
        ("2023-03-01T20:30:00Z", "2023-03-02T03:30:00+07:00"),
        ("2023-03-01 09:00+0700", "2023-03-01T09:00:00+07:00"),
        ("2023-03-01T09:00:00.999999-05:00", "2023-03-01T21:00:00+07:00"),
    ],
)
def test_reads_instants(text, in_vietnam):
    assert format_instant(parse_instant(text)) == in_vietnam


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2023-03-01T09:00:00", "no offset"),
        ("2023-03-01T09:00:00 07:00", "not a date and time"),
        ("2023-03-01", "not a date and time"),
        ("20230301T090000+07:00", "not a date and time"),
        ("2023-02-29T09:00:00+07:00", "no day and time"),
        ("2023-03-01T09:60:00+07:00", "no day and time"),
        ("2023-03-01T24:00:00+07:00", "not a date and time"),
        ("9999-12-31T23:00:00Z", "no day and time"),
        ("0001-01-01T00:00:00+09:00", "no day and time"),
        ("٢٠٢٣-03-01T09:00:00Z", "not a date and time"),
        ("", "not a date and time"),
    ],
)
def test_refuses_other_instants(text, hint):
    with pytest.raises(BadInput, match=hint):
        parse_instant(text)


def test_reads_and_refuses_dates():
    assert parse_date("2024-02-29") == date(2024, 2, 29)
    for text in ("2023-02-29", "2023-2-9", "29/02/2024", "2023-W09-3", "20240229", ""):
        with pytest.raises(BadInput, match=r"date|calendar"):
            parse_date(text)


def test_the_civil_date_is_vietnamese():
    assert civil_date(datetime(2026, 11, 20, 17, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert civil_date(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)) == date(2026, 11, 20)


@pytest.mark.parametrize("function", [civil_date, format_instant])
def test_naive_datetimes_are_refused(function):
    with pytest.raises(ValueError, match="naive"):
        function(datetime(2026, 11, 21))  # noqa: DTZ001


@given(days)
def test_a_day_lies_between_its_ends(day):
    assert start_of_day(day) < end_of_day(day) < start_of_day(day + timedelta(days=1))
    assert civil_date(start_of_day(day)) == civil_date(end_of_day(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_instant(format_instant(end_of_day(day))) == end_of_day(day)


def test_the_ends_of_a_day_are_written_with_the_offset_of_vietnam():
    assert format_instant(end_of_day(date(2026, 11, 21))) == "2026-11-21T23:59:59+07:00"
    assert format_instant(start_of_day(date(2026, 11, 21))) == "2026-11-21T00:00:00+07:00"


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.just(VIETNAM)))  # noqa: DTZ001
def test_instants_of_any_century_are_printed_and_read(instant):
    assert abs(parse_instant(format_instant(instant)) - instant.astimezone(UTC)) < timedelta(seconds=1)


def test_periods_include_both_ends():
    period = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert period.contains(date(2026, 1, 1))
    assert period.contains(date(2026, 1, 31))
    assert not period.contains(date(2025, 12, 31))
    assert not period.contains(date(2026, 2, 1))
    assert Period(date(2026, 1, 1)).contains(date(9999, 12, 31))
    with pytest.raises(BadInput, match="before it starts"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


@given(periods, periods)
def test_periods_overlap_where_a_day_lies_in_both(one, two):
    latest_start = max(one.start, two.start)
    assert one.overlaps(two) == two.overlaps(one) == (one.contains(latest_start) and two.contains(latest_start))


def test_dates_in_words():
    day = date(2026, 11, 21)
    assert date_vi(day) == "21/11/2026"
    assert date_words(day, "vi") == "ngày 21 tháng 11 năm 2026"
    assert date_words(day, "en") == "21 November 2026"
    assert date_vi(date(2026, 2, 5)) == "05/02/2026"
    assert date_words(date(2026, 2, 5), "vi") == "ngày 05 tháng 02 năm 2026"
    assert date_words(date(2026, 3, 5), "vi") == "ngày 05 tháng 3 năm 2026"
    with pytest.raises(ValueError, match="language"):
        date_words(day, "fr")


@pytest.mark.parametrize(
    ("delta", "vi", "en"),
    [
        (timedelta(hours=5, minutes=20), "còn 5 giờ 20 phút", "5 hours 20 minutes left"),
        (timedelta(days=-2), "quá hạn 2 ngày", "2 days overdue"),
        (timedelta(days=1, hours=1, minutes=59), "còn 1 ngày 1 giờ", "1 day 1 hour left"),
        (timedelta(days=3, minutes=59), "còn 3 ngày", "3 days left"),
        (timedelta(minutes=-1, seconds=-59), "quá hạn 1 phút", "1 minute overdue"),
        (timedelta(seconds=59), "còn dưới 1 phút", "less than a minute left"),
        (timedelta(seconds=-1), "quá hạn dưới 1 phút", "less than a minute overdue"),
        (timedelta(), "còn dưới 1 phút", "less than a minute left"),
    ],
)
def test_time_left_in_words(delta, vi, en):
    assert remaining(delta, "vi") == vi
    assert remaining(delta, "en") == en
