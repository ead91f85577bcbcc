"""Holding cases: taking one, giving it back, handing it over; confirming what was found; telling an authority."""

import uuid
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed
from anlanh.base.acts.record import Draft, record
from anlanh.base.identity import queries as identity
from anlanh.base.identity.policy import actor_for_member
from anlanh.law.procedures import NotAllowed as NotPossible
from anlanh.law.procedures import Procedure, Transition
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import ordering, policy, steps
from anlanh.work.casework.desk import calling, rota
from anlanh.work.casework.desk.access import not_taken_by, works_for
from anlanh.work.casework.desk.models import Skip
from anlanh.work.casework.exposure import sparing
from anlanh.work.casework.grounds import day_of_conduct, law_named
from anlanh.work.casework.models import Appeal, Case, Order, Proposal
from anlanh.work.casework.steps import Step

LONGEST_NOTE = 2000
_TRIES = 20  # cases looked at before giving up: those left over are ones this person may not take


def claim(actor: Actor, case_id: uuid.UUID) -> Case:
    """Takes a case for a quarter of an hour; each step on it begins the time anew.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: somebody else holds it, or the actor may not work on it in its phase.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        _claim(actor, case)
    return case


def claim_next(actor: Actor, queue_id: uuid.UUID | None = None) -> Case | None:
    """Takes the first case that nobody holds and the actor may take, of one named queue or of all; None without one.

    Of two people who ask at once each gets another case: rows that somebody is just taking are passed over where the
    database can do that, and looked at one after the other where it can't. Who has opened as much today as their
    organisation set gets what is hard to look at last, unless it is urgent.
    """
    passed: list[uuid.UUID] = []
    for _attempt in range(_TRIES):
        with transaction.atomic():
            case = _next_free(actor, queue_id, passed)
            if case is None:
                return None
            try:
                _claim(actor, case)
            except (NotAllowed, NotPossible):
                passed.append(case.id)
            else:
                return case
    return None


def release(actor: Actor, case_id: uuid.UUID) -> Case:
    """Gives a case back to the queue.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor does not hold it.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_claim(actor, case)
        row = steps.check(actor, case, "case.released")
        steps.take(actor, case, [Step(row, Draft("case.released", steps.subject(case)))])
        case.claimed_by = case.claimed_until = case.assigned_to = None
        steps.save(case)
    return case


def skip(actor: Actor, case_id: uuid.UUID) -> Case:
    """Leaves a held case to somebody else. It is not offered to this person again, and nothing is counted for it.

    A case that everybody at hand has left goes to the person named for its queue, or to who is on call.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor does not hold it.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_claim(actor, case)
        row = steps.check(actor, case, "case.released")
        steps.take(actor, case, [Step(row, Draft("case.skipped", steps.subject(case)))])
        Skip.objects.get_or_create(
            case=case, ref=actor.ref, defaults={"organisation_id": case.organisation_id, "at": clock.now()}
        )
        case.claimed_by = case.claimed_until = None
        case.assigned_to = None if _somebody_is_left(actor, case) else _last_resort(case)
        steps.save(case)
    return case


def hand_over(actor: Actor, case_id: uuid.UUID, to_ref: uuid.UUID, note: str) -> Case:
    """Gives a case to a colleague with a note.

    Raises:
        NotFound: no such case for this actor, or no such colleague.
        NotAllowed: somebody else holds it; or the colleague is not independent, for an appeal.
        BadInput: the colleague left, or too long a note.
    """
    note = note.replace("\x00", "").strip()
    if len(note) > LONGEST_NOTE:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_NOTE}, where="note", mend=_("shorten it")
        )
    successor = identity.member(actor, to_ref)
    if successor.left_at is not None:
        raise BadInput(_("this person has left"), where="to", mend=_("choose somebody else"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_unclaimed(actor, case)
        given = {"successor"} | ({"second_person"} if _is_independent(case, to_ref) else set())
        row = steps.check(actor, case, "case.handed_over", given=given)
        _hand_over(actor, case, row, to_ref, note)
    return case


def hand_over_all(actor: Actor, from_ref: uuid.UUID, to_ref: uuid.UUID) -> int:
    """Moves every open case that one person holds to another, in the caller's transaction; how many there were.

    Called when a person leaves. A case that the successor can't take (an appeal against their own decision, a step
    that their roles don't cover) goes back to the queue instead.

    Raises:
        BadInput: the successor's roles cover none of the cases.
    """
    successor = actor_for_member(identity.member(actor, to_ref))
    held = Case.objects.visible_to(actor).filter(
        Q(claimed_by=from_ref) | Q(assigned_to=from_ref), closed_at__isnull=True
    )
    cases = [steps.hold(actor, id_) for id_ in held.order_by("page_id", "id").values_list("id", flat=True)]
    _put_back_sealed(actor, from_ref)
    covered = {case.id for case in cases if _can_work_on(successor, case)}
    if cases and not covered:
        raise BadInput(
            _("this person's roles do not cover the open cases"),
            where="hand_over_to",
            mend=_("choose somebody who works on cases, or change their roles first"),
        )
    for case in cases:
        try:
            row = steps.procedure_of(case).transition(case.phase, "case.handed_over")
        except NotPossible:
            row = None
        needs_another = row is not None and "second_person" in row.needs and not _is_independent(case, to_ref)
        if row is None or case.id not in covered or needs_another:
            _put_back(actor, case)
        else:
            _hand_over(actor, case, row, to_ref, "")
    return len(cases)


def confirm_violation(actor: Actor, case_id: uuid.UUID, ground: str, facts: str = "") -> Case:
    """Confirms that there is a violation. The clocks of detection start now: finding it is a person's act.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability or the claim.
        BadInput: a ground or facts are missing, or it was confirmed before.
    """
    facts = facts.replace("\x00", "").strip()
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_person(actor)
        policy.require_claim(actor, case)
        found = law_named(case, ground.strip())
        policy.require_weighed(actor, found)
        met = ({"ground"} if found else set()) | ({"facts"} if facts else set())
        row = steps.check(actor, case, "violation.confirmed", given=met)
        if case.confirmed_at:
            raise BadInput(_("the violation was confirmed before"), mend=_("decide the case"))
        case.confirmed_at = clock.now()
        clear = {"ground": found.ref, "law_as_of": day_of_conduct(case)}
        draft = Draft("violation.confirmed", steps.subject(case), clear, {"facts": facts}, clauses=[found.ref])
        steps.take(actor, case, [Step(row, draft, grounds=[found.id])])
        steps.renew(actor, case)
        steps.save(case)
    return case


def record_authority_notified(actor: Actor, case_id: uuid.UUID, how: str) -> Case:
    """Records that the competent authority was told, how and where the proof is; stops that clock.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: nothing is written, or the procedure does not know the step here.
    """
    how = how.replace("\x00", "").strip()
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        row = steps.check(actor, case, "authority.notified", given={"receipt"} if how else ())
        draft = Draft("authority.notified", steps.subject(case), {}, {"receipt": how})
        steps.take(actor, case, [Step(row, draft)])
        steps.renew(actor, case)
        steps.save(case)
    return case


def look_at_evidence(actor: Actor, case_id: uuid.UUID) -> None:
    """Records that a person looked at the evidence of a case; once a person, case and hour.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor may not see it.
    """
    actor.require(policy.VIEW)
    if policy.has_looked(actor, case_id, "evidence.viewed"):
        return
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        if not policy.sees_words_of(actor, case):
            raise NotAllowed(_("This case concerns a child. Only those who work on it see its evidence."))
        if not policy.has_looked(actor, case_id, "evidence.viewed"):
            record(actor, Draft("evidence.viewed", steps.subject(case)))


def _claim(actor: Actor, case: Case) -> None:
    policy.require_person(actor)
    policy.require_unclaimed(actor, case)
    if case.queue_id in not_taken_by(actor):
        raise NotAllowed(_("Others work on this queue. You can read the case."))
    _require_independent(actor, case)
    row = steps.check(actor, case, "case.claimed", given={"second_person"})
    already = case.claimed_by == actor.ref and case.claimed_until and case.claimed_until > clock.now()
    case.claimed_by, case.claimed_until, case.assigned_to = actor.ref, clock.now() + policy.CLAIM, None
    if not already:
        draft = Draft("case.claimed", steps.subject(case), {"until": case.claimed_until})
        steps.take(actor, case, [Step(row, draft)])
        calling.settle(case, actor.ref)
    steps.save(case)


def _next_free(actor: Actor, queue_id: uuid.UUID | None, passed: list[uuid.UUID]) -> Case | None:
    """The first case that is free, held so that nobody else is given it."""
    free = Case.objects.visible_to(actor).filter(closed_at__isnull=True).exclude(id__in=passed)
    if queue_id is not None:
        free = free.filter(queue_id=queue_id)
    if others := not_taken_by(actor):
        free = free.exclude(queue__in=others)
    free = free.filter(Q(claimed_by__isnull=True) | Q(claimed_until__lte=clock.now()))
    cases = ordering.by_urgency(_within_reach(actor, free))
    if sparing.is_spared(actor):
        gentler = _first_held(cases.exclude(sparing.can_wait()))
        if gentler is not None:
            return gentler
    return _first_held(cases)


def _first_held(cases: QuerySet[Case]) -> Case | None:
    """The first of them that nobody is just taking, held; what stands beside it is read afterwards.

    Joined with pages and holders at once, the database reads every open case to sort them: 20 s among a million.
    """
    skip_locked = connection.features.has_select_for_update_skip_locked
    found = cases.select_for_update(of=("self",), skip_locked=skip_locked).values_list("id", flat=True).first()
    return steps.held(Case.objects.filter(id=found)).first() if found else None


def _within_reach(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those that the actor may take and then do something about, and that are not put aside for somebody else."""
    reach = Q(pk__in=[])
    for table in steps.pack().procedures.values():
        phases = [name for name in table.phases if _has_work(actor, table.actions_from(name), table)]
        reach |= Q(procedure=table.id, phase__in=phases)
    mine_or_nobodys = Q(assigned_to__isnull=True) | Q(assigned_to__in=works_for(actor))
    passed_over = Skip.objects.filter(ref=actor.ref, case=OuterRef("pk"))
    own_order = Order.objects.filter(case=OuterRef("pk"), entered_by=actor.ref, verified_at__isnull=True)
    proposed = Proposal.objects.filter(proposed_by=actor.ref, settled_at__isnull=True)
    free = cases.filter(reach, mine_or_nobodys).exclude(Exists(own_order)).exclude(id__in=proposed.values("case_id"))
    return free.filter(Q(assigned_to=actor.ref) | ~Exists(passed_over))


def _has_work(actor: Actor, rows: Sequence[Transition], table: Procedure) -> bool:
    """Whether the actor may claim a case here and, here or where the claim leads, may do more than hold it."""
    claims = [row for row in rows if row.act == "case.claimed" and steps.permitted(actor, row)]
    onward = [after for row in claims for phase in row.sources for after in table.actions_from(row.leads_to(phase))]
    return any(not row.act.startswith(("case.", "report.")) and steps.permitted(actor, row) for row in onward)


def _can_work_on(actor: Actor, case: Case) -> bool:
    table = steps.procedure_of(case)
    return _has_work(actor, table.actions_from(case.phase), table)


def _somebody_is_left(actor: Actor, case: Case) -> bool:
    """Whether any colleague who is there could still take the case."""
    passed = set(case.skips.values_list("ref", flat=True)) | rota.away(case.organisation_id, clock.now())
    others = [actor_for_member(person) for person in identity.members(actor) if person.ref not in passed]
    return any(_can_work_on(one, case) and case.queue_id not in not_taken_by(one) for one in others)


def _last_resort(case: Case) -> uuid.UUID | None:
    named = case.queue.fallback if case.queue_id else None
    return named or rota.on_call(case.organisation_id, case.queue_id, clock.now())


def _open_appeal(case: Case) -> Appeal | None:
    return Appeal.objects.select_related("decision").filter(case=case, decided_at__isnull=True).first()


def _open_proposal(case: Case) -> Proposal | None:
    return case.proposals.filter(settled_at__isnull=True).first()


def _require_independent(actor: Actor, case: Case) -> None:
    """Where an appeal is open, only those may take the case who may hear it; a proposal, only who did not make it."""
    if appeal := _open_appeal(case):
        actor.require("appeals.hear")
        policy.require_second_person(actor, policy.handlers_before(appeal))
    if proposal := _open_proposal(case):
        policy.require_not_proposer(actor, proposal.proposed_by)


def _is_independent(case: Case, ref: uuid.UUID) -> bool:
    """Whether a person may hear the open appeal of the case, or approve what is proposed; true where neither waits."""
    proposal = _open_proposal(case)
    if proposal and proposal.proposed_by == ref:
        return False
    appeal = _open_appeal(case)
    return appeal is None or policy.is_independent(ref, policy.handlers_before(appeal))


def _hand_over(actor: Actor, case: Case, row: object, to_ref: uuid.UUID, note: str) -> None:
    draft = Draft("case.handed_over", steps.subject(case), {"to": to_ref}, {"note": note or None})
    steps.take(actor, case, [Step(row, draft)])
    case.claimed_by = case.claimed_until = None
    case.assigned_to = to_ref
    steps.save(case)


def _put_back_sealed(actor: Actor, from_ref: uuid.UUID) -> None:
    """Who ends a membership need not handle denunciations, so those go back to the ones who do."""
    rows = Case.objects.filter(organisation_id=actor.organisation_id, sealed=True, closed_at__isnull=True)
    held = rows.filter(Q(claimed_by=from_ref) | Q(assigned_to=from_ref))
    for case in steps.held(held).order_by("id"):
        _put_back(actor, case)


def _put_back(actor: Actor, case: Case) -> None:
    row = steps.procedure_of(case).transition(case.phase, "case.released")
    steps.take(actor, case, [Step(row, Draft("case.released", steps.subject(case)))])
    case.claimed_by = case.claimed_until = case.assigned_to = None
    steps.save(case)
