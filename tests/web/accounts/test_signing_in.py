"""Signing in: password, second step, limits on attempts, and what a signed-in person sees of organisations."""

import base64
import hashlib
import hmac
import re
import struct
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from anlanh.base.identity import actions, queries
from anlanh.web.accounts.adapter import client_address
from tests.builders import PASSWORD, Office

LOGIN = "/accounts/login/"
MOMENT = 1_800_000_000


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    """Attempts of one test don't count against the next."""
    cache.clear()


@pytest.fixture
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes don't change in the middle of a test."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: MOMENT))


def totp(secret: str, moment: int = MOMENT) -> str:
    """The six digits of RFC 6238, computed apart from the library under test."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", moment // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> object:
    """The sign-in form, sent."""
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def set_up_second_step(client: Client) -> tuple[str, list[str]]:
    """Walks the set-up pages; the secret and the recovery codes."""
    assert "reauthenticate" in client.get(reverse("mfa_activate_totp")).url
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": totp(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    return secret, list(client.get(done.url).context["unused_codes"])


def test_password_opens_the_console(client: Client, platform: Office) -> None:
    answer = sign_in(client, platform.email("moderator").upper())
    assert answer.url == "/console/"
    assert client.session["_auth_user_id"] == str(platform.members["moderator"].account_id)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, platform: Office) -> None:
    pages = [
        sign_in(client, email, "khong-dung-mat-khau").content.decode().replace(email, "")
        for email in (platform.email("moderator"), "moderat0r@mang.example")
    ]
    assert "không đúng" in pages[0]
    assert strip_tokens(pages[0]) == strip_tokens(pages[1])


def strip_tokens(page: str) -> str:
    """A page without what differs at every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_attempts_are_limited_for_an_address(platform: Office) -> None:
    email = platform.email("moderator")
    for attempt in range(5):
        sign_in(Client(), email, "khong-dung-mat-khau", REMOTE_ADDR=f"198.51.100.{attempt}")
    refused = sign_in(Client(), email, REMOTE_ADDR="198.51.100.99")
    assert "quá nhiều lần" in refused.content.decode()
    assert sign_in(Client(), platform.email("second"), REMOTE_ADDR="198.51.100.99").status_code == 302


def test_attempts_are_limited_for_a_client(platform: Office) -> None:
    for attempt in range(10):
        sign_in(Client(), f"doan{attempt}@mang.example", "khong-dung-mat-khau", REMOTE_ADDR="198.51.100.7")
    refused = sign_in(Client(), platform.email("moderator"), REMOTE_ADDR="198.51.100.7")
    assert refused.status_code == 200
    assert "quá nhiều lần" in refused.content.decode()
    assert sign_in(Client(), platform.email("moderator"), REMOTE_ADDR="198.51.100.8").status_code == 302


@pytest.mark.parametrize(
    ("trusted", "header", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_client_is_who_our_outermost_proxy_saw(settings: object, trusted: int, header: str, expected: str) -> None:
    settings.ANLANH_TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == expected


@pytest.mark.usefixtures("_still")
def test_the_second_step_is_asked_at_signing_in(client: Client, platform: Office) -> None:
    sign_in(client, platform.email("moderator"))
    secret, _ = set_up_second_step(client)
    cache.clear()  # the code that set the app up would count as used
    fresh = Client()
    assert sign_in(fresh, platform.email("moderator")).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in fresh.session
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    assert "_auth_user_id" not in fresh.session
    assert fresh.post(reverse("mfa_authenticate"), {"code": totp(secret)}).url == "/console/"
    assert "_auth_user_id" in fresh.session


@pytest.mark.usefixtures("_still")
def test_a_code_works_once(client: Client, platform: Office) -> None:
    sign_in(client, platform.email("moderator"))
    secret, _ = set_up_second_step(client)
    cache.clear()
    for expected in (302, 200):
        fresh = Client()
        sign_in(fresh, platform.email("moderator"))
        assert fresh.post(reverse("mfa_authenticate"), {"code": totp(secret)}).status_code == expected


@pytest.mark.usefixtures("_still")
def test_a_recovery_code_works_once(client: Client, platform: Office) -> None:
    sign_in(client, platform.email("moderator"))
    _, codes = set_up_second_step(client)
    assert len(codes) == 10
    for expected in (302, 200):
        fresh = Client()
        sign_in(fresh, platform.email("moderator"))
        assert fresh.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


@pytest.mark.usefixtures("_still")
def test_switching_the_second_step_off_needs_a_fresh_proof(client: Client, platform: Office) -> None:
    sign_in(client, platform.email("moderator"))
    set_up_second_step(client)
    later = Client()
    later.force_login(platform.members["moderator"].account)
    assert "reauthenticate" in later.get(reverse("mfa_deactivate_totp")).url
    assert "reauthenticate" in later.post(reverse("mfa_deactivate_totp")).url
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.exists()


def test_there_is_no_open_sign_up(client: Client, db: None) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404


def test_signing_out_needs_a_button(client: Client, platform: Office) -> None:
    sign_in(client, platform.email("moderator"))
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == "/"
    assert "_auth_user_id" not in client.session


def test_leaving_ends_access_at_the_next_request(client: Client, platform: Office, other: Office) -> None:
    client.force_login(platform.members["moderator"].account)
    assert client.get(reverse("accounts:settings")).status_code == 200
    member = platform.members["moderator"]
    member.left_at = member.joined_at
    member.save()
    assert client.get(reverse("accounts:settings")).url == reverse("accounts:choose")
    assert "không thuộc tổ chức nào" in client.get(reverse("accounts:choose")).content.decode()
    # Signing in again leads to the same explanation, not round in circles.
    assert client.get(LOGIN + "?next=/console/").url == reverse("accounts:choose")
    assert sign_in(Client(), platform.email("moderator")).url.startswith(reverse("accounts:choose"))


def test_who_works_for_several_chooses(client: Client, platform: Office, other: Office) -> None:
    account = platform.members["moderator"].account
    _, token = actions.invite(other.actor("admin"), account.email, "Hai nơi", ["inspector"])
    elsewhere = actions.accept_invitation(token, "Hai nơi", account=account)
    landed = client.post(LOGIN + "?next=/accounts/settings/", {"login": account.email, "password": PASSWORD})
    assert landed.url == reverse("accounts:choose") + "?next=%2Faccounts%2Fsettings%2F"
    assert client.get("/accounts/settings/").url == reverse("accounts:choose")
    body = {"organisation": other.organisation.id, "next": "/accounts/settings/"}
    assert client.post(reverse("accounts:choose"), body).url == "/accounts/settings/"
    page = client.get("/accounts/settings/")
    assert page.wsgi_request.actor.ref == elsewhere.ref
    assert other.organisation.name in page.content.decode()


def test_nobody_chooses_an_organisation_that_is_not_theirs(client: Client, platform: Office, other: Office) -> None:
    client.force_login(platform.members["moderator"].account)
    for choice in (str(other.organisation.id), "khong-phai", ""):
        assert client.post(reverse("accounts:choose"), {"organisation": choice}).status_code == 404
    session = client.session
    session[queries.CHOSEN_ORGANISATION] = str(other.organisation.id)
    session.save()
    assert client.get("/accounts/settings/").wsgi_request.actor.organisation_id == platform.organisation.id


def test_choosing_does_not_lead_off_this_host(client: Client, platform: Office) -> None:
    client.force_login(platform.members["moderator"].account)
    body = {"organisation": platform.organisation.id, "next": "https://evil.example/"}
    assert client.post(reverse("accounts:choose"), body).url == "/console/"
