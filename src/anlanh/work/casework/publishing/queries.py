"""The readers of what is public: decisions without anybody's data, figures of months. They take no actor."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anlanh.base import clock
from anlanh.base.identity.models import Organisation
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import letters
from anlanh.work.casework import measures as kinds
from anlanh.work.casework.categories import title_of
from anlanh.work.casework.models import Decision
from anlanh.work.casework.naming import ground_said
from anlanh.work.casework.preferences.queries import house_number
from anlanh.work.casework.publishing import figures
from anlanh.work.casework.publishing.actions import month_counted
from anlanh.work.casework.withholding.models import Withholding

MONTHS_SHOWN = 12
NONE_SHOWN = 10**9  # where a pack does not say how small a number may be, none is shown


@dataclass(frozen=True)
class Statement:
    """A decision as everybody may read it: no address, no name, no words but those that a person released.

    Args:
        decided_on: the day; the hour is nobody's business.
        measure, ground, ground_words, category, scope, found_by, machine_part: in the language of the page.
        kind: the measure's code.
        ground_kind: `law`, or `terms` for the organisation's own rules.
        ground_id: the clause as the pack names it; of own rules the id of the clause.
        ground_link: where own rules are read as they were; empty for law.
        appeal: outcome of the appeal against it; `open` while one is heard; empty without one.
        ended_on: the day it was overturned, if it was.
        text: words that were released; empty mostly.
    """

    decided_on: date
    measure: str
    kind: str
    ground: str
    ground_kind: str
    ground_id: str
    ground_link: str
    ground_words: str
    category: str
    scope: str
    found_by: str
    machine_part: str
    appeal: str
    ended_on: date | None
    text: str


@dataclass(frozen=True)
class Month:
    """A month's figures as they are shown, those below `smallest` hidden."""

    month: date
    figures: dict[str, Any]
    smallest: int


def published(organisation: Organisation) -> QuerySet[Decision]:
    """The decisions that everybody may know of, the newest first.

    Not among them: what can still be taken back or was, what the person affected was not told of, and cases that
    concern a child.
    """
    kept_back = Withholding.objects.filter(
        case=OuterRef("case"), outcome=Withholding.Outcome.APPROVED, ended_at__isnull=True
    )
    told = Decision.objects.filter(organisation=organisation, withdrawn_at__isnull=True, notice_forbidden_by="")
    told = told.filter(Q(leaves_at__isnull=True) | Q(leaves_at__lte=clock.now()))
    told = told.filter(case__concerns_child=False, case__sealed=False)
    related = ("case", "released", "organisation")
    return told.exclude(Exists(kept_back)).select_related(*related).prefetch_related("appeals").order_by("-decided_at")


def statement(decision: Decision, language: str) -> Statement:
    """A published decision in words."""
    appeals = list(decision.appeals.all())
    ground = ground_said(decision, language)
    answered = [one.outcome for one in appeals if one.decided_at]
    scope = kinds.places().get(decision.scope)
    return Statement(
        decided_on=civil_date(decision.decided_at),
        measure=kinds.named(decision.measure).words.label.in_language(language),
        kind=decision.measure,
        ground=ground.title,
        ground_kind=ground.kind,
        ground_id=str(decision.terms_clause) if decision.terms_clause else decision.ground,
        ground_link=ground.link,
        ground_words=ground.text,
        category=str(title_of(decision.case.category)),
        scope=scope.in_language(language) if scope else decision.scope,
        found_by=letters.FOUND_BY[decision.found_by].in_language(language),
        machine_part=letters.MACHINE_PARTS[decision.machine_part].in_language(language),
        appeal=str(answered[-1]) if answered else ("open" if appeals else ""),
        ended_on=civil_date(decision.overturned_at) if decision.overturned_at else None,
        text=decision.released.text if hasattr(decision, "released") else "",
    )


def last_months() -> list[date]:
    """The last months that are over, the newest first."""
    month, months = civil_date(clock.now()).replace(day=1), []
    for _place in range(MONTHS_SHOWN):
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    return months


def month_shown(organisation: Organisation, month: date) -> Month:
    """The figures of a month as everybody sees them.

    Raises:
        NotFound: the month is not over.
    """
    smallest = house_number(organisation.id, "figures.smallest-shown") or NONE_SHOWN
    return Month(month, figures.shown(month_counted(organisation.id, month).figures, smallest), smallest)
