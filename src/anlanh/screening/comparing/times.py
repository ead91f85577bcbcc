"""Times as Vietnamese pages write them: `08:30 12/5/2023`, `8h30 ngày 12-5-2023`, `ngày 12 tháng 5 năm 2023`."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from anlanh.primitives.dates import VIETNAM

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<day>\d{1,2})\s?(?:(?P<sign>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?"
    r"|\s?tháng\s+(?P<word>\d{1,2})\s*(?:[/-]\s*|,?\s+năm\s+))(?P<year>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s?(?:[:hHgG]|giờ)\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s?phút)?"
    r"(?:\s?(?P<half>am|pm|sa|ch)\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)")
_NEAR = 40  # characters between a day and its clock time
_AROUND = re.compile(
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|ngày|lúc|vào|giờ|phút|đăng|cập nhật|xuất bản|thời gian|gmt|utc|"
    r"am|pm|sa|ch|\+?0?7(?::00)?|[\W_]+)",
    re.IGNORECASE,
)


class Stated(NamedTuple):
    """A time as written: its day in Vietnam, and the minute of the day where a clock time is given."""

    day: date
    minute: int | None


def stated(instant: datetime) -> Stated:
    """An instant as a page in Vietnam would write it."""
    here = instant.astimezone(VIETNAM)
    return Stated(here.date(), here.hour * 60 + here.minute)


def instant_of(time: Stated) -> datetime | None:
    """The instant, where the clock time is known."""
    if time.minute is None:
        return None
    return datetime(time.day.year, time.day.month, time.day.day, *divmod(time.minute, 60), tzinfo=VIETNAM)


def read_instant(written: str) -> datetime | None:
    """A time that machines wrote; without an offset it is Vietnamese time, as such pages mean it."""
    try:
        found = datetime.fromisoformat(written.strip().replace(" +", "+"))
        return (found if found.tzinfo else found.replace(tzinfo=VIETNAM)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def times_in(text: str) -> Iterator[Stated]:
    """Every day that is written in a short text, with the clock time next to it."""
    for match in _ISO.finditer(text):
        if instant := read_instant(match[0]):
            yield stated(instant)
    clocks = list(_CLOCK.finditer(text))
    for match in _DAY.finditer(text):
        day = _day(match)
        if day:
            yield Stated(day, _minute_near(match, clocks))


def is_time_line(text: str) -> bool:
    """Whether a line says nothing but when."""
    return len(text) < 120 and bool(_DAY.search(text)) and not _AROUND.sub("", _CLOCK.sub("", _DAY.sub("", text)))


def without_times(text: str) -> str:
    """A short text with its times taken out."""
    return _CLOCK.sub(" ", _DAY.sub(" ", _ISO.sub(" ", text)))


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (
        match["y"] or match["year"], match["m"] or match["month"] or match["word"], match["d"] or match["day"]
    )  # fmt: skip
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _minute_near(day: re.Match[str], clocks: list[re.Match[str]]) -> int | None:
    gaps = [(max(day.start() - clock.end(), clock.start() - day.end()), clock) for clock in clocks]
    near = [(gap, clock) for gap, clock in gaps if 0 <= gap <= _NEAR]
    if not near:
        return None
    clock = min(near, key=lambda pair: pair[0])[1]
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    elif half in ("am", "sa") and hour == 12:
        hour = 0
    return hour * 60 + int(clock["minute"])
