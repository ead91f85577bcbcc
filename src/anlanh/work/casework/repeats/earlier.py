"""The writers of violations that were decided elsewhere: brought in from a register, and taken back with it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.erasing import erase_values
from anlanh.base.acts.record import Draft, Subject, record_all
from anlanh.base.bulk import insert_unknown
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search
from anlanh.work.casework import measures as kinds
from anlanh.work.casework import policy
from anlanh.work.casework.actions import measures
from anlanh.work.casework.models import Measure
from anlanh.work.casework.repeats import counting
from anlanh.work.casework.repeats.models import EarlierViolation
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.models import Holder

SUBJECT = "earlier_violation"
_LONGEST = {"original_number": 60, "decided_by": 200, "ground": 300, "about": 2000}


@dataclass(frozen=True)
class EarlierInput:
    """A violation as a register has it.

    Args:
        account: the address of the account.
        original_number: of the decision; under it the violation is counted once.
        decided_at: when it was decided.
        measure: what was decided.
        about: address of the content, if known.
        decided_by: who decided.
        ground: on what, as it is written there.
    """

    account: str
    original_number: str
    decided_at: datetime
    measure: str
    about: str = ""
    decided_by: str = ""
    ground: str = ""


def checked(given: EarlierInput) -> EarlierInput:
    """The violation as it is kept.

    Raises:
        BadInput: naming the field.
    """
    if not fold_search(given.original_number):
        raise BadInput(
            _("the original number is missing or too long"),
            where="original_number",
            mend=_("write the number of the decision; it is counted once under it"),
        )
    if given.decided_at > clock.now():
        raise BadInput(
            _("it was decided in the future"), where="decided_at", mend=_("write the day on which it was decided")
        )
    if given.measure not in kinds.KINDS or not kinds.KINDS[given.measure].lowers:
        raise BadInput(_("this measure is not counted"), where="measure", mend=_("choose one from the list"))
    for name, most in _LONGEST.items():
        if len(getattr(given, name)) > most:
            raise BadInput(_("longer than %(most)s characters") % {"most": most}, where=name, mend=_("shorten it"))
    try:
        return replace(given, account=canonical_address(given.account))
    except BadInput as fault:
        raise BadInput(fault.what, where="account", mend=fault.mend) from None


@transaction.atomic
def bring_in(actor: Actor, given: Sequence[EarlierInput]) -> list[tuple[EarlierViolation | None, uuid.UUID | None]]:
    """Keeps violations of a register; none twice, whatever register its number came with.

    Args:
        actor: who brings in the register.
        given: violations after `checked`.

    Returns:
        The row and its act, in the same order; None and None for a number that the account has already.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    rows = [_row(actor, entry) for entry in given]
    first = {(row.account_hash, row.number_key): row for row in reversed(rows)}
    wanted = sorted(first.values(), key=lambda row: (row.account_hash, row.number_key))
    added = insert_unknown(wanted)
    drafts = [
        Draft("violation.brought_in", Subject(SUBJECT, row.id, new=True), {"measure": row.measure}, _words(row))
        for row in added
    ]
    acts = dict(zip((row.id for row in added), (act.id for act in record_all(actor, drafts)), strict=True))
    return [(row, acts[row.id]) if row.id in acts else (None, None) for row in rows]


@transaction.atomic
def take_back(actor: Actor, violation_ids: Sequence[uuid.UUID]) -> None:
    """Takes violations out of the count again. A lock that was decided on a count which they made ends.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    rows = EarlierViolation.objects.visible_to(actor).select_for_update().filter(id__in=violation_ids)
    rows = list(rows.order_by("id"))
    record_all(actor, [Draft("violation.taken_back", Subject(SUBJECT, row.id)) for row in rows])
    EarlierViolation.objects.filter(id__in=[row.id for row in rows]).delete()
    erase_values(actor.organisation_id, [row.id for row in rows])
    known = Holder.objects.visible_to(actor).filter(address_hash__in={row.account_hash for row in rows})
    for holder_id in known.order_by("id").values_list("id", flat=True):
        give_back(holder_id)


def give_back(holder_id: uuid.UUID) -> None:
    """Ends the locks of an account that were decided on a count which does not stand any more."""
    for lock in counting.locks_on_count(holder_id):
        measure = Measure.objects.filter(decision=lock).first()
        if measure and counting.has_lost_its_basis(lock):
            measures.end(measure)


def _row(actor: Actor, given: EarlierInput) -> EarlierViolation:
    return EarlierViolation(
        organisation_id=actor.organisation_id,
        account=given.account,
        account_hash=address_hash(given.account),
        original_number=given.original_number,
        number_key=fold_search(given.original_number)[:80],
        decided_at=given.decided_at,
        measure=given.measure,
        about=given.about,
        decided_by=given.decided_by,
        ground=given.ground,
        brought_in_by=actor.ref,
        brought_in_at=clock.now(),
    )


def _words(row: EarlierViolation) -> dict[str, str | None]:
    said = ("account", "original_number", "about", "decided_by", "ground")
    return {"decided_at": row.decided_at.isoformat()} | {name: getattr(row, name) or None for name in said}
