"""Putting cases in their place: the queue, the gravity and the time to begin that the plan gives them."""

import uuid
from datetime import datetime, timedelta

from anlanh.base.clocks.running import SOON_FRACTION
from anlanh.work.casework.desk.models import PlanVersion
from anlanh.work.casework.desk.plans import DANGER, DEFAULT, Facts, Plan, Rule
from anlanh.work.casework.models import Case, Order
from anlanh.work.casework.preferences.queries import house_number

# What changes on a case when its place does; for those who write many cases with one statement.
PLACE = ("queue", "tier", "due_at", "soon_at", "begin_by", "mark_at", "slowed_until")


def plan_of(organisation_id: uuid.UUID) -> Plan:
    """The plan in force; the program's own where the organisation has written none."""
    current = PlanVersion.objects.filter(organisation_id=organisation_id, ended_at__isnull=True).first()
    return plan_in(current) if current else DEFAULT


def plan_in(version: PlanVersion) -> Plan:
    """The plan that a version says."""
    return Plan(
        rules=tuple(Rule.read(kept) for kept in version.rules),
        shares=tuple(version.shares),
        marks=tuple(version.marks),
        patience_hours=version.patience_hours,
        on_call=version.on_call,
    )


def sort(case: Case, plan: Plan, *, language: str = "vi", emergency: bool = False) -> None:
    """Gives a case its queue and gravity; the caller sets its clock after that, and saves it.

    Args:
        case: with its page.
        plan: of its organisation.
        language: of who reported.
        emergency: an authority's order says so.
    """
    facts = Facts(
        kind=str(case.kind),
        category=case.category,
        life=case.threatens_life,
        child=case.concerns_child,
        emergency=emergency,
        live=case.on_air,
        language=language,
        page_kind=str(case.page.kind),
        holder=case.page.holder_id,
    )
    queue_id, tier = plan.place(facts)
    if case.sent_on_at is None:
        case.queue_id, case.tier = queue_id, tier
    else:
        case.tier = min(case.tier, tier)


def sort_anew(case: Case) -> None:
    """Gives a case the place that follows from what has become known of it; the caller saves it by `steps.save`."""
    first = case.reports.order_by("id").values_list("reporter__language", flat=True).first()
    emergency = Order.objects.filter(case=case, emergency=True).exists()
    sort(case, plan_of(case.organisation_id), language=first or "vi", emergency=emergency)


def set_clock(case: Case, plan: Plan, span: tuple[datetime, datetime] | None) -> None:
    """Repeats on a case what follows from the clock due first: when it is due, soon due, to be begun, to be called.

    Args:
        case: sorted before.
        plan: of its organisation.
        span: start and end of that clock; None when none runs.
    """
    due = span[1] if span else None
    if due != case.due_at:
        case.mark_at = plan.mark_after(span)
    case.due_at = due
    case.soon_at = due - (due - span[0]) / SOON_FRACTION if span else None
    case.begin_by = plan.begin_by(case.tier, case.opened_at, span)
    if case.slowed_until and case.tier > DANGER:
        case.begin_by = max(case.begin_by, min(case.slowed_until, _latest(case, plan, span)))


def span_of(case: Case) -> tuple[datetime, datetime] | None:
    """Start and end of the clock due first, from what the case repeats of it."""
    if case.due_at is None:
        return None
    return case.due_at - (case.due_at - case.soon_at) * SOON_FRACTION, case.due_at


def _latest(case: Case, plan: Plan, span: tuple[datetime, datetime] | None) -> datetime:
    """When a slowed case has to be begun at the latest, so that its clock is kept."""
    share = house_number(case.organisation_id, "misuse.slow-share")
    if share is None:
        return case.begin_by
    started, due = span or (case.opened_at, case.opened_at + timedelta(hours=plan.patience_hours))
    return started + (due - started) * share / 100
