"""One's own settings."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from anlanh.base.identity.actions import set_preferences
from anlanh.base.identity.queries import memberships
from anlanh.base.identity.words import ROLE_TITLES
from anlanh.web.accounts.access import posted, working_here
from anlanh.web.accounts.forms import Preferences
from anlanh.web.language import remember_language


@working_here
def settings_page(request: HttpRequest) -> HttpResponse:
    """Language and shortcuts; ways to the password, the second step and the choice of organisation."""
    account = request.user
    initial = {name: getattr(account, name) for name in Preferences.base_fields}
    form = Preferences(posted(request), initial=initial)
    if form.is_valid():
        set_preferences(account, **form.cleaned_data)
        with translation.override(account.language):
            messages.success(request, _("Your settings are saved."))
        response = redirect("accounts:settings")
        # A choice made on this device would otherwise go on hiding the account's.
        remember_language(response, account.language)
        return response
    places = memberships(account)
    here = next(place for place in places if place.organisation_id == request.actor.organisation_id)
    context = {
        "form": form,
        "here": here,
        "roles": [ROLE_TITLES.get(role, role) for role in here.roles],
        "several": len(places) > 1,
        "second_step": Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists(),
    }
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)
