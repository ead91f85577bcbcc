"""The rows of people's own arrangement of lists."""

from django.db import models

from anlanh.base.tenancy import Owned


class SavedView(Owned):
    """A list of cases by its address, under a name. `owner` is the member who saved it; `shared` shows it to all."""

    owner = models.UUIDField()
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=500)
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "owner"], name="view_owner")]

    def __str__(self) -> str:
        return self.name


class Arrangement(Owned):
    """What one member chose for all lists: `columns` in their order, empty for the usual ones; where one begins."""

    member = models.UUIDField()
    columns = models.JSONField(default=list)
    start = models.ForeignKey(SavedView, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member"], name="one_arrangement_a_member")]
