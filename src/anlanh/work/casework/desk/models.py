"""The rows of the desk: named queues, and the versions of the plan that sorts cases into them."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Queue(Owned):
    """A named queue. Cases that no rule sends elsewhere are in none, which everybody who works on cases sees.

    `seen_by` and `taken_by` are roles of which one is needed; empty, the capabilities of the procedure are enough.
    `hidden` are measures that the decision panel leaves out here. `fallback` is who gets a case that everybody else
    passed over.
    """

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    seen_by = models.JSONField(default=list)
    taken_by = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    fallback = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(retired_at__isnull=True), name="one_queue_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanVersion(Owned):
    """One version of how an organisation's cases are sorted and when each is to be begun; never changed, only followed.

    The fields are those of `plans.Plan`. Fractions are the organisation's own choice; no law sets them.
    """

    plan = models.UUIDField()
    version = models.PositiveIntegerField()
    rules = models.JSONField()
    shares = models.JSONField()
    marks = models.JSONField()
    patience_hours = models.PositiveSmallIntegerField()
    on_call = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="one_plan_a_version"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at__isnull=True), name="one_current_plan"
            ),
        ]
