"""What a limit does: a case that only limited senders asked for is begun later, within its clock, and never refused.

A case carries until when it is slowed. Its place in the queue follows from that and from its clock, so a limit ends by
itself; nothing has to run for it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db import transaction

from anlanh.work.casework import details
from anlanh.work.casework.desk import placing
from anlanh.work.casework.misuse import standing
from anlanh.work.casework.misuse.models import Consequence
from anlanh.work.casework.models import Case, Report


class Said(Protocol):
    """What a report says, given or kept."""

    category: str
    details: Mapping[str, str]
    concerns_child: bool
    threatens_life: bool


def is_exempt(said: Said) -> bool:
    """Whether a report is handled as ever whoever sends it: it concerns a child, a life, a broadcast that is running,
    or the sender's own person.
    """
    urgent = said.concerns_child or said.threatens_life or details.says_running(said.category, said.details)
    return urgent or details.is_own(said.category, said.details)


def slowed_until(said: Said, limit: datetime | None) -> datetime | None:
    """Until when a report slows its case down; None for one that does not.

    Args:
        said: the report.
        limit: until when its sender is limited, if they are.
    """
    return None if is_exempt(said) else limit


def after_confirming(case: Case, report: Report, sender: str) -> None:
    """Slows a held case down whose one sender turns out to be limited; the caller saves it.

    What somebody has taken up, or others have reported too, goes on as it was.
    """
    alone = not case.reports.exclude(id=report.id).exists()
    if case.phase == "received" and case.claimed_by is None and alone:
        limit = standing.limited_until(case.organisation_id, [sender]).get(sender)
        case.slowed_until = slowed_until(report, limit)


def let_go(consequence: Consequence) -> int:
    """Gives the cases that a limit slowed down their ordinary place; how many. Each is held by itself."""
    slowed = Case.objects.filter(
        organisation_id=consequence.organisation_id,
        closed_at__isnull=True,
        slowed_until__isnull=False,
        reports__reporter__sender__mark=consequence.sender,
    )
    plan, freed = placing.plan_of(consequence.organisation_id), 0
    for case_id in set(slowed.values_list("id", flat=True)):
        with transaction.atomic():
            case = Case.objects.select_for_update().get(id=case_id)
            case.slowed_until = None
            placing.set_clock(case, plan, placing.span_of(case))
            case.save(update_fields=["slowed_until", "begin_by", "due_at", "soon_at", "mark_at"])
            freed += 1
    return freed
