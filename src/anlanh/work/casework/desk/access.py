"""Who sees the cases of which queue, and who takes them; asked wherever cases are read or held."""

import uuid
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotFound
from anlanh.base.identity import queries as identity
from anlanh.base.one_reading import read_once
from anlanh.work.casework import policy
from anlanh.work.casework.desk import rota
from anlanh.work.casework.desk.models import Queue

Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet)
_NARROWED = {ActorKind.MEMBER, ActorKind.MACHINE}


def within(actor: Actor, rows: Rows, queue: str = "queue") -> Rows:
    """The rows that lie in queues whose cases the actor may see, or in none.

    Args:
        actor: who reads. The public comes through doors of its own, and the system sees all.
        rows: cases, or rows that belong to cases.
        queue: the path from a row to the queue of its case.
    """
    closed = closed_to(actor)
    return rows.exclude(**{f"{queue}__in": closed}) if closed else rows


def of_a_case(actor: Actor, rows: QuerySet[Row], row_id: uuid.UUID, missing: str) -> Row:
    """One row that belongs to a case which the actor may see.

    Args:
        actor: who reads.
        rows: those of the actor's organisation, each with a `case`.
        row_id: which one.
        missing: what is said when there is none.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: there is none, or its case lies in a queue that is closed to the actor.
    """
    actor.require(policy.VIEW)
    found = within(actor, rows, "case__queue").filter(id=row_id).first()
    if found is None:
        raise NotFound(missing)
    return found


def closed_to(actor: Actor) -> list[uuid.UUID]:
    """The queues whose cases the actor may not see. A key holds no role, so it sees no queue that asks for one."""
    return _not_for(actor, "seen_by")


def not_taken_by(actor: Actor) -> list[uuid.UUID]:
    """The queues from which the actor may not take cases: those above, and those that only others work on."""
    return [*closed_to(actor), *_not_for(actor, "taken_by")]


@read_once
def works_for(actor: Actor) -> list[uuid.UUID]:
    """The actor, and those whose work goes to them now."""
    if actor.kind is not ActorKind.MEMBER:
        return [actor.ref] if actor.ref else []
    return [actor.ref, *rota.stood_in_for(actor.organisation_id, actor.ref, clock.now())]


@read_once
def _not_for(actor: Actor, field: str) -> list[uuid.UUID]:
    if actor.kind not in _NARROWED:
        return []
    asked = dict(Queue.objects.visible_to(actor).filter(~Q(**{field: []})).values_list("id", field))
    if not asked:
        return []
    held = identity.member(actor, actor.ref).roles if actor.kind is ActorKind.MEMBER else []
    return [queue_id for queue_id, roles in asked.items() if not set(roles) & set(held)]
