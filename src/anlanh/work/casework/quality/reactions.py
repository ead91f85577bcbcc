"""What follows from decisions: some are drawn for a second look, and one that was put right no longer counts."""

import uuid

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.work.casework.models import Decision


@react("quality.draw", "decision.made")
def draw(act: Act) -> None:
    """Draws the decision or passes it over, once it can't be taken back any more.

    Raises:
        TryLater: it still can.
    """
    from anlanh.work.casework.quality import actions

    decision = Decision.objects.filter(id=uuid.UUID(act.clear["decision"]), withdrawn_at__isnull=True).first()
    if decision is None:
        return
    left = decision.leaves_at - clock.now() if decision.leaves_at else None
    if left and left.total_seconds() > 0:
        raise TryLater("the decision can be taken back", after=left)
    actions.draw(act, decision)
