"""Carrying measures out: ordered from the platform or from a person, and recorded once they are done."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound, system
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft
from anlanh.base.clock import now
from anlanh.base.outbox.queue import Draft as MessageDraft
from anlanh.base.outbox.queue import enqueue, open_task, settle_task
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import effects, letters, steps
from anlanh.work.casework import measures as kinds
from anlanh.work.casework.actions import closing, notices
from anlanh.work.casework.models import Case, Decision, Integration, Measure
from anlanh.work.casework.repeats import counting
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import standing as withholding

APPLY, REVERSE = "apply", "reverse"
BY_HAND = "measure_by_hand"
LONGEST_NOTE = 2000

# step → the state it is waited for in, the state it leads to, the act, the column of its time
_STEPS = {
    APPLY: (Measure.State.ORDERED, Measure.State.APPLIED, "measure.applied", "applied_at"),
    REVERSE: (Measure.State.REVERSAL_ORDERED, Measure.State.REVERSED, "measure.reversed", "reversed_at"),
}


def order(case: Case, decision: Decision, act: Act) -> Measure:
    """Orders the measure of a decision; in the decision's transaction."""
    measure = Measure.objects.create(
        organisation_id=case.organisation_id, decision=decision, kind=decision.measure, ordered_at=now()
    )
    _ask(case, measure, APPLY, act)
    return measure


def order_reversal(case: Case, measure: Measure, act: Act) -> None:
    """Orders that a measure be undone, also one that was not applied yet: the platform may be applying it now.

    One that was undone before, since it had come to its end, stays as it is.
    """
    if measure.state in {Measure.State.REVERSAL_ORDERED, Measure.State.REVERSED}:
        return
    measure.state = Measure.State.REVERSAL_ORDERED
    _ask(case, measure, REVERSE, act)
    measure.save(update_fields=["state", "by_hand"])


def end(measure: Measure) -> bool:
    """Orders that a measure be undone whose length or basis is gone; whether it was. Said twice, it is done once.

    The system's own act: a person decided the length, and nothing is left to decide.
    """
    actor = system(measure.organisation_id)
    with transaction.atomic():
        case, measure = _hold(actor, measure.id)
        if measure.state not in {Measure.State.ORDERED, Measure.State.APPLIED}:
            return False
        over = measure.ends_at is not None and measure.ends_at <= now()
        if not over and not _has_lost_its_basis(case, measure):
            return False
        row = steps.check(actor, case, "measure.ended")
        clear = {"measure": measure.id, "kind": measure.kind}
        acts = steps.take(actor, case, [Step(row, Draft("measure.ended", steps.subject(case), clear))])
        measure.ended_at = now()
        measure.save(update_fields=["ended_at"])
        order_reversal(case, measure, acts[0])
        steps.save(case)
    return True


def record_carried_out(actor: Actor, measure_id: uuid.UUID | str, step: str, receipt: Mapping[str, Any]) -> Measure:
    """The platform answered that it applied or reversed a measure. Said twice, or too late, it changes nothing.

    Args:
        actor: the system, or a machine with `cases.decide`.
        measure_id: the measure.
        step: `apply` or `reverse`.
        receipt: what the platform answered, JSON values.

    Raises:
        NotFound: no such measure for this actor.
        NotAllowed: without the capability.
    """
    return _record(actor, measure_id, step, receipt=dict(receipt), note="", by_hand=False)


def carried_out_by_hand(actor: Actor, measure_id: uuid.UUID, step: str, note: str) -> Measure:
    """A person carried a measure out where the platform has no integration, and says how.

    Raises:
        NotFound: no such measure for this actor.
        NotAllowed: without the capability.
        BadInput: no note, or too long a one.
    """
    note = note.strip()
    if not note:
        raise BadInput(_("nothing is written"), where="note", mend=_("say how and where it was carried out"))
    if len(note) > LONGEST_NOTE:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_NOTE}, where="note", mend=_("shorten it")
        )
    return _record(actor, measure_id, step, receipt=None, note=note, by_hand=True)


def record_failed(actor: Actor, measure_id: uuid.UUID | str, step: str, reason: str) -> None:
    """Nobody could carry the measure out, and why; its clock goes on running.

    Raises:
        NotFound, NotAllowed: as for `record_carried_out`.
        BadInput: no reason, or the measure is not waited for.
    """
    with transaction.atomic():
        case, measure = _hold(actor, measure_id)
        if measure.state != _STEPS[step][0]:
            raise BadInput(_("this measure is not waited for"), where="step", mend=_("look at the case again"))
        row = steps.check(actor, case, "measure.failed", given={"reason"} if reason.strip() else ())
        clear = {"measure": measure.id, "kind": measure.kind, "step": step}
        steps.take(
            actor, case, [Step(row, Draft("measure.failed", steps.subject(case), clear, {"note": reason.strip()}))]
        )
        steps.save(case)


def _record(
    actor: Actor, measure_id: uuid.UUID | str, step: str, *, receipt: dict[str, Any] | None, note: str, by_hand: bool
) -> Measure:
    if step not in _STEPS:
        raise BadInput(_("no such step"), where="step", mend="apply, reverse")
    waited_for, reached, act, column = _STEPS[step]
    with transaction.atomic():
        case, measure = _hold(actor, measure_id)
        if measure.state != waited_for:
            return measure
        row = steps.check(actor, case, act, given={"receipt"})
        measure.state = reached
        measure.by_hand = by_hand
        measure.receipt = receipt
        setattr(measure, column, now())
        if step == APPLY and measure.decision.days:
            measure.ends_at = measure.applied_at + timedelta(days=measure.decision.days)
        measure.save()
        settle_task(key_of(measure, step), actor.ref)
        effects.bring_in_line(case)
        clear = {"measure": measure.id, "kind": measure.kind, "by_hand": by_hand}
        if step == APPLY:
            clear["ends_at"] = measure.ends_at
        draft = Draft(act, steps.subject(case), clear, {"receipt": receipt, "note": note or None})
        steps.take(actor, case, [Step(row, draft)])
        notices.send(case, _letters(case, measure, row.notifies), measure.decision)
        closing.close_if_settled(case)
        steps.save(case)
    return measure


def _letters(case: Case, measure: Measure, notifies: tuple[str, ...]) -> list[notices.Addressed]:
    """Who is told that it is done. The person affected is told of a removal by the decision itself."""
    done = "restored" if measure.state == Measure.State.REVERSED else "applied"
    context = letters.about_carrying_out(measure)
    addressed = []
    if done == "restored" and Decision.objects.filter(replaces=measure.decision).exists():
        return []  # a lighter measure took its place, and the letter of that one says so
    if notices.AFFECTED in notifies and not withholding.unended(case):
        addressed.append(notices.to_affected(case, f"{done}_affected", context))
    if notices.REQUESTER in notifies:
        addressed.append(notices.to_requester(case, case.order, f"{done}_requester", context))
    return addressed


def _hold(actor: Actor, measure_id: uuid.UUID | str) -> tuple[Case, Measure]:
    rows = Measure.objects.visible_to(actor).filter(id=measure_id).select_related("decision__case__page")
    found = rows.first()
    if found is None:
        raise NotFound(_("There is no such measure."))
    actor.require("cases.decide")
    effects.hold(found.decision.case.page)
    case = steps.hold(actor, found.decision.case_id)
    return case, Measure.objects.select_related("decision").get(id=measure_id)


def refusals_resting_on(measure: Measure) -> list[Measure]:
    """The refusals of service that a person decided because the account was ended by this measure."""
    if measure.kind != kinds.EndAccount.code:
        return []
    return list(
        Measure.objects.filter(
            kind=kinds.RefuseService.code,
            state__in=[Measure.State.ORDERED, Measure.State.APPLIED],
            decision__case__kind__in=[Case.Kind.REPORT, Case.Kind.SCREENING],
            decision__case__page__holder=measure.decision.case.page.holder_id,
        )
    )


def _has_lost_its_basis(case: Case, measure: Measure) -> bool:
    """Whether service is refused, or an account locked, though what that rested on stands no more."""
    if case.kind == Case.Kind.REPEAT:
        return counting.has_lost_its_basis(measure.decision)
    refused = measure.kind == kinds.RefuseService.code and case.kind in {Case.Kind.REPORT, Case.Kind.SCREENING}
    return refused and kinds.ended_account_of(case) is None


def _ask(case: Case, measure: Measure, step: str, act: Act) -> None:
    """Tells the platform over its integration; without one it becomes a task for a person."""
    key, not_before = key_of(measure, step), measure.decision.leaves_at
    if Integration.objects.filter(organisation_id=case.organisation_id, active=True).exists():
        payload = {"measure": str(measure.id), "step": step}
        enqueue(case.organisation_id, [MessageDraft("webhook", key, payload, not_before)], act_id=act.id)
        return
    measure.by_hand = True
    measure.save(update_fields=["by_hand"])
    detail = {"step": step, "case": case.number, "case_id": str(case.id), "kind": measure.kind, **_said(measure, step)}
    subject = ("measure", measure.id)
    open_task(case.organisation_id, BY_HAND, key, subject=subject, detail=detail, not_before=not_before)


def key_of(measure: Measure, step: str) -> str:
    """By which the platform knows a step that it is told twice, and by which its task is found."""
    return f"measure:{measure.id}:{step}"


def _said(measure: Measure, step: str) -> dict[str, Any]:
    """The measure with its terms in words, for the task; undoing it needs none."""
    if step != APPLY:
        return {}
    terms, kind = kinds.Terms.of(measure.decision), kinds.named(measure.kind)
    return {"described": {language: kind.described(terms, language) for language in ("vi", "en")}}
