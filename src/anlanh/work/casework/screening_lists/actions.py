"""The writers of lists of screening: entries are added in lots, and withdrawn."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.erasing import erase_values
from anlanh.base.acts.record import Draft, Subject, record, record_all
from anlanh.base.bulk import insert_unknown
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.ids import new_id
from anlanh.work.casework import policy
from anlanh.work.casework.screening_lists.acts import LOT
from anlanh.work.casework.screening_lists.checking import EntryInput, key_hash
from anlanh.work.casework.screening_lists.models import ListEntry


@transaction.atomic
def add(actor: Actor, given: Sequence[EntryInput]) -> list[tuple[ListEntry | None, uuid.UUID | None]]:
    """Keeps entries as one lot; what is on a list already stays as it is.

    Args:
        actor: who brings them in.
        given: entries after `checking.checked` that leave lawful writing alone.

    Returns:
        The row and its act, in the same order; None and None for what is known already.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    lot, moment = new_id(), clock.now()
    rows = [_row(actor, entry, lot) for entry in given]
    for row in rows:
        row.added_at = moment
    first = {(row.kind, row.key_hash): row for row in reversed(rows)}
    added = insert_unknown(sorted(first.values(), key=lambda row: (row.kind, row.key_hash)))
    if not added:
        return [(None, None)] * len(rows)
    said = [[row.kind, row.value, row.level, row.ground] for row in added]
    clear = {**_counts(added), "entries_sha256": hashlib.sha256(canonical_bytes(said)).hexdigest()}
    act = record(actor, Draft("list.entries_added", Subject(LOT, lot, new=True), clear, {"entries": said}))
    taken = {row.id for row in added}
    return [(row, act.id) if row.id in taken else (None, None) for row in rows]


@transaction.atomic
def withdraw(actor: Actor, entry_ids: Sequence[uuid.UUID]) -> int:
    """Takes entries off the lists; where nothing is left of a lot, its words are erased from its act.

    Returns:
        How many there were. Others' and those withdrawn before are passed over.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    held = ListEntry.objects.visible_to(actor).select_for_update().filter(id__in=entry_ids)
    lots: dict[uuid.UUID, list[ListEntry]] = defaultdict(list)
    rows = list(held.order_by("id"))
    for row in rows:
        lots[row.lot].append(row)
    record_all(actor, [Draft("list.entries_withdrawn", Subject(LOT, lot), _counts(gone)) for lot, gone in lots.items()])
    ListEntry.objects.filter(id__in=[row.id for row in rows]).delete()
    left = set(ListEntry.objects.visible_to(actor).filter(lot__in=list(lots)).values_list("lot", flat=True))
    erase_values(actor.organisation_id, [lot for lot in lots if lot not in left])
    return len(rows)


def _row(actor: Actor, given: EntryInput, lot: uuid.UUID) -> ListEntry:
    return ListEntry(
        organisation_id=actor.organisation_id,
        kind=given.kind,
        value=given.value,
        level=given.level,
        ground=given.ground,
        original_number=given.original_number,
        key_hash=key_hash(given),
        lot=lot,
        added_by=actor.ref,
    )


def _counts(rows: Sequence[ListEntry]) -> dict[str, int]:
    phrases = sum(row.kind == ListEntry.Kind.PHRASE for row in rows)
    return {"phrases": phrases, "domains": len(rows) - phrases}
