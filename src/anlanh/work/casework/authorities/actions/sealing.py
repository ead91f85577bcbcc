"""Noting that a paper marked secret came, without taking any of it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.authorities.actions.words import written
from anlanh.work.casework.authorities.models import SealedPaper


@dataclass(frozen=True)
class SealedInput:
    """What may be noted of a paper marked secret.

    Args:
        level: one of `secrecy.LEVELS`.
        book_number: its number in the book of incoming secret papers.
        sender: who sent it.
        came_on: the day it came.
        lies_at: where it lies.
    """

    level: str
    book_number: str
    sender: str
    came_on: date
    lies_at: str


@transaction.atomic
def note_sealed(actor: Actor, given: SealedInput) -> SealedPaper:
    """Notes it.

    Raises:
        NotAllowed: without `orders.enter`.
        BadInput: naming the field.
    """
    actor.require("orders.enter")
    if given.level not in secrecy.LEVELS:
        raise BadInput(_("no such level"), where="level", mend=_("choose one from the list"))
    if given.came_on > civil_date(clock.now()):
        raise BadInput(_("this day lies ahead"), where="came_on", mend=_("correct it"))
    row = SealedPaper.objects.create(
        organisation_id=actor.organisation_id,
        level=given.level,
        book_number=written(given.book_number, "book_number", 60),
        sender=written(given.sender, "sender", 200),
        came_on=given.came_on,
        lies_at=written(given.lies_at, "lies_at", 200),
        recorded_by=actor.ref,
        recorded_at=clock.now(),
    )
    committed = {name: getattr(row, name) for name in ("book_number", "sender", "lies_at")}
    subject = Subject("sealed_paper", row.id, new=True)
    record(actor, Draft("paper.sealed", subject, {"level": row.level, "came_on": row.came_on}, committed))
    return row
