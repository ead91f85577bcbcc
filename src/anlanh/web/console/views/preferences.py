"""How the organisation works, where the law leaves it free."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import add_fault
from anlanh.web.console.preference_forms import PreferencesForm
from anlanh.web.console.shell import page
from anlanh.work.casework.preferences import actions, queries


@staff
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Shows the preferences, and sets them."""
    request.actor.require(actions.MAY_SET)
    held = queries.preferences(request.actor)
    numbers = {rule.id: rule.within(held.numbers.get(rule.id, rule.number)) for rule in vietnam().house_rules.values()}
    form = PreferencesForm(request.POST or None, initial={"undo_seconds": held.undo_seconds, **numbers})
    if form.is_valid():
        chosen = dict(form.cleaned_data)
        try:
            actions.set_preferences(request.actor, undo_seconds=chosen.pop("undo_seconds"), numbers=chosen)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("console:preferences")
    context = {"form": form, "held": held}
    return page(request, "console/preferences.html", context, status=422 if form.errors else 200)
