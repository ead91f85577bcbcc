"""The rows of second looks."""

import uuid
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlanh.base.identity.models import Organisation
from anlanh.base.tenancy import Owned
from anlanh.work.casework.models import OfCaseQuerySet


class OwnGround(NamedTuple):
    """The ground of the second judgement, as `naming.ground_said` reads that of a decision."""

    ground: str
    terms_clause: uuid.UUID | None
    organisation_id: uuid.UUID
    organisation: Organisation


class SamplingPlan(Owned):
    """One version of how many decisions of which kind are looked at again; never changed, only followed by the next.

    `rules` are the words of `drawing.SamplingRule`. `secret` decides, with the id of a decision's act, which ones are
    drawn; its `digest` is in the act of this version, and the secret itself in the act of the next.
    """

    version = models.PositiveIntegerField()
    rules = models.JSONField()
    secret = models.BinaryField(max_length=32)
    digest = models.CharField(max_length=64)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="one_sampling_plan_a_version"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at__isnull=True), name="one_current_sampling_plan"
            ),
        ]


class SecondLook(Owned):
    """A decision that was drawn. First somebody judges the case as it was, without the outcome (`own_…`); only then do
    they see the decision and say how the two compare.

    `held_by` and `held_until`: who is judging now. `corrected_at`: what was found wrong was put right. `read_at`: when
    the decider read what was found.
    """

    class Outcome(models.TextChoices):
        AGREE = "agree", _("The same")
        GROUND = "differs_ground", _("Another ground")
        MEASURE = "differs_measure", _("Another measure")
        WRONG = "wrong", _("The decision is wrong")

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="second_looks")
    decision = models.OneToOneField("casework.Decision", on_delete=models.PROTECT, related_name="second_look")
    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="looks")
    rule = models.CharField(max_length=120)
    drawn_at = models.DateTimeField()
    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    own_measure = models.CharField(max_length=30, blank=True)
    own_ground = models.CharField(max_length=80, blank=True)
    own_terms_clause = models.UUIDField(null=True)
    own_reasons = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    compared_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "drawn_at"], condition=Q(compared_at__isnull=True), name="second_look_waits"
            )
        ]

    @property
    def own(self) -> OwnGround:
        """What the second judgement rests on."""
        return OwnGround(self.own_ground, self.own_terms_clause, self.organisation_id, self.organisation)
