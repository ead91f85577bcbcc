"""From a row of a register to what the actions take: words to codes, dates to moments, one entry for each address."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search
from anlanh.work.casework.actions.orders import OrderInput
from anlanh.work.casework.actions.report_input import ReportInput
from anlanh.work.casework.authorities.actions import AuthorityInput
from anlanh.work.casework.importing.cells import code_of, says_yes, text_of
from anlanh.work.casework.importing.fields import CONTACTS, LISTS, ORDERS, PAGES, REPORTS, STRIKES, Kind
from anlanh.work.casework.importing.tables import Table
from anlanh.work.casework.importing.written_dates import When, parse_time, parse_when
from anlanh.work.casework.repeats.earlier import EarlierInput
from anlanh.work.casework.screening_lists.checking import EntryInput
from anlanh.work.casework.screening_lists.models import ListEntry
from anlanh.work.registry.inputs import PageInput

Given = ReportInput | OrderInput | PageInput | AuthorityInput | EarlierInput | EntryInput
MOST_ADDRESSES_A_ROW = 50

_URGENT = re.compile(r"\b(khan|hoa toc)\b")
_SETTLED = re.compile(
    r"\b(da (xu ly|giai quyet|go|thuc hien|dong|tra loi|hoan thanh|chan|xong)|hoan thanh|ket thuc|closed|done)\b"
)
_FALLEN = re.compile(
    r"(?<!khong )(?<!chua )(?<!chua bi )\b(huy|huy bo|bi huy|thu hoi|rut lai|bai bo|het hieu luc|reversed|annulled)\b"
)
_LINK = re.compile(r"https?://[^\s<>\"']+", re.I)
_SITE = re.compile(r"(?:https?://)?(?:[^\s./]+\.)+[^\W\d_][^\s./]+(?:/\S*)?", re.I)  # one word with dots in it
_AFTER_LINK = ".,;:)]}"
_BETWEEN_PHONES = re.compile(r"[\n;,]|\s/|/\s|\bhoặc\b|\s-\s", re.I)  # 024/3943 is one number
_PHONE_LABEL = re.compile(r"^[^\d+(]*")
_WITHOUT_NOUGHT = re.compile(r"[1-9]\d{8,9}")


@dataclass(frozen=True)
class Entry:
    """One thing to be brought in.

    Args:
        line: row of the file.
        part: which address of the row, from 0.
        given: what the action takes.
        original_number: under which the register had it.
        hour_known: the row says at which hour it was received.
    """

    line: int
    part: int
    given: Given
    original_number: str = ""
    hour_known: bool = True


@dataclass(frozen=True)
class Passed:
    """A row that is not brought in although nothing is wrong with it: `settled` already, or no `entry` at all."""

    line: int
    why: str


@dataclass(frozen=True)
class Faulty:
    """A row that can't be brought in as it stands. `fault.where` is the column as its header calls it."""

    line: int
    fault: BadInput
    part: int = 0


def entries(
    table: Table, kind: Kind, columns: Mapping[str, int], defaults: Mapping[str, str], reason: str
) -> Iterator[Entry | Passed | Faulty]:
    """What the rows of a register are, in order.

    Args:
        table: the register.
        kind: which it is.
        columns: field → place of its column.
        defaults: field → code, where a row leaves it empty: `category`, `via`, `channel`, `kind`.
        reason: why it is recorded only now; shown with each.
    """
    labels = {column.index: column.label for column in table.columns}
    named = {name: labels.get(index, name) for name, index in columns.items()}
    make = {REPORTS: _report, ORDERS: _order, PAGES: _page, CONTACTS: _contact, STRIKES: _strike, LISTS: _listed}[
        kind.name
    ]
    needed = [name for name, each in kind.fields.items() if each.needed]
    for line, cells in table.rows:
        values = {name: cells[index] for name, index in columns.items() if index < len(cells)}
        if all(values.get(name) is None for name in needed):
            yield Passed(line, "entry")
        elif _FALLEN.search(fold_search(text_of(values.get("reversed")))) or (
            _SETTLED.search(fold_search(text_of(values.get("state"))))
            and "chua" not in fold_search(text_of(values["state"]))
        ):
            yield Passed(line, "settled")
        else:
            try:
                yield from _each_part(line, make(values, defaults, reason), values)
            except BadInput as fault:
                yield Faulty(line, in_column(fault, named, kind))


def in_column(fault: BadInput, named: Mapping[str, str], kind: Kind) -> BadInput:
    """The fault with the column as its header calls it, or as the program does where it has none."""
    where = {"happened_at": "received_at", "backdating_reason": "received_at"}.get(fault.where, fault.where)
    if where not in kind.fields:
        return fault
    return BadInput(fault.what, where=named.get(where) or str(kind.fields[where].title), mend=fault.mend)


def links_in(text: str) -> list[str]:
    """The addresses in a cell: every link in it, or the whole of it where it holds none."""
    text = text.replace("[.]", ".").replace("hxxp", "http")
    links = list(dict.fromkeys(found.rstrip(_AFTER_LINK) for found in _LINK.findall(text)))
    if len(links) > MOST_ADDRESSES_A_ROW:
        raise BadInput(_("too many addresses in one row"), where="address", mend=_("split the row"))
    return links or [text]


def phones_in(text: str) -> list[str]:
    """The telephone numbers in a cell, without what is written before each; the whole cell where it holds none."""
    parts = [_PHONE_LABEL.sub("", part).strip() for part in _BETWEEN_PHONES.split(text)]
    return list(dict.fromkeys(filter(None, parts))) or [text]


def _each_part(line: int, made: tuple[Given, bool], values: Mapping[str, object]) -> Iterator[Entry]:
    """An entry for each address of a row, or for each number of an authority."""
    given, hour_known = made
    number = text_of(values.get("original_number"))[:60]
    if isinstance(given, EarlierInput | EntryInput):
        parts = [given]
    elif isinstance(given, AuthorityInput):
        parts = [replace(given, phone=phone) for phone in phones_in(given.phone)]
    else:
        parts = [replace(given, address=address) for address in links_in(given.address)]
    for part, each in enumerate(parts):
        yield Entry(line, part, each, number, hour_known)


def _report(values: Mapping[str, object], defaults: Mapping[str, str], reason: str) -> tuple[ReportInput, bool]:
    received_at, hour_known = _received(values)
    given = ReportInput(
        address=text_of(values.get("address")),
        category=code_of(values, defaults, "category", "other"),
        text=text_of(values.get("text")),
        concerns_child=says_yes(values, "concerns_child"),
        reporter_name=text_of(values.get("reporter_name")),
        reporter_email=text_of(values.get("reporter_email")),
        via=code_of(values, defaults, "via", "letter"),
        happened_at=received_at,
        backdating_reason=reason,
    )
    return given, hour_known


def _order(values: Mapping[str, object], defaults: Mapping[str, str], reason: str) -> tuple[OrderInput, bool]:
    received_at, hour_known = _received(values)
    given = OrderInput(
        address=text_of(values.get("address")),
        office=text_of(values.get("office")),
        number=text_of(values.get("number")),
        signed_by=text_of(values.get("signed_by")),
        words=text_of(values.get("words")),
        clause=text_of(values.get("clause")),
        channel=code_of(values, defaults, "channel", "document"),
        received_at=received_at,
        emergency=says_yes(values, "emergency", _URGENT),
        category=code_of(values, defaults, "category", "other"),
        document_id=None,
        backdating_reason=reason,
    )
    return given, hour_known


def _page(values: Mapping[str, object], defaults: Mapping[str, str], reason: str) -> tuple[PageInput, bool]:
    address = text_of(values.get("address"))
    kind = code_of(values, defaults, "kind", "site")
    holder_name, holder_email = text_of(values.get("holder_name")), text_of(values.get("holder_email"))
    holder_address = text_of(values.get("holder_address"))
    if kind == "site" and (holder_name or holder_email) and not holder_address:
        holder_address = links_in(address)[0]  # whoever holds a site is found at it
    posted = values.get("posted_at")
    given = PageInput(
        address=address,
        title=" ".join(text_of(values.get("title")).split()),
        kind=kind,
        posted_at=_moment("posted_at", posted) if posted is not None else None,
        holder_address=holder_address,
        holder_name=" ".join(holder_name.split()),
        holder_email=holder_email,
        language=code_of(values, defaults, "language", "") if values.get("language") else "",
    )
    return given, True


def _contact(values: Mapping[str, object], _defaults: Mapping[str, str], _reason: str) -> tuple[AuthorityInput, bool]:
    given = AuthorityInput(
        name=" ".join(text_of(values.get("name")).split()),
        phone=_phone(values.get("phone")),
        complaints=text_of(values.get("complaints")),
    )
    return given, True


def _strike(values: Mapping[str, object], _defaults: Mapping[str, str], _reason: str) -> tuple[EarlierInput, bool]:
    when = _when(values, "decided_at", "decided_time")
    if when is None:
        raise BadInput(
            _("nobody wrote when it was decided"),
            where="decided_at",
            mend=_("write the day; violations are counted by it"),
        )
    given = EarlierInput(
        account=links_in(text_of(values.get("account")))[0],
        original_number=text_of(values.get("original_number")),
        decided_at=when.instant(),
        measure=code_of(values, {}, "measure", ""),
        about=text_of(values.get("about")),
        decided_by=" ".join(text_of(values.get("decided_by")).split()),
        ground=" ".join(text_of(values.get("ground")).split()),
    )
    return given, when.at is not None


def _listed(values: Mapping[str, object], defaults: Mapping[str, str], _reason: str) -> tuple[EntryInput, bool]:
    value = text_of(values.get("value"))
    by_form = ListEntry.Kind.DOMAIN if _SITE.fullmatch(value) else ListEntry.Kind.PHRASE
    given = EntryInput(
        kind=code_of(values, defaults, "entry_kind", by_form),
        value=value,
        level=code_of(values, defaults, "level", "fold"),
        ground=text_of(values.get("ground")),
        original_number=text_of(values.get("original_number")),
    )
    return given, True


def _phone(value: object) -> str:
    """A number as it is dialled. A spreadsheet that took it for an amount left its first nought out."""
    text = text_of(value)
    return f"0{text}" if isinstance(value, int | float) and _WITHOUT_NOUGHT.fullmatch(text) else text


def _received(values: Mapping[str, object]) -> tuple[datetime, bool]:
    """When it was received, and whether the hour is known."""
    when = _when(values, "received_at", "received_time")
    if when is None:
        raise BadInput(
            _("nobody wrote when it was received"), where="received_at", mend=_("write the day; clocks run from it")
        )
    return when.instant(), when.at is not None


def _when(values: Mapping[str, object], day: str, hour: str) -> When | None:
    """A day with the hour that stands in its cell or in one of its own; None where there is no day."""
    if values.get(day) is None:
        return None
    try:
        when = parse_when(values[day])
    except BadInput as fault:
        raise BadInput(fault.what, where=day, mend=fault.mend) from None
    if when.at is None and values.get(hour) is not None:
        try:
            when = replace(when, at=parse_time(values[hour]))
        except BadInput as fault:
            raise BadInput(fault.what, where=hour, mend=fault.mend) from None
    return when


def _moment(where: str, value: object) -> datetime:
    try:
        return parse_when(value).instant()
    except BadInput as fault:
        raise BadInput(fault.what, where=where, mend=fault.mend) from None


_MAKERS = {
    REPORTS: _report,
    ORDERS: _order,
    PAGES: _page,
    CONTACTS: _contact,
    STRIKES: _strike,
    LISTS: _listed,
}
