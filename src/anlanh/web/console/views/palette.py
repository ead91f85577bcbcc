"""What Ctrl-K finds: cases, pages and the console's own commands, by folded words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlanh.primitives.folding import fold_search
from anlanh.web.console.access import staff
from anlanh.web.console.shell import place_links, queue_links
from anlanh.work.casework import queries as casework
from anlanh.work.registry import queries as registry

MOST_CASES = 8
MOST_PAGES = 6
SHORTEST = 2  # characters below which a search would find half the house


@staff
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """The lines for `?q=`; commands alone while less than two characters are typed."""
    words = request.GET.get("q", "").strip()
    asked = fold_search(words)
    commands = [
        link
        for link in (*queue_links(request.actor), *place_links(request.actor))
        if all(word in fold_search(str(link.title)) for word in asked.split())
    ]
    searching = len(words) >= SHORTEST
    cases = casework.search(request.actor, words)[:MOST_CASES] if searching and request.actor.can("cases.view") else []
    pages = (
        registry.find(request.actor, words, limit=MOST_PAGES)
        if searching and request.actor.can("registry.view")
        else []
    )
    context = {"commands": commands, "cases": cases, "pages": pages, "words": words}
    return render(request, "console/_palette_results.html", context)
