"""The audit of a case: every act of its history as the log holds it, for those who look after the whole."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.ledger import latest_checkpoint, places_of
from anlanh.base.acts.models import Act, Checkpoint, CommittedValue, Leaf
from anlanh.base.acts.types import commitment
from anlanh.base.clocks.running import ClockView
from anlanh.ledger.proofs import Sealed
from anlanh.work.casework import policy
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.models import Case
from anlanh.work.casework.queries.case_page import clocks_of
from anlanh.work.casework.queries.sealed import opened_case
from anlanh.work.casework.values import readable_values

_AT_A_TIME = 500


@dataclass(frozen=True)
class Held:
    """A committed field.

    Args:
        name: in code.
        digest: what the log holds of it.
        state: `shown`, `hidden` from this reader, `erased`, or `different` when the value is not what was recorded.
        value: what was written; None unless it is shown or different.
    """

    name: str
    digest: str
    state: str
    value: Any = None


@dataclass(frozen=True)
class Entry:
    """One act.

    Args:
        act: the row.
        held: its committed fields, by name.
        position: its leaf in the log, from 0; None while it is not sealed.
        sealed_size, sealed_at: of the first checkpoint that covers it; None before one is signed.
    """

    act: Act
    held: list[Held]
    position: int | None
    sealed_size: int | None
    sealed_at: datetime | None


@dataclass(frozen=True)
class CaseAudit:
    """What the audit page says of a case as a whole.

    Args:
        case: the row; what it is about is shown only to those who read cases.
        reads_cases: whether this reader does.
        total, sealed: acts, and how many of them a signed checkpoint covers.
        clocks: all of its clocks, with their traces.
        checkpoint: the newest signed note of the log; empty before the first.
        checkpoint_size: how many acts of the log it covers.
        started_by: act → its type, of those that started or stopped a clock.
    """

    case: Case
    reads_cases: bool
    total: int
    sealed: int
    clocks: list[ClockView]
    checkpoint: str
    checkpoint_size: int
    started_by: dict[uuid.UUID, str]


def audit(actor: Actor, case_id: uuid.UUID) -> CaseAudit:
    """The audit of one case.

    Raises:
        NotAllowed: the actor looks after neither the log nor the organisation; a sealed case that was not opened.
        NotFound: the organisation has no such case, or it is not for this actor.
    """
    case = _audited(actor, case_id)
    acts = Act.objects.visible_to(actor).filter(subject_id=case.id)
    newest = latest_checkpoint(case.organisation_id)
    size = newest.size if newest else 0
    clocks = clocks_of(case)
    behind = {ref for view in clocks for ref in (view.clock.started_by, view.clock.stopped_by) if ref}
    return CaseAudit(
        case=case,
        reads_cases=actor.can(policy.VIEW),
        total=acts.count(),
        sealed=acts.filter(ledger_leaf__position__lt=size).count(),
        clocks=clocks,
        checkpoint=newest.note if newest else "",
        checkpoint_size=size,
        started_by=dict(acts.filter(id__in=behind).values_list("id", "type")),
    )


def audited_acts(actor: Actor, case_id: uuid.UUID) -> QuerySet[Act]:
    """Every act of the case's history, its appeals' among them, in their order.

    Raises:
        NotAllowed, NotFound: as for `audit`.
    """
    case = _audited(actor, case_id)
    first = Checkpoint.objects.filter(log_id=case.organisation_id, size__gt=OuterRef("ledger_leaf__position"))
    first = first.order_by("size")
    return (
        Act.objects.visible_to(actor)
        .filter(subject_id=case.id)
        .select_related("ledger_leaf")
        .annotate(sealed_size=Subquery(first.values("size")[:1]), sealed_at=Subquery(first.values("issued_at")[:1]))
        .order_by("seq")
    )


def audit_entries(actor: Actor, case_id: uuid.UUID, acts: Iterable[Act] | None = None) -> list[Entry]:
    """Acts of the case with what stands behind their digests, as far as the actor may read it.

    Args:
        actor: who reads.
        case_id: the case.
        acts: some of `audited_acts`; the first five hundred when left out.

    Raises:
        NotAllowed, NotFound: as for `audit`.
    """
    case = _audited(actor, case_id)
    rows = list(audited_acts(actor, case_id)[:_AT_A_TIME] if acts is None else acts)
    values = _by_act(readable_values(actor, case, rows))
    erased = set(
        CommittedValue.objects.filter(act__in=[act.id for act in rows], erased_at__isnull=False).values_list(
            "act_id", "field"
        )
    )
    return [_entry(act, values.get(act.id, {}), {name for id_, name in erased if id_ == act.id}) for act in rows]


def audit_proofs(actor: Actor, case_id: uuid.UUID, act_id: uuid.UUID | None = None) -> tuple[str, Iterator[Sealed]]:
    """The newest checkpoint's note, and acts of the case with their ways to it and the values that the actor may read.

    Args:
        actor: who reads.
        case_id: the case.
        act_id: only this one.

    Raises:
        NotAllowed, NotFound: as for `audit`; no such act in the case's history.
    """
    case = _audited(actor, case_id)
    acts = Act.objects.visible_to(actor).filter(subject_id=case.id).order_by("seq")
    if act_id is not None:
        acts = acts.filter(id=act_id)
        if not acts.exists():
            raise NotFound(_("There is no such act."))
    checkpoint = latest_checkpoint(case.organisation_id)
    return checkpoint.note if checkpoint else "", _proven(actor, case, acts, checkpoint)


def _proven(actor: Actor, case: Case, acts: QuerySet[Act], checkpoint: Checkpoint | None) -> Iterator[Sealed]:
    """The acts in bundles, so that a history of very many reports need not be held at once."""
    after = 0
    while rows := list(acts.filter(seq__gt=after)[:_AT_A_TIME]):
        after = rows[-1].seq
        places = places_of(case.organisation_id, rows, checkpoint)[0] if checkpoint else {}
        values = _by_act(readable_values(actor, case, rows))
        for act in rows:
            position, path = places.get(act.id, (None, []))
            revealed = {name: (bytes(row.salt), row.value) for name, row in values.get(act.id, {}).items()}
            yield Sealed(act.leaf, position, path, revealed)


def _audited(actor: Actor, case_id: uuid.UUID) -> Case:
    actor.require(*policy.AUDIT)
    cases = within(actor, Case.objects.visible_to(actor)).select_related("page__holder", "organisation")
    return cases.filter(id=case_id).first() or opened_case(actor, case_id)


def _by_act(rows: Iterable[CommittedValue]) -> dict[uuid.UUID, dict[str, CommittedValue]]:
    values: dict[uuid.UUID, dict[str, CommittedValue]] = {}
    for row in rows:
        values.setdefault(row.act_id, {})[row.field] = row
    return values


def _entry(act: Act, values: dict[str, CommittedValue], erased: set[str]) -> Entry:
    leaf: Leaf | None = getattr(act, "ledger_leaf", None)
    committed: dict[str, str] = act.body["committed"]
    held = [_held(name, digest, values.get(name), erased) for name, digest in sorted(committed.items())]
    return Entry(act, held, leaf.position if leaf else None, act.sealed_size, act.sealed_at)


def _held(name: str, digest: str, row: CommittedValue | None, erased: Sequence[str] | set[str]) -> Held:
    if row is None:
        return Held(name, digest, "erased" if name in erased else "hidden")
    same = commitment(bytes(row.salt), row.value) == digest
    return Held(name, digest, "shown" if same else "different", row.value)
