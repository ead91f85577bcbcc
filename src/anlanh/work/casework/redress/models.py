"""The rows of redress: late appeals, representatives, and the mandates under which they act."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class LateAppeal(Owned):
    """An appeal that came after its time. A person lets it in, which makes it an appeal, or refuses it with reasons."""

    class Outcome(models.TextChoices):
        ADMITTED = "admitted"
        REFUSED = "refused"

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="late_appeals")
    decision = models.ForeignKey("casework.Decision", on_delete=models.PROTECT, related_name="late_appeals")
    party = models.ForeignKey("casework.Party", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("casework.Report", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10)
    text = models.TextField()
    why_late = models.TextField()
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    appeal = models.OneToOneField("casework.Appeal", null=True, on_delete=models.PROTECT, related_name="late")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "party"], name="one_late_appeal_a_party")]


class Representative(Owned):
    """Somebody who acts for others: a lawyer, a guardian, an organisation. One door opens the files of all clients."""

    party = models.ForeignKey("casework.Party", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()


class Mandate(Owned):
    """That a representative may act for a client, in one case or in all cases of its page, until a day.

    It counts once somebody of the staff checked its paper, and until the client or the staff end it.
    """

    class Kind(models.TextChoices):
        LAWYER = "lawyer", _("Lawyer")
        GUARDIAN = "guardian", _("Parent or guardian")
        ORGANISATION = "organisation", _("Organisation")
        OTHER = "other", _("Another person")

    class Scope(models.TextChoices):
        CASE = "case", _("This file only")
        PAGE = "page", _("Every file about this page")

    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="mandates")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="mandates")
    client = models.ForeignKey("casework.Party", on_delete=models.PROTECT, related_name="mandates")
    report = models.ForeignKey("casework.Report", null=True, on_delete=models.PROTECT, related_name="mandates")
    access = models.ForeignKey("casework.Access", null=True, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=12, choices=Kind)
    scope = models.CharField(max_length=4, choices=Scope)
    until = models.DateField()
    paper = models.OneToOneField("casework.Evidence", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["case"],
                condition=Q(checked_at__isnull=False, refused_at__isnull=True, ended_at__isnull=True),
                name="mandate_live",
            )
        ]
