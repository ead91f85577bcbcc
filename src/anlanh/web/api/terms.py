"""An organisation's own published rules, for machines: versions with their digests, and the words of each."""

import uuid
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from anlanh.base.identity.queries import organisation_by_code
from anlanh.web.api.answering import answer
from anlanh.work.policies import queries
from anlanh.work.policies.queries import Edition

router = Router()


class Said(BaseModel):
    """A text in both languages; English is null where there is none."""

    vi: str
    en: str | None


class VersionOut(BaseModel):
    """A published version. It never changes."""

    document: str = Field(description="terms_of_use, community_rules or handling.")
    number: int
    title: Said
    state: str = Field(description="waiting, in_force, superseded or withdrawn.")
    starts_on: date
    starts_at: datetime
    ends_at: datetime | None
    published_at: datetime
    digest: str = Field(description="SHA-256 over the exact text; the act of publication in the log holds it, too.")


class ClauseOut(BaseModel):
    """One clause; its id is what a decision cites."""

    id: uuid.UUID
    key: uuid.UUID = Field(description="The same in every version that the clause is in.")
    number: str
    title: Said
    text: Said
    categories: list[str]
    about_state: bool = Field(description="Of national security or of public bodies: no machine may cite it.")


class Versions(BaseModel):
    """Every version of every document, the newest of each first."""

    versions: list[VersionOut]


class VersionWhole(VersionOut):
    """A version with its clauses, in order."""

    clauses: list[ClauseOut]


@router.get("/terms/{slug:organisation}", auth=None, response=Versions)
def list_terms(request: HttpRequest, organisation: str) -> HttpResponse:
    """What an organisation published as its own rules; open to everybody."""
    office = organisation_by_code(organisation)
    return answer(Versions(versions=[VersionOut(**_head(one)) for one in queries.editions_of(office)]))


@router.get("/terms/{slug:organisation}/{slug:document}/{int:version}", auth=None, response=VersionWhole)
def get_terms(request: HttpRequest, organisation: str, document: str, version: int) -> HttpResponse:
    """One version with its clauses; open to everybody."""
    found = queries.edition(organisation_by_code(organisation), document, version)
    clauses = [
        ClauseOut(
            id=clause.id,
            key=clause.key,
            number=clause.number,
            title=_said(clause.title_vi, clause.title_en),
            text=_said(clause.text_vi, clause.text_en),
            categories=clause.categories,
            about_state=clause.about_state,
        )
        for clause in queries.clauses_of(found)
    ]
    return answer(VersionWhole(**_head(found), clauses=clauses))


def _head(edition: Edition) -> dict:
    row = edition.version
    return {
        "document": edition.kind.code,
        "number": row.number,
        "title": _said(row.title_vi, row.title_en),
        "state": edition.state,
        "starts_on": row.starts_on,
        "starts_at": row.starts_at,
        "ends_at": edition.ends_at,
        "published_at": row.published_at,
        "digest": row.digest,
    }


def _said(vi: str, en: str) -> Said:
    return Said(vi=vi, en=en or None)
