"""Instants and civil dates in Vietnam, periods of days, and how both are written for readers.

An instant is an aware datetime; a date is a civil date in Asia/Ho_Chi_Minh. The country has kept +07:00 without summer
time since 1975. For earlier days the offset depends on the edition of the time zone data (and may have seconds in
it); such dates are read and printed without harm, but nothing here relies on them.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from anlanh.primitives.errors import BadInput

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# Narrower than datetime.fromisoformat, whose idea of ISO 8601 grows with each Python version.
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2}(?::[0-9]{2})?)?"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT_MEND = "write it as 2026-11-21T09:30:00+07:00"
_DATE_MEND = "write it as 2026-11-21"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNITS = {  # singular, plural
    "vi": (("ngày", "ngày"), ("giờ", "giờ"), ("phút", "phút")),
    "en": (("day", "days"), ("hour", "hours"), ("minute", "minutes")),
}


def parse_instant(text: str) -> datetime:
    """Reads an ISO 8601 date and time with its offset from UTC.

    Returns:
        an aware datetime in the offset given.

    Raises:
        BadInput: another form, no such day or time, or no offset (guessing one could move a deadline by hours).
    """
    match = _INSTANT.fullmatch(text)
    if not match:
        raise BadInput(f"{text!r} is not a date and time", mend=_INSTANT_MEND)
    if not match["offset"]:
        raise BadInput(f"{text!r} has no offset from UTC", mend=_INSTANT_MEND)
    try:
        instant = datetime.fromisoformat(text)
        instant.astimezone(VIETNAM)  # the first and last day of the calendar may have no Vietnamese counterpart
    except (ValueError, OverflowError):
        raise BadInput(f"{text!r} is no day and time of the calendar", mend=_INSTANT_MEND) from None
    return instant


def parse_date(text: str) -> date:
    """Reads an ISO 8601 civil date.

    Raises:
        BadInput: another form, or no such day.
    """
    if not _DATE.fullmatch(text):
        raise BadInput(f"{text!r} is not a date", mend=_DATE_MEND)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is no day of the calendar", mend=_DATE_MEND) from None


def civil_date(instant: datetime) -> date:
    """The day it is in Vietnam at that instant.

    Raises:
        ValueError: the datetime is naive.
    """
    return _in_vietnam(instant).date()


def start_of_day(day: date) -> datetime:
    """Midnight at which the day begins in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM)


def end_of_day(day: date) -> datetime:
    """23:59:59 in Vietnam: the last second at which something due that day is on time."""
    return datetime.combine(day, time(23, 59, 59), VIETNAM)


def format_instant(instant: datetime) -> str:
    """ISO 8601 in Vietnamese time to the second, for example `2026-11-21T09:30:00+07:00`.

    Raises:
        ValueError: the datetime is naive.
    """
    return _in_vietnam(instant).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from start to end, both included; an end of None means still running.

    Raises:
        BadInput: the end comes before the start.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise BadInput(
                f"the period ends on {self.end}, before it starts on {self.start}", mend="swap the two dates"
            )

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day lies in both."""
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)


def date_vi(day: date) -> str:
    """As Vietnamese readers expect it in tables: `21/11/2026`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def date_words(day: date, lang: str) -> str:
    """A date in words.

    Args:
        day: the civil date.
        lang: "vi" gives `ngày 05 tháng 02 năm 2026`, with the zeros that official papers put before days below ten and
            before the first two months (Decree 30/2020/NĐ-CP, Annex I), "en" gives `5 February 2026`.
    """
    _check_language(lang)
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def remaining(delta: timedelta, lang: str) -> str:
    """How long until something is due, in its two largest units, rounded towards zero.

    Args:
        delta: due time less present time; negative when overdue.
        lang: "vi" gives `còn 5 giờ 20 phút` or `quá hạn 2 ngày`, "en" `5 hours 20 minutes left` or `2 days overdue`.
    """
    _check_language(lang)
    minutes = abs(delta) // timedelta(minutes=1)
    counts = (minutes // 1440, minutes // 60 % 24, minutes % 60)
    largest = next((index for index, count in enumerate(counts) if count), None)
    if largest is None:
        length = "dưới 1 phút" if lang == "vi" else "less than a minute"
    else:
        units = zip(counts, _UNITS[lang], strict=True)
        length = " ".join(
            f"{n} {one if n == 1 else many}" for n, (one, many) in list(units)[largest : largest + 2] if n
        )
    overdue = delta < timedelta(0)
    if lang == "vi":
        return f"quá hạn {length}" if overdue else f"còn {length}"
    return f"{length} overdue" if overdue else f"{length} left"


def _in_vietnam(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant!r} is naive: an instant needs its offset")
    return instant.astimezone(VIETNAM)


def _check_language(lang: str) -> None:
    if lang not in _UNITS:
        raise ValueError(f"no texts in language {lang!r}")
