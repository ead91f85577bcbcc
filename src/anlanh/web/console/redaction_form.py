"""What the page for redacting sends: rectangles in percent of a page, or words and lines of a text."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from anlanh.base.files.blackening import Span
from anlanh.base.files.drawing import Place
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.keeping.copies import TextPlaces

SIDES = ("left", "top", "width", "height")
SPARE_ROWS = 2


@dataclass(frozen=True)
class Row:
    """One line of numbers as it was typed; `number` counts from 1 over the lines shown."""

    number: int
    page: str
    left: str = ""
    top: str = ""
    width: str = ""
    height: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing but perhaps the page stands in it: such a line is no place."""
        return not any(getattr(self, side).strip() for side in SIDES)


def rows(typed: QueryDict, page: int) -> list[Row]:
    """The lines typed so far, without empty ones, and some empty ones to type in."""
    columns = [typed.getlist(name) for name in ("page", *SIDES)]
    given = [Row(0, *cells) for cells in zip(*columns, strict=False)]
    kept = [row for row in given if not row.empty] + [Row(0, str(page))] * SPARE_ROWS
    return [Row(number, *(getattr(row, name) for name in ("page", *SIDES))) for number, row in enumerate(kept, start=1)]


def places(lines: Sequence[Row]) -> list[Place]:
    """The rectangles that lines of numbers describe.

    Raises:
        BadInput: naming the first line that describes none.
    """
    return [_place(row) for row in lines if not row.empty]


def _place(row: Row) -> Place:
    try:
        page = int(row.page)
        left, top, width, height = (float(getattr(row, side).strip().replace(",", ".")) / 100 for side in SIDES)
    except ValueError:
        page = left = top = width = height = math.nan
    inside = page >= 1 and 0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1
    if not inside:  # also of what is not a number
        what = _("line %(number)s describes no place") % {"number": row.number}
        raise BadInput(what, where="places", mend=_("give page, left, top, width and height in percent, or empty it"))
    return Place(page, left, top, min(width, 1 - left), min(height, 1 - top))


def text_places(typed: QueryDict) -> TextPlaces:
    """The words, one a line, and the numbers of lines such as "3, 7-9".

    Raises:
        BadInput: what is given for lines is none.
    """
    words = [" ".join(line.split()) for line in typed.get("words", "").splitlines()]
    spans = [_span(part) for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", typed.get("lines", ""))) if part]
    return TextPlaces(tuple(filter(None, words)), tuple(spans))


def _span(part: str) -> Span:
    match = re.fullmatch(r"(\d{1,8})(?:-(\d{1,8}))?", part, re.ASCII)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        what = _("“%(part)s” names no lines") % {"part": part[:40]}
        raise BadInput(what, where="lines", mend=_("write numbers such as 3, 7-9"))
    return Span(first, last)
