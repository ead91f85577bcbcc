"""What went wrong, as a page that says what to do next; or as a fragment, when only a part of a page was asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.primitives.errors import BadInput
from anlanh.web.language import accepted_language, chosen_by_cookie
from anlanh.web.refusals import sentence


class PlainErrors:
    """Turns the errors that actions raise on purpose into pages. Forms catch what they can show beside a field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for the error, or None when it is not one of ours."""
        if isinstance(fault, BadInput):
            return page(request, 422, fault=fault)
        if isinstance(fault, NotAllowed):
            return page(request, 403, reason=sentence(fault))
        if isinstance(fault, NotFound):
            return page(request, 404)
        return None


def page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    """The error page of a status; for htmx only the message, put into the page's `#messages`."""
    if getattr(request, "htmx", False):
        response = render(request, "errors/fragment.html", {"status": status, **context}, status=status)
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for requests it can't read."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for what the person may not do."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the proof that it was ours: nearly always a page left open overnight, or cookies off."""
    return page(request, 403, stale=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for what isn't there."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for our own faults. Reads no row: the database may be what failed."""
    language = chosen_by_cookie(request) or accepted_language(request)
    with translation.override(language):
        return HttpResponse(render_to_string("errors/500.html", {"language": language}), status=500)
