"""The rows of deciding together: one for the whole, one for each case with what became of it."""

from django.db import models

from anlanh.base.tenancy import Owned


class Group(Owned):
    """One decision for many cases. `root` is the root of the hash tree over its items, as its act states it."""

    measure = models.CharField(max_length=30)
    ground = models.CharField(max_length=80, blank=True)
    terms_clause = models.UUIDField(null=True)
    given = models.JSONField()
    expected = models.PositiveIntegerField()
    totals = models.JSONField(default=dict)
    root = models.CharField(max_length=64, blank=True)
    decided_by = models.UUIDField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    act_id = models.UUIDField(null=True)


class GroupItem(Owned):
    """One case of a group: the fact that is true of its page only, and what became of it.

    `outcome` is empty while it waits; a case that can't be decided is `left` as it was, and `fault` says why.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    subject_fact = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    fault = models.CharField(max_length=400, blank=True)
    row_id = models.UUIDField(null=True)
    act_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="one_group_item_a_position"),
            models.UniqueConstraint(fields=["group", "case"], name="one_group_item_a_case"),
        ]
