"""Who may do what in casework, beyond the capabilities that the procedure's table asks for."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity import queries as identity
from anlanh.work.casework.models import SEALED, Appeal, Case, Decision
from anlanh.work.casework.quality.models import SecondLook

CLAIM = timedelta(minutes=15)


class Weighed(Protocol):
    """A ground of either kind; see `grounds`."""

    @property
    def national_security(self) -> bool:
        """A person weighs it, no machine."""
        ...


VIEW = "cases.view"
PRESETS = ("cases.decide", "organisation.manage")  # of which one is needed to write presets
IMPORT = "imports.run"
AUDIT = ("ledger.view", "organisation.manage")  # of which one is needed to read the audit of a case
ARRANGE = "organisation.manage"
MATERIAL = "child_material.view"
SEE_REPORTERS = "reporters.view"
_HANDLING = (
    "case.claimed", "violation.confirmed", "decision.proposed", "decision.refused", "decision.made",
    "decision.withdrawn", "order.received", "order.verified", "order.queried", "appeal.decided", "message.sent",
    "misuse.warned", "misuse.limited", "counter_notice.settled", "evidence.added",
    "withholding.asked", "withholding.approved", "withholding.refused", "withholding.ended",
)  # fmt: skip
WORKING = ("cases.review", "cases.decide", "appeals.hear", "orders.verify")


def claimed_by_another(actor: Actor, case: Case) -> bool:
    """Whether somebody else holds the case at this moment."""
    return bool(
        case.claimed_by and case.claimed_by != actor.ref and case.claimed_until and case.claimed_until > clock.now()
    )


def require_unclaimed(actor: Actor, case: Case) -> None:
    """Refuses while somebody else holds the case.

    Raises:
        NotAllowed: with the time at which the claim runs out.
    """
    if claimed_by_another(actor, case):
        until = timezone.localtime(case.claimed_until).strftime("%H:%M")
        raise NotAllowed(_("Someone else is working on this case until %(time)s.") % {"time": until})


def require_claim(actor: Actor, case: Case) -> None:
    """Refuses who does not hold the case. A claim that ran out still counts while nobody else took the case.

    Raises:
        NotAllowed: somebody else holds it, or nobody does.
    """
    require_unclaimed(actor, case)
    if case.claimed_by != actor.ref:
        raise NotAllowed(_("Take the case first; then you can decide it."))


def require_person(actor: Actor) -> None:
    """Refuses the system: a decision is a person's, whoever carries it to us.

    Raises:
        NotAllowed: the actor is the system or an unknown member of the public.
    """
    if actor.kind not in {ActorKind.MEMBER, ActorKind.MACHINE} or actor.ref is None:
        raise NotAllowed(_("Only a person can decide this."))


def is_member(actor: Actor) -> bool:
    """Whether somebody of the staff acts here in person."""
    return actor.kind is ActorKind.MEMBER and actor.ref is not None


def require_member(actor: Actor) -> None:
    """Refuses machines, the public and the system.

    Raises:
        NotAllowed: saying so.
    """
    if not is_member(actor):
        raise NotAllowed(_("Only a person on the staff can do this."))


def require_weighed(actor: Actor, ground: Weighed | None) -> None:
    """Refuses a machine that brings a ground of national security, of law or of own rules: a person weighs each, here.

    Raises:
        NotAllowed: saying so.
    """
    if ground is not None and ground.national_security and actor.kind is not ActorKind.MEMBER:
        raise NotAllowed(
            _("A ground of national security is for a person to weigh, at the console; no machine brings it.")
        )


def require_second_person(actor: Actor, first: Collection[uuid.UUID | None]) -> None:
    """Refuses a person who did the first step, or who works under somebody who did.

    Args:
        actor: who wants to do the second step.
        first: who decided or handled.

    Raises:
        NotAllowed: saying who is needed instead.
    """
    require_member(actor)
    first = {*first, *identity.people_behind(first)}
    if actor.ref in first:
        raise NotAllowed(_("You took part in this case. Somebody else has to do this step."))
    if not is_independent(actor.ref, first):
        raise NotAllowed(_("You work under somebody who took part in this case. Somebody else has to do this step."))


def is_independent(ref: uuid.UUID | None, first: Collection[uuid.UUID | None]) -> bool:
    """Whether a person neither took part in the first step nor works under somebody who did.

    What a machine did counts as done by those who answer for its key.
    """
    first = {*first, *identity.people_behind(first)}
    return ref not in first and not any(identity.is_subordinate(ref, other) for other in first if other)


def require_not_proposer(actor: Actor, proposer: uuid.UUID) -> None:
    """Refuses who proposed a decision: another person approves or refuses it.

    Raises:
        NotAllowed: saying so; also to machines.
    """
    require_member(actor)
    if actor.ref in {proposer, *identity.people_behind([proposer])}:
        raise NotAllowed(_("You proposed this decision. Somebody else has to approve it."))


def is_for(role: str, measure: str) -> bool:
    """Whose appeal a decision is open to: a removal to the person affected, "no action" to those who reported.

    A reporter can't appeal against a removal: hearing that would use up the one appeal of the person affected.
    """
    return role == ("reporter" if measure == "no_action" else "affected")


def handlers_before(appeal: Appeal) -> set[uuid.UUID]:
    """Who may not hear an appeal, nor those that are heard together with it: who decided, or worked on the case until
    the last of them was filed, be it that they reviewed, verified, held it, added evidence or kept a notice back; and
    who judged it a second time, whenever that was.

    Who took the case up to hear another's appeal against the same decision did not decide it, and may hear this one,
    too. Else one decision could use up every hearer of the house, and how many reported would decide who is heard.
    """
    handlers = {appeal.decision.decided_by, *_deciders_counted(appeal.case_id), *_second_lookers(appeal.case_id)}
    others = appeal.decision.appeals.exclude(id=appeal.id)
    hearers = set(others.filter(decided_at__isnull=False).values_list("heard_by", flat=True))
    awaited = {str(appeal.id), *map(str, others.filter(decided_at__isnull=True).values_list("id", flat=True))}
    appealed = False
    for act in Act.objects.filter(subject_id=appeal.case_id, type__in=[*_HANDLING, "appeal.filed"]).order_by("seq"):
        if act.type == "appeal.filed":
            appealed |= act.clear["decision"] == str(appeal.decision_id)
            awaited.discard(act.clear["appeal"])
            if not awaited:
                break
        elif act.actor_ref and not (appealed and (act.type == "case.claimed" or act.actor_ref in hearers)):
            handlers.add(act.actor_ref)
    return handlers


def handlers_of(case_id: uuid.UUID) -> set[uuid.UUID]:
    """Whoever worked on the case up to now, or judged it a second time."""
    return workers_on(case_id) | _second_lookers(case_id)


def workers_on(case_id: uuid.UUID) -> set[uuid.UUID]:
    """Whoever worked on the case up to now."""
    acts = Act.objects.filter(subject_id=case_id, type__in=_HANDLING, actor_ref__isnull=False)
    return {*acts.values_list("actor_ref", flat=True), *_deciders_counted(case_id)}


def _second_lookers(case_id: uuid.UUID) -> set[uuid.UUID]:
    """Who judged the case a second time: they have said what they think of it."""
    judged = SecondLook.objects.filter(case_id=case_id, answered_by__isnull=False)
    return set(judged.values_list("answered_by", flat=True))


def _deciders_counted(case_id: uuid.UUID) -> set[uuid.UUID]:
    """Who decided what a case on repeated violations rests on: against the account, before the case was opened."""
    case = Case.objects.filter(id=case_id, kind=Case.Kind.REPEAT).select_related("page").first()
    if case is None:
        return set()
    before = Decision.objects.filter(case__page__holder_id=case.page.holder_id, decided_at__lte=case.opened_at)
    return set(before.exclude(measure="no_action").values_list("decided_by", flat=True))


def may_hear(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor could hear the appeal; the same rule as `require_second_person`, for buttons and lists."""
    if not actor.can("appeals.hear"):
        return False
    try:
        require_second_person(actor, handlers_before(appeal))
    except NotAllowed:
        return False
    return True


def sees_words_of(actor: Actor, case: Case) -> bool:
    """Whether reports and evidence are shown: where a child is concerned only to those who work on cases, of a sealed
    case only to those who handle such.
    """
    if case.sealed:
        return actor.can(SEALED)
    return not case.concerns_child or any(actor.can(capability) for capability in WORKING)


def sees_material(actor: Actor) -> bool:
    """Whether files that may show the abuse of a child are shown; to all others only their digest is."""
    return actor.can(MATERIAL)


def has_looked(actor: Actor, case_id: uuid.UUID, act: str) -> bool:
    """Whether this hour already holds a look of this person, recorded as that act."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    looks = Act.objects.visible_to(actor).filter(subject_id=case_id, type=act, recorded_at__gte=hour)
    return looks.filter(actor_ref=actor.ref).exists()


def require_open(actor: Actor, act: Act) -> None:
    """Refuses an act of a sealed case to those who neither handle such nor read the whole log.

    Raises:
        NotFound: as for an act that is not there.
    """
    if act.subject_kind != "case" or actor.can(SEALED) or actor.can("ledger.view"):
        return
    if Case.objects.filter(id=act.subject_id, sealed=True).exists():
        raise NotFound("there is no such act")


def may_audit(actor: Actor) -> bool:
    """Whether audit pages of cases are for this actor at all."""
    return any(map(actor.can, AUDIT))


def sees_reporters(actor: Actor) -> bool:
    """Whether names and addresses of reporters are shown."""
    return actor.can(SEE_REPORTERS)
