"""Corrections. What was recorded stays; a correction is an act of its own, beside it in the same history."""

import uuid

from django.db import IntegrityError, transaction

from anlanh.base.actor import Actor
from anlanh.base.acts import queries
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.types import ANY_SUBJECT, ActType, code, declare, reference
from anlanh.primitives.errors import BadInput

CORRECTION = "act.corrected"
MAY_CORRECT = ("cases.review", "organisation.manage")
LONGEST = 2000

declare(
    ActType(
        CORRECTION,
        subject=ANY_SUBJECT,
        title={"vi": "Đính chính", "en": "Corrected"},
        clear={"corrects": reference, "type": code},
        committed=frozenset({"right", "reason"}),
    )
)


def correct(actor: Actor, act_id: uuid.UUID, *, right: str, reason: str) -> Act:
    """Says that a recorded act is wrong in something, what is right, and why.

    It changes no row and undoes no effect: a decision is changed by an appeal, a measure by its reversal.

    Args:
        actor: needs one of `MAY_CORRECT`.
        act_id: an act that the actor may see; a correction can be corrected in turn.
        right: what is right, in words.
        reason: how the mistake came about.

    Raises:
        NotAllowed, NotFound: the actor may not correct, or may not see the act.
        BadInput: nothing is written, or too much; someone else was recording in that history at the same moment.
    """
    actor.require(*MAY_CORRECT)
    wrong = queries.act(actor, act_id)
    words = {"right": right.strip(), "reason": reason.strip()}
    for name, text in words.items():
        if not 0 < len(text) <= LONGEST:
            raise BadInput("nothing is written, or too much", where=name, mend=f"write at most {LONGEST} characters")
    clear = {"corrects": wrong.id, "type": wrong.type}
    try:
        with transaction.atomic():
            return record(actor, Draft(CORRECTION, Subject(wrong.subject_kind, wrong.subject_id), clear, words))
    except IntegrityError:
        raise BadInput("someone else recorded something here at the same moment", mend="send it again") from None


def corrections_of(actor: Actor, wrong: Act) -> list[Act]:
    """The corrections of an act that the actor was given, oldest first."""
    rows = Act.objects.visible_to(actor).filter(subject_id=wrong.subject_id, type=CORRECTION).order_by("seq")
    return [act for act in rows if act.clear["corrects"] == str(wrong.id)]
