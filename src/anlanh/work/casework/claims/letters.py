"""Letters about a counter-notice: to the person affected, and to those whose claim it objects to."""

from collections.abc import Iterable
from typing import Any

from anlanh.work.casework import letters
from anlanh.work.casework.actions import notices
from anlanh.work.casework.actions.notices import Addressed
from anlanh.work.casework.claims import standing
from anlanh.work.casework.claims.models import CounterNotice
from anlanh.work.casework.models import Case, Report


def filed(case: Case, notice: CounterNotice, claims: Iterable[Report]) -> list[Addressed]:
    """That it came: each claimant gets its words, with the name and the address for service."""
    return _both(case, notice, claims, "counter_filed")


def settled(case: Case, notice: CounterNotice, claims: Iterable[Report]) -> list[Addressed]:
    """What a person made of it, with reasons."""
    return _both(case, notice, claims, f"counter_{notice.outcome}")


def _both(case: Case, notice: CounterNotice, claims: Iterable[Report], kind: str) -> list[Addressed]:
    affected = notices.to_affected(case, f"{kind}_affected")
    affected.context = _about(case, notice, affected.recipient.language)
    return [
        affected,
        *(
            Addressed(
                f"{kind}_reporter",
                notices.REPORTER,
                report.reporter,
                report=report,
                context=_about(case, notice, report.reporter.language),
            )
            for report in claims
        ),
    ]


def _about(case: Case, notice: CounterNotice, language: str) -> dict[str, Any]:
    terms = standing.terms_of(case)
    return {
        "counter_name": notice.name,
        "counter_address": notice.address,
        "counter_contact": notice.contact,
        "counter_text": notice.text,
        "counter_statement": terms.statement.in_language(language),
        "filed_on": letters.civil_day(notice.filed_at, language),
        "counter_until": letters.civil_day(standing.due(notice, case), language),
        "counter_note": terms.note.in_language(language),
        "reasons": notice.reasons,
        "appeal_until": letters.civil_day(notice.decision.appeal_until, language),
    }
