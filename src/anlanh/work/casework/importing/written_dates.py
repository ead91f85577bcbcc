"""Dates and times as people write them in Vietnamese registers, day before month, with or without the hour."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold

_TIME = r"(?P<hour>\d{1,2})\s*(?:gio|[:hg])\s*(?:(?P<minute>\d{1,2})(?:\s*(?:phut|[:p]))?(?:\s*(?P<second>\d{1,2}))?)?"
_NUMBERS = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(
    r"(?:ngay\s*)?(?P<day>\d{1,2})\s*(?:thang|/)\s*(?P<month>\d{1,2})\s*(?:nam|/|,)?\s*(?P<year>\d{4})(?!\d)"
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_OFFSET = re.compile(r"\d(?:z|[+-]\d{2}:?\d{2})$")
_CLOCK = re.compile(_TIME)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_LEFT_OVER = re.compile(
    r"(?:luc|vao|hoi|ngay|thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|sang|chieu|toi|[\s,;.t()\-])*"
)

_FIRST_SERIAL_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  (civil; day 60 and after, which is all that is taken)
_FIRST_SERIAL, _LAST_SERIAL = 29_221, 73_050  # of 1980 and 2099: other numbers are no dates
_CENTURY_TURNS = 80  # two-digit years below are of this century
_MEND = "21/11/2026 9h30"


@dataclass(frozen=True)
class When:
    """A moment as far as it was written.

    Args:
        day: the civil date.
        at: the time of the day, where one stands there.
    """

    day: date
    at: time | None = None

    def instant(self) -> datetime:
        """The moment in Vietnamese time; the beginning of the day where no hour is known, so that no clock is late."""
        return datetime.combine(self.day, self.at or time.min, VIETNAM)


def parse_when(value: object) -> When:
    """Reads a cell that holds a date, perhaps with a time.

    Args:
        value: what the spreadsheet holds: a date, a date and time, a number of days since 1899-12-30, or text such as
            `21/11/2026`, `21-11-26 9h30`, `9 giờ 30 phút ngày 21 tháng 11 năm 2026`, `2026-11-21T09:30:00+07:00`.

    Raises:
        BadInput: anything else, or no such day or hour.
    """
    if isinstance(value, datetime):
        if value.tzinfo:
            value = value.astimezone(VIETNAM)
        at = value.time().replace(microsecond=0, tzinfo=None)
        return When(value.date(), at if at != time.min else None)
    if isinstance(value, date):
        return When(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(value, str(value))
    return _written(str(value).strip())


def parse_time(value: object) -> time:
    """Reads a cell that holds a time of the day alone: `9h30`, `09:30`, `9 giờ`, or a part of a day.

    Raises:
        BadInput: anything else.
    """
    if isinstance(value, time):
        return value.replace(microsecond=0, tzinfo=None)
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0, tzinfo=None)
    if isinstance(value, float) and 0 <= value < 1:
        return (_FIRST_SERIAL_DAY + timedelta(seconds=round(value * 86_400))).time()
    text = fold(str(value)).strip()
    found = _CLOCK.fullmatch(text)
    if not found:
        raise BadInput(_("“%(text)s” is no time of the day") % {"text": str(value)[:40]}, mend=_as_example("9h30"))
    return _time_of(found, text)


def _written(text: str) -> When:
    if _SERIAL.fullmatch(text):
        return _serial(float(text), text)
    plain = fold(text)
    if _OFFSET.search(plain):
        try:
            return parse_when(datetime.fromisoformat(text))
        except ValueError:
            pass
    found = _ISO.search(plain) or _WORDS.search(plain) or _NUMBERS.search(plain)
    if not found:
        raise _no_date(text)
    rest = f"{plain[: found.start()]} {plain[found.end() :]}"
    at = _CLOCK.search(rest)
    if at:
        rest = f"{rest[: at.start()]} {rest[at.end() :]}"
    if not _LEFT_OVER.fullmatch(rest):
        raise _no_date(text)
    return When(_day_of(found, text), _time_of(at, text) if at else None)


def _day_of(found: re.Match, text: str) -> date:
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < _CENTURY_TURNS else 1900
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise BadInput(
            _("“%(text)s” is no day of the calendar") % {"text": text[:40]},
            mend=_("write the day first, then the month: 21/11/2026"),
        ) from None


def _time_of(found: re.Match, text: str) -> time:
    try:
        return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise BadInput(_("“%(text)s” is no time of the day") % {"text": text[:40]}, mend=_as_example("9h30")) from None


def _serial(days: float, text: str) -> When:
    if not _FIRST_SERIAL <= days < _LAST_SERIAL + 1:
        raise _no_date(text)
    moment = _FIRST_SERIAL_DAY + timedelta(seconds=round(days * 86_400))
    return When(moment.date(), moment.time() if moment.time() != time.min else None)


def _no_date(text: str) -> BadInput:
    return BadInput(_("“%(text)s” is no date") % {"text": text[:40]}, mend=_as_example(_MEND))


def _as_example(example: str) -> str:
    return _("write it as %(example)s") % {"example": example}
