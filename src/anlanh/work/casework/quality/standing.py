"""Who may judge which case again, and how the two judgements stand to each other."""

import uuid
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed
from anlanh.work.casework import policy, steps
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.grounds import Cited, LawGround, TermsGround, own_clause
from anlanh.work.casework.models import Decision
from anlanh.work.casework.quality.models import SecondLook

LOOKS = "quality.look"
MOST_TRIED = 60


def seen(actor: Actor) -> QuerySet[SecondLook]:
    """The second looks whose case the actor may see; none on their own decisions."""
    rows = within(actor, SecondLook.objects.visible_to(actor), "case__queue")
    if not any(actor.can(capability) for capability in policy.WORKING):
        rows = rows.filter(case__concerns_child=False)
    return rows.exclude(decision__decided_by=actor.ref)


def waiting(actor: Actor) -> QuerySet[SecondLook]:
    """Those of them that are not done, the one drawn first first."""
    mine_to_compare = Q(answered_at__isnull=True) | Q(answered_by=actor.ref)
    return seen(actor).filter(mine_to_compare, compared_at__isnull=True).order_by("drawn_at", "id")


def free(actor: Actor) -> Iterator[SecondLook]:
    """Those that nobody else holds and the actor may judge: what they hold themselves, or have to compare, first."""
    open_now = Q(held_by__isnull=True) | Q(held_by=actor.ref) | Q(held_until__lte=clock.now())
    rows = waiting(actor).filter(open_now).select_related("decision", "case")[:MOST_TRIED]
    for look in sorted(rows, key=lambda look: (look.held_by != actor.ref, look.answered_by != actor.ref)):
        if is_independent(actor, look):
            yield look


def is_independent(actor: Actor, look: SecondLook) -> bool:
    """Whether the actor neither worked on the case nor works under somebody who did."""
    return policy.is_independent(actor.ref, policy.workers_on(look.case_id) | {look.decision.decided_by})


def require_independent(actor: Actor, look: SecondLook) -> None:
    """Refuses who is not.

    Raises:
        NotAllowed: saying who is needed instead; also to machines.
    """
    actor.require(LOOKS)
    policy.require_second_person(actor, policy.workers_on(look.case_id) | {look.decision.decided_by})
    if not policy.sees_words_of(actor, look.case):
        raise NotAllowed(_("This case concerns a child. Only those who work on it see its evidence."))


def differences(look: SecondLook) -> set[str]:
    """Where the two judgements differ: `ground`, `measure`, both or neither."""
    first = look.decision
    own, theirs = (look.own_ground, look.own_terms_clause), (first.ground, first.terms_clause)
    pairs = {"ground": (own, theirs), "measure": (look.own_measure, first.measure)}
    return {name for name, (own, theirs) in pairs.items() if own != theirs}


def task_key(look: SecondLook) -> str:
    """By which the task of a decision that was found wrong is known."""
    return f"second_look:{look.id}"


def unanswered(actor: Actor, case_id: uuid.UUID) -> uuid.UUID | None:
    """The second look that the actor holds on a case and has not judged yet: until then the case's page stays shut."""
    return blind(actor).filter(case_id=case_id).values_list("id", flat=True).first()


def blind(actor: Actor) -> QuerySet[SecondLook]:
    """The second looks that the actor holds and has not judged yet: nothing may tell them what was decided there."""
    held = SecondLook.objects.visible_to(actor).filter(held_by=actor.ref, answered_at__isnull=True)
    return held.filter(held_until__gt=clock.now())


def ground_of(decision: Decision) -> Cited:
    """What a decision rests on, as acts say it."""
    if decision.terms_clause is not None:
        return TermsGround(own_clause(decision.organisation_id, decision.terms_clause))
    return LawGround(steps.pack().grounds[decision.ground])
