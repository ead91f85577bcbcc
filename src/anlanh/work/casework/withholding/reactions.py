"""The job that sends a notice when it need be kept back no longer."""

import uuid

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.work.casework.withholding.models import Withholding


@react("withholding.send_at_its_end", "withholding.approved")
def send_at_its_end(act: Act) -> None:
    """Sends what was kept back when the time is over; until then the job waits.

    Raises:
        TryLater: it is not over.
    """
    from anlanh.work.casework.withholding import actions

    row = Withholding.objects.filter(id=uuid.UUID(act.clear["withholding"]), ended_at__isnull=True).first()
    if row is None:
        return
    left = row.until - clock.now()
    if left.total_seconds() > 0:
        raise TryLater("the notice is kept back", after=left)
    actions.end_in_time(row)
