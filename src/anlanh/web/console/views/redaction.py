"""Redacting a file of a case: look at its pages, blacken what shows who reported, see the result, make the copy."""

import base64
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base.files import drawing, serve
from anlanh.base.files.models import StoredFile
from anlanh.primitives.errors import BadInput
from anlanh.web.console import redaction_form as form
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page
from anlanh.work.casework import queries
from anlanh.work.casework.actions.review import look_at_evidence
from anlanh.work.casework.exposure.actions import open_evidence
from anlanh.work.casework.keeping import copies
from anlanh.work.casework.keeping.copies import TextPlaces
from anlanh.work.casework.keeping.queries import standing_copy, standing_copy_file

LINES_A_PAGE = 400


@staff
@require_http_methods(["GET", "POST"])
def redact(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """The page; `way` says what is asked: to turn to another page, to see the result, or to make the copy."""
    stored = copies.redactable(request.actor, case_id, file_id).file
    open_evidence(request.actor, case_id, file_id)
    is_text = stored.media_type in copies.READABLE
    fault = None
    if request.POST.get("way") == "make":
        try:
            places = form.text_places(request.POST) if is_text else form.places(form.rows(request.POST, 1))
            copy = copies.redact(request.actor, case_id, file_id, places, nothing="nothing" in request.POST)
        except BadInput as refused:
            fault = refused
        else:
            said = ngettext(
                "The copy is made, with %(count)s place blackened. The original is kept as it was.",
                "The copy is made, with %(count)s places blackened. The original is kept as it was.",
                copy.places,
            )
            messages.success(request, said % {"count": copy.places})
            return redirect("console:case", case_id)
    shown = _text(request, case_id, stored, fault) if is_text else _drawn(request, stored, fault)
    context = {
        "case": queries.case(request.actor, case_id),
        "file": stored,
        "is_text": is_text,
        "standing": standing_copy(request.actor, case_id, file_id),
        "nothing": "nothing" in request.POST,
        **shown,
    }
    return page(request, "console/redact.html", context, status=422 if shown["fault"] and request.POST else 200)


def _drawn(request: HttpRequest, stored: StoredFile, fault: BadInput | None) -> dict[str, object]:
    """One page of a picture or PDF, as it is or with the places blackened."""
    number = _number(request)
    lines = form.rows(request.POST, number)
    showing = request.POST.get("way") == "show"
    count, picture, width, height = 1, "", 0, 0
    try:
        places = [place for place in form.places(lines) if place.page == number] if showing and not fault else []
    except BadInput as refused:
        fault, places, showing = refused, [], False
    try:
        drawn = drawing.page(stored, number, places)
        count, sheet = drawn.count, drawn.sheets[0]
        picture, (width, height) = base64.b64encode(sheet.jpeg).decode(), sheet.pixels
    except BadInput as refused:
        fault = fault or refused
    return {
        "fault": fault,
        "rows": lines,
        "number": number,
        "count": count,
        "picture": picture,
        "width": width,
        "height": height,
        "showing": showing,
    }


def _text(request: HttpRequest, case_id: uuid.UUID, stored: StoredFile, fault: BadInput | None) -> dict[str, object]:
    """Some lines of a text, as it is or with the words taken out."""
    number, lines = _number(request), []
    showing = request.POST.get("way") == "show"
    try:
        places = form.text_places(request.POST) if showing and not fault else TextPlaces()
        lines = copies.shown(request.actor, case_id, stored.id, places).split("\n")
    except BadInput as refused:
        fault, showing = fault or refused, False
    first = (number - 1) * LINES_A_PAGE
    return {
        "fault": fault,
        "words": request.POST.get("words", ""),
        "lines": request.POST.get("lines", ""),
        "number": number,
        "count": max(1, -(-len(lines) // LINES_A_PAGE)),
        "shown_lines": list(enumerate(lines[first : first + LINES_A_PAGE], start=first + 1)),
        "showing": showing,
    }


def _number(request: HttpRequest) -> int:
    """The page that is asked for; the first where none can be read."""
    asked = request.POST.get("go") or request.POST.get("at") or "1"
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


@staff
@require_GET
def copy(request: HttpRequest, case_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponseBase:
    """The copy that the person affected gets, as a download. Looking at it is recorded."""
    stored = standing_copy_file(request.actor, case_id, copy_id)
    look_at_evidence(request.actor, case_id)
    return serve.response(stored)


@staff
@require_POST
def withdraw(request: HttpRequest, case_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """Takes a copy out of what the person affected gets."""
    copies.withdraw(request.actor, case_id, copy_id)
    messages.success(request, _("The copy is taken out. The person affected gets it no more."))
    return redirect("console:case", case_id)
