"""Recording that somebody looked at evidence: one act for each person, subject and hour, however often they look."""

import uuid

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, record


def has_looked(actor: Actor, act_type: str, subject_id: uuid.UUID) -> bool:
    """Whether this hour already holds such an act of this person, so that nothing need be recorded or held for it.

    Args:
        actor: who looks.
        act_type: the act that says so, such as `evidence.viewed`.
        subject_id: whose history it belongs to.
    """
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    return Act.objects.filter(subject_id=subject_id, type=act_type, actor_ref=actor.ref, recorded_at__gte=hour).exists()


def record_look(actor: Actor, draft: Draft) -> Act | None:
    """Records the look unless this hour already holds one; the act, or None.

    The caller holds the subject's row, so two looks at the same moment are one act.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    if has_looked(actor, draft.type, draft.subject.id):
        return None
    return record(actor, draft)
