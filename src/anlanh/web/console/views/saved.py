"""Saved views of lists, and which columns lists show: everyone's own, but for what is shared with the team."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page
from anlanh.work.casework.lists import actions, queries


@staff
@require_http_methods(["GET", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """The person's views and those of the team; saves one by POST and opens it."""
    if request.method == "GET":
        return _list(request)
    typed = {name: request.POST.get(name, "") for name in ("name", "address")}
    shared = request.POST.get("shared") == "yes"
    try:
        view = actions.save_view(request.actor, typed["name"], typed["address"], shared=shared)
    except BadInput as fault:
        return _list(request, {"fault": fault, "typed": {**typed, "shared": shared}})
    messages.success(request, _("Saved as “%(name)s”; it stands on the left.") % {"name": view.name})
    return redirect(f"{reverse('console:queue')}?{view.address}")


@staff
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, view_id: uuid.UUID) -> HttpResponse:
    """Renames a view, shares it or takes it back by POST; opened by itself it leads to the list."""
    view = queries.saved_view(request.actor, view_id)
    if request.method == "GET":
        return redirect(f"{reverse('console:queue')}?{view.address}")
    try:
        shared = request.POST.get("shared") == "yes"
        actions.change_view(request.actor, view_id, request.POST.get("name", ""), shared=shared)
    except BadInput as fault:
        return _list(request, {"wrong": view_id, "fault": fault, "typed": request.POST})
    messages.success(request, _("Saved."))
    return redirect("console:saved")


@staff
@require_POST
def remove(request: HttpRequest, view_id: uuid.UUID) -> HttpResponse:
    """Deletes a view."""
    actions.remove_view(request.actor, view_id)
    messages.success(request, _("It is deleted. The cases stay as they are."))
    return redirect("console:saved")


@staff
@require_POST
def start(request: HttpRequest, view_id: uuid.UUID) -> HttpResponse:
    """Makes a view the page one begins on, or with `start=no` no longer."""
    begins = request.POST.get("start") != "no"
    queries.saved_view(request.actor, view_id)
    actions.set_start(request.actor, view_id if begins else None)
    messages.success(request, _("You begin here from now on.") if begins else _("You begin at the usual place again."))
    return redirect("console:saved")


@staff
@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Sets the columns of lists, or with `usual` the usual ones, and shows the list again."""
    chosen = [] if "usual" in request.POST else request.POST.getlist("column")
    actions.set_columns(request.actor, chosen)
    address = request.POST.get("address", "")
    return redirect(f"{reverse('console:queue')}?{address}" if address else "console:queue")


def _list(request: HttpRequest, more: dict | None = None) -> HttpResponse:
    own = queries.arrangement(request.actor)
    context = {
        "rows": queries.saved_views(request.actor),
        "start": own.start_id if own.start else None,
        "may_share": request.actor.can("organisation.manage"),
        **(more or {}),
    }
    return page(request, "console/saved.html", context, status=422 if more else 200)
