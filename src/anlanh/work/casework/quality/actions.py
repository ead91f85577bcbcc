"""Second looks: set how many, drawn, judged without the outcome, compared."""

import secrets
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound, system
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity.models import Organisation
from anlanh.base.outbox.queue import open_task
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import measures as kinds
from anlanh.work.casework import policy, steps, words
from anlanh.work.casework.grounds import cited, own_clause, parsed
from anlanh.work.casework.models import Decision
from anlanh.work.casework.naming import as_word
from anlanh.work.casework.quality import proving, standing
from anlanh.work.casework.quality.acts import LOOK, PLAN
from anlanh.work.casework.quality.drawing import SECRET_BYTES, SamplingRule, digest_of, is_drawn, rule_for
from anlanh.work.casework.quality.models import SamplingPlan, SecondLook

MAY_SET = "organisation.manage"
MOST_RULES = 40
LONGEST_REASONS = 4000
FOUND_WRONG = "second_look_wrong"


@transaction.atomic
def set_plan(actor: Actor, rules: list[SamplingRule]) -> SamplingPlan:
    """Sets how many decisions of which kind are looked at again, from now on. The secret of the plan before is opened.

    Args:
        actor: who manages the organisation.
        rules: of several that fit a decision the one that takes most counts; none for no second looks.

    Raises:
        NotAllowed: without the capability.
        BadInput: too many rules, two for the same kind, or a value that does not exist.
    """
    actor.require(MAY_SET)
    _check(actor, rules)
    Organisation.objects.select_for_update(no_key=True).get(id=actor.organisation_id)
    before = SamplingPlan.objects.visible_to(actor).filter(ended_at__isnull=True).first()
    secret = secrets.token_bytes(SECRET_BYTES)
    plan = SamplingPlan(
        id=new_id(),
        organisation_id=actor.organisation_id,
        version=before.version + 1 if before else 1,
        rules=[rule.word for rule in rules],
        secret=secret,
        digest=digest_of(secret),
        set_by=actor.ref,
    )
    clear = {"version": plan.version, "rules": plan.rules, "digest": plan.digest}
    if before:
        clear |= {"opened_version": before.version, "opened_secret": bytes(before.secret).hex()}
    act = record(actor, Draft("sampling.set", Subject(PLAN, plan.id, new=True), clear))
    plan.set_at = act.recorded_at
    if before:
        before.ended_at = act.recorded_at
        before.save(update_fields=["ended_at"])
    plan.save(force_insert=True)
    return plan


def draw(act: Act, decision: Decision) -> SecondLook | None:
    """Draws a decision for a second look, or passes it over; done twice it is drawn once. For the reaction.

    Args:
        act: the `decision.made`.
        decision: its row, which can't be taken back any more.
    """
    plans = SamplingPlan.objects.filter(organisation_id=act.organisation_id, set_at__lte=act.recorded_at)
    plan = plans.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=act.recorded_at)).first()
    if plan is None:
        return None
    rules = [SamplingRule.read(word) for word in plan.rules]
    rule = rule_for(rules, proving.facts_of(act.clear, _nth(act)))
    if rule is None or not is_drawn(bytes(plan.secret), act.id, rule.percent):
        return None
    look = SecondLook(
        id=new_id(),
        organisation_id=act.organisation_id,
        case_id=decision.case_id,
        decision=decision,
        plan=plan,
        rule=rule.word,
        drawn_at=clock.now(),
    )
    try:
        with transaction.atomic():
            look.save(force_insert=True)
            clear = {"decision": decision.id, "version": plan.version, "rule": rule.word}
            record(system(act.organisation_id), Draft("quality.drawn", Subject(LOOK, look.id, new=True), clear))
    except IntegrityError:
        return None
    return look


def take(actor: Actor, look_id: uuid.UUID) -> SecondLook:
    """Takes a second look for a quarter of an hour; each step on it begins the time anew.

    Raises:
        NotFound: no such one for this actor.
        NotAllowed: somebody else has it, or the actor took part in the case or works under somebody who did.
    """
    with transaction.atomic():
        look = _hold(actor, look_id)
        if look.compared_at:
            raise BadInput(_("this second look is done"), mend=_("take another one"))
        standing.require_independent(actor, look)
        if look.answered_at and look.answered_by != actor.ref:
            raise NotAllowed(_("Somebody else has judged this case again and compares now."))
        if look.held_by not in (None, actor.ref) and look.held_until > clock.now():
            raise NotAllowed(_("Somebody else looks at this now."))
        _renew(actor, look)
        look.save(update_fields=["held_by", "held_until"])
    return look


def take_next(actor: Actor) -> SecondLook | None:
    """Takes the one that was drawn first of those that the actor may judge and nobody holds; None without one."""
    for look in standing.free(actor):
        try:
            return take(actor, look.id)
        except (NotAllowed, BadInput, NotFound):
            continue
    return None


def release(actor: Actor, look_id: uuid.UUID) -> None:
    """Leaves a second look to somebody else; what was answered stays with who answered.

    Raises:
        NotFound, NotAllowed: as for `take`; the actor does not hold it.
    """
    with transaction.atomic():
        look = _held(actor, look_id)
        look.held_by = look.held_until = None
        look.save(update_fields=["held_by", "held_until"])


def answer(actor: Actor, look_id: uuid.UUID, measure: str, ground: str, reasons: str) -> SecondLook:
    """Judges the case again, before the outcome is shown. It can't be changed afterwards.

    Args:
        actor: who holds the second look.
        look_id: which.
        measure, ground: what the actor would have decided; for no action the ground it was held against.
        reasons: why.

    Raises:
        NotFound, NotAllowed: as for `take`; the actor does not hold it.
        BadInput: it was judged before, no such measure, a ground not in force, or no reasons.
    """
    reasons = words.cleaned(reasons, "reasons", LONGEST_REASONS)
    with transaction.atomic():
        look = _held(actor, look_id)
        if look.answered_at:
            raise BadInput(_("you have judged this case already"), mend=_("compare now"))
        if measure not in kinds.KINDS:
            raise BadInput(_("no such measure"), where="measure", mend=_("choose one from the list"))
        found = cited(look.case, *parsed(ground))
        if found is None:
            raise BadInput(
                _("something is missing"), where="ground", mend=_("choose the clause that it is held against")
            )
        if not reasons:
            raise BadInput(_("something is missing"), where="reasons", mend=_("say why"))
        look.own_measure, look.own_reasons = measure, reasons
        look.own_ground, look.own_terms_clause = found.columns["ground"], found.columns["terms_clause"]
        look.answered_by, look.answered_at = actor.ref, clock.now()
        _renew(actor, look)
        look.save()
        clear = {"decision": look.decision_id, "measure": measure, **found.clear}
        record(actor, Draft("quality.answered", Subject(LOOK, look.id), clear, {"reasons": reasons}))
    return look


def compare(actor: Actor, look_id: uuid.UUID, outcome: str, reasons: str) -> SecondLook:
    """Says how the decision and the own judgement compare. What is found wrong becomes a task for a person.

    Args:
        actor: who judged it.
        look_id: which.
        outcome: one of `SecondLook.Outcome`.
        reasons: why; may be left out where both are the same. The decider reads them.

    Raises:
        NotFound, NotAllowed: as for `take`; the actor does not hold it.
        BadInput: not judged yet, done before, an outcome that contradicts the two, or no reasons.
    """
    reasons = words.cleaned(reasons, "reasons", LONGEST_REASONS)
    with transaction.atomic():
        look = _held(actor, look_id)
        if look.answered_at is None:
            raise BadInput(_("you have not judged this case yet"), mend=_("do that first, without the outcome"))
        _check_outcome(look, outcome, reasons)
        look.outcome, look.reasons, look.compared_at = outcome, reasons, clock.now()
        look.held_by = look.held_until = None
        look.save()
        first = look.decision
        clear = {"decision": first.id, "outcome": outcome, "measure": first.measure, **standing.ground_of(first).clear}
        record(actor, Draft("quality.second_look", Subject(LOOK, look.id), clear, {"reasons": reasons or None}))
        if outcome == SecondLook.Outcome.WRONG:
            detail = {"case": look.case.number, "look": str(look.id)}
            key, subject = standing.task_key(look), ("case", look.case_id)
            open_task(look.organisation_id, FOUND_WRONG, key, subject=subject, detail=detail)
    return look


@transaction.atomic
def note_read(actor: Actor) -> int:
    """Notes that the actor has read what was found about their own decisions; how many were new."""
    rows = SecondLook.objects.visible_to(actor).filter(decision__decided_by=actor.ref, compared_at__isnull=False)
    return rows.filter(read_at__isnull=True).update(read_at=clock.now())


def _check(actor: Actor, rules: list[SamplingRule]) -> None:
    if len(rules) > MOST_RULES:
        raise BadInput(_("more than %(most)s rules") % {"most": MOST_RULES}, where="rules", mend=_("take some out"))
    if len({(rule.kind, rule.value) for rule in rules}) < len(rules):
        raise BadInput(_("two rules for the same kind"), where="rules", mend=_("keep one of the two"))
    for rule in rules:
        try:
            SamplingRule.read(rule.word)
        except ValueError:
            raise BadInput(_("a rule that says nothing"), where="rules", mend=_("correct it")) from None
        if not _is_known(actor, rule):
            raise BadInput(_("a rule for something that does not exist"), where="rules", mend=_("correct it"))


def _is_known(actor: Actor, rule: SamplingRule) -> bool:
    """Whether the measure or ground that a rule names exists."""
    if rule.kind == "measure":
        return rule.value in kinds.KINDS
    if rule.kind != "ground" or rule.value in steps.pack().grounds:
        return True
    try:
        _law, own = parsed(rule.value)
        return as_word("", own) == rule.value and bool(own_clause(actor.organisation_id, own))
    except BadInput:
        return False


def _check_outcome(look: SecondLook, outcome: str, reasons: str) -> None:
    if look.compared_at:
        raise BadInput(_("this second look is done"), mend=_("take another one"))
    if outcome not in SecondLook.Outcome.values:
        raise BadInput(_("no such outcome"), where="outcome", mend=_("choose one from the list"))
    same = standing.differences(look)
    if (outcome == SecondLook.Outcome.GROUND and "ground" not in same) or (
        outcome == SecondLook.Outcome.MEASURE and "measure" not in same
    ):
        raise BadInput(_("there the two do not differ"), where="outcome", mend=_("choose another outcome"))
    if not reasons and (same or outcome != SecondLook.Outcome.AGREE):
        raise BadInput(_("something is missing"), where="reasons", mend=_("say why"))


def _nth(act: Act) -> int:
    """How many decisions the act's doer had made, this one included, in the order of the log."""
    made = Act.objects.filter(organisation_id=act.organisation_id, type=act.type, actor_ref=act.actor_ref)
    return made.filter(Q(recorded_at__lt=act.recorded_at) | Q(recorded_at=act.recorded_at, id__lte=act.id)).count()


def _hold(actor: Actor, look_id: uuid.UUID) -> SecondLook:
    actor.require(standing.LOOKS)
    if not standing.seen(actor).filter(id=look_id).exists():
        raise NotFound(_("There is no such second look."))
    rows = SecondLook.objects.select_for_update(of=("self",))
    return rows.select_related("case__page__holder", "case__organisation", "decision").get(id=look_id)


def _held(actor: Actor, look_id: uuid.UUID) -> SecondLook:
    look = _hold(actor, look_id)
    if look.held_by != actor.ref:
        raise NotAllowed(_("Take the second look first."))
    standing.require_independent(actor, look)
    return look


def _renew(actor: Actor, look: SecondLook) -> None:
    look.held_by, look.held_until = actor.ref, clock.now() + policy.CLAIM
