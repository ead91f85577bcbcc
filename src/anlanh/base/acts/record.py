"""The one way an act comes to be: called by actions, inside the transaction that changes the rows."""

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.acts.reactions import reactions_to
from anlanh.base.acts.types import ANY_SUBJECT, ActType, act_type, commitment
from anlanh.base.bulk import insert
from anlanh.base.outbox.queue import Draft as MessageDraft
from anlanh.base.outbox.queue import enqueue
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id

SALT_BYTES = 16  # 128 bits: a short value can't be guessed from its digest
LEAF_VERSION = 1


@dataclass(frozen=True)
class Subject:
    """The row whose history an act belongs to.

    Args:
        kind: `case`, `organisation`, `page`, …
        id: the row's id.
        new: the row was made in this transaction, so its history is known to be empty.
    """

    kind: str
    id: uuid.UUID
    new: bool = False


@dataclass(frozen=True)
class Draft:
    """An act about to be recorded.

    Args:
        type: a declared act type.
        subject: whose history it joins.
        clear: declared clear fields.
        committed: declared erasable fields, JSON values; None is left out.
        clauses: the clauses it rests on.
        happened_at: when it happened, if not now; earlier times need `backdating_reason` among `committed`.
        from_register: it stands in a register that is brought in, so it may lie as far back as the register says.
    """

    type: str
    subject: Subject
    clear: Mapping[str, Any] = field(default_factory=dict)
    committed: Mapping[str, Any] = field(default_factory=dict)
    clauses: Sequence[ClauseRef | str] = ()
    happened_at: datetime | None = None
    from_register: bool = False


def record(actor: Actor, draft: Draft) -> Act:
    """Records one act; see `record_all`."""
    return record_all(actor, [draft])[0]


def record_all(actor: Actor, drafts: Sequence[Draft], *, organisation_id: uuid.UUID | None = None) -> list[Act]:
    """Appends acts, their erasable values and the jobs that follow, in the caller's transaction.

    Per-subject numbers are given in the order of the drafts. Two transactions that race for the same number of one
    subject can't both commit; actions hold the subject's row, so that does not happen in practice.

    Args:
        actor: who does it.
        drafts: the acts, in order.
        organisation_id: whose log; the actor's organisation when left out.

    Returns:
        The acts as stored, in the same order.

    Raises:
        UndeclaredField: a field that the type does not declare.
        BadInput: a time in the future, or too far back, or back without a reason.
        TransactionManagementError: outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an act is recorded inside the transaction that does it")
    owner = organisation_id or actor.organisation_id
    recorded_at = clock.now()
    numbers = _next_numbers(drafts)
    acts: list[Act] = []
    values: list[CommittedValue] = []
    for draft in drafts:
        declared = act_type(draft.type)
        seq = numbers[draft.subject.id] = numbers[draft.subject.id] + 1
        act, committed = _build(declared, draft, actor, owner, recorded_at, seq)
        acts.append(act)
        values.extend(committed)
    insert(acts)
    insert(values)
    _queue_reactions(owner, acts)
    return acts


def _next_numbers(drafts: Iterable[Draft]) -> dict[uuid.UUID, int]:
    """The last number used by each subject's history."""
    numbers = {draft.subject.id: 0 for draft in drafts}
    known = {draft.subject.id for draft in drafts if not draft.subject.new}
    if known:
        rows = Act.objects.filter(subject_id__in=known).values_list("subject_id").annotate(last=Max("seq"))
        numbers.update(rows)
    return numbers


def _build(
    declared: ActType, draft: Draft, actor: Actor, owner: uuid.UUID, recorded_at: datetime, seq: int
) -> tuple[Act, list[CommittedValue]]:
    """The act with its leaf, and the values behind its commitments."""
    if declared.subject not in (draft.subject.kind, ANY_SUBJECT):
        raise ValueError(f"{declared.name} belongs to the history of a {declared.subject}, not a {draft.subject.kind}")
    happened_at = _checked_time(draft, recorded_at)
    declared.check_committed(draft.committed)
    act_id = new_id()
    values = [
        CommittedValue(act_id=act_id, field=name, salt=secrets.token_bytes(SALT_BYTES), value=value)
        for name, value in sorted(draft.committed.items())
        if value is not None
    ]
    leaf = {
        "v": LEAF_VERSION,
        "id": str(act_id),
        "organisation": str(owner),
        "type": declared.name,
        "type_version": declared.version,
        "actor": {"kind": actor.kind.value, "ref": str(actor.ref) if actor.ref else None},
        "subject": f"{draft.subject.kind}/{draft.subject.id}",
        "seq": seq,
        "clauses": [str(clause) for clause in draft.clauses],
        "happened_at": _precise(happened_at),
        "recorded_at": _precise(recorded_at),
        "clear": declared.encode_clear(draft.clear),
        "committed": {value.field: commitment(value.salt, value.value) for value in values},
    }
    act = Act(
        id=act_id,
        organisation_id=owner,
        type=declared.name,
        actor_kind=actor.kind.value,
        actor_ref=actor.ref,
        subject_kind=draft.subject.kind,
        subject_id=draft.subject.id,
        seq=seq,
        happened_at=happened_at,
        recorded_at=recorded_at,
        leaf=canonical_bytes(leaf).decode(),
    )
    return act, values


def _checked_time(draft: Draft, recorded_at: datetime) -> datetime:
    """When the act happened, after the rules of backdating."""
    happened_at = draft.happened_at or recorded_at
    if happened_at.tzinfo is None:
        raise BadInput("the time has no offset", where="happened_at", mend="give one, such as +07:00")
    if happened_at > recorded_at:
        raise BadInput("the time lies in the future", where="happened_at", mend="give the time it happened")
    if recorded_at - happened_at < timedelta(minutes=1):
        return happened_at
    limit = timedelta(days=settings.ANLANH_BACKDATING_DAYS)
    if recorded_at - happened_at > limit and not draft.from_register:
        raise BadInput(
            f"the time lies more than {limit.days} days back",
            where="happened_at",
            mend="record it with today's time and state the earlier one in the text",
        )
    if not str(draft.committed.get("backdating_reason") or "").strip():
        raise BadInput(
            "the time lies back and no reason is given",
            where="backdating_reason",
            mend="say why it is recorded only now",
        )
    return happened_at


def _precise(moment: datetime) -> str:
    """An instant to the microsecond, in Vietnamese time."""
    return moment.astimezone(VIETNAM).isoformat(timespec="microseconds")


def _queue_reactions(owner: uuid.UUID, acts: Iterable[Act]) -> None:
    """One message a reaction an act, keyed by both, so that a job run twice is known for what it is."""
    for act in acts:
        drafts = [
            MessageDraft(reaction.channel, f"{act.id}:{reaction.name}", {"act": str(act.id)})
            for reaction in reactions_to(act.type)
        ]
        if drafts:
            enqueue(owner, drafts, act_id=act.id)
