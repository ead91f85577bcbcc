"""The end of a case: nothing is left to do, and nobody can appeal any more."""

from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.record import Draft
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import standing as withholding


def close_if_settled(case: Case) -> bool:
    """Closes a held case if its procedure allows that now and nothing is waited for; the caller saves it.

    Waited for are a measure, the time in which the decision can be taken back, and a notice that is kept back.

    Where the table asks that the appeal window be over, the standing decision says whether it is.
    """
    rows = [row for row in steps.procedure_of(case).actions_from(case.phase) if row.act == "case.closed"]
    if not rows or steps.measure_is_waited_for(case) or _can_be_taken_back(case) or withholding.unended(case):
        return False
    row = rows[0]
    if not set(row.needs) <= ({"window_over"} if _window_is_over(case) else set()):
        return False
    steps.take(system(case.organisation_id), case, [Step(row, Draft("case.closed", steps.subject(case)))])
    return True


def close_after_window(decision: Decision) -> bool:
    """Closes the case of a decision that can be neither taken back nor appealed against any more; called by a job."""
    with transaction.atomic():
        case = steps.hold(system(decision.organisation_id), decision.case_id)
        closed = close_if_settled(case)
        if closed:
            steps.save(case)
    return closed


def _can_be_taken_back(case: Case) -> bool:
    return case.decisions.filter(overturned_at__isnull=True, leaves_at__gt=clock.now()).exists()


def _window_is_over(case: Case) -> bool:
    standing = case.decisions.filter(overturned_at__isnull=True).first()
    return standing is not None and clock.now() > standing.appeal_until
