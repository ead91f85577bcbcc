"""The rows of notices kept back."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Withholding(Owned):
    """One keeping back of the notice to the person affected, under a clause that forbids telling them.

    It holds from its approval until `until`, or until it was `ended_at` for the reason `ended_why`. `renews` is the one
    that it goes on from. `decision` is the decision of which they were not told yet.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        REFUSED = "refused"
        DROPPED = "dropped"

    class Ending(models.TextChoices):
        TIME = "time"
        LIFTED = "lifted"
        RENEWED = "renewed"

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="withholdings")
    decision = models.ForeignKey("casework.Decision", null=True, on_delete=models.PROTECT, related_name="withholdings")
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=80)
    reason = models.TextField()
    days = models.PositiveSmallIntegerField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(settled_at__isnull=True), name="one_open_asking"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome="approved", ended_at__isnull=True), name="one_live_withholding"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "until"],
                condition=Q(outcome="approved", ended_at__isnull=True),
                name="withholding_live",
            )
        ]
