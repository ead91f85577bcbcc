"""Too many letters from one address: they are kept for a person as one task, and none is lost.

A sender's address proves nothing, so whoever floods the mailbox in another's name would else have us answer that person
as often. Held letters are not answered; a person looks, and takes them in with the time at which each came.
"""

import uuid
from datetime import timedelta

from anlanh.base.limits.spending import spend
from anlanh.base.outbox.models import Task
from anlanh.base.outbox.queue import open_task
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.preferences.queries import house_number
from anlanh.work.casework.sameness import senders

TASK, WHY = "mail_too_many", "too_many"
HOUR = timedelta(hours=1)


def is_too_much(organisation_id: uuid.UUID, sender: str) -> bool:
    """Counts one more letter of an address; whether that is more than the house takes in an hour.

    Call it outside the transaction that takes the letter.
    """
    most = house_number(organisation_id, "mailbox.letters-an-hour")
    mark = senders.mark_of_address(organisation_id, sender)
    return most is not None and not spend(f"mailbox {mark}", per=HOUR, most=most).allowed


def hold(letter: Letter, sender: str) -> None:
    """Keeps a letter for a person, in the caller's transaction. One task of an address is open at a time."""
    letter.outcome, letter.why = Letter.Outcome.WAITS, WHY
    letter.sender = senders.mark_of_address(letter.organisation_id, sender)
    letter.save(force_insert=True)
    about = f"letters:{letter.sender[:40]}:"
    if not Task.objects.filter(kind=TASK, key__startswith=about, state=Task.State.OPEN).exists():
        detail = {"held": str(letter.id)}
        open_task(letter.organisation_id, TASK, f"{about}{letter.id}", subject=("letter", letter.id), detail=detail)
