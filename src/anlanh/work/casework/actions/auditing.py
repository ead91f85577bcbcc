"""Taking a case's history out of the house: the file itself is read, that somebody took it is an act."""

import uuid

from django.db import transaction

from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft
from anlanh.work.casework import policy, steps
from anlanh.work.casework.queries.audit import audit

EXPORTED = "history.exported"


def note_export(actor: Actor, case_id: uuid.UUID) -> None:
    """Records that a person took the history of a case as a file; once a person, case and hour.

    Raises:
        NotAllowed, NotFound: the audit of that case is not for this actor.
    """
    case = audit(actor, case_id).case
    if policy.has_looked(actor, case_id, EXPORTED):
        return
    with transaction.atomic():
        held = steps.hold(actor, case.id)
        if not policy.has_looked(actor, case_id, EXPORTED):
            steps.note(actor, held, [Draft(EXPORTED, steps.subject(held))])
