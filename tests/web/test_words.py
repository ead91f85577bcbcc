"""Times in words, in both languages and in Vietnamese civil time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from anlanh.web.words import day_words, duration_words, exact_words, remaining_words, since_words

MOMENT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)  # 01:05 on the 23rd in Vietnam


@pytest.mark.parametrize(
    ("length", "vietnamese", "english"),
    [
        (timedelta(seconds=20), "chưa đến một phút", "under a minute"),
        (timedelta(minutes=1), "1 phút", "1 minute"),
        (timedelta(hours=5, minutes=20), "5 giờ 20 phút", "5 hours 20 minutes"),
        (timedelta(hours=24), "1 ngày", "1 day"),
        (timedelta(days=2, hours=3, minutes=59), "2 ngày 3 giờ", "2 days 3 hours"),
    ],
)
def test_lengths_are_told_in_their_two_largest_units(length: timedelta, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert duration_words(-length) == vietnamese
    with translation.override("en"):
        assert duration_words(length) == english


def test_what_is_left_and_what_is_over() -> None:
    with translation.override("vi"):
        assert remaining_words(timedelta(hours=5, minutes=20)) == "còn 5 giờ 20 phút"
        assert remaining_words(-timedelta(hours=2)) == "quá hạn 2 giờ"
        assert since_words(timedelta(hours=3)) == "3 giờ trước"
        assert since_words(timedelta(seconds=5)) == "vừa xong"


def test_exact_times_are_vietnamese_civil_time() -> None:
    with translation.override("vi"):
        assert exact_words(MOMENT) == "01:05 ngày 23/11/2026"
        assert day_words(MOMENT) == "01:05, thứ Hai 23/11/2026"
    with translation.override("en"):
        assert exact_words(MOMENT) == "01:05, 23 November 2026"
        assert day_words(MOMENT) == "01:05, Monday 23 November 2026"
