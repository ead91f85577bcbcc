"""Who gets to the pages about one's own account and about the organisation's people."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., HttpResponse]


def working_here(view: View) -> View:
    """Runs the view for people who act for an organisation; others sign in first, or choose one."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if request.actor is None:
            return redirect("accounts:choose")
        return view(request, *args, **kwargs)

    return guarded


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even if empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Where `next` points, if that is on this host."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return otherwise
