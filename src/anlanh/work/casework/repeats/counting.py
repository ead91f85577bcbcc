"""What stands against an account, counted anew from the decisions that stand; nothing is kept that could disagree.

Violations that were decided elsewhere and brought in count beside them, by their original dates.

Decisions under the organisation's own rules are left out, since they say nothing of the law; so are those in sealed
cases, since what is counted can be shown to everyone who sees cases.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anlanh.base import clock
from anlanh.law.choices import Choice
from anlanh.law.repeat_rules import Standing, standings
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import measures as kinds
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.repeats.models import EarlierViolation
from anlanh.work.registry.models import Holder

TEMPORARY_LOCK = kinds.KINDS["suspend"].code
_LOWERING = [code for code, kind in kinds.KINDS.items() if kind.lowers]


@dataclass(frozen=True)
class AccountRecord:
    """What stands against an account on a day.

    Args:
        holder: the account.
        violations: decisions against its content that stand, latest first.
        locks: temporary locks that stand, latest first.
        earlier: what was decided elsewhere, temporary locks among it, latest first.
        standings: what the rules in force come to.
        questions: what the texts leave open about them, or say differently; each is for a person.
        open_case: the case that considers a lock now.
    """

    holder: Holder
    violations: list[Decision]
    locks: list[Decision]
    earlier: list[EarlierViolation]
    standings: list[Standing]
    questions: list[Choice]
    open_case: Case | None

    @property
    def count(self) -> int:
        """How many violations stand, wherever they were decided."""
        return len(self.violations) + len(_no_locks(self.earlier))

    @property
    def lock_count(self) -> int:
        """How many temporary locks stand, wherever they were decided."""
        return len(self.locks) + len(_locks(self.earlier))

    @property
    def in_order(self) -> list[Decision | EarlierViolation]:
        """The violations, wherever they were decided, latest first."""
        return sorted([*self.violations, *_no_locks(self.earlier)], key=lambda one: one.decided_at, reverse=True)

    @property
    def reached(self) -> list[Standing]:
        """The rules of which a number is reached."""
        return [standing for standing in self.standings if standing.reached]


def record_of(holder: Holder, kind: str) -> AccountRecord:
    """What stands against an account, as of today.

    Args:
        holder: the account.
        kind: the kind of actor that its organisation is.
    """
    today, pack = civil_date(clock.now()), steps.pack()
    violations, locks, earlier = list(violations_of(holder.id)), list(locks_of(holder.id)), list(earlier_of(holder))
    found = standings(
        list(pack.repeat_rules.values()),
        pack.actors[kind],
        _days([*violations, *_no_locks(earlier)]),
        _days([*locks, *_locks(earlier)]),
        today,
    )
    return AccountRecord(holder, violations, locks, earlier, found, _questions(found, today), considered_in(holder.id))


def violations_of(holder_id: uuid.UUID) -> QuerySet[Decision]:
    """Decisions against an account's content that stand and can't be taken back any more, latest first.

    A decision on the count itself is no further violation.
    """
    return _standing(holder_id).filter(measure__in=_LOWERING).exclude(case__kind=Case.Kind.REPEAT)


def locks_of(holder_id: uuid.UUID) -> QuerySet[Decision]:
    """Temporary locks of an account that stand, latest first."""
    return _standing(holder_id).filter(measure=TEMPORARY_LOCK)


def earlier_of(holder: Holder) -> QuerySet[EarlierViolation]:
    """What was decided elsewhere against an account and brought in, latest first."""
    rows = EarlierViolation.objects.filter(
        organisation_id=holder.organisation_id, account_hash=holder.address_hash, measure__in=_LOWERING
    )
    return rows.order_by("-decided_at", "-id")


def has_lost_its_basis(lock: Decision) -> bool:
    """Whether a lock that was decided on a count would not have been reached by what stands of it now.

    Only reversals take it away: that violations grow old does not.
    """
    if lock.case.kind != Case.Kind.REPEAT:
        return False
    holder, before = lock.case.page.holder, Q(decided_at__lt=lock.decided_at)
    violations, locks = violations_of(holder.id).filter(before), locks_of(holder.id).filter(before)
    earlier = list(earlier_of(holder).filter(before, brought_in_at__lt=lock.decided_at))
    pack = steps.pack()
    found = standings(
        list(pack.repeat_rules.values()),
        pack.actors[lock.organisation.kind],
        _days([*violations, *_no_locks(earlier)]),
        _days([*locks, *_locks(earlier)]),
        civil_date(lock.decided_at),
    )
    return not any(standing.reached for standing in found)


def locks_on_count(holder_id: uuid.UUID) -> QuerySet[Decision]:
    """Locks of an account that were decided on a count and stand."""
    return _standing(holder_id).filter(case__kind=Case.Kind.REPEAT, measure__in=_LOWERING)


def considered_in(holder_id: uuid.UUID) -> Case | None:
    """The case in which a lock of the account is considered and not decided yet."""
    return (
        Case.objects.filter(kind=Case.Kind.REPEAT, page__holder_id=holder_id)
        .exclude(decisions__overturned_at__isnull=True, decisions__isnull=False)
        .filter(closed_at__isnull=True)
        .first()
    )


def _standing(holder_id: uuid.UUID) -> QuerySet[Decision]:
    left = Q(leaves_at__isnull=True) | Q(leaves_at__lte=clock.now())
    rows = Decision.objects.filter(
        left, case__page__holder_id=holder_id, overturned_at__isnull=True, case__sealed=False, terms_clause=None
    )
    return rows.select_related("case__page__holder", "organisation").order_by("-decided_at", "-id")


def _locks(earlier: Iterable[EarlierViolation]) -> list[EarlierViolation]:
    return [one for one in earlier if one.measure == TEMPORARY_LOCK]


def _no_locks(earlier: Iterable[EarlierViolation]) -> list[EarlierViolation]:
    return [one for one in earlier if one.measure != TEMPORARY_LOCK]


def _days(decisions: Iterable[Decision | EarlierViolation]) -> list[date]:
    return [civil_date(decision.decided_at) for decision in decisions]


def _questions(found: Iterable[Standing], today: date) -> list[Choice]:
    """The open questions about the numbers that these rules use."""
    used = {count.threshold.count.id for standing in found for count in standing.counts}
    return [
        choice
        for choice in steps.pack().choices.values()
        if choice.in_force.covers(today) and not used.isdisjoint(choice.parameters)
    ]
