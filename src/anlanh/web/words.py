"""Times in words: how long is left, when exactly, which day. Always in Vietnamese civil time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, ngettext

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = {
    "vi": ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


def duration_words(length: timedelta) -> str:
    """The length in its two largest units: `2 days 3 hours`, `5 hours 20 minutes`. The sign is left out."""
    minutes = int(abs(length).total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = []
    if days:
        parts.append(ngettext("%(count)s day", "%(count)s days", days) % {"count": days})
    if hours:
        parts.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if minutes and not days:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes})
    return " ".join(parts) or gettext("under a minute")


def duration_patterns() -> dict[str, str]:
    """The same words with `{}` where the number or the length goes, by the names that `live.js` reads."""
    return {
        "day": ngettext("%(count)s day", "%(count)s days", 1) % {"count": "{}"},
        "days": ngettext("%(count)s day", "%(count)s days", 2) % {"count": "{}"},
        "hour": ngettext("%(count)s hour", "%(count)s hours", 1) % {"count": "{}"},
        "hours": ngettext("%(count)s hour", "%(count)s hours", 2) % {"count": "{}"},
        "minute": ngettext("%(count)s minute", "%(count)s minutes", 1) % {"count": "{}"},
        "minutes": ngettext("%(count)s minute", "%(count)s minutes", 2) % {"count": "{}"},
        "moment": gettext("under a minute"),
        "now": gettext("just now"),
        "left": gettext("%(length)s left") % {"length": "{}"},
        "overdue": gettext("%(length)s overdue") % {"length": "{}"},
        "ago": gettext("%(length)s ago") % {"length": "{}"},
        "in": gettext("in %(length)s") % {"length": "{}"},
    }


def remaining_words(remaining: timedelta) -> str:
    """`5 hours 20 minutes left`, or `2 hours overdue`."""
    template = gettext("%(length)s overdue") if remaining < timedelta() else gettext("%(length)s left")
    return template % {"length": duration_words(remaining)}


def since_words(length: timedelta) -> str:
    """`3 hours ago`, `just now`; a moment still to come reads `in 3 hours`."""
    if abs(length) < timedelta(minutes=1):
        return gettext("just now")
    template = gettext("in %(length)s") if length < timedelta() else gettext("%(length)s ago")
    return template % {"length": duration_words(length)}


def exact_words(moment: datetime) -> str:
    """The minute and the day: `14:30 ngày 23/11/2026`, `14:30, 23 November 2026`."""
    local = moment.astimezone(HANOI)
    if get_language() == "en":
        return f"{local:%H:%M}, {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def day_words(moment: datetime) -> str:
    """The hour and the day with its name, for promises to people: `14:30, thứ Hai 23/11/2026`."""
    local = moment.astimezone(HANOI)
    if get_language() == "en":
        weekday = WEEKDAYS["en"][local.weekday()]
        return f"{local:%H:%M}, {weekday} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{local:%H:%M}, {WEEKDAYS['vi'][local.weekday()]} {local:%d/%m/%Y}"
