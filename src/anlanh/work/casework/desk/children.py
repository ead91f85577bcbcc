"""The house's own clock for reports by or about children. No clause sets it, so it is no clock of the law: it is shown
as the house's choice, orders queues, calls people, and counts towards no duty.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlanh.base import clock
from anlanh.law.house_rules import HouseRule
from anlanh.law.pack import vietnam
from anlanh.work.casework.models import Case
from anlanh.work.casework.preferences.queries import house_number

RULE = "child.decide-hours"
_KINDS = {Case.Kind.REPORT, Case.Kind.SCREENING}
_UNDECIDED = {"received", "under_review"}


@dataclass(frozen=True)
class HouseClock:
    """The clock on a case, for its page.

    Args:
        due_at: by when the house wants it decided.
        over: that is past.
        hours: how many it gives.
        rule: with its source and how sure the pack is of it.
    """

    due_at: datetime
    over: bool
    hours: int
    rule: HouseRule


def hours(organisation_id: uuid.UUID) -> int | None:
    """How many hours the organisation gives itself; None where the pack knows no such rule."""
    return house_number(organisation_id, RULE)


def span(case: Case, within: int | None) -> tuple[datetime, datetime] | None:
    """Start and end of the clock on a case; None where none runs.

    Args:
        case: as it stands.
        within: the organisation's hours.
    """
    if within is None or not case.concerns_child or case.kind not in _KINDS:
        return None
    if vietnam().procedures[case.procedure].phases[case.phase].public not in _UNDECIDED:
        return None
    return case.opened_at, case.opened_at + timedelta(hours=within)


def on(case: Case) -> HouseClock | None:
    """The clock on a case as its page shows it."""
    within = hours(case.organisation_id)
    running = span(case, within)
    if running is None:
        return None
    return HouseClock(running[1], clock.now() > running[1], within, vietnam().house_rules[RULE])
