"""Evidence opened: as a download, a picture or a film; each recorded, and counted for who looks."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlanh.base.actor import NotFound
from anlanh.base.files import serve
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page, rest_now
from anlanh.work.casework.exposure import queries
from anlanh.work.casework.exposure.actions import add_time, open_evidence

CHART_HEIGHT, CHART_STEP = 96, 44


@staff
@require_GET
def evidence(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    """A file of a case, as a download that can do nothing in the browser."""
    return serve.response(open_evidence(request.actor, case_id, file_id))


@staff
@require_GET
def preview(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    """What the page shows of a file: a small re-encoded picture, or the film for the page to play."""
    stored = open_evidence(request.actor, case_id, file_id, shown=True)
    if stored.is_film:
        return serve.film_response(stored, request.headers.get("Range", ""))
    picture = serve.preview_response(stored)
    if picture is None:
        raise NotFound(_("There is no preview of this file."))
    return picture


@staff
@require_POST
def seen(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """How many seconds something stood open, as the page tells when it is closed."""
    text = request.POST.get("seconds", "")
    add_time(request.actor, case_id, file_id, int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0)
    return HttpResponse(status=204)


@staff
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What the person opened today and this week, and for who leads others whether anybody reached the limit."""
    count = queries.own_exposure(request.actor)
    context = {
        "count": count,
        "bars": _bars(count),
        "chart_height": CHART_HEIGHT + 40,
        "chart_width": CHART_STEP * len(count.days),
        "over": queries.over_limit(request.actor),
    }
    return page(request, "console/exposure.html", context)


@staff
@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """Puts the suggestion of a pause aside until as many more were opened."""
    rest_now(request)
    messages.success(request, _("Come back when you are ready."))
    return redirect("console:exposure")


def _bars(count: queries.Exposure) -> list[dict[str, object]]:
    """The days as bars of an SVG, each with its number above and its day below."""
    most = max(1, *(number for _day, number in count.days))
    return [
        {
            "day": day,
            "number": number,
            "x": at * CHART_STEP + 6,
            "middle": at * CHART_STEP + CHART_STEP // 2,
            "y": 16 + CHART_HEIGHT - round(CHART_HEIGHT * number / most),
            "above": 11 + CHART_HEIGHT - round(CHART_HEIGHT * number / most),
            "height": round(CHART_HEIGHT * number / most),
        }
        for at, (day, number) in enumerate(count.days)
    ]
