"""The port through which decisions know an organisation's own published rules: casework asks, policies answer."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from anlanh.law.model import Text


@dataclass(frozen=True, slots=True)
class TermsClause:
    """One clause of a published version.

    Args:
        id: of this clause of this version.
        key: the same in every version that the clause is in.
        document: the kind of document, as acts name it.
        document_title: what every page and letter calls that kind.
        slug: the kind in addresses of the portal.
        version: the version's number.
        digest: SHA-256 over the version's exact text.
        since, until: when the version is in force, the end excluded; None while no end is known.
        number: the clause's number, such as `3.2`.
        title, text: its heading and words.
        categories: the categories of content that it concerns, in the pack's words.
        about_state: it concerns national security or what is said of public bodies; no machine may bring it.
    """

    id: uuid.UUID
    key: uuid.UUID
    document: str
    document_title: Text
    slug: str
    version: int
    digest: str
    since: datetime
    until: datetime | None
    number: str
    title: Text
    text: Text
    categories: tuple[str, ...]
    about_state: bool

    def covers(self, moment: datetime) -> bool:
        """Whether the clause was in force at that moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


class Terms(Protocol):
    """Whoever keeps what organisations published as their rules."""

    def in_force(self, organisation_id: uuid.UUID, at: datetime) -> list[TermsClause]:
        """The clauses that a decision may rest on for what was posted at a moment, in order."""
        ...

    def in_force_between(self, organisation_id: uuid.UUID, first: datetime, last: datetime) -> list[TermsClause]:
        """Those of every version that was in force at some moment from the first to the last."""
        ...

    def exact_text(self, organisation_id: uuid.UUID, clause_id: uuid.UUID) -> bytes:
        """The bytes of the version that a clause is in, of which `digest` is the SHA-256."""
        ...

    def clauses(self, organisation_id: uuid.UUID, clause_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, TermsClause]:
        """Published clauses of the organisation by id, whenever they were in force."""
        ...


_bound: Terms | None = None


def bind(implementation: Terms) -> None:
    """Binds the room that keeps the rules; called once, by `server`."""
    global _bound
    _bound = implementation


def bound() -> Terms:
    """The room bound to this port.

    Raises:
        LookupError: when `server` bound none.
    """
    if _bound is None:
        raise LookupError("nothing is bound to the port terms")
    return _bound
