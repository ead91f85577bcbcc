"""The rows of misuse: reports held to be manifestly unfounded, what followed, and the appeals against that."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class Consequence(Owned):
    """A warning, or a limit until a moment. `report` is by whose door its sender reads of it.

    `sender` is the mark of who sends (`sameness.senders`). A limit ends by itself at `until`: nothing has to be done.
    `needed` is after how many unfounded reports it could be taken, on that day.
    """

    class Kind(models.TextChoices):
        WARNING = "warning"
        LIMIT = "limit"

    class Why(models.TextChoices):
        APPEAL = "appeal"
        BY_STAFF = "by_staff"
        NO_BASIS = "no_basis"

    kind = models.CharField(max_length=8, choices=Kind)
    sender = models.CharField(max_length=64)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="consequences")
    report = models.ForeignKey("casework.Report", on_delete=models.PROTECT, related_name="consequences")
    reasons = models.TextField()
    needed = models.PositiveSmallIntegerField()
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    appeal_until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=10, choices=Why, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "sender", "taken_at"], name="consequence_sender")]


class Unfounded(Owned):
    """A person held one report to be manifestly unfounded, on deciding that no action is taken.

    It counts while the decision stands and nobody lifted it; `counted_in` is what it led to: it is not counted twice.
    """

    decision = models.ForeignKey("casework.Decision", on_delete=models.PROTECT, related_name="unfounded")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="unfounded")
    report = models.ForeignKey("casework.Report", on_delete=models.PROTECT, related_name="unfounded")
    reason = models.TextField()
    marked_by = models.UUIDField()
    marked_at = models.DateTimeField()
    counted_in = models.ForeignKey(Consequence, null=True, on_delete=models.PROTECT, related_name="counted")
    lifted_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "report"], name="one_mark_a_report")]


class Objection(Owned):
    """An appeal against a warning or limit; one each, heard by somebody who took no part."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        REVERSED = "reversed"

    consequence = models.OneToOneField(Consequence, on_delete=models.PROTECT, related_name="objection")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="objections")
    text = models.TextField()
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    heard_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "filed_at"], condition=Q(decided_at__isnull=True), name="objection_open"
            )
        ]
