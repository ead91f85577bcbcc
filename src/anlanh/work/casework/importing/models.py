"""The rows of bringing in registers: each import, what became of its rows, mappings of columns kept for next time."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Import(Owned):
    """One file that was brought in, or is about to be.

    `columns` is field → place of its column on the sheet; `defaults` is field → code where a row leaves it empty.
    `root` is the root of the hash tree over the items, as the act of the import states it.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen"
        WAITING = "waiting"
        DONE = "done"
        UNDONE = "undone"

    kind = models.CharField(max_length=10)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.CHOSEN)
    sheet = models.PositiveSmallIntegerField(default=0)
    columns = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    expected = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    root = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField()
    run_by = models.UUIDField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    act_id = models.UUIDField(null=True)


class ImportItem(Owned):
    """What became of one row of a file, or of one address of it where it holds several.

    `subject_id` is the case, or the page where pages are brought in; `row_id` the report or order; `act_id` the act
    that says so. They are no foreign keys, since an item outlives what an undone import brought. `digest` is of what
    the row says, and tells the same row when it comes again.
    """

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    line = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    original_number = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    subject_id = models.UUIDField(null=True)
    row_id = models.UUIDField(null=True)
    act_id = models.UUIDField(null=True)
    fault = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "position"], name="one_item_a_position")]
        indexes = [
            models.Index(fields=["organisation", "digest"], condition=~Q(digest=""), name="import_item_again"),
            models.Index(fields=["subject_id"], name="import_item_subject"),
        ]


class ImportMapping(Owned):
    """Which column of a register holds what, by the words over it, kept under a name for the next file like it."""

    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    labels = models.JSONField()
    defaults = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "name"], name="one_import_mapping_a_name")
        ]

    def __str__(self) -> str:
        return self.name
