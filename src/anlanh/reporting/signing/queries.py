"""The readers of signatures. That a lawyer of an organisation signed is public; who it was is for colleagues."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from anlanh.base.actor import Actor, NotFound, system
from anlanh.law.contents import Pack
from anlanh.reporting.signing.models import LawSignature
from anlanh.reporting.signing.targets import PACK, exists, target

HOLDS, EARLIER, UNSIGNED = "signed", "signed_earlier", "unsigned"


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as pages show it.

    Args:
        organisation: whose lawyer signed, by name.
        at: when.
        pack_version: of the version that was read.
        whole: it is under the whole pack.
        holds: what was read is what stands there now.
        signature_id, by: for colleagues; None on public pages.
        note: for colleagues; empty on public pages.
    """

    organisation: str
    organisation_en: str
    at: datetime
    pack_version: str
    whole: bool
    holds: bool
    signature_id: uuid.UUID | None = None
    by: uuid.UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one entry stands: HOLDS, EARLIER or UNSIGNED, with the signatures that say so, the last one first."""

    state: str
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True)
class Signatures:
    """All live signatures of some readers' view, asked entry by entry.

    Args:
        by_target: kind and id of what is signed → signatures, the last one first.
    """

    by_target: Mapping[tuple[str, str], list[Signed]]

    def on(self, kind: str, identifier: str) -> Standing:
        """How an entry stands: by its own signatures, and by those under the whole pack."""
        whole = self.by_target.get((PACK, ""), [])
        own = [] if kind == PACK else self.by_target.get((kind, identifier), [])
        holding = [entry for entry in (*own, *whole) if entry.holds]
        if holding:
            return Standing(HOLDS, tuple(holding))
        return Standing(EARLIER, (*own, *whole)) if own or whole else Standing(UNSIGNED)


def public_signatures(pack: Pack) -> Signatures:
    """What every organisation of this deployment has signed."""
    return _gathered(pack, _live(LawSignature.objects.all()), public=True)


def signatures(actor: Actor, pack: Pack) -> Signatures:
    """What the actor's own organisation has signed."""
    return _gathered(pack, _live(LawSignature.objects.visible_to(actor)), public=False)


def signatures_of(organisation_id: uuid.UUID, pack: Pack) -> Signatures:
    """The same for jobs, which act for no person."""
    return signatures(system(organisation_id), pack)


def one(actor: Actor, signature_id: uuid.UUID) -> LawSignature:
    """One signature of the actor's organisation.

    Raises:
        NotFound: no such signature here.
    """
    found = LawSignature.objects.visible_to(actor).filter(id=signature_id).first()
    if found is None:
        raise NotFound("there is no such signature")
    return found


def _live(rows: QuerySet[LawSignature]) -> QuerySet[LawSignature]:
    live = rows.filter(withdrawn_at__isnull=True).select_related("organisation")
    return live.order_by("-signed_at", "-id")


def _gathered(pack: Pack, rows: Iterable[LawSignature], *, public: bool) -> Signatures:
    found: dict[tuple[str, str], list[Signed]] = {}
    for row in rows:
        found.setdefault((row.kind, row.target), []).append(_signed(pack, row, public=public))
    return Signatures(found)


def _signed(pack: Pack, row: LawSignature, *, public: bool) -> Signed:
    known = exists(pack, row.kind, row.target)
    return Signed(
        organisation=row.organisation.name,
        organisation_en=row.organisation.name_en,
        at=row.signed_at,
        pack_version=row.pack_version,
        whole=row.kind == PACK,
        holds=known and target(pack, row.kind, row.target).digest == row.digest,
        signature_id=None if public else row.id,
        by=None if public else row.signed_by,
        note="" if public else row.note,
    )
