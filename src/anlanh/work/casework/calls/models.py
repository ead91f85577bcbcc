"""The rows of calls."""

from django.db import models

from anlanh.base.tenancy import Owned


class CallDraft(Owned):
    """What a clerk has typed of a call so far; one for each clerk, gone when the call is filed or dropped."""

    clerk = models.UUIDField()
    answers = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "clerk"], name="one_call_draft_a_clerk")]
