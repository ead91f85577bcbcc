"""What follows from acts of casework by itself, as jobs after commit."""

import uuid
from datetime import timedelta

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.work.casework.models import Appeal, Decision, Measure
from anlanh.work.casework.withholding import standing as withholding

WHILE_KEPT_BACK = timedelta(days=1)


@react("casework.close_after_window", "decision.made")
def close_after_window(act: Act) -> None:
    """Closes the case when nothing is left to wait for: that it is taken back, and then that somebody appeals.

    Raises:
        TryLater: it can still be taken back, or appealed against.
    """
    from anlanh.work.casework.actions import closing

    decision = Decision.objects.filter(id=uuid.UUID(act.clear["decision"]), overturned_at__isnull=True).first()
    if decision is None:
        return
    for until in filter(None, (decision.leaves_at, decision.appeal_until)):
        left = until - clock.now()
        if left.total_seconds() >= 0:
            raise TryLater("it can be taken back or appealed against", after=left)
        if closing.close_after_window(decision):
            return
    if withholding.unended(decision.case):
        raise TryLater("the person affected is not told yet", after=WHILE_KEPT_BACK)


@react("casework.end_at_length", "measure.applied")
def end_at_length(act: Act) -> None:
    """Orders that a measure of a set length be undone when the length is over; until then the job waits.

    Raises:
        TryLater: it is not over.
    """
    from anlanh.work.casework.actions import measures

    measure = Measure.objects.filter(id=uuid.UUID(act.clear["measure"])).first()
    if measure is None or measure.ends_at is None or measure.state != Measure.State.APPLIED:
        return
    left = measure.ends_at - clock.now()
    if left.total_seconds() > 0:
        raise TryLater("the measure is in force", after=left)
    measures.end(measure)


@react("casework.end_what_rested_on", "measure.reversed")
def end_what_rested_on(act: Act) -> None:
    """Service is refused only under a live decision: with an account given back, refusals that rest on it go."""
    from anlanh.work.casework.actions import measures

    given_back = Measure.objects.select_related("decision__case__page").get(id=uuid.UUID(act.clear["measure"]))
    for refusal in measures.refusals_resting_on(given_back):
        measures.end(refusal)


@react("casework.tell_of_overdue_appeal", "appeal.filed")
def tell_of_overdue_appeal(act: Act) -> None:
    """Tells who appealed that the time to answer is over, and a person that it is; until then the job waits.

    Raises:
        TryLater: there is time left.
    """
    from anlanh.work.casework import steps
    from anlanh.work.casework.actions import appeals

    appeal = Appeal.objects.select_related("case").filter(id=uuid.UUID(act.clear["appeal"])).first()
    if appeal is None or appeal.decided_at is not None:
        return
    left = steps.answer_due(appeal) - clock.now()
    if left.total_seconds() >= 0:
        raise TryLater("the time to answer is not over", after=left)
    appeals.record_overdue(appeal)
