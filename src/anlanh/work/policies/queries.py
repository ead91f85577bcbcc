"""The readers of an organisation's own rules: drafts for those who write them, versions for everybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.identity.models import Organisation
from anlanh.law.model import Text
from anlanh.work.policies.differences import Change, changes
from anlanh.work.policies.digests import exact_text
from anlanh.work.policies.drafting import Clause as DraftClause
from anlanh.work.policies.kinds import KINDS, Kind
from anlanh.work.policies.models import Clause, Document, Version
from anlanh.work.policies.policy import MANAGE
from anlanh.work.policies.standing import Span, spans

WAITING, IN_FORCE, SUPERSEDED, WITHDRAWN = "waiting", "in_force", "superseded", "withdrawn"


@dataclass(frozen=True)
class Edition:
    """A published version as it stands now.

    Args:
        kind: of the document.
        version: the row.
        title: what its authors call it.
        state: WAITING for its day, IN_FORCE, SUPERSEDED or WITHDRAWN.
        ends_at: when it ended or will; None while no end is known.
        reason: why it was withdrawn; empty otherwise.
    """

    kind: Kind
    version: Version
    title: Text
    state: str
    ends_at: datetime | None
    reason: str

    @property
    def number(self) -> int:
        """Its number among those of the document."""
        return self.version.number


@dataclass(frozen=True)
class Drafted:
    """A document as those who write it see it.

    Args:
        kind: which.
        document: the row; None before anybody began.
        clauses: of the draft, in order.
        editions: what was published, the newest first.
        changed: the draft says something else than the newest version, or there is none.
    """

    kind: Kind
    document: Document | None
    clauses: list[DraftClause]
    editions: list[Edition]
    changed: bool

    @property
    def revision(self) -> int:
        """Of the draft; 0 before anybody began."""
        return self.document.revision if self.document else 0

    @property
    def current(self) -> Edition | None:
        """The edition in force now."""
        return next((one for one in self.editions if one.state == IN_FORCE), None)


def documents(actor: Actor) -> list[Drafted]:
    """Every kind of document of the organisation.

    Raises:
        NotAllowed: without `terms.manage`.
    """
    actor.require(MANAGE)
    rows = {row.kind: row for row in Document.objects.visible_to(actor)}
    return [_drafted(kind, rows.get(code)) for code, kind in KINDS.items()]


def drafted(actor: Actor, document_kind: str) -> Drafted:
    """One of them.

    Raises:
        NotAllowed: without `terms.manage`.
        NotFound: no such kind.
    """
    actor.require(MANAGE)
    if document_kind not in KINDS:
        raise NotFound(_("There is no such document."))
    return _drafted(KINDS[document_kind], Document.objects.visible_to(actor).filter(kind=document_kind).first())


def draft_changes(actor: Actor, document_kind: str, language: str = "vi") -> list[Change]:
    """What the draft changes against the newest version.

    Raises:
        NotAllowed, NotFound: as for `drafted`.
    """
    found = drafted(actor, document_kind)
    before = _clauses(found.editions[0].version) if found.editions else []
    return changes(before, [Clause(id=clause.key, **clause.fields()) for clause in found.clauses], language)


def editions_of(organisation: Organisation, document_kind: str = "") -> list[Edition]:
    """Everything that an organisation published, or of one kind; the newest first."""
    rows = Document.objects.filter(organisation=organisation).order_by("kind")
    rows = rows.filter(kind=document_kind) if document_kind else rows
    return [edition for row in rows for edition in _editions(KINDS[row.kind], row)]


def edition(organisation: Organisation, document_kind: str, number: int) -> Edition:
    """One published version.

    Raises:
        NotFound: the organisation published none such.
    """
    found = [one for one in editions_of(organisation, document_kind) if one.number == number]
    if not found or document_kind not in KINDS:
        raise NotFound(_("There is no such version."))
    return found[0]


def clauses_of(of: Edition) -> list[Clause]:
    """The clauses of a published version, in order."""
    return _clauses(of.version)


def exact_text_of(organisation: Organisation, of: Edition) -> bytes:
    """The bytes that its digest is made of."""
    return exact_text(organisation.code, of.kind.code, of.version, _clauses(of.version))


def changes_between(before: Edition, after: Edition, language: str) -> list[Change]:
    """What changed between two versions of one document."""
    return changes(_clauses(before.version), _clauses(after.version), language)


def _drafted(kind: Kind, row: Document | None) -> Drafted:
    clauses = [DraftClause.of(kept) for kept in row.draft] if row else []
    editions = _editions(kind, row) if row else []
    return Drafted(kind, row, clauses, editions, bool(row) and _differs(row, clauses, editions))


def _differs(row: Document, clauses: list[DraftClause], editions: list[Edition]) -> bool:
    if not editions:
        return bool(clauses)
    last = editions[0].version
    if (row.title_vi, row.title_en) != (last.title_vi, last.title_en):
        return True
    published = _clauses(last)
    return len(published) != len(clauses) or any(
        getattr(row, name) != value
        for row, clause in zip(published, clauses, strict=True)
        for name, value in clause.fields().items()
    )


def _editions(kind: Kind, row: Document) -> list[Edition]:
    """The versions of a document with how each stands, the newest first."""
    versions = with_withdrawal(row.versions.all())
    standing = {span.version.id: span for span in spans(versions)}
    found = [_edition(kind, version, standing.get(version.id)) for version in versions]
    return sorted(found, key=lambda one: -one.number)


def with_withdrawal(rows: QuerySet[Version]) -> list[Version]:
    """Versions as `standing` asks for them: each with `withdrawn_at`."""
    versions = list(rows.select_related("withdrawal"))
    for version in versions:
        version.withdrawn_at = version.withdrawal.withdrawn_at if hasattr(version, "withdrawal") else None
    return versions


def _edition(kind: Kind, version: Version, span: Span | None) -> Edition:
    now, withdrawn = clock.now(), version.withdrawn_at is not None
    ends_at = span.ends_at if span else version.withdrawn_at
    if span and span.covers(now):
        state = IN_FORCE
    elif span and now < span.starts_at:
        state = WAITING
    elif withdrawn and ends_at == version.withdrawn_at:
        state = WITHDRAWN
    else:
        state = SUPERSEDED
    title = Text(version.title_vi, version.title_en or version.title_vi)
    return Edition(kind, version, title, state, ends_at, version.withdrawal.reason if withdrawn else "")


def _clauses(version: Version) -> list[Clause]:
    return list(version.clauses.order_by("position"))
