"""Counting a month from acts alone, their types, times and clear fields, so that whoever holds the log recounts it.

`count` takes leaves as the log holds them, in any order, and reads nothing else; the database only chooses which leaves
can matter. An act belongs to the month in which it was recorded, by the calendar of Viet Nam.

Decisions that are not published, and what followed them, are counted apart: whoever set the figures against the list of
published decisions would else learn how many concern a child. See docs/decisions/0011.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anlanh.primitives.dates import civil_date, parse_instant

SMALLEST_SHOWN = 5
LAW, TERMS = GROUNDS = ("law", "terms")  # kinds of grounds, as acts name them
HIDDEN = -1  # stands for a number from 1 to below the smallest that is shown
OPENING = ("report.received", "order.received", "violations.repeated")
# What a month is counted from; openings, and decisions taken back, count beyond it.
COUNTED = (
    *OPENING,
    *("report.joined", "decision.made", "decision.withdrawn", "appeal.filed", "appeal.decided", "appeal.overdue"),
    *("late_appeal.filed", "late_appeal.refused", "withholding.applied", "measure.reversed", "evidence.restricted"),
)
# What says, wherever in time, whether a case has decisions that are not published.
KEEPING_APART = (*OPENING, "report.joined", "decision.made", "evidence.restricted")
_ANSWERS = ("upheld", "partial", "reversed")


def count(leaves: Iterable[Mapping[str, Any]], month: date) -> dict[str, Any]:
    """The figures of a month.

    Args:
        leaves: acts as the log holds them: those of the month, and beyond it the withdrawals of its decisions and, of
            every case with an act in it, those of KEEPING_APART.
        month: its first day.

    Returns:
        Names and whole numbers; `measures` is a number for each kind, `grounds` one for law and one for own rules;
        `decided_minutes` has count, median and 95th
        percentile of the time from a case's opening to its decision.
    """
    seen = [leaf for leaf in leaves if leaf["type"] in COUNTED]
    opened = {leaf["subject"]: _happened(leaf) for leaf in seen if leaf["type"] in OPENING}
    taken_back = {leaf["clear"]["decision"] for leaf in seen if leaf["type"] == "decision.withdrawn"}
    inside = [leaf for leaf in seen if is_in(leaf, month)]
    decided = [leaf for leaf in _of(inside, "decision.made") if leaf["clear"]["decision"] not in taken_back]
    apart = _Apart.of(seen, month)
    made = [leaf for leaf in decided if not apart.holds(leaf)]
    followed = [leaf for leaf in inside if not apart.holds(leaf)]
    answers = Counter(leaf["clear"]["outcome"] for leaf in _of(followed, "appeal.decided"))
    kept_back = {leaf["clear"]["decision"] for leaf in _of(inside, "withholding.applied")} - taken_back
    minutes = [
        (_happened(leaf) - opened[leaf["subject"]]).total_seconds() / 60
        for leaf in made
        if "replaces" not in leaf["clear"] and leaf["subject"] in opened
    ]
    return {
        "reports": len(_of(inside, "report.received")) + len(_of(inside, "report.joined")),
        "orders": len(_of(inside, "order.received")),
        "decisions": len(made),
        "no_action": sum(leaf["clear"]["measure"] == "no_action" for leaf in made),
        "measures": dict(
            sorted(
                Counter(leaf["clear"]["measure"] for leaf in made if leaf["clear"]["measure"] != "no_action").items()
            )
        ),
        "grounds": {kind: sum(leaf["clear"].get("ground_kind", LAW) == kind for leaf in made) for kind in GROUNDS},
        "restored": len(_of(followed, "measure.reversed")),
        "appeals": len(_of(followed, "appeal.filed")),
        "late_appeals": len(_of(followed, "late_appeal.filed")),
        **{f"appeals_{name}": answers[name] for name in _ANSWERS},
        "appeals_overdue": len(_of(followed, "appeal.overdue")),
        "withheld": len(kept_back),
        "unpublished": len(decided) - len(made),
        "decided_minutes": _spread(minutes),
    }


@dataclass(frozen=True)
class _Apart:
    """Which acts belong to decisions that are not published: of cases that concern a child, by whatever a month knew,
    and those of which the person affected was not told.
    """

    cases: frozenset[Any]
    decisions: frozenset[str]
    cases_untold: frozenset[Any]

    @classmethod
    def of(cls, leaves: Iterable[Mapping[str, Any]], month: date) -> "_Apart":
        known = [leaf for leaf in leaves if civil_date(parse_instant(leaf["recorded_at"])).replace(day=1) <= month]
        untold = [leaf for leaf in _of(known, "decision.made") if leaf["clear"].get("notice_forbidden_by")]
        return cls(
            frozenset(leaf["subject"] for leaf in known if _tells_of_a_child(leaf)),
            frozenset(leaf["clear"]["decision"] for leaf in untold),
            frozenset(leaf["subject"] for leaf in untold),
        )

    def holds(self, leaf: Mapping[str, Any]) -> bool:
        """Whether an act is one of them; what names no decision follows its case."""
        if leaf["subject"] in self.cases:
            return True
        named = leaf["clear"].get("decision")
        return named in self.decisions if named else leaf["subject"] in self.cases_untold


def _tells_of_a_child(leaf: Mapping[str, Any]) -> bool:
    return leaf["type"] == "evidence.restricted" or bool(leaf["clear"].get("concerns_child"))


def is_in(leaf: Mapping[str, Any], month: date) -> bool:
    """Whether an act was recorded in a month."""
    return civil_date(parse_instant(leaf["recorded_at"])).replace(day=1) == month


def shown(figures: Mapping[str, Any], smallest: int) -> dict[str, Any]:
    """The figures without numbers so small that they could point at somebody: those become `HIDDEN`.

    Of the parts of a whole, a second one is hidden where only one is, as the rest of the whole would tell it. How many
    decisions are not published is left out altogether where it, or what of it is not withheld notices, is small, or
    none: of these, none is a number, too.

    Args:
        figures: as counted.
        smallest: the smallest number that is shown.
    """
    parts = {**figures["measures"], "no_action": figures["no_action"]}
    kept = _kept(parts, smallest)
    answers = _kept({name: figures[f"appeals_{name}"] for name in _ANSWERS}, smallest)
    named = {"no_action", "unpublished", *(f"appeals_{name}" for name in _ANSWERS)}
    single = {
        name: _small(value, smallest) for name, value in figures.items() if isinstance(value, int) and name not in named
    }
    unpublished = figures.get("unpublished", 0)
    if unpublished - figures["withheld"] >= smallest:
        single["unpublished"] = unpublished
    spread = figures["decided_minutes"]
    # Months that were counted before own rules could be cited have no such number: all was decided under the law.
    grounds = figures.get("grounds", {LAW: figures["decisions"], TERMS: 0})
    return {
        **single,
        "no_action": kept.pop("no_action"),
        "measures": kept,
        "grounds": _kept(grounds, smallest),
        **{f"appeals_{name}": value for name, value in answers.items()},
        "decided_minutes": spread if spread["count"] >= smallest else {"count": _small(spread["count"], smallest)},
    }


def _kept(parts: Mapping[str, int], smallest: int) -> dict[str, int]:
    kept = {name: _small(value, smallest) for name, value in parts.items()}
    if list(kept.values()).count(HIDDEN) == 1:
        others = [name for name, value in kept.items() if value > 0]
        if others:
            kept[min(others, key=lambda name: kept[name])] = HIDDEN
    return kept


def _small(value: int, smallest: int) -> int:
    return HIDDEN if 0 < value < smallest else value


def _of(leaves: Iterable[Mapping[str, Any]], act_type: str) -> list[Mapping[str, Any]]:
    return [leaf for leaf in leaves if leaf["type"] == act_type]


def _happened(leaf: Mapping[str, Any]) -> datetime:
    return parse_instant(leaf["happened_at"])


def _spread(minutes: list[float]) -> dict[str, int]:
    """Count, median and 95th percentile, each the smallest value that so large a part does not exceed."""
    ordered = sorted(minutes)
    if not ordered:
        return {"count": 0}

    def at(share: float) -> int:
        return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)])

    return {"count": len(ordered), "median": at(0.5), "p95": at(0.95)}
