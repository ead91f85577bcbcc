"""What keeps the notices of a case back, for the actions of casework, which hold the case."""

from datetime import date

from django.db.models import QuerySet

from anlanh.base import clock
from anlanh.law.model import Clause
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case, Decision, Order
from anlanh.work.casework.withholding.models import Withholding


def live(case: Case) -> Withholding | None:
    """What keeps the notices of a case back now; one whose time is over keeps nothing back."""
    return _approved(case).filter(until__gt=clock.now()).first()


def unended(case: Case) -> Withholding | None:
    """The approved keeping back that was not ended, even if its time is over."""
    return _approved(case).first()


def keeps_back(decision: Decision) -> bool:
    """Whether the person affected is not told of a decision yet."""
    kept = Withholding.objects.filter(outcome=Withholding.Outcome.APPROVED, ended_at__isnull=True)
    return kept.filter(decision=decision).exists()


def open_asking(case: Case) -> Withholding | None:
    """What was asked and is not settled."""
    return case.withholdings.filter(settled_at__isnull=True).first()


def was_asked(case: Case) -> bool:
    """Whether two people have weighed it in this case, whatever they came to."""
    return case.withholdings.filter(settled_at__isnull=False).exclude(outcome=Withholding.Outcome.DROPPED).exists()


def forbidding(day: date) -> list[Clause]:
    """The clauses in force on a day that forbid telling the person affected."""
    clauses = steps.pack().clauses.values()
    return [clause for clause in clauses if clause.forbids_notice and clause.in_force.covers(day)]


def clause_forbidding(reference: str) -> Clause | None:
    """The clause of that reference, if it is in force today and forbids telling."""
    try:
        ref = ClauseRef.parse(reference)
    except BadInput:
        return None
    return next((clause for clause in forbidding(civil_date(clock.now())) if clause.ref == ref), None)


def clauses_named(case: Case, ground: str) -> list[Clause]:
    """Those among the clauses of a decision, its ground and what an order names, that forbid telling."""
    order = Order.objects.filter(case=case).first()
    found = (clause_forbidding(reference) for reference in (ground, order.clause if order else "") if reference)
    return [clause for clause in found if clause]


def _approved(case: Case) -> QuerySet[Withholding]:
    return case.withholdings.filter(outcome=Withholding.Outcome.APPROVED, ended_at__isnull=True)
