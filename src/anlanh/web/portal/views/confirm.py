"""Confirming an e-mail address. Opening the link only shows a button, so mail scanners confirm nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from anlanh.base.actor import NotFound
from anlanh.web.portal import limits
from anlanh.work.casework.actions.confirming import confirm_email


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The button, and after it whether the address is confirmed."""
    if request.method != "POST":
        return render(request, "portal/confirm/ask.html")
    if not limits.spend_for(request, "confirm").allowed:
        return render(request, "portal/confirm/ask.html", {"busy": True}, status=429)
    try:
        confirm_email(token)
    except NotFound:
        return render(request, "portal/confirm/unknown.html", status=404)
    return render(request, "portal/confirm/done.html")
