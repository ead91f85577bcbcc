"""My work: the queues as tables, what a search finds, and taking whatever is due next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlanh.base.actor import Actor
from anlanh.base.one_reading import one_reading
from anlanh.web.console.access import staff
from anlanh.web.console.links import VIEWS
from anlanh.web.console.listing import (
    COLUMNS,
    SORT_TITLES,
    STATES,
    USUAL_COLUMNS,
    Bounded,
    Listing,
    as_id,
    known_columns,
    lines,
)
from anlanh.web.console.shell import page
from anlanh.work.casework.actions.review import claim_next
from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.lists.queries import arrangement

CASES_A_PAGE = 50


@staff
@require_GET
@one_reading()
def queue_page(request: HttpRequest) -> HttpResponse:
    """A queue (`view`, `sort`, `state`, `category`), or with `q` the cases that a search finds."""
    if not request.actor.can("cases.view"):
        return redirect(_first_place(request.actor))
    own = arrangement(request.actor)
    if own.start and not request.GET:
        return redirect(f"{reverse('console:queue')}?{own.start.address}")
    listing = Listing.read(request.actor, request.GET, default=_default_view(request.actor))
    columns = listing.columns or known_columns(own.columns)
    rows = Bounded(listing.cases(request.actor), CASES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "view": "" if listing.words else str(listing.queue.id) if listing.queue else listing.view,
        "listing": listing,
        "title": listing.queue.name if listing.queue else VIEWS[listing.view][0],
        "rows": rows,
        "lines": lines(request.actor, rows.object_list),
        "categories": [(code, category.title) for code, category in CATEGORIES.items()],
        "sorts": SORT_TITLES.items(),
        "states": STATES.items(),
        "columns": columns or USUAL_COLUMNS,
        "address": listing.address(columns),
        "plain_address": listing.address(()),
        "all_columns": COLUMNS.items(),
        "may_share": request.actor.can("organisation.manage"),
    }
    return page(request, "console/queue.html", context)


@staff
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Takes the case that is to be begun first and that nobody holds, of one queue where it is named, and opens it."""
    queue_id = as_id(request.POST["queue"]) if request.POST.get("queue") else None
    case = claim_next(request.actor, queue_id)
    if case is None:
        messages.success(request, _("Nothing waits to be taken. Well done."))
        return redirect("console:queue")
    return redirect("console:case", case.id)


def _default_view(actor: Actor) -> str:
    """What the person's own roles come here for."""
    mine = [view for view, (_title, _key, needs) in VIEWS.items() if any(map(actor.can, needs))]
    if actor.can("appeals.hear") and not actor.can("cases.review"):
        return "appeals"
    if actor.can("orders.verify") and not actor.can("cases.review"):
        return "orders"
    return "unclaimed" if "unclaimed" in mine else "all"


def _first_place(actor: Actor) -> str:
    """Where those go who see no cases: registrars and administrators."""
    for capability, name in (("registry.view", "console:registry"), ("tasks.handle", "console:tasks")):
        if actor.can(capability):
            return name
    return "console:ledger"
