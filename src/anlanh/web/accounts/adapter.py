"""How allauth behaves here: accounts only by invitation, letters through the outbox, our own words."""

import uuid
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from anlanh.base.identity.models import Account
from anlanh.base.identity.queries import membership_for_request, memberships
from anlanh.base.outbox.queue import Draft, enqueue

WRONG_SIGN_IN = _("The e-mail address or the password is not right.")
WRONG_CODE = _("The code is not right. Codes change every 30 seconds; use the newest one.")
TOO_MANY = _("Too many attempts. Wait five minutes, then try again.")


class InvitationOnly(DefaultAccountAdapter):
    """Accounts come from invitations alone; nothing is sent while a request waits."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account was switched off. Ask your organisation's administrator."),
        "email_password_mismatch": WRONG_SIGN_IN,
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("The password is not right."),
        "invalid_login": WRONG_SIGN_IN,
        "invalid_password_reset": _("This link is no longer valid. Ask for a new one."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation."""
        return False

    def post_login(self, request: HttpRequest, user: Account, **details: Any) -> HttpResponse:
        """Signed in: whoever must choose an organisation first goes on from there to where they were heading."""
        response = super().post_login(request, user, **details)
        if membership_for_request(request):
            return response
        return redirect(f"{reverse('accounts:choose')}?{urlencode({'next': response.url})}")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the settings."""
        return reverse("accounts:settings")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the letter, on the host that the settings name: a forged Host header must not choose it."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, as the outermost proxy of our own saw it; limits on attempts count by it."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queues a letter for the worker, in the account's language.

        An account that belongs to no organisation any more gets none: it opens nothing.
        """
        places = memberships(context["user"]) if "user" in context else []
        if not places:
            return
        language = places[0].account.language
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", context).strip()
            body = render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n"
        letter = {"to": email, "subject": subject, "body": body, "language": language}
        with transaction.atomic():
            enqueue(places[0].organisation_id, [Draft("mail", f"account:{uuid.uuid4()}", letter)])


class SecondStep(DefaultMFAAdapter):
    """The second step of signing in, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("The second step can't be switched off for this account."),
        "cannot_generate_recovery_codes": _("Set up the authenticator app first; recovery codes come with it."),
        "incorrect_code": WRONG_CODE,
    }


def client_address(request: HttpRequest) -> str:
    """The address that a request came from, behind the proxies that the settings trust.

    Each trusted proxy appends the address it saw, so the one to believe stands that many places from the end; what a
    client wrote itself stands further left and is ignored. A header shorter than that did not come through all of them:
    then the connection's own address counts.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = settings.ANLANH_TRUSTED_PROXIES
    claimed = seen[-trusted] if 0 < trusted <= len(seen) else ""
    return clean_client_ip(claimed) or clean_client_ip(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"  # noqa: S104
