"""API keys, for administrators."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anlanh.base.identity import actions, queries
from anlanh.base.identity.words import CAPABILITY_TITLES
from anlanh.primitives.errors import BadInput
from anlanh.web.accounts.access import posted, working_here
from anlanh.web.accounts.faults import blame
from anlanh.web.accounts.forms import IssueKey


@working_here
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """The keys, and a form for a new one. Its secret is shown in the answer and nowhere later."""
    held = queries.credentials(request.actor)
    people = list(queries.members(request.actor))
    form = IssueKey(posted(request), people=people)
    context: dict[str, object] = {}
    if form.is_valid():
        try:
            values = form.cleaned_data
            responsible = uuid.UUID(values["responsible"]) if values["responsible"] else None
            credential, secret = actions.issue_credential(
                request.actor, values["name"], values["capabilities"], responsible
            )
        except BadInput as fault:
            blame(form, fault)
        else:
            context, form = {"fresh": credential, "secret": secret}, IssueKey(people=people)
    context |= {"form": form, "keys": [(key, _titles(key.capabilities)) for key in held]}
    return render(request, "accounts/keys.html", context, status=422 if form.errors else 200)


@working_here
@require_POST
def revoke(request: HttpRequest, key_id: uuid.UUID) -> HttpResponse:
    """Ends a key."""
    actions.revoke_credential(request.actor, key_id)
    messages.success(request, _("The key is revoked. It no longer opens anything."))
    return redirect("accounts:keys")


def _titles(named: list[str]) -> list[object]:
    """Capabilities as pages call them."""
    return [CAPABILITY_TITLES.get(capability, capability) for capability in named]
