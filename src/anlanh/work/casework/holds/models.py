"""The row of a hold."""

from django.db import models

from anlanh.base.tenancy import Owned


class ContentHold(Owned):
    """A page held from view until a person decides, `until` at the latest; once a case, and never for longer.

    Nothing has to run for it to end: whether it holds is read from these facts.
    """

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="hold")
    ground = models.CharField(max_length=80)
    rule = models.CharField(max_length=60)
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField()
    until = models.DateTimeField()
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
