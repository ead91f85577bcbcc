"""Whether what waits in the outbox is still wanted: asked by connectors just before it leaves.

What is not wanted any more is done without and opens no task; what is wanted and can't be put together goes to a
person.
"""

import uuid

from anlanh.work.casework.models import Measure, Notice

_WAITING = {"apply": Measure.State.ORDERED, "reverse": Measure.State.REVERSAL_ORDERED}


def measure_waits(measure_id: uuid.UUID | str, step: str) -> bool:
    """Whether a measure waits for the step: not carried out by hand meanwhile, nor taken back before it was sent."""
    return Measure.objects.filter(id=measure_id, state=_WAITING[step]).exists()


def letter_has_address(notice_id: uuid.UUID | str) -> bool:
    """Whether the recipient of a letter still has an address that was confirmed and not erased."""
    return (
        Notice.objects.filter(
            id=notice_id, recipient__email_confirmed_at__isnull=False, recipient__erased_at__isnull=True
        )
        .exclude(recipient__email="")
        .exists()
    )
