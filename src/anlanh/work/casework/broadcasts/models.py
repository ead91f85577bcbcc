"""The rows of broadcasts."""

from django.db import models
from django.db.models import F, Q

from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class Broadcast(Owned):
    """What staff noted of the broadcast that a case is about. Whether it runs now stands on the case, `on_air`.

    `seconds`: its whole length, once somebody knows it.
    """

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="broadcast")
    running_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    noted_by = models.UUIDField()

    objects = OfCaseQuerySet.as_manager()


class Clip(Owned):
    """Which stretch of the broadcast an exhibit shows, in seconds from the beginning.

    `relied_on`: the decision rests on it, so the letter names the stretch. The recording itself stays here: nobody can
    say of a film that no reporter, and nothing about who recorded it, is to be found in it.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="clips")
    exhibit = models.OneToOneField("keeping.Exhibit", on_delete=models.PROTECT, related_name="clip")
    starts = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    relied_on = models.BooleanField(default=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="clip_ends_after_it_starts")]
