"""The page where the platform's webhook is set up."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from anlanh.work.casework.models import Integration
from anlanh.work.casework.queries.integrations import live_integration
from tests.builders import Office

PAGE = "/accounts/integration/"
HOOK = "https://mang.example/hook"


@pytest.fixture
def admin(client: Client, platform: Office) -> Client:
    """The administrator's browser."""
    client.force_login(platform.members["admin"].account)
    return client


def test_setting_up_shows_the_secret_once(admin: Client, platform: Office) -> None:
    assert "Chưa có kết nối" in admin.get(PAGE).content.decode()
    page = admin.post(PAGE, {"url": HOOK})
    row = Integration.objects.get()
    assert row.secret in page.content.decode()
    assert row.key_id in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    later = admin.get(PAGE).content.decode()
    assert row.secret not in later
    assert HOOK in later


def test_setting_up_again_replaces(admin: Client, platform: Office) -> None:
    admin.post(PAGE, {"url": HOOK})
    admin.post(PAGE, {"url": HOOK + "/2"})
    assert live_integration(platform.actor("admin")).url == HOOK + "/2"
    assert Integration.objects.filter(active=True).count() == 1


def test_ending_it(admin: Client, platform: Office) -> None:
    admin.post(PAGE, {"url": HOOK})
    assert admin.post(PAGE + "end/", follow=True).status_code == 200
    assert live_integration(platform.actor("admin")) is None


@pytest.mark.parametrize("url", ["", "http://mang.example/hook", "https://a:b@mang.example/", "x" * 600])
def test_an_unusable_address_is_refused_beside_its_field(admin: Client, platform: Office, url: str) -> None:
    answer = admin.post(PAGE, {"url": url})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"url"})
    assert not Integration.objects.exists()


def test_only_those_who_manage_keys_come_near(client: Client, platform: Office) -> None:
    assert client.get(PAGE).url.startswith(reverse("account_login"))
    client.force_login(platform.members["moderator"].account)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"url": HOOK}).status_code == 403
    assert client.post(PAGE + "end/").status_code == 403


def test_another_organisation_s_integration_is_not_touched(admin: Client, platform: Office, other: Office) -> None:
    theirs = Client()
    theirs.force_login(other.members["admin"].account)
    theirs.post(PAGE, {"url": HOOK})
    assert HOOK not in admin.get(PAGE).content.decode()
    admin.post(PAGE + "end/")
    assert live_integration(other.actor("admin")) is not None


@pytest.mark.parametrize(("server", "told"), [("", True), ("mail.example", False)])
def test_people_are_told_while_letters_go_nowhere(
    admin: Client, platform: Office, settings: LazySettings, server: str, told: bool
) -> None:
    settings.EMAIL_HOST = server
    assert ("Chưa nối với máy chủ thư" in admin.get(reverse("accounts:people")).content.decode()) is told
