"""Rows that belong to one organisation, and the manager that makes their readers say for whom they read."""

import uuid
from typing import Self

from django.db import models

from anlanh.base.actor import Actor
from anlanh.primitives.ids import new_id


class OwnedQuerySet(models.QuerySet):
    """Reads of owned rows. `visible_to` is the door; packages narrow it further in their `queries.py`."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows of the actor's own organisation, and of no other."""
        return self.filter(organisation_id=actor.organisation_id)


class Owned(models.Model):
    """A row with one owning organisation and an identifier that tells nothing about other organisations' rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet.as_manager()

    organisation_id: uuid.UUID

    class Meta:
        abstract = True
