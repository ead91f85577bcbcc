"""What follows from counter-notices: a task when the claimant's time is over. Nothing comes back by itself."""

import uuid

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.base.outbox.queue import open_task
from anlanh.work.casework.claims import standing
from anlanh.work.casework.claims.models import CounterNotice
from anlanh.work.casework.models import Decision

DUE = "counter_notice"


@react("claims.call_when_due", "counter_notice.filed")
def call_when_due(act: Act) -> None:
    """Makes it a person's task to settle the counter-notice, once the claimant's time is over.

    Raises:
        TryLater: there is time left.
    """
    from anlanh.work.casework.claims import actions

    notice = CounterNotice.objects.select_related("case").filter(id=uuid.UUID(act.clear["counter_notice"])).first()
    if notice is None or notice.settled_at:
        return
    left = standing.due(notice, notice.case) - clock.now()
    if left.total_seconds() >= 0:
        raise TryLater("the claimant has time", after=left)
    detail = {"case": notice.case.number, "case_id": str(notice.case_id)}
    open_task(notice.organisation_id, DUE, actions.key_of(notice), subject=("case", notice.case_id), detail=detail)


@react("claims.give_back", "counter_notice.settled")
def give_back(act: Act) -> None:
    """Ends a lock that was decided on a count, where the decision that fell takes that count away."""
    from anlanh.work.casework.repeats import earlier

    decision = Decision.objects.select_related("case__page").get(id=uuid.UUID(act.clear["decision"]))
    if decision.overturned_at and decision.case.page.holder_id:
        earlier.give_back(decision.case.page.holder_id)


@react("claims.close_after_window", "counter_notice.settled")
def close_after_window(act: Act) -> None:
    """Closes the case once the window to appeal that runs anew is over.

    Raises:
        TryLater: the decision can be appealed against.
    """
    from anlanh.work.casework.actions import closing

    decision = Decision.objects.filter(id=uuid.UUID(act.clear["decision"]), overturned_at__isnull=True).first()
    if decision is None:
        return
    left = decision.appeal_until - clock.now()
    if left.total_seconds() >= 0:
        raise TryLater("it can be appealed against", after=left)
    closing.close_after_window(decision)
