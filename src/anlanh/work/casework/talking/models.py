"""The rows of talk in cases: each message, and the files that came with one."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class Message(Owned):
    """One message in the thread of one person outside the staff; `party` is whose thread it is.

    `author` is the member who wrote it, none where the party did. `asks` is a question of the staff that waits for an
    answer. `read_at` is when somebody of the staff read what the party wrote.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="messages")
    party = models.ForeignKey("casework.Party", on_delete=models.PROTECT, related_name="messages")
    report = models.ForeignKey("casework.Report", null=True, on_delete=models.PROTECT, related_name="messages")
    access = models.ForeignKey("casework.Access", null=True, on_delete=models.PROTECT, related_name="messages")
    role = models.CharField(max_length=10)
    author = models.UUIDField(null=True)
    asks = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.UUIDField(null=True)
    act_id = models.UUIDField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "case"],
                condition=Q(author__isnull=True, read_at__isnull=True),
                name="message_unread",
            ),
        ]


class MessageFile(Owned):
    """A file that came with a message; it is evidence of the case like any other."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    evidence = models.OneToOneField("casework.Evidence", on_delete=models.PROTECT, related_name="+")
