"""The grounds a decision can rest on, as the chooser shows them: of law by category, the case's own first; then the
organisation's own rules, under a heading of their own, so that nobody takes one for the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from anlanh.base.actor import Actor
from anlanh.base.identity.models import Organisation
from anlanh.base.identity.queries import organisation
from anlanh.base.ports.terms import TermsClause
from anlanh.law.model import Ground
from anlanh.web.console.templatetags.console import in_words
from anlanh.web.law_words import language
from anlanh.work.casework.grounds import Conduct
from anlanh.work.casework.naming import as_word, terms_name

NATIONAL_SECURITY = "national_security"

# Categories of reports are fewer and plainer than those of grounds; where the names differ, this is the way over.
_GROUND_CATEGORY = {"copyright": "ip"}


@dataclass(frozen=True)
class GroundGroup:
    """Grounds of one category.

    Args:
        title: of the category.
        likely: it is the category that the case was reported under.
        grounds: in the order of their references.
    """

    title: str
    likely: bool
    grounds: list[Ground]


@dataclass(frozen=True)
class OwnRule:
    """A clause of the organisation's own rules.

    Args:
        word: how the form names it.
        title: its heading.
        cited: how papers cite it.
        text: what it says.
        about_state: a person weighs it, no machine.
        fits: of how many of the cases it was in force at the conduct; None for one case.
    """

    word: str
    title: str
    cited: str
    text: str
    about_state: bool
    fits: int | None = None


@dataclass(frozen=True)
class OwnRules:
    """What is offered of the organisation's own rules.

    Args:
        likely: those of the case's own category.
        others: the rest.
        conduct: the moment as of which they are offered; None where it differs from case to case.
    """

    likely: list[OwnRule]
    others: list[OwnRule]
    conduct: Conduct | None = None


def own_rules(actor: Actor, clauses: Iterable[TermsClause], category: str, conduct: Conduct | None = None) -> OwnRules:
    """The clauses, those that concern the given report category apart."""
    wanted, office = _GROUND_CATEGORY.get(category, category), organisation(actor)
    likely, others = [], []
    for clause in clauses:
        (likely if wanted in clause.categories else others).append(_own_rule(clause, office))
    return OwnRules(likely, others, conduct)


def own_rules_of_many(actor: Actor, found: Iterable[tuple[TermsClause, int]]) -> OwnRules:
    """Those that fit some of several cases, with how many."""
    office = organisation(actor)
    return OwnRules([], [replace(_own_rule(clause, office), fits=number) for clause, number in found])


def _own_rule(clause: TermsClause, office: Organisation) -> OwnRule:
    speaking = language()
    return OwnRule(
        word=as_word("", clause.id),
        title=clause.title.in_language(speaking),
        cited=terms_name(clause, office, speaking),
        text=clause.text.in_language(speaking),
        about_state=clause.about_state,
    )


def grouped(grounds: Iterable[Ground], category: str) -> list[GroundGroup]:
    """The grounds by category, with the given report category on top."""
    wanted = _GROUND_CATEGORY.get(category, category)
    by_category: dict[str, list[Ground]] = {}
    for ground in grounds:
        by_category.setdefault(ground.category, []).append(ground)
    # Grounds of national security come last: a decision on them rests on an order far more often than on a report.
    order = sorted(
        by_category,
        key=lambda code: (code != wanted, code == NATIONAL_SECURITY, in_words(code, "categories")),
    )
    return [GroundGroup(in_words(code, "categories"), code == wanted, by_category[code]) for code in order]
