"""The grounds a decision can rest on, as the chooser shows them: by category, the case's own first."""

from collections.abc import Iterable
from dataclasses import dataclass

from anlanh.law.model import Ground
from anlanh.web.console.templatetags.console import in_words

NATIONAL_SECURITY = "national_security"

# Categories of reports are fewer and plainer than those of grounds; where the names differ, this is the way over.
_GROUND_CATEGORY = {"copyright": "ip"}


@dataclass(frozen=True)
class GroundGroup:
    """Grounds of one category.

    Args:
        title: of the category.
        likely: it is the category that the case was reported under.
        grounds: in the order of their references.
    """

    title: str
    likely: bool
    grounds: list[Ground]


def grouped(grounds: Iterable[Ground], category: str) -> list[GroundGroup]:
    """The grounds by category, with the given report category on top."""
    wanted = _GROUND_CATEGORY.get(category, category)
    by_category: dict[str, list[Ground]] = {}
    for ground in grounds:
        by_category.setdefault(ground.category, []).append(ground)
    # Grounds of national security come last: a decision on them rests on an order far more often than on a report.
    order = sorted(
        by_category,
        key=lambda code: (code != wanted, code == NATIONAL_SECURITY, in_words(code, "categories")),
    )
    return [GroundGroup(in_words(code, "categories"), code == wanted, by_category[code]) for code in order]
