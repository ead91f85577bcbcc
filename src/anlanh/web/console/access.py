"""Who gets into the console: people who have signed in and act for an organisation."""

import functools
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from anlanh.base.actor import NotAllowed
from anlanh.base.identity.queries import memberships

View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """Runs the view for people with an organisation; sends others to sign in, after which they come back here.

    Raises:
        NotAllowed: signed in, but a member of no organisation; signing in again would not help.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.actor is None:
            return _entrance(request)
        return view(request, *args, **kwargs)

    return guarded


def step(view: View) -> View:
    """A step on a case, sent by POST. Its address opened by itself, as after an error, shows the case."""

    @staff
    @functools.wraps(view)
    def posted(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
        return view(request, case_id) if request.method == "POST" else redirect("console:case", case_id)

    return posted


def _entrance(request: HttpRequest) -> HttpResponse:
    """Where someone goes first who can't act yet."""
    # A form can't be sent again after signing in; the console it was on can be opened again.
    back = request.get_full_path() if request.method == "GET" else reverse("console:queue")
    if not request.user.is_authenticated:
        return redirect_to_login(back, resolve_url(settings.LOGIN_URL))
    if memberships(request.user):
        return redirect_to_login(back, reverse("accounts:choose"))
    raise NotAllowed(_("Your account belongs to no organisation. Ask an administrator for an invitation."))
