"""Saved views as links with what waits in each."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from django.urls import reverse

from anlanh.base.actor import Actor, NotFound
from anlanh.web.console.links import Link
from anlanh.web.console.listing import Listing
from anlanh.work.casework import queries
from anlanh.work.casework.lists.models import SavedView
from anlanh.work.casework.lists.queries import saved_views

Counts = Mapping[str, queries.Waiting]


def listing_of(actor: Actor, view: SavedView) -> Listing | None:
    """The list that a saved address asks for; None where it names a queue that the actor no longer sees."""
    try:
        return Listing.read(actor, dict(parse_qsl(view.address)), default="all")
    except NotFound:
        return None


def saved_links(actor: Actor, whole: Counts, current: str = "") -> list[Link]:
    """The actor's views and the shared ones, each with what waits there among the most urgent cases.

    Args:
        actor: for whom.
        whole: what waits in the plain queues.
        current: the address of the list that is shown.
    """
    if not actor.can("cases.view"):
        return []
    listings = [(view, listing) for view in saved_views(actor) if (listing := listing_of(actor, view))]
    lists = {str(view.id): found for view, listing in listings if (found := listing.most_urgent(actor)) is not None}
    counts = queries.waiting(lists)
    return [_link(view, listing, counts, whole, current) for view, listing in listings]


def _link(
    view: SavedView,
    listing: Listing,
    counts: dict[str, queries.Waiting],
    whole: Mapping[str, queries.Waiting],
    current: str,
) -> Link:
    waiting = counts.get(str(view.id))
    around = whole.get(str(listing.queue.id) if listing.queue else listing.view)
    if waiting and around and around.more:
        waiting = replace(waiting, more=True)  # only the head of that queue was looked at
    address = f"{reverse('console:queue')}?{view.address}"
    icon = "users" if view.shared else "note"
    return Link(view.name, address, "", waiting, waiting.total if waiting else None, view.address == current, icon)
