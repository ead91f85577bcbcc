"""The rows of the mailbox."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Letter(Owned):
    """A letter that came, with what became of it; each Message-ID once. `file` holds the bytes as they came.

    `sender` is the mark of the address of a letter that is held, since too many came from there.

    The bytes name the sender, so they are no evidence of the case and open only to those who see reporters.
    """

    class Outcome(models.TextChoices):
        FILED = "filed"
        IGNORED = "ignored"
        WAITS = "waits"

    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    why = models.CharField(max_length=40, blank=True)
    sender = models.CharField(max_length=64, blank=True)
    report = models.ForeignKey("casework.Report", null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="one_letter_a_message_id")]
        indexes = [
            models.Index(
                fields=["organisation", "sender", "id"],
                condition=Q(outcome="waits") & ~Q(sender=""),
                name="letter_held",
            )
        ]
