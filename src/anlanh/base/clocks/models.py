"""The stored facts of a clock."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Clock(Owned):
    """One clock on one subject.

    `rule`, `law_as_of` and `started_at` decide when it is due; `due_at` only caches that for ordering queues and is
    recomputed from the facts whenever they change. Nothing counts down.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    rule = models.CharField(max_length=120)
    obligation = models.CharField(max_length=40)
    clause = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    started_by = models.UUIDField()
    law_as_of = models.DateField()
    pack_version = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id"], name="clock_subject"),
            models.Index(fields=["organisation", "due_at"], condition=Q(stopped_at__isnull=True), name="clock_running"),
            # All that the duty board asks of a clock: counting reads the index alone.
            models.Index(fields=["organisation", "rule", "started_at", "due_at", "stopped_at"], name="clock_by_rule"),
        ]


class Pause(models.Model):
    """A stretch during which a clock stood still, and the act that says so."""

    id = models.BigAutoField(primary_key=True)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    act_id = models.UUIDField()
