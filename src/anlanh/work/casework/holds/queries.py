"""Reading holds: computed from facts, so that one ends at its time whether or not any job runs."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.work.casework import policy
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.holds.models import ContentHold


@dataclass(frozen=True)
class HoldView:
    """A hold as pages and the API show it.

    Args:
        hold: the facts.
        held_until: until when it holds; None once it is over, was lifted, or a person decided.
    """

    hold: ContentHold
    held_until: datetime | None


def hold_of(actor: Actor, case_id: uuid.UUID) -> HoldView | None:
    """The hold of a case, over or not; None where there was none.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    row = within(actor, ContentHold.objects.visible_to(actor), "case__queue").filter(case_id=case_id).first()
    if row is None:
        return None
    over = row.lifted_at or row.until <= clock.now()
    decided = over or row.case.decisions.filter(overturned_at__isnull=True).exists()
    return HoldView(row, None if decided else row.until)
