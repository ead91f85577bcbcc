"""What follows from decisions: an account may have reached a number of the law, or a lock may have lost its basis."""

import uuid

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.work.casework.models import Appeal, Decision
from anlanh.work.casework.repeats import actions, earlier


@react("repeats.consider", "decision.made")
def consider(act: Act) -> None:
    """Counts what stands against the account, once the decision can't be taken back any more.

    Raises:
        TryLater: it still can.
    """
    decision = Decision.objects.filter(id=uuid.UUID(act.clear["decision"]), overturned_at__isnull=True).first()
    if decision is None:
        return
    left = decision.leaves_at - clock.now() if decision.leaves_at else None
    if left and left.total_seconds() > 0:
        raise TryLater("the decision can be taken back", after=left)
    actions.consider(decision)


@react("repeats.give_back", "appeal.decided")
def give_back(act: Act) -> None:
    """Ends a lock that was decided on a count, where the decision that was reversed takes that count away."""
    appeal = Appeal.objects.select_related("decision__case__page").get(id=uuid.UUID(act.clear["appeal"]))
    if appeal.decision.overturned_at is None or appeal.decision.case.page.holder_id is None:
        return
    earlier.give_back(appeal.decision.case.page.holder_id)


@react("repeats.give_back_corrected", "decision.corrected")
def give_back_corrected(act: Act) -> None:
    """Ends such a lock, too, where the house itself put the decision right."""
    decision = Decision.objects.select_related("case__page").get(id=uuid.UUID(act.clear["decision"]))
    if decision.overturned_at is not None and decision.case.page.holder_id is not None:
        earlier.give_back(decision.case.page.holder_id)
