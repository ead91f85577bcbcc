"""What an import would do, row by row: the same plan is shown before it and carried out by it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.files import store
from anlanh.law.clocks import clocks_for
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps
from anlanh.work.casework.actions import orders, report_input
from anlanh.work.casework.actions.orders import OrderInput
from anlanh.work.casework.actions.report_input import ReportInput
from anlanh.work.casework.authorities.actions import AuthorityInput, directory
from anlanh.work.casework.importing.entries import Entry, Faulty, Given, Passed, entries, in_column
from anlanh.work.casework.importing.fields import KINDS, LISTS, ORDERS, REPORTS
from anlanh.work.casework.importing.models import Import, ImportItem
from anlanh.work.casework.importing.sheets import Sheet, read_sheets
from anlanh.work.casework.importing.tables import Table, find_table
from anlanh.work.casework.repeats import earlier
from anlanh.work.casework.repeats.earlier import EarlierInput
from anlanh.work.casework.screening_lists import checking
from anlanh.work.casework.screening_lists import queries as screening_lists
from anlanh.work.casework.screening_lists.checking import EntryInput
from anlanh.work.registry.inputs import checked as checked_page

READY = "ready"
_EVENTS = {REPORTS: ("report", "report.received"), ORDERS: ("order", "order.received")}
_LOOKED_UP_AT_ONCE = 500


@dataclass(frozen=True)
class Planned:
    """What becomes of one row, or of one address of it.

    Args:
        line: row of the file.
        part: which address of the row, from 0.
        outcome: `ready` to be brought in, `refused`, `repeated` further up in the file, `known` from an import before,
            or `settled` already where it comes from.
        given: what is brought in, checked.
        original_number: under which the register had it.
        fault: why it is refused.
        digest: of what the row says.
        due_at: when its earliest clock is due.
        hour_known: the row says at which hour it came; if not, its clocks run from the beginning of the day.
    """

    line: int
    part: int
    outcome: str
    given: Given | None = None
    original_number: str = ""
    fault: BadInput | None = None
    digest: str = ""
    due_at: datetime | None = None
    hour_known: bool = True


def sheets_of(source: Import) -> list[Sheet]:
    """The sheets of the import's file.

    Raises:
        BadInput: it can't be read.
    """
    with store.open_file(source.file) as stream:
        return read_sheets(stream)


def table_of(source: Import, sheets: list[Sheet]) -> Table:
    """The register on the sheet that was chosen."""
    return find_table(sheets[min(source.sheet, len(sheets) - 1)], KINDS[source.kind])


def plan(actor: Actor, source: Import) -> list[Planned]:
    """What the import would do now; nothing is written.

    Raises:
        BadInput: the file as a whole can't be read, or a column that every row needs is not chosen.
    """
    kind = KINDS[source.kind]
    missing = [each.title for each in kind.fields.values() if each.needed and each.name not in source.columns]
    if missing:
        raise BadInput(
            _("no column is chosen for “%(title)s”") % {"title": missing[0]},
            where="columns",
            mend=_("choose the column that holds it"),
        )
    table = table_of(source, sheets_of(source))
    reason = _("Import of %(name)s") % {"name": source.file.name}
    read = entries(table, kind, source.columns, source.defaults, reason)
    named = {column.index: column.label for column in table.columns}
    columns = {name: named.get(index, name) for name, index in source.columns.items()}
    planned = [_planned(actor, source, columns, each) for each in read if not _is_nothing(each)]
    planned = _without_what_came_before(actor, source, planned)
    return _tried(columns, planned) if source.kind == LISTS else planned


def _tried(columns: Mapping[str, str], planned: list[Planned]) -> list[Planned]:
    """The plan, with entries of lists refused that would have hit lawful criticism, satire or news."""
    places = [place for place, each in enumerate(planned) if each.outcome == READY]
    for place, fault in checking.hits_in_lawful_writing([planned[place].given for place in places]).items():
        fault = in_column(fault, columns, KINDS[LISTS])
        planned[places[place]] = replace(planned[places[place]], outcome="refused", given=None, fault=fault)
    return planned


def _is_nothing(each: Entry | Passed | Faulty) -> bool:
    return isinstance(each, Passed) and each.why == "entry"


def _planned(actor: Actor, source: Import, columns: Mapping[str, str], each: Entry | Passed | Faulty) -> Planned:
    if isinstance(each, Passed):
        return Planned(each.line, 0, each.why)
    if isinstance(each, Faulty):
        return Planned(each.line, each.part, "refused", fault=each.fault)
    digest = hashlib.sha256(canonical_bytes(_said(each))).hexdigest()
    common = {"original_number": each.original_number, "hour_known": each.hour_known}
    try:
        given = _checked(actor, each.given)
        due_at = _due_at(source, given)
        if isinstance(given, EntryInput):
            digest = checking.key_hash(given)
    except BadInput as fault:
        return Planned(each.line, each.part, "refused", fault=in_column(fault, columns, KINDS[source.kind]), **common)
    return Planned(each.line, each.part, READY, given, digest=digest, due_at=due_at, **common)


def _said(entry: Entry) -> dict[str, object]:
    """What a row says, without what only this import adds."""
    said = {name: str(value) for name, value in asdict(entry.given).items() if name != "backdating_reason"}
    return {**said, "original_number": entry.original_number}


def _checked(actor: Actor, given: Given) -> Given:
    """The entry as the action takes it.

    Raises:
        BadInput: naming the field.
    """
    if isinstance(given, OrderInput):
        return orders.checked(given)
    if isinstance(given, AuthorityInput):
        return directory.checked(given)
    if isinstance(given, EarlierInput):
        return earlier.checked(given)
    if isinstance(given, EntryInput):
        return checking.checked(given)
    if isinstance(given, ReportInput):
        result = report_input.checked(actor, given, clock.now(), from_register=True)
    else:
        result = checked_page(given)
    if isinstance(result, BadInput):
        raise result
    return result


def _due_at(source: Import, given: Given) -> datetime | None:
    """When the first clock of a report or order would be due, by the law in force when it was received."""
    if source.kind not in _EVENTS:
        return None
    procedure, act = _EVENTS[source.kind]
    table = steps.pack().procedures[procedure]
    at = given.received_at if isinstance(given, OrderInput) else given.happened_at
    emergency = isinstance(given, OrderInput) and given.emergency
    due = [
        entry.due_at
        for event in table.transition(table.initial, act).starts
        for entry in _clocks(event, source.organisation.kind, at, emergency)
    ]
    return min(due, default=None)


def _clocks(event: str, actor_kind: str, at: datetime, emergency: bool) -> tuple:
    return clocks_for(steps.pack(), event=event, actor=actor_kind, at=at, emergency=emergency).clocks


def _without_what_came_before(actor: Actor, source: Import, planned: list[Planned]) -> list[Planned]:
    """The plan, with rows that stand there twice or came with an earlier import left out."""
    digests = {each.digest for each in planned if each.digest}
    # A list may have lost by now what an import brought, so what stands on it counts.
    known = screening_lists.known(actor, digests) if source.kind == LISTS else _known(source, digests)
    seen: set[str] = set()
    result = []
    for each in planned:
        if each.digest in known:
            each = replace(each, outcome="known", given=None)
        elif each.digest and each.digest in seen:
            each = replace(each, outcome="repeated", given=None)
        seen.add(each.digest)
        result.append(each)
    return result


def _known(source: Import, digests: set[str]) -> set[str]:
    """Those of the digests that another import, not undone, brought in."""
    items = ImportItem.objects.filter(
        organisation_id=source.organisation_id, source__kind=source.kind, row_id__isnull=False
    ).exclude(source_id=source.id)
    items = items.exclude(source__state=Import.State.UNDONE)
    found: set[str] = set()
    for part in _in_parts(sorted(digests)):
        found |= set(items.filter(digest__in=part).values_list("digest", flat=True))
    return found


def _in_parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _LOOKED_UP_AT_ONCE):
        yield values[start : start + _LOOKED_UP_AT_ONCE]
