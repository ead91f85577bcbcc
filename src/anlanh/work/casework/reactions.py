"""What follows from acts of casework by itself, as jobs after commit."""

import uuid

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.work.casework.models import Decision


@react("casework.close_after_window", "decision.made")
def close_after_window(act: Act) -> None:
    """Closes the case when the time to appeal is over; until then the job waits.

    Raises:
        TryLater: the window is open.
    """
    from anlanh.work.casework.actions import closing

    decision = Decision.objects.filter(id=uuid.UUID(act.clear["decision"]), overturned_at__isnull=True).first()
    if decision is None:
        return
    left = decision.appeal_until - clock.now()
    if left.total_seconds() >= 0:
        raise TryLater("the appeal window is open", after=left)
    closing.close_after_window(decision)
