"""What papers and pages call things: clauses of law, clauses of an organisation's own rules, organisations.

The two kinds of ground are named here alone, so that neither is ever shown as the other.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from anlanh.base.identity.models import Organisation
from anlanh.base.ports import terms
from anlanh.base.ports.terms import TermsClause
from anlanh.law.model import Text
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import civil_date, date_vi, date_words
from anlanh.work.casework import links, steps

LAW, TERMS = "law", "terms"
POSTED, REPORTED = "posted", "reported"
PREFIX = "terms:"  # before the id of a clause, where a form or a rule names a ground in one word

KINDS: dict[str, Text] = {
    LAW: Text("pháp luật", "law"),
    TERMS: Text("quy định của tổ chức, không phải pháp luật", "the organisation's own rules, not law"),
}


@dataclass(frozen=True)
class GroundSaid:
    """A ground in words.

    Args:
        kind: LAW or TERMS.
        title: how papers cite it.
        text: what it says.
        note: of the organisation's own rules, that they are not law, and why that version counts; empty for law.
        link: where everybody reads those rules as they were; empty for law.
    """

    kind: str
    title: str
    text: str
    note: str = ""
    link: str = ""

    @property
    def is_law(self) -> bool:
        """Whether it is a clause of law."""
        return self.kind == LAW


def ground_said(row: Any, language: str) -> GroundSaid:
    """The ground of a decision, a proposal, a preset or a group.

    Args:
        row: with `ground`, `terms_clause` and its organisation; a decision also says which moment counted.
        language: `en`, or Vietnamese for anything else.
    """
    if row.terms_clause is None:
        return GroundSaid(LAW, clause_name(row.ground, language), clause_words(row.ground, language))
    clause = terms.bound().clauses(row.organisation_id, [row.terms_clause])[row.terms_clause]
    return _terms_said(clause, row.organisation, language, getattr(row, "conduct_at", None), row)


def terms_name(clause: TermsClause, organisation: Organisation, language: str) -> str:
    """How papers cite a clause of an organisation's own rules, with its version and first day."""
    document, name = clause.document_title.in_language(language), organisation_name(organisation, language)
    since = civil_date(clause.since)
    if language == "en":
        day = date_words(since, "en")
        return f"{document} of {name}, version {clause.version}, item {clause.number}, in force since {day}"
    return f"{document} của {name}, phiên bản {clause.version}, mục {clause.number}, có hiệu lực từ {date_vi(since)}"


def terms_words(clause: TermsClause, language: str) -> str:
    """What a clause of an organisation's own rules says, heading first."""
    return f"{clause.title.in_language(language)}. {clause.text.in_language(language)}"


def _terms_said(clause: TermsClause, organisation: Organisation, language: str, moment: Any, row: Any) -> GroundSaid:
    name = organisation_name(organisation, language)
    note = Text(
        f"Đây là quy định của {name}, không phải căn cứ pháp luật.", f"This is a rule of {name}, not a ground of law."
    ).in_language(language)
    if moment is not None:
        note = f"{note} {_why_that_version(row.conduct_by, moment, language)}"
    link = links.terms(organisation.code, clause.slug, clause.version, clause.number)
    title = terms_name(clause, organisation, language)
    return GroundSaid(TERMS, title, terms_words(clause, language), note, link)


def _why_that_version(by: str, moment: Any, language: str) -> str:
    day = civil_date(moment)
    vi, en = date_vi(day), date_words(day, "en")
    if by == POSTED:
        return Text(
            f"Phiên bản này đang có hiệu lực khi nội dung được đăng, ngày {vi}.",
            f"This version was in force when the content was posted, on {en}.",
        ).in_language(language)
    return Text(
        f"Không rõ nội dung được đăng lúc nào; phiên bản này đang có hiệu lực khi có phản ánh đầu tiên, ngày {vi}.",
        f"It is not known when the content was posted; this version was in force when it was first reported, on {en}.",
    ).in_language(language)


def organisation_name(organisation: Organisation, language: str) -> str:
    """The organisation's name in a language, as far as it has one there."""
    return (organisation.name_en or organisation.name) if language == "en" else organisation.name


def clause_name(reference: str, language: str) -> str:
    """How papers cite a clause, with the short title of its instrument; the text itself where the pack has none."""
    try:
        clause = ClauseRef.parse(reference)
    except ValueError:
        return reference
    instrument = steps.pack().instruments.get(clause.instrument)
    title = instrument.short.in_language(language) if instrument else clause.instrument
    return clause.format_en(title) if language == "en" else clause.format_vi(title)


def clause_words(reference: str, language: str) -> str:
    """What a clause says; empty for one that the pack does not have."""
    try:
        clause = steps.pack().clauses.get(ClauseRef.parse(reference))
    except ValueError:
        return ""
    return clause.summary.in_language(language) if clause else ""


def as_word(ground: str, terms_clause: uuid.UUID | None) -> str:
    """The one word for it in a form or a rule."""
    return f"{PREFIX}{terms_clause}" if terms_clause else ground
