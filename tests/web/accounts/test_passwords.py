"""New passwords: by letter through the outbox, by who knows the current one; nothing tells who has an account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from anlanh.base.outbox.models import Message
from tests.builders import PASSWORD, Office

NEW = "mot-mat-khau-hoan-toan-moi-77"
RESET = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    """Attempts of one test don't count against the next."""
    cache.clear()


def letters_to(email: str) -> list[Message]:
    """The account letters that wait in the outbox for an address."""
    return [row for row in Message.objects.filter(key__startswith="account:") if row.payload["to"] == email]


def link_in(letter: Message) -> str:
    """The path of the link in a letter."""
    return re.search(r"http://localhost:8000(/accounts/password/reset/\S+)", letter.payload["body"])[1]


def test_a_reset_goes_through_the_outbox_and_works_once(client: Client, platform: Office) -> None:
    email = platform.email("moderator")
    assert client.post(RESET, {"email": email}).url == reverse("account_reset_password_done")
    (letter,) = letters_to(email)
    assert mail.outbox == []
    assert letter.channel == "mail"
    assert letter.organisation_id == platform.organisation.id
    assert letter.payload["language"] == "vi"
    assert letter.payload["subject"] == "Đặt lại mật khẩu An Lành"
    form = client.get(link_in(letter))
    assert form.url.endswith("-set-password/")  # the secret has left the address
    done = client.post(form.url, {"password1": NEW, "password2": NEW})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert client.get(done.url).status_code == 200
    account = platform.members["moderator"].account
    account.refresh_from_db()
    assert account.check_password(NEW)
    again = Client().get(link_in(letter))
    assert "không còn hiệu lực" in again.content.decode()


def test_known_and_unknown_addresses_are_answered_alike(platform: Office) -> None:
    answers = []
    for email in (platform.email("moderator"), "khong-ai@mang.example"):
        visitor = Client()
        sent = visitor.post(RESET, {"email": email})
        answers.append((sent.status_code, sent.url, visitor.get(sent.url).content))
    strip = [re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body) for _, _, body in answers]
    assert answers[0][:2] == answers[1][:2]
    assert strip[0] == strip[1]
    assert len(Message.objects.filter(key__startswith="account:")) == 1


def test_a_forged_host_does_not_get_into_the_letter(client: Client, platform: Office, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post(RESET, {"email": platform.email("moderator")}, HTTP_HOST="evil.example")
    (letter,) = letters_to(platform.email("moderator"))
    assert "evil" not in letter.payload["body"]


def test_who_belongs_nowhere_gets_no_letter(client: Client, platform: Office) -> None:
    member = platform.members["moderator"]
    member.left_at = member.joined_at
    member.save()
    client.post(RESET, {"email": platform.email("moderator")})
    assert letters_to(platform.email("moderator")) == []


def test_the_letter_speaks_the_person_s_language(client: Client, platform: Office) -> None:
    account = platform.members["moderator"].account
    account.language = "en"
    account.save()
    client.post(RESET, {"email": account.email})
    (letter,) = letters_to(account.email)
    assert letter.payload["subject"] == "A new password for An Lành"
    assert "Hello Moderator" in letter.payload["body"]


def test_requests_for_letters_are_limited(client: Client, platform: Office) -> None:
    for _ in range(5):
        client.post(RESET, {"email": platform.email("moderator")})
    refused = client.post(RESET, {"email": platform.email("moderator")})
    assert refused.status_code == 429
    assert "quá nhiều lần" in refused.content.decode()
    assert len(letters_to(platform.email("moderator"))) == 5


@pytest.mark.parametrize(("first", "second"), [("ngan", "ngan"), (NEW, NEW + "x"), ("1234567890", "1234567890")])
def test_a_poor_password_is_refused_with_a_reason(client: Client, platform: Office, first: str, second: str) -> None:
    client.post(RESET, {"email": platform.email("moderator")})
    form = client.get(link_in(letters_to(platform.email("moderator"))[0]))
    refused = client.post(form.url, {"password1": first, "password2": second})
    assert refused.status_code == 200
    assert refused.context["form"].errors


def test_changing_signs_out_other_devices_and_keeps_this_one(client: Client, platform: Office) -> None:
    account, elsewhere = platform.members["moderator"].account, Client()
    for device in (client, elsewhere):
        device.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
    body = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), body).url == reverse("accounts:settings")
    assert client.get(reverse("accounts:settings")).status_code == 200
    assert elsewhere.get(reverse("accounts:settings")).status_code == 302


def test_changing_needs_the_current_password(client: Client, platform: Office) -> None:
    client.force_login(platform.members["moderator"].account)
    body = {"oldpassword": "khong-phai", "password1": NEW, "password2": NEW}
    answer = client.post(reverse("account_change_password"), body)
    assert "không phải mật khẩu hiện tại" in answer.content.decode()
