"""Presets: decisions prepared for kinds of cases, listed, written, written anew, retired."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base import clock
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import PresetForm, add_fault
from anlanh.web.console.grounds import grouped, own_rules
from anlanh.web.console.shell import page
from anlanh.work.casework import queries
from anlanh.work.casework.actions import presets
from anlanh.work.casework.actions.presets import PresetInput
from anlanh.work.casework.grounds import parsed
from anlanh.work.casework.models import Preset
from anlanh.work.casework.naming import as_word

FIELDS = ("name", "ground", "facts", "measure", "scope", "days", "age", "label")


@staff
@require_GET
def preset_list(request: HttpRequest) -> HttpResponse:
    """The presets that deciders are offered."""
    return page(request, "console/presets.html", {"presets": queries.presets(request.actor)})


@staff
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Writes a new preset."""
    queries.presets(request.actor)  # refuses those who may not write one, before they begin
    return _written(request, None)


@staff
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, preset_id: uuid.UUID) -> HttpResponse:
    """Writes the next version of a preset."""
    return _written(request, queries.preset(request.actor, preset_id))


@staff
@require_POST
def retire(request: HttpRequest, preset_id: uuid.UUID) -> HttpResponse:
    """Stops a preset from being offered."""
    preset = queries.preset(request.actor, preset_id)
    try:
        presets.retire(request.actor, preset.id)
    except BadInput as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("“%(name)s” is no longer offered.") % {"name": preset.name})
    return redirect("console:presets")


def _written(request: HttpRequest, preset: Preset | None) -> HttpResponse:
    """The form, or after a good one the list."""
    sent = request.method == "POST"
    initial = {name: getattr(preset, name) or "" for name in FIELDS} if preset else {}
    if preset:
        initial["ground"] = as_word(preset.ground, preset.terms_clause)
    form = PresetForm(request.POST) if sent else PresetForm(initial=initial)
    if sent and form.is_valid():
        try:
            saved = presets.write(request.actor, _input(form.cleaned_data), preset.id if preset else None)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            said = _("“%(name)s”, version %(version)s, is offered from now on.")
            messages.success(request, said % {"name": saved.name, "version": saved.version})
            return redirect("console:presets")
    grounds = grouped(vietnam().grounds_on(civil_date(clock.now())), "")
    own = own_rules(request.actor, queries.terms_now(request.actor), "")
    context = {"form": form, "preset": preset, "grounds": grounds, "own_rules": own}
    return page(request, "console/preset.html", context, status=422 if sent else 200)


def _input(values: Mapping[str, Any]) -> PresetInput:
    ground, terms_clause = parsed(values["ground"])
    return PresetInput(**{name: values[name] for name in FIELDS} | {"ground": ground, "terms_clause": terms_clause})
