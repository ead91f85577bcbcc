"""The rows of lists of screening."""

from django.db import models

from anlanh.base.tenancy import Owned


class ListEntry(Owned):
    """One phrase or host name that screening looks for.

    `key_hash` is of the form in which entries are compared: one form is one row. `lot` is what it came with, whose acts
    tell of it; `original_number` is under which the file had it. `level` is empty for host names.
    """

    class Kind(models.TextChoices):
        PHRASE = "phrase"
        DOMAIN = "domain"

    kind = models.CharField(max_length=6, choices=Kind)
    value = models.CharField(max_length=500)
    level = models.CharField(max_length=7, blank=True)
    ground = models.CharField(max_length=80)
    original_number = models.CharField(max_length=60, blank=True)
    key_hash = models.CharField(max_length=64)
    lot = models.UUIDField()
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key_hash"], name="one_list_entry_a_form")
        ]
        indexes = [models.Index(fields=["organisation", "lot"], name="list_entry_lot")]

    def __str__(self) -> str:
        return self.value

    @property
    def name(self) -> str:
        """By which screening names it in what it finds."""
        return f"m-{self.key_hash[:12]}"
