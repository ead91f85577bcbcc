"""The readers of imports."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.ledger.merkle import leaf_hash
from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import policy
from anlanh.work.casework.authorities.models import Authority
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.importing import planning
from anlanh.work.casework.importing.fields import CONTACTS, KINDS, LISTS, ORDERS, PAGES, STRIKES, Kind
from anlanh.work.casework.importing.models import Import, ImportItem, ImportMapping
from anlanh.work.casework.importing.planning import Planned
from anlanh.work.casework.importing.proving import leaf_of, tree_of
from anlanh.work.casework.importing.tables import Table, find_table
from anlanh.work.casework.models import Case, Order, Report
from anlanh.work.casework.repeats.models import EarlierViolation
from anlanh.work.casework.screening_lists import queries as screening_lists
from anlanh.work.registry import queries as registry

EXPORT_CHUNK = 500


@dataclass(frozen=True)
class Register:
    """A file as it was read.

    Args:
        source: the import.
        kind: what it is.
        sheets: the names of its sheets.
        table: the register on the chosen one.
        letters: old letters that were turned into Unicode.
    """

    source: Import
    kind: Kind
    sheets: list[str]
    table: Table
    letters: list[str]


@dataclass(frozen=True)
class ItemProof:
    """That an item belongs to its import.

    Args:
        leaf: the bytes whose hash is the leaf's.
        index: its place among the items.
        size: how many there are.
        path: the hashes on the way to the root.
        root: the root that the act states.
    """

    leaf: bytes
    index: int
    size: int
    path: list[bytes]
    root: bytes

    @property
    def leaf_hash(self) -> bytes:
        """The leaf's hash, as `ledger.merkle.verify_inclusion` takes it."""
        return leaf_hash(self.leaf)


def imports(actor: Actor) -> QuerySet[Import]:
    """The organisation's imports, newest first.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    return Import.objects.visible_to(actor).select_related("file", "organisation").order_by("-uploaded_at", "-id")


def one(actor: Actor, import_id: uuid.UUID) -> Import:
    """One import.

    Raises:
        NotAllowed: without `imports.run`.
        NotFound: the organisation has no such import.
    """
    found = imports(actor).filter(id=import_id).first()
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def register(actor: Actor, import_id: uuid.UUID) -> Register:
    """The file of an import as it was read, with its columns.

    Raises:
        NotAllowed, NotFound: as for `one`.
        BadInput: it can't be read.
    """
    source = one(actor, import_id)
    sheets = planning.sheets_of(source)
    letters = sorted(frozenset().union(*(sheet.letters for sheet in sheets)))
    names = [sheet.name for sheet in sheets]
    return Register(source, KINDS[source.kind], names, planning.table_of(source, sheets), letters)


def guess(actor: Actor, import_id: uuid.UUID, sheet: int = 0) -> dict[str, int]:
    """Which column of a sheet holds what, by the words over it.

    Raises:
        NotAllowed, NotFound: as for `one`.
        BadInput: it can't be read, or has no such sheet.
    """
    source = one(actor, import_id)
    sheets = planning.sheets_of(source)
    if not 0 <= sheet < len(sheets):
        raise BadInput(_("there is no such sheet"), where="sheet", mend=_("choose one from the list"))
    return find_table(sheets[sheet], KINDS[source.kind]).guess


def plan(actor: Actor, import_id: uuid.UUID) -> list[Planned]:
    """What the import would do now, row by row.

    Raises:
        NotAllowed, NotFound: as for `one`.
        BadInput: the file can't be read, or a column that every row needs is not chosen.
    """
    return planning.plan(actor, one(actor, import_id))


def items(actor: Actor, import_id: uuid.UUID) -> QuerySet[ImportItem]:
    """What became of each row, in the order of the file.

    Raises:
        NotAllowed, NotFound: as for `one`.
    """
    return ImportItem.objects.visible_to(actor).filter(source=one(actor, import_id)).order_by("position")


def prove(actor: Actor, import_id: uuid.UUID, position: int = 0) -> ItemProof:
    """The proof of one item against the root that the act of the import states.

    Raises:
        NotAllowed, NotFound: as for `one`; no such item, or the import is not done.
    """
    source = one(actor, import_id)
    rows = list(items(actor, import_id))
    if not source.root or not 0 <= position < len(rows):
        raise NotFound(_("There is no such item."))
    path = tree_of(rows).inclusion_proof(position, len(rows))
    return ItemProof(leaf_of(rows[position]), position, len(rows), path, bytes.fromhex(source.root))


def mappings(actor: Actor, kind: str) -> QuerySet[ImportMapping]:
    """The mappings kept for registers of a kind, by name.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    return ImportMapping.objects.visible_to(actor).filter(kind=kind).order_by("name")


def origins(actor: Actor, case_id: uuid.UUID) -> QuerySet[ImportItem]:
    """Where a case was brought in from: the rows of registers, with the numbers they had there.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    seen = within(actor, Case.objects.visible_to(actor)).filter(id=case_id).values("id")
    rows = ImportItem.objects.visible_to(actor).filter(subject_id__in=seen, row_id__isnull=False)
    return rows.exclude(source__state=Import.State.UNDONE).select_related("source__file").order_by("position")


def exported(actor: Actor, kind: str) -> list[list[str]]:
    """Everything open of a kind in the columns of its register, the header first; what an import reads again.

    Who reported is left empty for those who may not see reporters.

    Raises:
        NotAllowed: without `imports.run`, and for cases without `cases.view`.
        NotFound: no such kind.
    """
    actor.require(policy.IMPORT)
    if kind not in KINDS:
        raise NotFound(_("There is no such register."))
    if KINDS[kind].of_cases:
        actor.require(policy.VIEW)
    return list(_lines(actor, KINDS[kind]))


def _lines(actor: Actor, kind: Kind) -> Iterator[list[str]]:
    yield [str(each.title) for each in kind.fields.values()]
    hidden = {each.name for each in kind.fields.values() if each.personal and not actor.can(policy.SEE_REPORTERS)}
    for values in _values(actor, kind.name):
        yield ["" if name in hidden else str(values.get(name, "")) for name in kind.fields]


def _values(actor: Actor, kind: str) -> Iterable[dict[str, object]]:
    if kind == PAGES:
        for page in registry.pages(actor).iterator(chunk_size=EXPORT_CHUNK):
            yield {
                "address": page.address,
                "title": page.title,
                "kind": page.kind,
                "posted_at": _written(page.posted_at),
                "holder_name": page.holder.name if page.holder else "",
                "holder_address": page.holder.address if page.holder else "",
                "holder_email": page.holder.contact_email if page.holder else "",
                "language": page.holder.language if page.holder else "",
            }
        return
    if kind == CONTACTS:
        for body in Authority.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("name", "id"):
            yield {"name": body.name, "phone": body.phone, "complaints": body.complaints}
        return
    if kind == STRIKES:
        yield from map(_violation, EarlierViolation.objects.visible_to(actor).order_by("decided_at", "id"))
        return
    if kind == LISTS:
        for entry in screening_lists.entries(actor).iterator(chunk_size=EXPORT_CHUNK):
            said = ("original_number", "value", "level", "ground")
            yield {"entry_kind": entry.kind} | {name: getattr(entry, name) for name in said}
        return
    model = Order if kind == ORDERS else Report
    related = ("case__page",) if kind == ORDERS else ("case__page", "reporter")
    seen = within(actor, model.objects.visible_to(actor), "case__queue")
    rows = seen.filter(case__closed_at__isnull=True).select_related(*related)
    batch: list = []
    for row in rows.order_by("received_at", "id").iterator(chunk_size=EXPORT_CHUNK):
        batch.append(row)
        if len(batch) == EXPORT_CHUNK:
            yield from _cases(actor, kind, batch)
            batch = []
    yield from _cases(actor, kind, batch)


def _violation(row: EarlierViolation) -> dict[str, object]:
    said = ("account", "original_number", "measure", "about", "decided_by", "ground")
    return {"decided_at": _written(row.decided_at)} | {name: getattr(row, name) for name in said}


def _cases(actor: Actor, kind: str, rows: list) -> Iterator[dict[str, object]]:
    numbers = dict(
        ImportItem.objects.visible_to(actor)
        .filter(subject_id__in=[row.case_id for row in rows], row_id__in=[row.id for row in rows])
        .values_list("row_id", "original_number")
    )
    for row in rows:
        common = {
            "original_number": numbers.get(row.id, ""),
            "received_at": _written(row.received_at),
            "address": row.case.page.address,
        }
        if kind == ORDERS:
            said = ("office", "number", "signed_by", "words", "clause", "channel")
            common |= {"category": row.case.category, "emergency": "x" if row.emergency else ""}
        elif not policy.sees_words_of(actor, row.case):
            said = ("category",)
        else:
            said = ("category", "text", "via")
            common |= {"reporter_name": row.reporter.name, "reporter_email": row.reporter.email}
            common |= {"concerns_child": "x" if row.concerns_child else ""}
        yield common | {name: getattr(row, name) for name in said}


def _written(moment: object) -> str:
    """A moment as the import reads it again."""
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S") if moment else ""
