"""The rows of the desk: queues, the plan that sorts cases into them, who is at work when, and who was called."""

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


class Skip(Owned):
    """A person passed a case over. It is not offered to them again, and nothing else follows for them."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="skips")
    ref = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="one_skip_a_person")]


class Stretch(Owned):
    """A stretch of time in which something holds for a person; withdrawn, it counts as never said."""

    ref = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Shift(Stretch):
    """A person is at work on a queue, or on all; `on_call` is who is told of what nobody has taken."""

    queue = models.ForeignKey(Queue, null=True, on_delete=models.PROTECT, related_name="shifts")
    on_call = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "ends_at"], condition=Q(withdrawn_at=None), name="shift_end")]


class Absence(Stretch):
    """A person is away; what waits for them counts as nobody's, or as their delegate's. Why is nobody's business."""

    class Meta:
        indexes = [models.Index(fields=["organisation", "ends_at"], condition=Q(withdrawn_at=None), name="absence_end")]


class Delegation(Stretch):
    """What is put aside for a person goes to another one meanwhile."""

    to_ref = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "ends_at"], condition=Q(withdrawn_at=None), name="delegation_end")
        ]


class Call(Owned):
    """Somebody was told that a case nobody held had passed a mark of its clock; once a mark and clock."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="calls")
    due_at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField()
    told = models.UUIDField(null=True)
    called_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "due_at", "percent"], name="one_call_a_mark")]
