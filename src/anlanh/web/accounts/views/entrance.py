"""Coming in: signing in, taking up an invitation, choosing the organisation to work in."""

import uuid

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from anlanh.base.actor import NotFound
from anlanh.base.identity.actions import accept_invitation
from anlanh.base.identity.models import Invitation
from anlanh.base.identity.queries import (
    CHOSEN_ORGANISATION,
    account_for_email,
    membership_of,
    memberships,
    open_invitation,
)
from anlanh.base.identity.words import ROLE_TITLES
from anlanh.primitives.errors import BadInput
from anlanh.web.accounts.access import next_page, posted
from anlanh.web.accounts.faults import blame
from anlanh.web.accounts.forms import AcceptInvitation


class SignInView(LoginView):
    """Signing in. Who is signed in but works nowhere is told so, rather than sent round between two pages."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Passes those on who are signed in without an organisation."""
        if request.user.is_authenticated and request.actor is None:
            return redirect("accounts:choose")
        return super().dispatch(request, *args, **kwargs)


@login_required
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """The organisations one belongs to; the one chosen holds for this session."""
    forward = next_page(request, settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        membership = membership_of(request.user, _identifier(request.POST.get("organisation", "")))
        request.session[CHOSEN_ORGANISATION] = str(membership.organisation_id)
        return redirect(forward)
    return render(request, "accounts/choose.html", {"memberships": memberships(request.user), "next": forward})


@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Taking up an invitation: a new person gives name and password, one with an account signs in first."""
    try:
        offer = open_invitation(token)
    except NotFound:
        return render(request, "accounts/invitation_over.html", status=404)
    existing = account_for_email(offer.email)
    if existing and request.user != existing:
        return _sign_in_first(request, offer)
    form = AcceptInvitation(posted(request), signed_in=existing is not None, initial={"name": offer.name})
    if form.is_valid():
        try:
            membership = accept_invitation(
                token, form.cleaned_data["name"], form.cleaned_data.get("password", ""), account=existing
            )
        except BadInput as fault:
            blame(form, fault)
        else:
            return _welcome(request, membership.organisation_id, signed_in=existing is not None)
    context = {"offer": offer, "form": form, "roles": [ROLE_TITLES.get(role, role) for role in offer.roles]}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


def _sign_in_first(request: HttpRequest, offer: Invitation) -> HttpResponse:
    """Asks the person to come with their own account; somebody else's session is of no use."""
    context = {"offer": offer, "back": request.path, "wrong_account": request.user.is_authenticated}
    return render(request, "accounts/invitation_sign_in.html", context)


def _welcome(request: HttpRequest, organisation_id: uuid.UUID, *, signed_in: bool) -> HttpResponse:
    """On to work; a new account signs in once, so that password managers learn it and the person knows it works."""
    if signed_in:
        request.session[CHOSEN_ORGANISATION] = str(organisation_id)
        return redirect(settings.LOGIN_REDIRECT_URL)
    messages.success(request, _("Your account is ready. Sign in with your e-mail address and the password you chose."))
    return redirect(reverse("account_login"))


def _identifier(text: str) -> uuid.UUID:
    """The identifier a form sent; what is none names nothing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound(_("there is no such organisation")) from None
