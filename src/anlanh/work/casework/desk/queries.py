"""The readers of the desk: queues, the plan in force, the rota."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.one_reading import read_once
from anlanh.work.casework import policy
from anlanh.work.casework.desk import access
from anlanh.work.casework.desk.models import Absence, Delegation, PlanVersion, Queue, Shift
from anlanh.work.casework.desk.rota import Rows, on_call
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.models import Holder

NOTES_FOR = timedelta(days=3)
MOST_NOTES = 10
MOST_SHOWN = 100


@read_once
def queues(actor: Actor) -> QuerySet[Queue]:
    """The queues in use whose cases the actor may see, in their order.

    Raises:
        NotAllowed: without `cases.view` or `organisation.manage`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    rows = Queue.objects.visible_to(actor).filter(retired_at__isnull=True)
    if not actor.can(policy.ARRANGE):
        rows = access.within(actor, rows, "id")
    return rows.order_by("position", "name")


def queues_to_send_to(actor: Actor) -> QuerySet[Queue]:
    """Every queue in use, by name alone: a case may have to go where only others see it.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    return Queue.objects.visible_to(actor).filter(retired_at__isnull=True).order_by("position", "name")


def account_at(actor: Actor, holder_address: str) -> Holder:
    """The account of an address, in any spelling, for a rule that names it.

    Raises:
        NotAllowed: without `organisation.manage`.
        NotFound: the registry knows none.
        BadInput: this is no address.
    """
    return _account(actor, address_hash=address_hash(canonical_address(holder_address)))


def account(actor: Actor, holder_id: uuid.UUID) -> Holder:
    """The account that a rule names.

    Raises:
        NotAllowed: without `organisation.manage`.
        NotFound: the registry knows none.
    """
    return _account(actor, id=holder_id)


def _account(actor: Actor, **which: object) -> Holder:
    actor.require(policy.ARRANGE)
    found = Holder.objects.visible_to(actor).filter(**which).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def queue(actor: Actor, queue_id: uuid.UUID) -> Queue:
    """One queue in use that the actor may see.

    Raises:
        NotAllowed: as for `queues`.
        NotFound: there is no such queue for the actor.
    """
    found = queues(actor).filter(id=queue_id).first()
    if found is None:
        raise NotFound(_("There is no such queue."))
    return found


def plan(actor: Actor) -> PlanVersion | None:
    """The version of the plan in force; None while the organisation keeps to the program's own.

    Raises:
        NotAllowed: as for `queues`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    return PlanVersion.objects.visible_to(actor).filter(ended_at__isnull=True).first()


@dataclass(frozen=True)
class Rota:
    """What stands on the rota from now on.

    Args:
        shifts, absences, delegations: those not yet over, the next one first.
    """

    shifts: list[Shift]
    absences: list[Absence]
    delegations: list[Delegation]


def rota(actor: Actor) -> Rota:
    """The rota from now on.

    Raises:
        NotAllowed: as for `queues`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    shifts = _ahead(actor, Shift).select_related("queue")
    return Rota(list(shifts), list(_ahead(actor, Absence)), list(_ahead(actor, Delegation)))


def notes(actor: Actor) -> list[Shift]:
    """The newest notes that shifts left, of the last days.

    Raises:
        NotAllowed: as for `queues`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    since = clock.now() - NOTES_FOR
    written = Shift.objects.visible_to(actor).filter(handed_over_at__gte=since, withdrawn_at__isnull=True)
    return list(written.select_related("queue").order_by("-handed_over_at")[:MOST_NOTES])


def on_call_now(actor: Actor) -> uuid.UUID | None:
    """Who is told now of what nobody has taken, outside named queues.

    Raises:
        NotAllowed: as for `queues`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    return on_call(actor.organisation_id, None, clock.now())


def own_shift(actor: Actor) -> Shift | None:
    """The shift that the actor has now, or had last within a day, for its note.

    Raises:
        NotAllowed: as for `queues`.
    """
    actor.require(policy.VIEW, policy.ARRANGE)
    recent = Shift.objects.visible_to(actor).filter(
        ref=actor.ref,
        withdrawn_at__isnull=True,
        starts_at__lte=clock.now(),
        ends_at__gt=clock.now() - timedelta(days=1),
    )
    return recent.order_by("-starts_at").first()


def _ahead(actor: Actor, model: type[Rows]) -> QuerySet[Rows]:
    rows = model.objects.visible_to(actor).filter(ends_at__gt=clock.now(), withdrawn_at__isnull=True)
    return rows.order_by("starts_at", "id")[:MOST_SHOWN]
