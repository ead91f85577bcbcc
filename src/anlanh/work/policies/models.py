"""The rows of policies: a draft that changes, and versions and clauses that never do."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Document(Owned):
    """One kind of document of an organisation, with what is drafted for its next version.

    `draft` is a list of clauses as `drafting.Clause.kept` writes them; `revision` counts its changes, so that a page
    which others made out of date is known.
    """

    kind = models.CharField(max_length=30)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    draft = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    drafted_by = models.UUIDField()
    drafted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="one_document_a_kind")]


class Version(Owned):
    """A published text, never changed; in force from `starts_at` until the next one begins or it is withdrawn.

    `starts_on` is the day that people are told; `starts_at` is not before the moment of publication, so that nothing is
    in force before anybody could read it. `digest` is SHA-256 over the exact text, see `digests.exact_text`.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    starts_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    published_by = models.UUIDField()
    published_at = models.DateTimeField()
    act_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["document", "starts_at"], name="one_version_a_beginning"),
            models.CheckConstraint(condition=Q(starts_at__gte=models.F("published_at")), name="never_in_force_before"),
        ]


class Clause(Owned):
    """One numbered part of a version. `key` is the same in every version that the part is in; `about_state` says that
    it concerns national security or what is said of public bodies, which no machine may bring.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="clauses")
    position = models.PositiveIntegerField()
    key = models.UUIDField()
    number = models.CharField(max_length=20)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    text_vi = models.TextField()
    text_en = models.TextField(blank=True)
    categories = models.JSONField(default=list)
    about_state = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_clause_a_position"),
            models.UniqueConstraint(fields=["version", "number"], name="one_clause_a_number"),
            models.UniqueConstraint(fields=["version", "key"], name="one_clause_a_key"),
        ]


class Withdrawal(Owned):
    """That a version is no longer in force, from a moment on, and why."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_by = models.UUIDField()
    withdrawn_at = models.DateTimeField()
