"""The rows of exposure: counters, no acts; that somebody looked is `evidence.viewed`, once a person, case and hour."""

from django.db import models

from anlanh.base.tenancy import Owned


class Look(Owned):
    """One piece of evidence that a person opened on a day, however often. It is forgotten after `tasks.KEPT`.

    `distressing` is what its case was when it was opened; `seconds` how long it stood open, as the page tells it.
    """

    ref = models.UUIDField()
    day = models.DateField()
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.CASCADE, related_name="+")
    distressing = models.BooleanField()
    opened_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ref", "day", "file"], name="one_look_a_day")]
        indexes = [models.Index(fields=["organisation", "day"], name="look_day")]
