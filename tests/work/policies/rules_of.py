"""Rules that tests publish through the real actions."""

from datetime import date, datetime
from typing import Any

from anlanh.base import clock
from anlanh.base.ports import terms
from anlanh.base.ports.terms import TermsClause
from anlanh.primitives.dates import civil_date
from anlanh.work.policies import actions, queries
from anlanh.work.policies.drafting import Clause
from anlanh.work.policies.models import Version
from tests.builders import Office

SPAM = "Không đăng lặp lại cùng một nội dung nhiều lần để quảng cáo."


def published(
    office: Office, *clauses: Clause, kind: str = "terms_of_use", on: date | None = None, at: datetime | None = None
) -> Version:
    """A version with these clauses beside those of the draft, published at a moment, in force from a day."""
    with clock.set_to(at or clock.now()):
        person = office.actor("compliance")
        for clause in clauses:
            old = next((one for one in queries.drafted(person, kind).clauses if one.number == clause.number), None)
            given = Clause(**{**vars(clause), "key": old.key if old else None})
            actions.set_clause(person, kind, given, queries.drafted(person, kind).revision)
        seen = queries.drafted(person, kind).revision
        return actions.publish(person, kind, on or civil_date(clock.now()), seen)


def spam(number: str = "3.2", text: str = SPAM, **fields: Any) -> Clause:
    """A clause that every network has and no law."""
    return Clause(number, "Không spam", text, **fields)


def clause_in(office: Office, version: Version, number: str = "3.2") -> TermsClause:
    """A published clause as decisions see it."""
    row = version.clauses.get(number=number)
    return terms.bound().clauses(office.organisation.id, [row.id])[row.id]
