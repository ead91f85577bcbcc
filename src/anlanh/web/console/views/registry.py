"""The pages that the organisation knows: found by folded name or address, brought in as CSV."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page
from anlanh.work.registry import actions, queries

PAGES_A_PAGE = 50
MOST_FOUND = 100
OUTCOMES = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "refused": gettext_lazy("Refused"),
}


@staff
@require_GET
def pages(request: HttpRequest) -> HttpResponse:
    """All pages, or those that `?q=` finds."""
    words = request.GET.get("q", "").strip()
    found = queries.find(request.actor, words, limit=MOST_FOUND) if words else queries.pages(request.actor)
    rows = Paginator(found, PAGES_A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": rows, "words": words, "most_found": MOST_FOUND}
    return page(request, "console/registry.html", context)


@staff
@require_http_methods(["GET", "POST"])
def import_pages(request: HttpRequest) -> HttpResponse:
    """Takes a CSV file and answers with a line for each of its rows: added, known already, or what is wrong with it."""
    request.actor.require("registry.manage")
    if request.method == "GET":
        return page(request, "console/import.html")
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise BadInput(_("no file was chosen"), where="file", mend=_("choose a CSV file"))
        results = actions.import_csv(request.actor, upload)
    except BadInput as fault:
        return page(request, "console/import.html", {"fault": fault}, status=422)
    refused = sum(1 for result in results if result.fault)
    lines = [(row, OUTCOMES[row.outcome]) for row in results]
    context = {"results": lines, "refused": refused, "taken": len(results) - refused}
    return page(request, "console/import.html", context)
