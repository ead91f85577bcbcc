"""The rows of keeping: what the staff added to a case, and what forbids that anything of it be deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class Exhibit(Owned):
    """Evidence that somebody of the staff added: a screenshot, a file, or the page as it was delivered, kept inert.

    Of what the decision relies on a copy goes into the file that the person affected can take home.
    """

    class Kind(models.TextChoices):
        ARCHIVE = "archive", _("The page as it was delivered")
        SCREENSHOT = "screenshot", _("Screenshot")
        FILE = "file", _("File")

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="exhibits")
    evidence = models.OneToOneField("casework.Evidence", on_delete=models.PROTECT, related_name="exhibit")
    kind = models.CharField(max_length=10, choices=Kind)
    relied_on = models.BooleanField()
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()


class Hold(Owned):
    """That nothing of a case may be deleted, under a clause and until a day, or until somebody lifts it."""

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="holds")
    clause = models.CharField(max_length=120)
    until = models.DateField()
    reason = models.TextField()
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lifted_at__isnull=True), name="one_open_hold_a_case")
        ]


class Copy(Owned):
    """What of a file the person affected gets: a new file without metadata, and without what was blackened.

    The original is kept beside it, untouched. One copy of a file stands at a time; what it replaces stays, since
    somebody may have been given it.
    """

    class Way(models.TextChoices):
        CLEANED = "cleaned", _("Cleaned of metadata")
        REDACTED = "redacted", _("Redacted")

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="copies")
    evidence = models.ForeignKey("casework.Evidence", on_delete=models.PROTECT, related_name="copies")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    places = models.PositiveIntegerField(default=0)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence"], condition=Q(withdrawn_at__isnull=True), name="one_standing_copy_a_file"
            )
        ]


class JoinedPages(Owned):
    """Photographs of an order's paper that were joined to one document.

    `pages` are the photographs in their order: `file`, its id, and `turn`, by how many degrees it was turned clockwise.
    The photographs stay as evidence as they were taken. Joining them anew adds a row and ends this one.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="joined_pages")
    document = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    pages = models.JSONField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(replaced_at__isnull=True), name="one_standing_document_of_photographs"
            )
        ]
