"""The readers of the register."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.base.search import index as search_index
from anlanh.primitives.errors import BadInput
from anlanh.work.registry.addresses import address_hash, canonical_address
from anlanh.work.registry.models import Holder, Page
from anlanh.work.registry.policy import require_view

PAGE = "page"  # the kind under which pages are in the search index


def pages(actor: Actor) -> QuerySet[Page]:
    """The organisation's pages, newest first."""
    require_view(actor)
    return Page.objects.visible_to(actor).select_related("holder").order_by("-id")


def page(actor: Actor, page_id: uuid.UUID) -> Page:
    """One page.

    Raises:
        NotFound: the organisation knows no such page.
    """
    found = pages(actor).filter(id=page_id).first()
    if found is None:
        raise NotFound(_("there is no such page"))
    return found


def page_at(actor: Actor, address: str) -> Page:
    """The page of an address, in whatever spelling.

    Raises:
        BadInput: not an address.
        NotFound: the organisation knows no such page.
    """
    found = pages(actor).filter(address_hash=address_hash(canonical_address(address))).first()
    if found is None:
        raise NotFound(_("there is no such page"))
    return found


def find(actor: Actor, words: str, limit: int = 20) -> list[Page]:
    """Pages by address, or by words of title, holder or address, with or without marks; best first."""
    known = pages(actor)
    try:
        exact = known.filter(address_hash=address_hash(canonical_address(words))).first()
    except BadInput:
        exact = None
    if exact:
        return [exact]
    ids = search_index.find(PAGE, actor.organisation_id, words, limit)
    by_id = {entry.id: entry for entry in known.filter(id__in=ids)}
    return [by_id[entry] for entry in ids if entry in by_id]


def holder(actor: Actor, holder_id: uuid.UUID) -> Holder:
    """One account behind pages.

    Raises:
        NotFound: the organisation knows no such account.
    """
    require_view(actor)
    found = Holder.objects.visible_to(actor).filter(id=holder_id).first()
    if found is None:
        raise NotFound(_("there is no such account"))
    return found
