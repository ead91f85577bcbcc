"""The very first sign-up of a deployment: an organisation and its administrator, by the link that the start printed."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from anlanh.base.actor import NotFound
from anlanh.base.identity.actions import found_organisation
from anlanh.base.identity.models import Membership
from anlanh.base.identity.queries import require_first_sign_up
from anlanh.primitives.errors import BadInput
from anlanh.web.accounts.access import posted
from anlanh.web.accounts.faults import blame
from anlanh.web.accounts.forms import FoundOrganisation


@sensitive_post_parameters("password")
@never_cache
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for organisation and person; then the person is signed in and invites the others."""
    form = FoundOrganisation(posted(request))
    try:
        require_first_sign_up(token)
        if form.is_valid():
            return _sign_in(request, found_organisation(token, **form.cleaned_data, language=get_language()))
    except NotFound:
        return render(request, "accounts/first_over.html", status=404)
    except BadInput as fault:
        blame(form, fault)
    return render(request, "accounts/first.html", {"form": form}, status=422 if form.errors else 200)


def _sign_in(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Signs the new administrator in, where the others are invited."""
    name = membership.organisation.name
    messages.success(request, _("%(name)s is set up. Next, invite your colleagues.") % {"name": name})
    return perform_login(request, membership.account, redirect_url=reverse("accounts:people"))
