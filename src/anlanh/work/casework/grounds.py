"""What a decision rests on: a clause of law, or a clause of the organisation's own rules as they stood at the conduct.

Either is found here, checked against the moment that counts, and handed on as what rows and acts hold of it.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from anlanh.base.ports import terms
from anlanh.base.ports.terms import TermsClause
from anlanh.law.model import Ground
from anlanh.primitives.dates import civil_date, date_vi
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case
from anlanh.work.casework.naming import LAW, POSTED, PREFIX, REPORTED, TERMS

UNDER_LAW_ALONE = (Case.Kind.ORDER, Case.Kind.REPEAT)


@dataclass(frozen=True)
class Conduct:
    """The moment whose rules count.

    Args:
        at: when the content was posted, or first reported.
        by: POSTED or REPORTED, which of the two.
    """

    at: datetime
    by: str


@dataclass(frozen=True)
class LawGround:
    """A clause of law."""

    law: Ground
    kind = LAW

    @property
    def national_security(self) -> bool:
        """A person weighs it, no machine."""
        return self.law.national_security

    @property
    def columns(self) -> dict[str, Any]:
        """What a row holds of it."""
        return {"ground": self.law.id, "terms_clause": None}

    @property
    def clear(self) -> dict[str, Any]:
        """What an act says of it."""
        return {"ground_kind": LAW, "ground": self.law.ref}

    @property
    def clauses(self) -> list[str]:
        """The clauses of law that an act rests on, which also choose among its clocks."""
        return [self.law.id]


@dataclass(frozen=True)
class TermsGround:
    """A clause of the organisation's own rules. It rests on no clause of law and starts no clock of the law."""

    clause: TermsClause
    kind = TERMS

    @property
    def national_security(self) -> bool:
        """A person weighs it, no machine."""
        return self.clause.about_state

    @property
    def columns(self) -> dict[str, Any]:
        """What a row holds of it."""
        return {"ground": "", "terms_clause": self.clause.id}

    @property
    def clear(self) -> dict[str, Any]:
        """What an act says of it: which clause of which version, and the digest under which that was published."""
        return {
            "ground_kind": TERMS,
            "terms_clause": self.clause.id,
            "terms_document": self.clause.document,
            "terms_version": self.clause.version,
            "terms_item": self.clause.number,
            "terms_digest": self.clause.digest,
        }

    @property
    def clauses(self) -> list[str]:
        """None: it is not law."""
        return []


Cited = LawGround | TermsGround


def conduct_of(case: Case) -> Conduct:
    """The moment whose rules count for a case: when the content was posted, or when it was first complained of."""
    posted = case.page.posted_at
    return Conduct(posted, POSTED) if posted else Conduct(case.opened_at, REPORTED)


def day_of_conduct(case: Case) -> date:
    """The civil day whose law counts."""
    return civil_date(conduct_of(case).at)


def law_named(case: Case, name: str) -> Ground | None:
    """The ground of law of that name, in force on the day of conduct; None for an empty name.

    Raises:
        BadInput: unknown, or not in force on that day.
    """
    if not name:
        return None
    if name.startswith(PREFIX):
        raise BadInput(
            _("a breach of your own rules is no violation of law"),
            where="ground",
            mend=_("choose a clause of law, or decide the case right away"),
        )
    ground = steps.pack().grounds.get(name)
    if ground is None:
        raise BadInput(_("no such ground"), where="ground", mend=_("choose a clause from the list"))
    day = day_of_conduct(case)
    if not ground.in_force.covers(day):
        raise BadInput(
            _("this clause was not in force on %(day)s, the day of the conduct") % {"day": date_vi(day)},
            where="ground",
            mend=_("choose a clause of that day"),
        )
    return ground


def cited(case: Case, ground: str, terms_clause: uuid.UUID | None) -> Cited | None:
    """The ground that a decision names; None where it names none.

    Args:
        case: which is decided.
        ground: a clause of law; empty for none.
        terms_clause: a clause of the organisation's own rules; None for none.

    Raises:
        BadInput: both are named, it is unknown, was not in force at the moment of the conduct, or the case is one for
            the law alone.
    """
    if terms_clause is None:
        law = law_named(case, ground)
        return LawGround(law) if law else None
    if ground:
        raise BadInput(
            _("a decision rests on one ground"), where="ground", mend=_("name a clause of law or one of your rules")
        )
    clause = own_clause(case.organisation_id, terms_clause)
    if case.kind in UNDER_LAW_ALONE:
        raise BadInput(
            _("what an authority orders, or a number that the law sets, is decided under the law alone"),
            where="ground",
            mend=_("choose a clause of law"),
        )
    moment = conduct_of(case)
    if not clause.covers(moment.at):
        raise BadInput(_not_in_force(moment), where="ground", mend=_("choose a clause of the version of that time"))
    return TermsGround(clause)


def own_clause(organisation_id: uuid.UUID, clause_id: uuid.UUID) -> TermsClause:
    """A clause that the organisation published, whenever it was in force.

    Raises:
        BadInput: it published none of that id.
    """
    found = terms.bound().clauses(organisation_id, [clause_id]).get(clause_id)
    if found is None:
        raise BadInput(_("no such ground"), where="ground", mend=_("choose a clause from the list"))
    return found


def terms_offered(case: Case) -> list[TermsClause]:
    """The clauses of the organisation's own rules that a decision of this case may rest on."""
    if case.kind in UNDER_LAW_ALONE:
        return []
    return terms.bound().in_force(case.organisation_id, conduct_of(case).at)


def parsed(value: str) -> tuple[str, uuid.UUID | None]:
    """What a form's one word for a ground names: a clause of law, or a clause of own rules.

    Raises:
        BadInput: it begins like one of own rules and names none.
    """
    value = value.strip()
    if not value.startswith(PREFIX):
        return value, None
    try:
        return "", uuid.UUID(value.removeprefix(PREFIX))
    except ValueError:
        raise BadInput(_("no such ground"), where="ground", mend=_("choose a clause from the list")) from None


def _not_in_force(moment: Conduct) -> str:
    when = timezone.localtime(moment.at).strftime("%H:%M %d/%m/%Y")
    if moment.by == POSTED:
        return _("this clause was not in force at %(when)s, when the content was posted") % {"when": when}
    return _("this clause was not in force at %(when)s, when the content was first reported") % {"when": when}
