"""Acts, the erasable values behind their commitments, and the log that seals them."""

import json
from functools import cached_property

from django.db import models

from anlanh.base.tenancy import Owned


class Act(Owned):
    """One recorded act. The database refuses update and delete; `leaf` is the exact text that the log commits to.

    The columns repeat what `leaf` says, for search; `leaf` is the truth.
    """

    type = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=8)
    actor_ref = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    leaf = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "seq"], name="act_sequence")]
        indexes = [models.Index(fields=["organisation", "type", "recorded_at"], name="act_by_type")]

    @cached_property
    def body(self) -> dict:
        """The leaf as a mapping."""
        return json.loads(self.leaf)

    @property
    def clear(self) -> dict:
        """The fields that anyone who holds the log can read."""
        return self.body["clear"]

    @property
    def clauses(self) -> list[str]:
        """The clauses that the act rests on."""
        return self.body["clauses"]


class CommittedValue(models.Model):
    """The value behind one commitment of an act, with its salt; erased, it leaves the digest saying nothing."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="committed_values")
    field = models.CharField(max_length=40)
    salt = models.BinaryField(max_length=16, null=True)
    value = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "field"], name="one_value_a_field")]


class PendingLeaf(models.Model):
    """An act that lacks a leaf. A trigger writes it with the act, so no way of inserting can leave an act out."""

    act = models.OneToOneField(Act, primary_key=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "ledger_pending"


class Log(models.Model):
    """The state of one log. `id` is the organisation's, or the deployment's own (all zero)."""

    id = models.UUIDField(primary_key=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        db_table = "ledger_log"


class Tile(models.Model):
    """256 hashes of one level of a log; the last one of a level may be partial."""

    id = models.BigAutoField(primary_key=True)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="tiles")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "ledger_tile"
        constraints = [models.UniqueConstraint(fields=["log", "level", "index"], name="one_tile_a_place")]


class Leaf(models.Model):
    """The position of an act in its organisation's log."""

    act = models.OneToOneField(Act, primary_key=True, on_delete=models.PROTECT, related_name="ledger_leaf")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="leaves")
    position = models.BigIntegerField()

    class Meta:
        db_table = "ledger_leaf"
        constraints = [models.UniqueConstraint(fields=["log", "position"], name="one_leaf_a_position")]


class Checkpoint(models.Model):
    """A signed statement of a log's size and root. The deployment's log holds each as a leaf."""

    id = models.BigAutoField(primary_key=True)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    note = models.TextField()
    issued_at = models.DateTimeField()
    head_position = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ledger_checkpoint"
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="one_checkpoint_a_size")]
