"""Erasing the values behind commitments: the acts and their digests stay, and say nothing more about anyone."""

import uuid
from collections.abc import Collection

from anlanh.base import clock
from anlanh.base.acts.models import CommittedValue
from anlanh.base.ports import holds
from anlanh.primitives.errors import BadInput


def erase_values(organisation_id: uuid.UUID, subject_ids: Collection[uuid.UUID]) -> int:
    """Erases every committed value in the histories of these subjects, with its salt, in the caller's transaction.

    Args:
        organisation_id: whose acts; those of other organisations are never touched.
        subject_ids: the subjects.

    Returns:
        How many values there were that had not been erased before.

    Raises:
        BadInput: one of the subjects is held against deletion.
    """
    if holds.bound().held(set(subject_ids)):
        raise BadInput("this is held against deletion", mend="lift the hold first, or wait until it is over")
    return CommittedValue.objects.filter(
        act__organisation_id=organisation_id, act__subject_id__in=subject_ids, erased_at__isnull=True
    ).update(value=None, salt=None, erased_at=clock.now())
