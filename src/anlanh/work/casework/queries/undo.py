"""The decisions that somebody can still take back."""

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.models import Decision

MOST = 5


def undoable(actor: Actor) -> list[Decision]:
    """The actor's own decisions of which nothing has left yet, the newest first."""
    if not actor.can("cases.decide") or actor.ref is None:
        return []
    own = within(actor, Decision.objects.visible_to(actor), "case__queue")
    waiting = own.filter(decided_by=actor.ref, leaves_at__gt=clock.now())
    return list(waiting.filter(withdrawn_at__isnull=True).select_related("case").order_by("-leaves_at", "-id")[:MOST])
