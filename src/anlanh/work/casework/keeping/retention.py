"""How long a case's file and evidence are kept at least: until no appeal and no court can need them any more.

The time is a number of the law pack (`retention.case-file`) with its clause and how sure it is; here it is counted.
"""

import uuid
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anlanh.base import clock
from anlanh.law.figures import Parameter, Value
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import steps
from anlanh.work.casework.models import Appeal, Case, Decision

PARAMETER = "retention.case-file"


@dataclass(frozen=True)
class Kept:
    """Until when something is kept at least.

    Args:
        until: the last day.
        value: the number of the law that says so, with clause and certainty.
        parameter: what it is a value of.
        appeal_open: an appeal is not answered yet, so the day will move.
    """

    until: date
    value: Value
    parameter: Parameter
    appeal_open: bool


def kept(case: Case) -> Kept | None:
    """Until when the file of a case is kept at least; None while nothing is decided, for then nothing runs out."""
    decisions = list(case.decisions.values_list("decided_at", "appeal_until"))
    appeals = list(case.appeals.values_list("filed_at", "decided_at"))
    return _kept(decisions, appeals)


def within(case_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those among cases whose file must still be kept today."""
    decisions: dict[uuid.UUID, list[tuple[datetime, datetime]]] = {}
    appeals: dict[uuid.UUID, list[tuple[datetime, datetime | None]]] = {}
    wanted, today = list(case_ids), civil_date(clock.now())
    for case_id, *moments in Decision.objects.filter(case__in=wanted).values_list("case", "decided_at", "appeal_until"):
        decisions.setdefault(case_id, []).append(tuple(moments))
    for case_id, *moments in Appeal.objects.filter(case__in=decisions).values_list("case", "filed_at", "decided_at"):
        appeals.setdefault(case_id, []).append(tuple(moments))
    found = {case_id: _kept(moments, appeals.get(case_id, [])) for case_id, moments in decisions.items()}
    return {case_id for case_id, one in found.items() if one and (one.appeal_open or one.until >= today)}


def _kept(decisions: list[tuple[datetime, datetime]], appeals: list[tuple[datetime, datetime | None]]) -> Kept | None:
    """Counted from the last of: decided, end of the time to appeal, appealed, appeal answered."""
    moments = [moment for pair in (*decisions, *appeals) for moment in pair if moment]
    if not decisions:
        return None
    last, parameter = civil_date(max(moments)), steps.pack().parameters[PARAMETER]
    value = parameter.on(civil_date(clock.now()))
    if value is None or value.low is None:
        return None
    return Kept(later(last, value.low, parameter.unit), value, parameter, any(not answered for _, answered in appeals))


def later(day: date, number: int, unit: str) -> date:
    """A civil day so many units later; the end of a month stands for a day that the month lacks.

    Args:
        day: from where.
        number: how many.
        unit: "days", "months" or "years".
    """
    if unit == "days":
        return day + timedelta(days=number)
    months = day.year * 12 + day.month - 1 + number * {"months": 1, "years": 12}[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
