"""Putting right what a second look found wrong, in favour of the person affected only: anything harder takes a new
decision.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.outbox.queue import settle_task
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import letters, policy, steps, words
from anlanh.work.casework.actions import closing, measures, notices
from anlanh.work.casework.actions.decide import NO_ACTION
from anlanh.work.casework.models import Case, Measure
from anlanh.work.casework.quality import standing
from anlanh.work.casework.quality.models import SecondLook
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import standing as withholding

LONGEST_REASONS = 4000


def correct(actor: Actor, look_id: uuid.UUID, reasons: str) -> SecondLook:
    """Reverses a measure that a second look found wrong: it is undone, and everybody concerned is told why.

    Args:
        actor: who hears appeals, took no part in the case and works under nobody who did. Who looked a second time may.
        look_id: the second look.
        reasons: what the letters say.

    Raises:
        NotFound: no such second look for this actor.
        NotAllowed: without the capability, or not independent.
        BadInput: it found nothing wrong, nothing was done that could be undone, the decision does not stand any more,
            an appeal is open, or no reasons.
    """
    reasons = words.cleaned(reasons, "reasons", LONGEST_REASONS)
    if not standing.seen(actor).filter(id=look_id).exists():
        raise NotFound(_("There is no such second look."))
    with transaction.atomic():
        look = SecondLook.objects.select_related("decision").get(id=look_id)
        case = steps.hold(actor, look.case_id)
        look = SecondLook.objects.select_for_update(of=("self",)).select_related("decision").get(id=look_id)
        _check(look)
        given = {"second_person", "notice", *({"facts", "reason"} if reasons else ())}
        row = steps.check(actor, case, "decision.corrected", given=given)
        policy.require_second_person(actor, policy.workers_on(case.id) | {look.decision.decided_by})
        decision = look.decision
        decision.overturned_at = look.corrected_at = clock.now()
        decision.save(update_fields=["overturned_at"])
        look.save(update_fields=["corrected_at"])
        draft = Draft(
            "decision.corrected",
            steps.subject(case),
            {"decision": decision.id},
            {"reasons": reasons},
            clauses=standing.ground_of(decision).clauses,
        )
        (act,) = steps.take(actor, case, [Step(row, draft)])
        measures.order_reversal(case, Measure.objects.get(decision=decision), act)
        notices.send(case, _letters(case, reasons, row.notifies), decision)
        settle_task(standing.task_key(look), actor.ref)
        case.claimed_by = case.claimed_until = case.assigned_to = None
        closing.close_if_settled(case)
        steps.save(case)
    return look


def _check(look: SecondLook) -> None:
    if look.outcome != SecondLook.Outcome.WRONG:
        raise BadInput(_("this second look found nothing wrong"), mend=_("leave the decision as it is"))
    if look.decision.overturned_at:
        raise BadInput(_("this decision does not stand any more"), mend=_("mark the task as done"))
    if look.decision.measure == NO_ACTION:
        raise BadInput(
            _("nothing was done that could be undone"),
            mend=_(
                "what should have been acted on is reported anew and decided by somebody; nothing gets harder by itself"
            ),
        )


def _letters(case: Case, reasons: str, notifies: tuple[str, ...]) -> list[notices.Addressed]:
    """Everyone whom the decision concerned is told."""
    addressed = []
    if notices.AFFECTED in notifies and not withholding.unended(case):
        addressed.append(notices.to_affected(case, "corrected_affected"))
    if notices.REPORTER in notifies:
        addressed += notices.to_reporters(case, "corrected_reporter")
    for letter in addressed:
        day = letters.civil_day(clock.now(), letter.recipient.language)
        letter.context.update({"reasons": reasons, "corrected_on": day})
    return addressed
