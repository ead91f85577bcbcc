"""The photographs of an order's paper: in another order, turned, left out, added, and joined to one document anew."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlanh.base.files.drawing import TURNS
from anlanh.base.files.models import StoredFile
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.secret import turned_away
from anlanh.web.console.shell import page
from anlanh.work.casework import queries
from anlanh.work.casework.actions.review import look_at_evidence
from anlanh.work.casework.authorities.secrecy import Secret
from anlanh.work.casework.keeping import joining
from anlanh.work.casework.keeping.joining import PageInput
from anlanh.work.casework.keeping.queries import joined_pages


@dataclass(frozen=True)
class Line:
    """One photograph as the page shows it.

    Args:
        file: the photograph.
        turn: by how many degrees it is turned.
        out: it is left out of the document.
    """

    file: StoredFile
    turn: int
    out: bool


@staff
@require_http_methods(["GET", "POST"])
def order_pages(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The pages; `move` shifts one of them and keeps nothing, `way` joins them anew."""
    request.actor.require("orders.enter")
    case = queries.case(request.actor, case_id)
    joined = joined_pages(request.actor, case_id)
    look_at_evidence(request.actor, case_id)
    files = joining.photographs_of(request.actor, case_id)
    lines = _typed(request, files) if request.method == "POST" else _as_joined(joined.pages, files)
    fault = None
    if request.POST.get("way") == "join":
        pages = [PageInput(line.file.id, line.turn) for line in lines if not line.out]
        added = [(upload.name, upload) for upload in request.FILES.getlist("more")]
        try:
            joining.rejoin(request.actor, case_id, pages, added)
        except Secret as refusal:
            return turned_away(request, refusal, reverse("console:case", args=[case_id]))
        except BadInput as refused:
            fault = refused
        else:
            messages.success(request, _("The pages are joined anew. Every photograph is kept as it was taken."))
            return redirect("console:case", case_id)
    context = {"case": case, "joined": joined, "lines": lines, "turns": TURNS, "fault": fault}
    return page(request, "console/order_pages.html", context, status=422 if fault else 200)


def _as_joined(pages: list[dict], files: list[StoredFile]) -> list[Line]:
    """The pages as they are joined now, and after them what was left out."""
    known = {str(stored.id): stored for stored in files}
    lines = [Line(known.pop(each["file"]), each["turn"], out=False) for each in pages]
    return lines + [Line(stored, 0, out=True) for stored in known.values()]


def _typed(request: HttpRequest, files: list[StoredFile]) -> list[Line]:
    """The pages as they were sent, one of them moved where that was asked for."""
    known = {str(stored.id): stored for stored in files}
    turns, out = request.POST.getlist("turn"), set(request.POST.getlist("out"))
    lines = [
        Line(known.pop(name), int(turn) if turn in map(str, TURNS) else 0, out=name in out)
        for name, turn in zip(request.POST.getlist("page"), turns, strict=False)
        if name in known
    ]
    lines += [Line(stored, 0, out=True) for stored in known.values()]
    at, _sign, way = request.POST.get("move", "").partition(":")
    if at.isascii() and at.isdigit() and int(at[:6]) < len(lines):
        index = int(at[:6])
        other = index - 1 if way == "up" else index + 1
        if 0 <= other < len(lines):
            lines[index], lines[other] = lines[other], lines[index]
    return lines
