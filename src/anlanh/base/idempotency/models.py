"""The answers kept."""

from django.db import models


class Answer(models.Model):
    """What one key of one caller was answered.

    `scope` says whose key it is: a credential's id, or the organisation for callers without one. Status 0 means that
    the first request is still being worked on.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    request_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_answer_a_key")]
