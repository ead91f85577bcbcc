"""The rows of publishing: months that were counted, and texts that a person released."""

from django.db import models

from anlanh.base.tenancy import Owned


class MonthCounted(Owned):
    """The figures of a month that is over, as they were counted from the log; kept so that they are counted once."""

    month = models.DateField()
    figures = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="one_count_a_month")]


class Released(Owned):
    """Words on a published decision that a person checked: nobody can be recognised by them."""

    decision = models.OneToOneField("casework.Decision", on_delete=models.PROTECT, related_name="released")
    text = models.TextField()
    released_by = models.UUIDField()
    released_at = models.DateTimeField()
