"""The API's own way through the server: no session, no cookies, no pages; everything that is answered is JSON.

The lane branches off before the middleware of pages, which costs time and has nothing to give to machines: a key in a
header can't be forged by another site's form, so there is no CSRF to guard against, and no cookie is read or set.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from anlanh.web.api import problems
from anlanh.web.bodies import declared_length
from anlanh.web.language import accepted_language

PREFIX = "/api/"
MOST_WITHOUT_KEY = 256 * 1024  # bytes; four times the longest report. A body is read before its sender's limit counts
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class ApiLane:
    """Middleware that answers what begins with /api/ and lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(accepted_language(request)):
            response = refusal_of_body(request) or answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Content-Length"] = str(len(response.content))
        return response


def refusal_of_body(request: HttpRequest) -> HttpResponse | None:
    """The answer to a body that is not going to be read: too large, or not JSON."""
    if request.method not in _WITH_BODY:
        return None
    length = declared_length(request.META)
    if length > MOST_WITHOUT_KEY and "HTTP_AUTHORIZATION" not in request.META:
        return problems.problem(413)
    if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
        return problems.problem(413, _("send at most %(size)s MB, in parts") % {"size": megabytes})
    if has_body(request) and request.content_type != "application/json":
        return problems.problem(415, _("send JSON, with Content-Type: application/json"))
    return None


def has_body(request: HttpRequest) -> bool:
    """Whether the client sent anything."""
    return request.META.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in request.META


def answer(request: HttpRequest) -> HttpResponse:
    """Finds the operation and does it; whatever happens becomes an answer."""
    try:
        match = resolve(request.path_info)
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
    except Resolver404:
        return problems.problem(404)
    except Exception as exception:
        got_request_exception.send(sender=None, request=request)
        return problems.fault(request, exception)
    if response.status_code >= 400 and response.headers.get("Content-Type") != problems.CONTENT_TYPE:
        return _as_problem(response)
    return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """What the framework refused in its own words, in ours; `Allow` is kept."""
    kept = {name: response.headers[name] for name in ("Allow",) if name in response.headers}
    return problems.problem(response.status_code, headers=kept)
