"""What every answer carries and every request is told: headers, the language, and who acts."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from anlanh.base.identity.queries import actor_for_request
from anlanh.web.language import accepted_language, chosen_by_cookie, known_language

Answerer = Callable[[HttpRequest], HttpResponse]

# Everything comes from this server, nothing inline: a text that someone managed to smuggle into a page can't run.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
UNUSED_POWERS = ["camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"]


class SecurityHeaders:
    """Adds the headers that limit what a page may do; a view that set its own keeps it."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{power}=()" for power in UNUSED_POWERS))
        return response


class ChosenLanguage:
    """Answers in the language of this device's choice, else of the account, else of the browser, else Vietnamese."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_by_cookie(request) or self.of_account(request) or accepted_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    def of_account(self, request: HttpRequest) -> str | None:
        """The language that the signed-in person set; visitors cost no query."""
        if SESSION_KEY not in request.session:
            return None
        return known_language(getattr(get_user(request), "language", None))


class CurrentActor:
    """Sets `request.actor`: the signed-in person in the organisation chosen for this session, or None."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A real None, not a lazy object that only looks like it: views ask `request.actor is None`.
        request.actor = actor_for_request(request) if SESSION_KEY in request.session else None
        return self.get_response(request)
