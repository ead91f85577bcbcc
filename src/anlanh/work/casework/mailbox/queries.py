"""The readers of the mailbox: a letter that waits for a person."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.base.outbox import queries as outbox
from anlanh.base.outbox.models import Task
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.policy import SEE_REPORTERS


def letter_that_waits(actor: Actor, letter_id: uuid.UUID) -> Letter:
    """A letter that no program could settle, with its bytes as they came.

    Raises:
        NotAllowed: for those who do not see reporters: the letter names its sender.
        NotFound: no such letter of the organisation.
    """
    actor.require(SEE_REPORTERS)
    found = Letter.objects.visible_to(actor).select_related("file").filter(id=letter_id, file__isnull=False).first()
    if found is None:
        raise NotFound(_("There is no such letter."))
    return found


def task_of_held(actor: Actor, held_id: uuid.UUID) -> Task:
    """The task about an address from which too many letters came.

    Raises:
        NotAllowed: for those who do not handle tasks, or do not see reporters.
        NotFound: no such task.
    """
    actor.require(SEE_REPORTERS)
    task = outbox.task(actor, held_id)
    if "held" not in task.detail:
        raise NotFound(_("There is no such letter."))
    return task


def held_letters(actor: Actor, held_id: uuid.UUID) -> QuerySet[Letter]:
    """The letters of that address that wait, the oldest first.

    Raises:
        NotAllowed, NotFound: as for `task_of_held`.
    """
    task = task_of_held(actor, held_id)
    sender = task.key.split(":")[1]
    rows = Letter.objects.visible_to(actor).filter(outcome=Letter.Outcome.WAITS, sender__startswith=sender)
    return rows.select_related("file").order_by("id")
