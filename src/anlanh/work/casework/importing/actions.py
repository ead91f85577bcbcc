"""The writers of imports: a file is chosen, its columns named, the import carried out as one act, and undone as one.

The rows of a register become what forms and machines make, through the same bulk paths. Each case keeps its own acts,
with the time of receipt that the register has; the act of the import holds totals and the root over all items.
"""

import io
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotFound
from anlanh.base.acts.record import Draft, Subject, record, record_all
from anlanh.base.bulk import insert
from anlanh.base.files import store
from anlanh.base.files.store import Readable
from anlanh.base.outbox.queue import Draft as Message
from anlanh.base.outbox.queue import enqueue
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions.intake import bring_in_reports
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.authorities.actions import directory
from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.importing import acts, planning, tables
from anlanh.work.casework.importing.bulk_orders import bring_in_orders
from anlanh.work.casework.importing.cells import (
    CHANNEL_WORDS,
    ENTRY_KIND_WORDS,
    LEVEL_WORDS,
    PAGE_KIND_WORDS,
    VIA_WORDS,
)
from anlanh.work.casework.importing.fields import CONTACTS, KINDS, LISTS, ORDERS, PAGES, REPORTS, STRIKES
from anlanh.work.casework.importing.models import Import, ImportItem, ImportMapping
from anlanh.work.casework.importing.planning import READY, Planned
from anlanh.work.casework.importing.proving import tree_of
from anlanh.work.casework.importing.sheets import MOST_BYTES, Sheet, read_sheets
from anlanh.work.casework.policy import IMPORT
from anlanh.work.casework.repeats import earlier
from anlanh.work.casework.screening_lists import actions as screening_lists
from anlanh.work.registry.actions import put_pages
from anlanh.work.registry.policy import MANAGE

CHANNEL = "import"
MOST_AT_ONCE = 500  # items written while the person waits; more are the worker's, in parts of as many
LONGEST_NAME = 80
MOST_NAMED = 20  # rows that a refusal names
CHOICES = {
    "category": CATEGORIES,
    "via": VIA_WORDS,
    "channel": CHANNEL_WORDS,
    "kind": PAGE_KIND_WORDS,
    "entry_kind": ENTRY_KIND_WORDS,
    "level": LEVEL_WORDS,
}


def choose_file(actor: Actor, kind: str, name: str, stream: Readable) -> Import:
    """Keeps an uploaded register and guesses its columns; nothing of it is brought in yet.

    A mapping that was kept before and fits the headers is used in place of the guess, the newest first.

    Raises:
        NotAllowed: without `imports.run`.
        BadInput: no such kind, or the file can't be read.
        Secret: it is marked secret, or a row of it is; nothing of it was kept.
    """
    actor.require(IMPORT)
    if kind not in KINDS:
        raise BadInput(_("no such kind of register"), where="kind", mend=_("choose one from the list"))
    content = io.BytesIO(stream.read(MOST_BYTES + 1))
    sheets = read_sheets(content)
    _require_open(name, content, sheets)
    with transaction.atomic():
        stored = store.keep(actor, name, content, limit=MOST_BYTES)
        source = Import(
            organisation_id=actor.organisation_id,
            kind=kind,
            file=stored,
            uploaded_at=clock.now(),
            uploaded_by=actor.ref,
        )
        found = [tables.find_table(sheet, KINDS[kind]) for sheet in sheets]
        source.sheet = max(range(len(found)), key=lambda at: (len(found[at].guess), len(found[at].rows), -at))
        table = found[source.sheet]
        source.columns, source.defaults = table.guess, {}
        for mapping in ImportMapping.objects.visible_to(actor).filter(kind=kind).order_by("-saved_at"):
            if (columns := tables.by_labels(table, mapping.labels)) is not None:
                source.columns, source.defaults = columns, mapping.defaults
                break
        source.save(force_insert=True)
    return source


def _require_open(name: str, content: io.BytesIO, sheets: Sequence[Sheet]) -> None:
    """Refuses a register that is marked secret, saying which of its rows are; old letters are read by now."""
    marked = [
        (line, level)
        for sheet in sheets
        for line, cells in sheet.rows
        if (level := secrecy.level_in("\n".join(cell for cell in cells if isinstance(cell, str))))
    ]
    if marked:
        rows = ", ".join(str(line) for line, _level in marked[:MOST_NAMED]) + ("…" if len(marked) > MOST_NAMED else "")
        raise secrecy.Secret(
            max((level for _line, level in marked), key=secrecy.LEVELS.index),
            _("rows of this file are marked secret (%(rows)s); nothing of the file is taken") % {"rows": rows},
            _("take these rows out; note of each paper only number, sender, day and where it lies"),
        )
    secrecy.require_open([sheet.name for sheet in sheets], [(name, content)])
    content.seek(0)


def set_columns(
    actor: Actor,
    import_id: uuid.UUID,
    columns: Mapping[str, int],
    defaults: Mapping[str, str],
    *,
    sheet: int = 0,
    save_as: str = "",
) -> Import:
    """Says which column holds what, and keeps that under a name for the next file where one is given.

    Raises:
        NotFound: no such import.
        NotAllowed: without `imports.run`.
        BadInput: carried out already; an unknown field, column or code; a column named twice.
    """
    with transaction.atomic():
        source = held(actor, import_id, Import.State.CHOSEN)
        sheets = planning.sheets_of(source)
        if not 0 <= sheet < len(sheets):
            raise BadInput(_("there is no such sheet"), where="sheet", mend=_("choose one from the list"))
        source.sheet = sheet
        table = planning.table_of(source, sheets)
        _check_columns(source.kind, table, columns, defaults)
        source.columns, source.defaults = dict(columns), {name: code for name, code in defaults.items() if code}
        source.save(update_fields=["sheet", "columns", "defaults"])
        if save_as.strip():
            _keep_mapping(actor, source, table, " ".join(save_as.split())[:LONGEST_NAME])
    return source


def run(actor: Actor, import_id: uuid.UUID) -> Import:
    """Carries out an import: at once where it is short, otherwise by the worker.

    Raises:
        NotFound: no such import.
        NotAllowed: without `imports.run`.
        BadInput: carried out already, or there is nothing to bring in.
    """
    with transaction.atomic():
        source = held(actor, import_id, Import.State.CHOSEN)
        planned = planning.plan(actor, source)
        if not any(each.outcome == READY for each in planned):
            raise BadInput(_("no row can be brought in"), where="file", mend=_("see what is wrong with each row"))
        source.expected, source.run_by, source.started_at = len(planned), actor.ref, clock.now()
        source.state = Import.State.WAITING
        source.save()
        if len(planned) <= MOST_AT_ONCE:
            _write(_as(source), source, planned)
            _finish(_as(source), source)
        else:
            draft = Draft(
                "import.started",
                Subject(acts.IMPORT, source.id, new=True),
                {"kind": source.kind, "file_sha256": source.file.sha256, "items": len(planned)},
                {"file_name": source.file.name},
            )
            act = record(actor, draft)
            enqueue(
                source.organisation_id, [Message(CHANNEL, str(source.id), {"import": str(source.id)})], act_id=act.id
            )
    return source


def work_on(organisation_id: uuid.UUID, import_id: uuid.UUID) -> None:
    """Carries on a long import, a part in each transaction; for the worker. Begun again it goes on where it stopped.

    Raises:
        NotFound: no such import.
    """
    source = (
        Import.objects.select_related("organisation", "file")
        .filter(id=import_id, organisation_id=organisation_id)
        .first()
    )
    if source is None:
        raise NotFound(_("There is no such import."))
    if source.state != Import.State.WAITING:
        return
    actor = _as(source)
    planned = planning.plan(actor, source)
    while True:
        with transaction.atomic():
            source = held(actor, import_id)
            if source.state != Import.State.WAITING:
                return
            done = ImportItem.objects.filter(source=source).count()
            part = planned[done : done + MOST_AT_ONCE]
            if not part:
                _finish(actor, source)
                return
            _write(actor, source, part, position=done)


def held(actor: Actor, import_id: uuid.UUID, state: str = "") -> Import:
    """The import, held until the end of the transaction, in the state that the step needs."""
    actor.require(IMPORT)
    rows = Import.objects.visible_to(actor).select_related("organisation", "file")
    source = rows.select_for_update(of=("self",)).filter(id=import_id).first()
    if source is None:
        raise NotFound(_("There is no such import."))
    if state and source.state != state:
        raise BadInput(_("this import stands elsewhere by now"), mend=_("look at it again"))
    return source


def _as(source: Import) -> Actor:
    """The person who ordered the import, with what it needs; that they may was asked when they did."""
    return Actor(ActorKind.MEMBER, source.organisation_id, source.run_by, frozenset({IMPORT, MANAGE}))


def _check_columns(kind: str, table: tables.Table, columns: Mapping[str, int], defaults: Mapping[str, str]) -> None:
    places = {column.index for column in table.columns}
    for name, place in columns.items():
        if name not in KINDS[kind].fields or place not in places:
            raise BadInput(_("there is no such column"), where=name, mend=_("choose one from the list"))
    if len(set(columns.values())) < len(columns):
        raise BadInput(_("one column is chosen twice"), where="columns", mend=_("choose it for one field"))
    for name, code in defaults.items():
        if code and code not in CHOICES.get(name, ()):
            raise BadInput(_("no such choice"), where=name, mend=_("choose one from the list"))


def _keep_mapping(actor: Actor, source: Import, table: tables.Table, name: str) -> None:
    keys = {column.index: column.key for column in table.columns}
    labels = {field: keys[place] for field, place in source.columns.items()}
    mapping, made = ImportMapping.objects.select_for_update().get_or_create(
        organisation_id=actor.organisation_id,
        kind=source.kind,
        name=name,
        defaults={"labels": labels, "defaults": source.defaults, "saved_at": clock.now(), "saved_by": actor.ref},
    )
    if not made:
        mapping.labels, mapping.defaults = labels, source.defaults
        mapping.saved_at, mapping.saved_by = clock.now(), actor.ref
        mapping.save()
    record(
        actor,
        Draft(
            "import_mapping.saved",
            Subject(acts.MAPPING, mapping.id, new=made),
            {"kind": source.kind},
            {"name": name, "labels": labels},
        ),
    )


def _write(actor: Actor, source: Import, part: Sequence[Planned], position: int = 0) -> None:
    """Brings in what is ready of a part of the plan, and notes what became of every row."""
    items = [_item(source, each, position + at) for at, each in enumerate(part)]
    ready = [(item, each.given) for item, each in zip(items, part, strict=True) if each.outcome == READY]
    bring = {
        REPORTS: _bring_reports,
        ORDERS: _bring_orders,
        PAGES: _bring_pages,
        CONTACTS: _bring_contacts,
        STRIKES: _bring_strikes,
        LISTS: _bring_entries,
    }
    bring[source.kind](actor, source, ready)
    insert(items)


def _bring_reports(actor: Actor, source: Import, ready: Sequence[tuple[ImportItem, object]]) -> None:
    filed = bring_in_reports(actor, source.organisation, [given for _item, given in ready])
    for (item, _given), result in zip(ready, filed, strict=True):
        item.outcome = "joined" if result.joined else "opened"
        item.subject_id, item.row_id, item.act_id = result.case.id, result.report.id, result.report.act_id


def _bring_orders(actor: Actor, source: Import, ready: Sequence[tuple[ImportItem, object]]) -> None:
    brought = bring_in_orders(actor, source.organisation, [given for _item, given in ready])
    for (item, _given), (order, act) in zip(ready, brought, strict=True):
        item.outcome, item.subject_id, item.row_id, item.act_id = "opened", order.case_id, order.id, act.id


def _bring_pages(actor: Actor, source: Import, ready: Sequence[tuple[ImportItem, object]]) -> None:
    results = put_pages(actor, [given for _item, given in ready])
    for (item, _given), result in zip(ready, results, strict=True):
        if isinstance(result, BadInput):  # the plan checked it by the same rules, so only a rule changed since then
            item.outcome, item.fault = "refused", _told(result)
        else:
            item.outcome, item.subject_id, item.row_id = result.outcome, result.page.id, result.page.id


def _bring_contacts(actor: Actor, _source: Import, ready: Sequence[tuple[ImportItem, object]]) -> None:
    brought = directory.bring_in(actor, [given for _item, given in ready])
    for (item, _given), (authority, is_new) in zip(ready, brought, strict=True):
        item.outcome = "added" if is_new else "unchanged"
        item.subject_id, item.row_id = authority.id, authority.id


def _bring_strikes(actor: Actor, _source: Import, ready: Sequence[tuple[ImportItem, object]]) -> None:
    brought = earlier.bring_in(actor, [given for _item, given in ready])
    for (item, _given), (violation, act_id) in zip(ready, brought, strict=True):
        if violation is None:
            item.outcome = "known"
        else:
            item.outcome, item.act_id = "added", act_id
            item.subject_id, item.row_id = violation.id, violation.id


def _bring_entries(actor: Actor, _source: Import, ready: Sequence[tuple[ImportItem, object]]) -> None:
    brought = screening_lists.add(actor, [given for _item, given in ready])
    for (item, _given), (entry, act_id) in zip(ready, brought, strict=True):
        if entry is None:
            item.outcome = "known"
        else:
            item.outcome, item.act_id = "added", act_id
            item.subject_id, item.row_id = entry.id, entry.id


def _item(source: Import, each: Planned, position: int) -> ImportItem:
    return ImportItem(
        organisation_id=source.organisation_id,
        source=source,
        line=each.line,
        part=each.part,
        position=position,
        outcome=each.outcome,
        original_number=each.original_number,
        digest=each.digest,
        fault=_told(each.fault) if each.fault else None,
    )


def _told(fault: BadInput) -> dict[str, str]:
    return {"what": fault.what, "where": fault.where, "mend": fault.mend}


def _finish(actor: Actor, source: Import) -> None:
    """Records the import as one act."""
    items = ImportItem.objects.filter(source=source).order_by("position")
    totals = dict.fromkeys(acts.OUTCOMES, 0)
    rows = list(items.iterator())
    for item in rows:
        totals[item.outcome] += 1
    source.root = tree_of(rows).root().hex()
    labels = {name: tables.letter_of(place) for name, place in source.columns.items()}
    draft = Draft(
        "import.done",
        Subject(acts.IMPORT, source.id),
        {
            "kind": source.kind,
            "file_sha256": source.file.sha256,
            "items": len(rows),
            "root": source.root,
            **totals,
        },
        {"file_name": source.file.name, "columns": labels},
    )
    source.act_id = record_all(actor, [draft])[0].id
    source.totals, source.state, source.finished_at = totals, Import.State.DONE, clock.now()
    source.save()
