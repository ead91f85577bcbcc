"""The writers of the desk: queues and the plan that sorts cases into them; an act each."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.clocks.running import SOON_FRACTION
from anlanh.base.identity.policy import ROLES
from anlanh.base.identity.queries import members
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import measures, policy
from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.desk import acts, sorting
from anlanh.work.casework.desk.models import PlanVersion, Queue
from anlanh.work.casework.desk.plans import DEFAULT, TIERS, Plan, Rule
from anlanh.work.casework.models import Case
from anlanh.work.registry.models import Holder, Page

LONGEST_NAME = 60
MOST_QUEUES = 40
MOST_RULES = 100
_CHOICES = {"kind": Case.Kind.values, "category": CATEGORIES, "language": ("vi", "en"), "page_kind": Page.Kind.values}


@dataclass(frozen=True)
class QueueInput:
    """A queue as somebody wants it.

    Args:
        name: what people call it.
        seen_by, taken_by: roles of which one is needed to see its cases, and to take them; empty for all.
        hidden: measures that the decision panel leaves out.
        fallback: who gets a case that everybody else passed over.
        position: where it stands among the queues.
    """

    name: str
    seen_by: Sequence[str] = ()
    taken_by: Sequence[str] = ()
    hidden: Sequence[str] = ()
    fallback: uuid.UUID | None = None
    position: int = 0


@transaction.atomic
def write_queue(actor: Actor, given: QueueInput, queue_id: uuid.UUID | None = None) -> Queue:
    """Sets up a queue, or changes one.

    Raises:
        NotAllowed: without `organisation.manage`.
        NotFound: no such queue.
        BadInput: naming the field.
    """
    actor.require(policy.ARRANGE)
    queue = _hold(actor, queue_id) if queue_id else Queue(id=new_id(), organisation_id=actor.organisation_id)
    queue.name = _name(actor, given.name, queue)
    queue.seen_by, queue.taken_by = _roles(given.seen_by, "seen_by"), _roles(given.taken_by, "taken_by")
    queue.hidden = _among(given.hidden, measures.KINDS, "hidden")
    queue.fallback = _person(actor, given.fallback, "fallback")
    queue.position, queue.written_at = given.position, clock.now()
    new = queue._state.adding
    queue.save()
    clear = {name: getattr(queue, name) for name in ("seen_by", "taken_by", "hidden", "fallback")}
    record(actor, Draft("queue.written", Subject(acts.QUEUE, queue.id, new=new), clear, {"name": queue.name}))
    return queue


@transaction.atomic
def retire_queue(actor: Actor, queue_id: uuid.UUID) -> Queue:
    """Takes a queue away; its cases lie in none until they are sorted anew.

    Raises:
        NotAllowed, NotFound: as for `write_queue`.
        BadInput: a rule of the plan still sends cases there.
    """
    actor.require(policy.ARRANGE)
    queue = _hold(actor, queue_id)
    current = PlanVersion.objects.visible_to(actor).filter(ended_at__isnull=True).first()
    if current and any(rule.get("queue") == str(queue.id) for rule in current.rules):
        raise BadInput(_("a rule still sends cases to this queue"), where="rules", mend=_("change the rule first"))
    queue.retired_at = clock.now()
    queue.save(update_fields=["retired_at"])
    Case.objects.filter(organisation_id=queue.organisation_id, queue=queue).update(queue=None)
    record(actor, Draft("queue.retired", Subject(acts.QUEUE, queue.id)))
    return queue


@transaction.atomic
def write_plan(actor: Actor, plan: Plan) -> PlanVersion:
    """Follows the plan in force with another version. Cases that wait are sorted anew by a job after this.

    Raises:
        NotAllowed: without `organisation.manage`.
        BadInput: naming the field; of a rule with its number.
    """
    actor.require(policy.ARRANGE)
    _check_fractions(plan)
    for number, rule in enumerate(plan.rules, 1):
        _check_rule(actor, rule, f"rules.{number}")
    if len(plan.rules) > MOST_RULES:
        raise BadInput(_("more than %(most)s rules") % {"most": MOST_RULES}, where="rules", mend=_("join some"))
    last = PlanVersion.objects.visible_to(actor).select_for_update().order_by("-version").first()
    if last is not None:
        last.ended_at = clock.now()
        last.save(update_fields=["ended_at"])
    version = PlanVersion(
        id=new_id(),
        organisation_id=actor.organisation_id,
        plan=last.plan if last else new_id(),
        version=last.version + 1 if last else 1,
        rules=[rule.kept() for rule in plan.rules],
        shares=list(plan.shares),
        marks=list(plan.marks),
        patience_hours=plan.patience_hours,
        on_call=_person(actor, plan.on_call, "on_call"),
        written_by=actor.ref,
        written_at=clock.now(),
    )
    version.save(force_insert=True)
    _record_plan(actor, version)
    sorting.begin(actor.organisation_id, version.id)
    return version


def _record_plan(actor: Actor, version: PlanVersion) -> None:
    """Rules may name an account, so what the plan says is committed; its digest tells versions apart."""
    said = {name: getattr(version, name) for name in ("rules", "shares", "marks", "patience_hours")}
    clear = {
        "plan": version.id,
        "version": version.version,
        "rules": len(version.rules),
        "digest": hashlib.sha256(canonical_bytes(said)).hexdigest(),
        "on_call": version.on_call,
    }
    record(
        actor, Draft("plan.written", Subject(acts.PLAN, version.plan, new=version.version == 1), clear, {"said": said})
    )


def _check_fractions(plan: Plan) -> None:
    for name, shares in (("shares", plan.shares), ("marks", plan.marks)):
        if any(not 0 <= share <= 100 for share in shares) or list(shares) != sorted(shares):
            raise BadInput(_("these are no rising percentages"), where=name, mend=_("give numbers from 0 to 100"))
    if len(plan.shares) != len(TIERS) - 1 or plan.shares[-1] == 0:
        raise BadInput(
            _("each gravity needs a share, the last one above 0"), where="shares", mend=_("0, 50 and 80, say")
        )
    if plan.shares[-1] > 100 - 100 // SOON_FRACTION:
        raise BadInput(_("work would begin only when it is called due soon"), where="shares", mend=_("give at most 80"))
    if len(plan.marks) > len(DEFAULT.marks):
        raise BadInput(_("more than two marks"), where="marks", mend=_("give one or two"))
    if not 1 <= plan.patience_hours <= 24 * 365:
        raise BadInput(_("no such time"), where="patience_hours", mend=_("give a number of hours"))


def _check_rule(actor: Actor, rule: Rule, where: str) -> None:
    if rule.tier not in TIERS:
        raise BadInput(_("no such gravity"), where=f"{where}.tier", mend="0, 1, 2, 3")
    for name, choices in _CHOICES.items():
        value = getattr(rule, name)
        if value is not None and value not in choices:
            raise BadInput(_("no such choice"), where=f"{where}.{name}", mend=_("choose one from the list"))
    if rule.queue is not None:
        live = Queue.objects.visible_to(actor).filter(id=rule.queue, retired_at__isnull=True)
        if not live.exists():
            raise BadInput(_("no such queue"), where=f"{where}.queue", mend=_("choose one from the list"))
    if rule.holder is not None and not Holder.objects.visible_to(actor).filter(id=rule.holder).exists():
        raise BadInput(_("no such account"), where=f"{where}.holder", mend=_("look it up in the register"))


def _hold(actor: Actor, queue_id: uuid.UUID) -> Queue:
    rows = Queue.objects.visible_to(actor).select_for_update()
    queue = rows.filter(id=queue_id, retired_at__isnull=True).first()
    if queue is None:
        raise NotFound(_("There is no such queue."))
    return queue


def _name(actor: Actor, given: str, queue: Queue) -> str:
    name = " ".join(given.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(
            _("a name has from 1 to %(most)s characters") % {"most": LONGEST_NAME}, where="name", mend=_("change it")
        )
    others = Queue.objects.visible_to(actor).filter(retired_at__isnull=True).exclude(id=queue.id)
    if others.filter(name=name).exists():
        raise BadInput(_("another queue has this name"), where="name", mend=_("choose another one"))
    if others.count() >= MOST_QUEUES:
        raise BadInput(_("more than %(most)s queues") % {"most": MOST_QUEUES}, where="name", mend=_("join some"))
    return name


def _roles(given: Sequence[str], where: str) -> list[str]:
    return _among(given, ROLES, where)


def _among(given: Sequence[str], known: Collection[str], where: str) -> list[str]:
    if any(one not in known for one in given):
        raise BadInput(_("no such choice"), where=where, mend=_("choose one from the list"))
    return sorted(set(given))


def _person(actor: Actor, ref: uuid.UUID | None, where: str) -> uuid.UUID | None:
    """A colleague who is there now."""
    if ref is not None and not members(actor).filter(ref=ref).exists():
        raise BadInput(_("there is no such colleague"), where=where, mend=_("choose one from the list"))
    return ref
