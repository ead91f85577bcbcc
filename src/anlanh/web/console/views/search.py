"""Finding anything: the lines of Ctrl-K, and the page of all results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlanh.web.console.access import staff
from anlanh.web.console.finding import SHORTEST, find
from anlanh.web.console.shell import page

IN_THE_PALETTE = 5  # of each kind
ON_THE_PAGE = 20


@staff
@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """The lines for `?q=`; the console's pages alone while less than two characters are typed."""
    words = request.GET.get("q", "").strip()
    groups = find(request.actor, words, IN_THE_PALETTE)
    context = {"groups": groups, "words": words, "searched": len(words) >= SHORTEST}
    return render(request, "console/_palette_results.html", context)


@staff
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Everything that `?q=` finds, in groups of at most twenty."""
    words = request.GET.get("q", "").strip()
    groups = find(request.actor, words, ON_THE_PAGE) if len(words) >= SHORTEST else []
    return page(request, "console/search.html", {"groups": groups, "words": words, "most": ON_THE_PAGE})
