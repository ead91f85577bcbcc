"""The writers of who is at work when: shifts with their hand-over, absences, delegations; an act each."""

import uuid
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity.queries import members
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import policy
from anlanh.work.casework.desk.models import Absence, Delegation, Queue, Shift, Stretch

LONGEST_SHIFT = timedelta(days=31)
LONGEST_STRETCH = timedelta(days=400)
LONGEST_NOTE = 4000
Rows = TypeVar("Rows", bound=Stretch)


def set_shift(
    actor: Actor,
    ref: uuid.UUID,
    starts_at: datetime,
    ends_at: datetime,
    *,
    queue_id: uuid.UUID | None = None,
    on_call: bool = False,
) -> Shift:
    """Puts a person on the rota of a queue, or of all.

    Raises:
        NotAllowed: without `organisation.manage`.
        BadInput: naming the field.
    """
    actor.require(policy.ARRANGE)
    if queue_id and not Queue.objects.visible_to(actor).filter(id=queue_id, retired_at__isnull=True).exists():
        raise BadInput(_("no such queue"), where="queue", mend=_("choose one from the list"))
    _check(actor, starts_at, ends_at, LONGEST_SHIFT, ref=ref)
    return _write(actor, Shift(ref=ref, queue_id=queue_id, on_call=on_call), starts_at, ends_at)


def set_absence(actor: Actor, ref: uuid.UUID, starts_at: datetime, ends_at: datetime) -> Absence:
    """Says that somebody is away: oneself, or a colleague for those who arrange the work.

    Raises:
        NotAllowed: for a colleague, without `organisation.manage`.
        BadInput: naming the field.
    """
    _require_own(actor, ref)
    _check(actor, starts_at, ends_at, LONGEST_STRETCH, ref=ref)
    return _write(actor, Absence(ref=ref), starts_at, ends_at)


def set_delegation(
    actor: Actor, ref: uuid.UUID, to_ref: uuid.UUID, starts_at: datetime, ends_at: datetime
) -> Delegation:
    """Lets what is put aside for somebody go to another person meanwhile.

    Raises:
        NotAllowed: for a colleague's work, without `organisation.manage`.
        BadInput: naming the field.
    """
    _require_own(actor, ref)
    if to_ref == ref:
        raise BadInput(_("nobody stands in for themselves"), where="to", mend=_("choose somebody else"))
    _check(actor, starts_at, ends_at, LONGEST_STRETCH, ref=ref, to=to_ref)
    return _write(actor, Delegation(ref=ref, to_ref=to_ref), starts_at, ends_at)


@transaction.atomic
def hand_over_shift(actor: Actor, shift_id: uuid.UUID, note: str) -> Shift:
    """Leaves a note for those who come after: what is in hand, what to watch. Written again, it takes its place.

    Raises:
        NotFound: no such shift.
        NotAllowed: it is somebody else's.
        BadInput: nothing is written, too much, or the shift has not begun.
    """
    shift = _hold(actor, Shift, shift_id)
    if shift.ref != actor.ref:
        raise NotAllowed(_("Only who has the shift hands it over."))
    note = note.replace("\x00", "").strip()
    if not note or len(note) > LONGEST_NOTE:
        raise BadInput(
            _("a note has from 1 to %(most)s characters") % {"most": LONGEST_NOTE}, where="note", mend=_("change it")
        )
    if shift.starts_at > clock.now():
        raise BadInput(_("the shift has not begun"), where="note", mend=_("hand it over at its end"))
    shift.note, shift.handed_over_at = note, clock.now()
    shift.save(update_fields=["note", "handed_over_at"])
    record(actor, Draft("shift.handed_over", Subject("shift", shift.id), {}, {"note": note}))
    return shift


@transaction.atomic
def withdraw(actor: Actor, stretch_id: uuid.UUID) -> Stretch:
    """Takes back a shift, an absence or a delegation, from now on.

    Raises:
        NotFound: no such one.
        NotAllowed: a shift, or a colleague's, without `organisation.manage`.
    """
    model = next((model for model in (Absence, Delegation) if _rows(actor, model, stretch_id).exists()), Shift)
    row = _hold(actor, model, stretch_id)
    if model is Shift:
        actor.require(policy.ARRANGE)
    _require_own(actor, row.ref)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    kind = model.__name__.lower()
    record(actor, Draft(f"{kind}.withdrawn", Subject(kind, row.id)))
    return row


@transaction.atomic
def _write(actor: Actor, row: Rows, starts_at: datetime, ends_at: datetime) -> Rows:
    row.id, row.organisation_id, row.set_by, row.set_at = new_id(), actor.organisation_id, actor.ref, clock.now()
    row.starts_at, row.ends_at = starts_at, ends_at
    row.save(force_insert=True)
    kind = type(row).__name__.lower()
    clear = {"person": row.ref, "starts_at": starts_at, "ends_at": ends_at}
    if isinstance(row, Shift):
        clear |= {"queue": row.queue_id, "on_call": row.on_call}
    if isinstance(row, Delegation):
        clear["to"] = row.to_ref
    record(actor, Draft(f"{kind}.set", Subject(kind, row.id, new=True), clear))
    return row


def _hold(actor: Actor, model: type[Rows], row_id: uuid.UUID) -> Rows:
    row = _rows(actor, model, row_id).select_for_update().first()
    if row is None:
        raise NotFound(_("There is nothing of that sort on the rota."))
    return row


def _rows(actor: Actor, model: type[Rows], row_id: uuid.UUID) -> QuerySet[Rows]:
    return model.objects.visible_to(actor).filter(id=row_id, withdrawn_at__isnull=True)


def _require_own(actor: Actor, ref: uuid.UUID) -> None:
    if actor.ref != ref:
        actor.require(policy.ARRANGE)


def _check(actor: Actor, starts_at: datetime, ends_at: datetime, longest: timedelta, **people: uuid.UUID) -> None:
    for where, ref in people.items():
        if not members(actor).filter(ref=ref).exists():
            raise BadInput(_("there is no such colleague"), where=where, mend=_("choose one from the list"))
    if starts_at.tzinfo is None or ends_at.tzinfo is None or ends_at <= starts_at:
        raise BadInput(_("the end lies before the start"), where="ends_at", mend=_("give a later time"))
    if ends_at <= clock.now():
        raise BadInput(_("this is over already"), where="ends_at", mend=_("give a later time"))
    if ends_at - starts_at > longest:
        raise BadInput(
            _("longer than %(days)s days") % {"days": longest.days}, where="ends_at", mend=_("set it in parts")
        )
