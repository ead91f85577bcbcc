"""The row by which a repetition is known."""

from django.db import models

from anlanh.base.tenancy import Owned


class SentReport(Owned):
    """A report whose sender a platform vouches for. `mark` is a keyed digest: of it nobody learns who or what.

    The mark is not unique: once a case no longer takes reports, the same complaint is a new report.
    """

    report = models.OneToOneField("casework.Report", on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["organisation", "mark"], name="sent_report_mark")]


class Sender(Owned):
    """Who a party is, in a mark that all their reports share; see `senders`. A keyed digest: it names nobody."""

    party = models.OneToOneField("casework.Party", on_delete=models.CASCADE, related_name="sender")
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["organisation", "mark"], name="sender_mark")]


class Again(Owned):
    """A report in which a sender says again what they said before; `first` is whose door both open."""

    report = models.OneToOneField("casework.Report", on_delete=models.CASCADE, related_name="again")
    first = models.ForeignKey("casework.Report", on_delete=models.CASCADE, related_name="said_again")
