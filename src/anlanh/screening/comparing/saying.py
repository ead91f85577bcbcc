"""Who wrote and who published, as by-lines and source lines say it."""

import re
from collections.abc import Iterable

from anlanh.screening.comparing.lines import BY, Kind, Note, addresses_in
from anlanh.screening.comparing.times import without_times

_PUBLISHER = re.compile(
    r"(?:báo(?: điện tử)?|tạp chí|đài|thông tấn xã|cổng thông tin điện tử|trang(?: thông tin điện tử)?)\s+(?:[A-ZĐÀ-Ỹ][\w.&+-]*\s?){1,6}",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)|/\s*([^/()]{2,60})$|\s[-–—|]\s+([^()]{2,60})$")
_AFTER_SOURCE = re.compile(
    r"^\W*(?:nguồn(?:\s+\w+)?|theo|dẫn\s+\w+|trích\s+\w+|đăng lại(?:\s+\w+)?|source|via)\s*[:：]?\s+(?P<name>[^,;|(]{2,80})",
    re.IGNORECASE,
)
_MOST_WORDS = 8


def author_in(notes: Iterable[Note]) -> str:
    """The author that a by-line names; empty when none does."""
    for note in notes:
        if note.kind is Kind.BY:
            name = _IN_BRACKETS.sub("", BY.sub("", note.text)).strip(" .-–—|")
            if name and len(name.split()) <= _MOST_WORDS and not addresses_in(name):
                return name
    return ""


def names_in(notes: Iterable[Note]) -> tuple[str, ...]:
    """What notes call the publisher."""
    found: list[str] = []
    for note in notes:
        if note.kind not in (Kind.BY, Kind.SOURCE):
            continue
        text = without_times(note.text)
        found += [match.strip() for match in _PUBLISHER.findall(text)]
        if note.kind is Kind.BY:
            found += [next(filter(None, match.groups())).strip() for match in _IN_BRACKETS.finditer(text)]
        elif match := _AFTER_SOURCE.match(text):
            found.append(match["name"].strip(" .-–—"))
    return tuple(dict.fromkeys(name for name in found if name and len(name.split()) <= _MOST_WORDS))
