"""Handing a stranger's file to a reader's browser so that it can do nothing there.

Always a download, never shown as a page: `attachment`, a type told by us and not to be second-guessed, and a policy
that would take script, plug-ins, frames and our origin away even if a browser showed it after all.
"""

from typing import TypeVar
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from anlanh.base.files import previews
from anlanh.base.files.models import StoredFile
from anlanh.base.files.names import for_download
from anlanh.base.files.store import open_file

POLICY = "sandbox; default-src 'none'"

Answer = TypeVar("Answer", bound=HttpResponseBase)


def response(stored: StoredFile) -> FileResponse:
    """The file as a download, streamed from disk."""
    answer = FileResponse(open_file(stored), content_type=stored.media_type)
    answer["Content-Length"] = str(stored.size)
    return _harmless(answer, for_download(stored.name, stored.media_type))


def preview_response(stored: StoredFile) -> HttpResponseBase | None:
    """The re-encoded preview for an `<img>` of ours; None where there is none, for the page to say so."""
    picture = previews.make(stored)
    if picture is None:
        return None
    media_type, ending = ("image/png", "png") if picture.startswith(b"\x89PNG") else ("image/jpeg", "jpg")
    return _harmless(HttpResponse(picture, content_type=media_type), f"{stored.id}.{ending}")


def disposition(name: str) -> str:
    """An `attachment` header for any name: an ASCII stand-in, and the name itself in UTF-8 (RFC 6266, RFC 8187)."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_" for letter in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _harmless(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = disposition(name)
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
