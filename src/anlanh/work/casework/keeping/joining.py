"""Photographs of a paper joined to the one document of an order; each photograph is kept as it was taken.

The document is drawn before anything is held, since that takes seconds; rows and act follow in one transaction.
"""

import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.files import drawing
from anlanh.base.files.forgetting import unless_done
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep
from anlanh.papers.composing.pictures import pdf_of_sheets
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import policy, steps
from anlanh.work.casework.actions import orders
from anlanh.work.casework.actions.orders import OrderInput
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.keeping.models import JoinedPages
from anlanh.work.casework.models import Case, Evidence, Order

MOST_PAGES = 40
NAME = "van-ban-chup.pdf"


@dataclass(frozen=True)
class PageInput:
    """One page of the document.

    Args:
        file_id: the photograph.
        turn: one of `drawing.TURNS`: by how many degrees it is turned clockwise.
    """

    file_id: uuid.UUID
    turn: int = 0


def enter_with_photographs(actor: Actor, given: OrderInput, photographs: Sequence[tuple[str, BinaryIO]]) -> Case:
    """Opens the case of an order whose paper was photographed, page by page in the order given.

    Raises:
        NotAllowed, BadInput: as for `enter_order`; or a file is no photograph that can be read. Nothing is kept then.
        Secret: the paper is marked secret.
    """
    actor.require("orders.enter")
    secrecy.require_open(orders.typed(given), photographs)
    orders.checked(given)
    kept = _kept(actor, photographs)
    with unless_done(*kept):
        document = _joined(actor, kept, [0] * len(kept))
    with unless_done(*kept, document), transaction.atomic():
        entered = orders.enter_order(actor, replace(given, document_id=document.id))
        case = steps.hold(actor, entered.id)
        _write(actor, case, document, kept, [0] * len(kept), added=kept)
    return entered


def rejoin(
    actor: Actor, case_id: uuid.UUID, pages: Sequence[PageInput], added: Sequence[tuple[str, BinaryIO]] = ()
) -> JoinedPages:
    """Joins the photographs of an order anew: in another order, turned, without some, or with more at the end.

    Raises:
        NotFound: no such case for this actor, or no photographs were joined in it.
        NotAllowed: without `orders.enter`.
        BadInput: the order was verified, no page is left, or a page is none of its photographs.
        Secret: what is added is marked secret.
    """
    actor.require("orders.enter")
    _standing(actor, case_id)
    secrecy.require_open([], added)
    known = {stored.id: stored for stored in photographs_of(actor, case_id)}
    if any(page.file_id not in known for page in pages) or len({page.file_id for page in pages}) < len(pages):
        raise BadInput(_("a page is none of the photographs"), where="pages", mend=_("open the page again"))
    kept = _kept(actor, added) if added else []
    files, turns = [known[page.file_id] for page in pages] + kept, [page.turn for page in pages] + [0] * len(kept)
    with unless_done(*kept):
        document = _joined(actor, files, turns)
    with unless_done(*kept, document), transaction.atomic():
        case = steps.hold(actor, case_id)
        before, order = _standing(actor, case_id), Order.objects.get(case=case)
        before.replaced_at = clock.now()
        before.save(update_fields=["replaced_at"])
        order.document = document
        order.save(update_fields=["document"])
        Evidence.objects.create(
            organisation_id=case.organisation_id, case=case, file=document, added_at=before.replaced_at
        )
        return _write(actor, case, document, files, turns, added=kept)


def photographs_of(actor: Actor, case_id: uuid.UUID) -> list[StoredFile]:
    """The photographs of an order's paper, those left out of the document too.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    rows = JoinedPages.objects.reachable_to(actor).filter(case_id=case_id)
    ids = dict.fromkeys(page["file"] for row in rows.order_by("id") for page in row.pages)
    found = StoredFile.objects.visible_to(actor).in_bulk(list(map(uuid.UUID, ids)))
    return [found[uuid.UUID(each)] for each in ids]


def _standing(actor: Actor, case_id: uuid.UUID) -> JoinedPages:
    """The document as it is joined now, of an order that nobody has verified.

    Raises:
        NotFound: no photographs were joined in such a case.
        BadInput: the order was verified with the document that it has.
    """
    found = JoinedPages.objects.reachable_to(actor).filter(case_id=case_id, replaced_at__isnull=True).first()
    if found is None:
        raise NotFound(_("There are no photographs."))
    policy.require_person(actor)
    if Order.objects.filter(case_id=case_id, verified_at__isnull=False).exists():
        what = _("the order was verified with this document")
        raise BadInput(what, where="pages", mend=_("add what is missing as evidence"))
    return found


def _kept(actor: Actor, photographs: Sequence[tuple[str, BinaryIO]]) -> list[StoredFile]:
    if len(photographs) > MOST_PAGES:
        what = _("more than %(most)s photographs") % {"most": MOST_PAGES}
        raise BadInput(what, where="document", mend=_("join only the pages of the paper"))
    kept: list[StoredFile] = []
    for name, content in photographs:
        with unless_done(*kept):
            kept.append(keep(actor, name, content))
    return kept


def _joined(actor: Actor, files: Sequence[StoredFile], turns: Sequence[int]) -> StoredFile:
    """The document: a PDF/A with a photograph on each page."""
    if not files:
        raise BadInput(_("no page is left"), where="pages", mend=_("keep at least one"))
    sheets = [drawing.upright(stored, turn) for stored, turn in zip(files, turns, strict=True)]
    return keep(actor, NAME, io.BytesIO(pdf_of_sheets(sheets, "")))


def _write(
    actor: Actor,
    case: Case,
    document: StoredFile,
    files: Sequence[StoredFile],
    turns: Sequence[int],
    *,
    added: Sequence[StoredFile],
) -> JoinedPages:
    """The rows and the act, in the caller's transaction, which holds the case."""
    moment = clock.now()
    for stored in added:
        Evidence.objects.create(organisation_id=case.organisation_id, case=case, file=stored, added_at=moment)
    row = JoinedPages.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        document=document,
        pages=[{"file": str(stored.id), "turn": turn} for stored, turn in zip(files, turns, strict=True)],
        made_by=actor.ref,
        made_at=moment,
    )
    clear = {"sha256": document.sha256, "pages": len(files), "originals": [stored.sha256 for stored in files]}
    steps.note(actor, case, [Draft("order.pages_joined", steps.subject(case), clear)])
    return row
