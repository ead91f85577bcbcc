"""Handing a stranger's file to a reader's browser so that it can do nothing there.

Always a download, never shown as a page: `attachment`, a type told by us and not to be second-guessed, and a policy
that would take script, plug-ins, frames and our origin away even if a browser showed it after all.
"""

import re
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from anlanh.base.files import previews
from anlanh.base.files.models import StoredFile
from anlanh.base.files.names import for_download
from anlanh.base.files.store import open_file

POLICY = "sandbox; default-src 'none'"
PIECE_BYTES = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")

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


def film_response(stored: StoredFile, asked: str) -> HttpResponseBase:
    """The film for a `<video>` of ours, which plays it in the browser's own closed room for media.

    Unlike a picture it is not encoded anew; the other way, to download it and open it in a program of the desk, is the
    less guarded one.

    Args:
        stored: a film that browsers play.
        asked: the request's `Range`; one stretch of bytes is honoured (RFC 9110), anything else gets the whole.
    """
    span = _span(asked, stored.size)
    if span is None:
        answer = FileResponse(open_file(stored), content_type=stored.media_type)
        answer["Content-Length"] = str(stored.size)
    else:
        first, last = span
        answer = StreamingHttpResponse(_stretch(stored, first, last), status=206, content_type=stored.media_type)
        answer["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
        answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    return _harmless(answer, for_download(stored.name, stored.media_type))


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n`; None for anything else or beyond the file."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None


def _stretch(stored: StoredFile, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with open_file(stored) as source:
        source.seek(first)
        while left > 0 and (piece := source.read(min(left, PIECE_BYTES))):
            left -= len(piece)
            yield piece


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
