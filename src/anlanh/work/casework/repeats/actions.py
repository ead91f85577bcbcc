"""Opening the case in which a person considers whether an account is locked."""

import uuid

from django.db import transaction
from django.db.models import QuerySet

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.record import Draft
from anlanh.law.repeat_rules import Standing
from anlanh.primitives.clauses import ClauseRef
from anlanh.work.casework import effects, numbers, steps
from anlanh.work.casework.desk import placing
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.repeats import counting
from anlanh.work.casework.repeats.models import EarlierViolation
from anlanh.work.casework.steps import Step
from anlanh.work.registry.models import Holder

PROCEDURE = "repeat"


def consider(decision: Decision) -> Case | None:
    """Opens a case when a decision brings its account to a number of the law; nothing is locked by that.

    Called by a job once the decision can't be taken back. Said twice, it opens one case; while one is open, or for a
    decision that fell meanwhile, none.

    Args:
        decision: a standing decision.

    Returns:
        The case, or None where there is nothing to consider.
    """
    with transaction.atomic():
        page = decision.case.page
        if page.holder_id is None:
            return None
        effects.hold(page)
        record = counting.record_of(page.holder, decision.organisation.kind)
        counts = any(one.id == decision.id for one in record.violations)
        if not counts or not record.reached or record.open_case or _was_considered(decision):
            return None
        return _open(record.violations[0], record.reached[0], record)


def consider_accounts(organisation_id: uuid.UUID, violation_ids: QuerySet) -> None:
    """Considers the accounts of violations that were brought in, by the latest decision that stands against each.

    An account against which nothing was decided here is considered with its next decision. Said twice, it opens no
    second case.

    Args:
        organisation_id: whose register it was.
        violation_ids: of `EarlierViolation`.
    """
    brought = EarlierViolation.objects.filter(organisation_id=organisation_id, id__in=violation_ids)
    holders = Holder.objects.filter(organisation_id=organisation_id, address_hash__in=brought.values("account_hash"))
    for holder_id in list(holders.order_by("id").values_list("id", flat=True)):
        if latest := counting.violations_of(holder_id).first():
            consider(latest)


def clause_of(standing: Standing) -> ClauseRef:
    """The clause whose number is reached."""
    if standing.permanent:
        return standing.permanent_at.clause
    return next(count.needed.clause for count in standing.counts if count.reached)


def _was_considered(decision: Decision) -> bool:
    """Whether a case was opened after this decision already: its job ran before."""
    return Case.objects.filter(
        kind=Case.Kind.REPEAT, page__holder_id=decision.case.page.holder_id, opened_at__gte=decision.decided_at
    ).exists()


def _open(latest: Decision, standing: Standing, record: counting.AccountRecord) -> Case:
    """The case, about the page of the latest violation."""
    case = Case(
        organisation=latest.organisation,
        number=numbers.new_case_number(),
        kind=Case.Kind.REPEAT,
        procedure=PROCEDURE,
        phase=steps.pack().procedures[PROCEDURE].initial,
        category=latest.case.category,
        page=latest.case.page,
        opened_at=clock.now(),
    )
    actor = system(latest.organisation_id)
    row = steps.check(actor, case, "violations.repeated")
    placing.sort(case, placing.plan_of(latest.organisation_id))
    case.save(force_insert=True)
    clear = {
        "page": case.page_id,
        "rule": standing.rule.id,
        "ground": latest.ground,
        "violations": record.count,
        "locks": record.lock_count,
        "decision": latest.id,
    }
    draft = Draft("violations.repeated", steps.subject(case, new=True), clear, clauses=[clause_of(standing)])
    steps.take(actor, case, [Step(row, draft)])
    steps.save(case)
    return case
