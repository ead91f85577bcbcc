"""The index: one row a thing that can be found, in its folded spelling and in its own."""

from django.db import models


class Entry(models.Model):
    """What `text` can be found by, for one owner.

    `folded` is what is matched; `exact` keeps the marks, and only ranks. Both are words with single spaces between.
    The matching itself is the engine's: see the migrations `0002_engine` and `0003_owner`.
    """

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    folded = models.TextField()
    exact = models.TextField()

    class Meta:
        db_table = "search_entry"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_a_thing")]
        indexes = [models.Index(fields=["organisation", "kind", "id"], name="search_newest")]
