"""The writers of the register: pages put there by staff, machines and files, and those that reports bring up."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record_all
from anlanh.base.bulk import insert_unknown
from anlanh.base.search.index import Indexed, index_all
from anlanh.primitives.errors import BadInput
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.inputs import PageInput, checked
from anlanh.work.registry.models import Holder, Page
from anlanh.work.registry.policy import require_manage
from anlanh.work.registry.queries import PAGE
from anlanh.work.registry.tables import read_pages

Row = TypeVar("Row", Page, Holder)

MOST_PAGES_A_CALL = 1000


@dataclass(frozen=True)
class Put:
    """A page as it now stands, and whether it was `added`, `changed` or `unchanged`."""

    page: Page
    outcome: str


def put_page(actor: Actor, given: PageInput) -> Page:
    """Adds a page, or changes what is known of it.

    Raises:
        NotAllowed: without `registry.manage`.
        BadInput: naming the field.
    """
    result = put_pages(actor, [given])[0]
    if isinstance(result, BadInput):
        raise result
    return result.page


def put_pages(
    actor: Actor, given: Sequence[PageInput], *, imported: bool = False, refused: int = 0
) -> list[Put | BadInput]:
    """Adds or changes up to 1,000 pages in one transaction, each by itself: a bad one stops no other.

    Args:
        actor: who does it.
        given: the pages; of several with one address each adds to the ones before it.
        imported: record the totals as an act of the organisation too.
        refused: how many more the caller refused before; they count in those totals.

    Returns:
        A result for each, in the same order.

    Raises:
        NotAllowed: without `registry.manage`.
        BadInput: too many at once.
    """
    require_manage(actor)
    if len(given) > MOST_PAGES_A_CALL:
        raise BadInput(
            _("more than %(most)s pages at once") % {"most": MOST_PAGES_A_CALL},
            where="pages",
            mend=_("send them in parts"),
        )
    parsed = [checked(entry) for entry in given]
    good = [entry for entry in parsed if not isinstance(entry, BadInput)]
    with transaction.atomic():
        put = iter(_put_checked(actor, good))
        results = [entry if isinstance(entry, BadInput) else next(put) for entry in parsed]
        if imported:
            record_all(actor, [_import_draft(actor, results, refused)])
    return results


@dataclass(frozen=True)
class RowResult:
    """What became of one row of a file.

    Args:
        line: the line of the file that the row ends on, from 1.
        outcome: `added`, `changed`, `unchanged` or `refused`.
        page: the page, unless refused.
        fault: why it was refused.
    """

    line: int
    outcome: str
    page: Page | None = None
    fault: BadInput | None = None


def import_csv(actor: Actor, stream: BinaryIO) -> list[RowResult]:
    """Adds or changes the pages that a file lists; see `tables.read_pages` for its form.

    Each row by itself: good rows are kept whatever becomes of the others, and every row has its result. A file that
    can't be read as a whole changes nothing. Rows are written in parts of 1,000, so that others are not kept waiting.

    Raises:
        NotAllowed: without `registry.manage`.
        BadInput: the file as a whole can't be read.
    """
    require_manage(actor)
    lines = read_pages(stream)
    results: list[RowResult] = []
    for start in range(0, len(lines), MOST_PAGES_A_CALL):
        part = lines[start : start + MOST_PAGES_A_CALL]
        readable = [line.page for line in part if not isinstance(line.page, BadInput)]
        put = iter(put_pages(actor, readable, refused=len(part) - len(readable), imported=True))
        for line in part:
            results.append(_row_result(line.number, line.page if isinstance(line.page, BadInput) else next(put)))
    return results


def ensure_pages(organisation_id: uuid.UUID, addresses: Iterable[str]) -> dict[str, Page]:
    """The pages of these addresses, added where the organisation did not know them; for the intake of reports.

    No act is recorded here: the acts of the case that the report opens or joins name the page. The pages are held
    until the caller's transaction ends, so reports of one page come one after the other and can't open two cases.
    At most three statements on PostgreSQL, however many addresses.

    Args:
        organisation_id: who keeps the pages.
        addresses: canonical ones; others are made so.

    Returns:
        canonical address → page. Two addresses that differ in the scheme alone lead to one page.

    Raises:
        BadInput: one of them is no address.
        TransactionManagementError: outside a transaction.
    """
    by_address = {address: address_hash(address) for address in map(canonical_address, addresses)}
    pages, added = _ensure(Page, organisation_id, {digest: address for address, digest in by_address.items()})
    for digest in added:
        pages[digest].just_added = True
    index_all(PAGE, [_indexed(pages[digest]) for digest in added], new=True)
    return {address: pages[digest] for address, digest in by_address.items()}


def set_state(page_id: uuid.UUID, state: str) -> None:
    """Notes what a measure made of the page; called in the transaction of the act that says why.

    Args:
        page_id: the page.
        state: one of `Page.State`.
    """
    Page.objects.filter(id=page_id).update(state=Page.State(state))


def set_holder_state(holder_id: uuid.UUID, state: str) -> None:
    """Notes what a measure made of the account; called in the transaction of the act that says why.

    Args:
        holder_id: the account.
        state: one of `Holder.State`.
    """
    Holder.objects.filter(id=holder_id).update(state=Holder.State(state))


def _ensure(model: type[Row], organisation_id: uuid.UUID, addresses: dict[str, str]) -> tuple[dict[str, Row], set[str]]:
    """Rows by the digest of their address, held until commit, and the digests of those that are new."""
    moment = clock.now()
    unknown = [
        model(organisation_id=organisation_id, address=addresses[digest], address_hash=digest, added_at=moment)
        for digest in sorted(addresses)
    ]
    added = {row.address_hash: row for row in insert_unknown(unknown)}
    known = set(addresses) - set(added)
    return added | (_held(model, organisation_id, known) if known else {}), set(added)


def _held(model: type[Row], organisation_id: uuid.UUID, digests: set[str]) -> dict[str, Row]:
    """Known rows by digest, locked in one order everywhere, so that two batches can't wait for each other."""
    rows = model.objects.select_for_update(no_key=True, of=("self",)).filter(
        organisation_id=organisation_id, address_hash__in=digests
    )
    return {row.address_hash: row for row in rows.order_by("address_hash")}


def _put_checked(actor: Actor, given: list[PageInput]) -> list[Put]:
    holders, renamed = _put_holders(actor.organisation_id, given)
    digests = [address_hash(entry.address) for entry in given]
    pages, added = _ensure(
        Page, actor.organisation_id, dict(zip(digests, (entry.address for entry in given), strict=True))
    )
    fresh = set(added)
    _attach_holders(pages.values(), holders.values())
    results, drafts, changed = [], [], {}
    for digest, entry in zip(digests, given, strict=True):
        page, holder = pages[digest], holders.get(entry.holder_address)
        differs = _update(page, title=entry.title, kind=entry.kind, posted_at=entry.posted_at, holder=holder)
        differs = differs or holder in renamed
        outcome = "added" if digest in added else "changed" if differs else "unchanged"
        added.discard(digest)
        results.append(Put(page, outcome))
        if outcome != "unchanged":
            changed[digest] = page
            drafts.append(_page_draft(page, f"page.{outcome}", new=digest in fresh))
    Page.objects.bulk_update([changed[digest] for digest in sorted(changed)], ["title", "kind", "posted_at", "holder"])
    index_all(PAGE, [_indexed(page) for page in _with_pages_of(renamed, changed.values())])
    record_all(actor, drafts)
    return results


def _put_holders(organisation_id: uuid.UUID, given: list[PageInput]) -> tuple[dict[str, Holder], set[Holder]]:
    """address → the account as it now stands, and those that changed."""
    addresses = {address_hash(entry.holder_address): entry.holder_address for entry in given if entry.holder_address}
    if not addresses:
        return {}, set()
    holders, _new = _ensure(Holder, organisation_id, addresses)
    by_address = {address: holders[digest] for digest, address in addresses.items()}
    changed = {
        by_address[entry.holder_address]
        for entry in given
        if entry.holder_address
        and _update(
            by_address[entry.holder_address],
            name=entry.holder_name,
            contact_email=entry.holder_email,
            language=entry.language,
        )
    }
    Holder.objects.bulk_update(sorted(changed, key=lambda row: row.address_hash), ["name", "contact_email", "language"])
    return by_address, changed


def _attach_holders(pages: Iterable[Page], known: Iterable[Holder]) -> None:
    """Gives each page its account as it now stands, with one statement for those not at hand."""
    at_hand = {holder.id: holder for holder in known}
    wanted = {page.holder_id for page in pages if page.holder_id} - set(at_hand)
    at_hand |= Holder.objects.in_bulk(wanted) if wanted else {}
    for page in pages:
        if page.holder_id:
            page.holder = at_hand[page.holder_id]


def _with_pages_of(renamed: set[Holder], changed: Iterable[Page]) -> list[Page]:
    """The changed pages, and the others that are found by the name of an account that changed."""
    changed = list(changed)
    others = Page.objects.filter(holder__in=renamed).exclude(id__in=[page.id for page in changed])
    return changed + (list(others.select_related("holder")) if renamed else [])


def _update(row: Page | Holder, **said: object) -> bool:
    """Takes over what is said (empty says nothing); whether that changed anything."""
    differing = {name: value for name, value in said.items() if value and getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _page_draft(page: Page, act: str, *, new: bool) -> Draft:
    holder = page.holder
    committed = {
        "address": page.address,
        "title": page.title or None,
        "holder_address": holder.address if holder else None,
        "holder_name": holder.name or None if holder else None,
        "holder_email": holder.contact_email or None if holder else None,
    }
    return Draft(
        act,
        Subject("page", page.id, new=new),
        {"kind": str(page.kind), "holder_known": holder is not None},
        committed,
    )


def _row_result(line: int, result: Put | BadInput) -> RowResult:
    if isinstance(result, BadInput):
        return RowResult(line, "refused", fault=result)
    return RowResult(line, result.outcome, page=result.page)


def _import_draft(actor: Actor, results: Sequence[Put | BadInput], refused: int) -> Draft:
    totals = {"added": 0, "changed": 0, "unchanged": 0, "refused": refused}
    for result in results:
        totals["refused" if isinstance(result, BadInput) else result.outcome] += 1
    return Draft("pages.imported", Subject("organisation", actor.organisation_id), totals)


def _indexed(page: Page) -> Indexed:
    words = [page.title, page.address.partition("://")[2]]
    if page.holder:
        words += [page.holder.name, page.holder.address.partition("://")[2]]
    return Indexed(page.id, page.organisation_id, " ".join(words))
