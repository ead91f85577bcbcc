"""What decisions ask of an organisation's rules; bound to the port `terms` by `server`."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from anlanh.base.ports.terms import TermsClause
from anlanh.law.model import Text
from anlanh.work.policies import digests
from anlanh.work.policies.kinds import KINDS
from anlanh.work.policies.models import Clause, Document, Version
from anlanh.work.policies.queries import with_withdrawal
from anlanh.work.policies.standing import Span, spans

_GROUNDS = [code for code, kind in KINDS.items() if kind.is_ground]


def in_force(organisation_id: uuid.UUID, at: datetime) -> list[TermsClause]:
    """The clauses that a decision of the organisation may rest on for what was posted at a moment, in order."""
    return in_force_between(organisation_id, at, at)


def in_force_between(organisation_id: uuid.UUID, first: datetime, last: datetime) -> list[TermsClause]:
    """Those of every version that was in force at some moment from the first to the last, earlier versions first."""
    found: list[TermsClause] = []
    for document in _documents(organisation_id):
        for span in _spans(document):
            if span.starts_at <= last and (span.ends_at is None or first < span.ends_at):
                rows = span.version.clauses.order_by("position")
                found += [_clause(document, span, row) for row in rows]
    return found


def clauses(organisation_id: uuid.UUID, clause_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, TermsClause]:
    """Published clauses of the organisation by id, whenever they were in force; those of others are not there."""
    rows = list(
        Clause.objects.filter(organisation_id=organisation_id, id__in=list(clause_ids)).select_related("version")
    )
    wanted = {row.version.document_id for row in rows}
    documents = {one.id: (one, {span.version.id: span for span in _spans(one)}) for one in _documents(organisation_id)}
    found = {}
    for row in rows:
        if row.version.document_id not in wanted & documents.keys():
            continue
        document, standing = documents[row.version.document_id]
        found[row.id] = _clause(document, standing.get(row.version_id) or _never(row.version), row)
    return found


def exact_text(organisation_id: uuid.UUID, clause_id: uuid.UUID) -> bytes:
    """The exact bytes of the version that a clause is in.

    Raises:
        LookupError: the organisation published no such clause.
    """
    rows = Clause.objects.filter(organisation_id=organisation_id, id=clause_id)
    row = rows.select_related("version__document", "organisation").first()
    if row is None:
        raise LookupError(f"no clause {clause_id}")
    version = row.version
    in_order = list(version.clauses.order_by("position"))
    return digests.exact_text(row.organisation.code, version.document.kind, version, in_order)


def _documents(organisation_id: uuid.UUID) -> list[Document]:
    rows = {row.kind: row for row in Document.objects.filter(organisation_id=organisation_id, kind__in=_GROUNDS)}
    return [rows[code] for code in _GROUNDS if code in rows]


def _spans(document: Document) -> list[Span]:
    return spans(with_withdrawal(document.versions.all()))


def _never(version: Version) -> Span:
    """The empty span of a version that was withdrawn before it began."""
    return Span(version, version.starts_at, version.starts_at)


def _clause(document: Document, span: Span, row: Clause) -> TermsClause:
    return TermsClause(
        id=row.id,
        key=row.key,
        document=document.kind,
        document_title=KINDS[document.kind].title,
        slug=KINDS[document.kind].slug,
        version=span.version.number,
        digest=span.version.digest,
        since=span.starts_at,
        until=span.ends_at,
        number=row.number,
        title=Text(row.title_vi, row.title_en or row.title_vi),
        text=Text(row.text_vi, row.text_en or row.text_vi),
        categories=tuple(row.categories),
        about_state=row.about_state,
    )
