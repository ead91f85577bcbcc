"""The rows of claims: the counter-notice of the person affected, and the answers of those whose claim it objects to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class CounterNotice(Owned):
    """An objection to a claim, signed with name and address; once a decision.

    The content comes back unless a claimant shows, by the day that the procedure gives, that they went to court or to
    an authority. A person settles it; nothing happens by itself.
    """

    class Outcome(models.TextChoices):
        RESTORED = "restored"
        KEPT = "kept"

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="counter_notices")
    decision = models.OneToOneField("casework.Decision", on_delete=models.PROTECT, related_name="counter_notice")
    party = models.ForeignKey("casework.Party", on_delete=models.PROTECT, related_name="+")
    access = models.ForeignKey("casework.Access", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    contact = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()


class ClaimAnswer(Owned):
    """What a claimant says to a counter-notice: that they went to court or to an authority, or that they give way."""

    class Kind(models.TextChoices):
        LODGED = "lodged", _("I went to court or to an authority")
        GIVES_WAY = "gives_way", _("I do not uphold my claim")

    counter_notice = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="answers")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("casework.Report", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    body = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    lodged_on = models.DateField(null=True)
    answered_at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counter_notice", "report"], name="one_answer_a_claim_and_counter_notice")
        ]


class Proof(Owned):
    """A file that came with a counter-notice, or with an answer to one."""

    counter_notice = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="proofs")
    answer = models.ForeignKey(ClaimAnswer, null=True, on_delete=models.PROTECT, related_name="proofs")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    evidence = models.OneToOneField("casework.Evidence", on_delete=models.PROTECT, related_name="proof")

    objects = OfCaseQuerySet.as_manager()
