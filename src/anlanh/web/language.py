"""The language and the colours of the pages: how they are chosen, remembered and switched, without JavaScript."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_POST

THEME_COOKIE = "theme"
THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 3600


def known_language(code: str | None) -> str | None:
    """The code when pages exist in that language, else None."""
    return code if code in dict(settings.LANGUAGES) else None


def chosen_by_cookie(request: HttpRequest) -> str | None:
    """The language chosen on this device, if one was."""
    return known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))


def accepted_language(request: HttpRequest) -> str:
    """The first language of the browser's list in which pages exist, else the default."""
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language := known_language(tag.split("-")[0]):
            return language
    return settings.LANGUAGE_CODE


def chosen_theme(request: HttpRequest) -> str:
    """`light` or `dark` as chosen on this device; empty to follow the device."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def remember_language(response: HttpResponse, language: str) -> None:
    """Keeps the choice on this device for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switches the language and goes back to the page it was switched on. Field `language`; `next` optional."""
    response = HttpResponseRedirect(safe_return(request))
    if language := known_language(request.POST.get("language")):
        remember_language(response, language)
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Switches to `light` or `dark`, or with anything else back to what the device prefers."""
    response = HttpResponseRedirect(safe_return(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def safe_return(request: HttpRequest) -> str:
    """Where to go back to: `next`, else the page that sent the form, and only ever on this host."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return "/"
