"""The row of an organisation's preferences."""

from django.db import models

from anlanh.base.tenancy import Owned


class Preferences(Owned):
    """What one organisation has set. `undo_seconds` is how long the messages of a decision wait; 0 for not at all.

    `numbers` are the house rules, by id, of which it has set its own.
    """

    undo_seconds = models.PositiveSmallIntegerField()
    numbers = models.JSONField(default=dict)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_row_of_preferences")]
