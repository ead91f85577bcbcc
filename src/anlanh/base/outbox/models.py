"""Messages waiting to leave, and the tasks for people that failures become."""

from django.db import models
from django.db.models import Q

from anlanh.base.tenancy import Owned


class Message(Owned):
    """One thing to do outside the transaction that wrote it.

    `key` is what the receiver dedupes by: unique a channel, the same at every attempt. `next_at` is when it may be
    taken next: after a wait, or when the lease of the worker that holds it runs out. `act_id` names the act it follows
    from; it is not a foreign key, so that this room knows nothing of acts.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        GIVEN_UP = "given_up"

    channel = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField()
    act_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    receipt = models.JSONField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="one_message_a_key")]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["act_id"], name="message_act"),
        ]


class Task(Owned):
    """Something only a person can settle: what kept failing, what has no integration, what a rule hands over.

    `created_at` may lie ahead: until then it is shown to nobody.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="tasks")
    detail = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at"], condition=Q(state="open"), name="task_open")]
