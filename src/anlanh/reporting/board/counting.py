"""How acts are counted: each by its type, one word of its clear fields, and the civil day on which it happened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from anlanh.primitives.dates import civil_date, parse_instant

# type → the clear field whose word its figures are told apart by. Other types are counted as they are.
WORDS = {
    "appeal.decided": "outcome",
    "counter_notice.settled": "outcome",
    "decision.made": "measure",
    "report.submitted": "form",
    "duty.evidence_given": "statement",
}


class Counted(NamedTuple):
    """What an act is counted under."""

    type: str
    word: str
    day: date


def counted(leaf: Mapping) -> Counted:
    """What a leaf is counted under.

    Args:
        leaf: an act as the log holds it.
    """
    return counted_as(leaf["type"], parse_instant(leaf["happened_at"]), leaf["clear"])


def counted_as(act_type: str, happened_at: datetime, clear: Mapping) -> Counted:
    """The same from the parts; `clear` is read only for types that WORDS names."""
    field = WORDS.get(act_type)
    return Counted(act_type, str(clear.get(field, "")) if field else "", civil_date(happened_at))
