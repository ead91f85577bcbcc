"""Signatures under the law."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class LawSignature(Owned):
    """One signature. `digest` is of what was read: the entry in both languages, or the whole pack.

    It speaks for the entry as long as the digest is the same; afterwards it is one for an earlier version.
    """

    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=120, blank=True)
    pack = models.CharField(max_length=20)
    pack_version = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()
    act_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "target", "digest"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_signature_a_version",
            )
        ]
        indexes = [models.Index(fields=["kind", "target"], name="law_signature_of")]
