"""Statements about duties."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class DutyEvidence(Owned):
    """What one person stated of one duty. `kind` is a word of the law pack's kinds of evidence.

    `for_due` is the date of the year that it speaks for, where the duty falls due on dates.
    """

    class Statement(models.TextChoices):
        DONE = "done"
        NOTHING_HAPPENED = "nothing_happened"

    duty = models.CharField(max_length=120)
    statement = models.CharField(max_length=20, choices=Statement)
    kind = models.CharField(max_length=40, blank=True)
    covers_from = models.DateField()
    covers_to = models.DateField()
    for_due = models.DateField(null=True)
    note = models.TextField()
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    act_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(covers_to__gte=models.F("covers_from")), name="evidence_days_in_order")
        ]
        indexes = [models.Index(fields=["organisation", "duty"], name="evidence_of_duty")]
