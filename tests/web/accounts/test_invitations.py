"""Taking up an invitation, through its page."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from anlanh.base.identity import actions, queries
from anlanh.base.identity.letters import INVITATION_PATH
from tests.builders import PASSWORD, Office

NEW = "mot-mat-khau-hoan-toan-moi-77"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    """Attempts of one test don't count against the next."""
    cache.clear()


def page_of(token: str) -> str:
    """The address in the letter."""
    return INVITATION_PATH.format(token=token)


def test_the_letter_s_address_is_the_page_s() -> None:
    assert reverse("accounts:invitation", args=["abc"]) == page_of("abc")


def test_a_new_person_comes_in(client: Client, platform: Office) -> None:
    _, token = actions.invite(platform.actor("admin"), "moi@mang.example", "Người Mới", ["moderator"])
    page = client.get(page_of(token)).content.decode()
    assert "Tham gia Mạng Thử" in page
    assert "moi@mang.example" in page
    assert "Kiểm duyệt viên" in page
    done = client.post(page_of(token), {"name": "Nguyễn Mới", "password": NEW})
    assert done.url == reverse("account_login")
    landed = client.post(done.url, {"login": "moi@mang.example", "password": NEW})
    assert landed.url == "/console/"
    assert client.get(reverse("accounts:settings")).wsgi_request.actor.name == "Nguyễn Mới"
    assert client.get(page_of(token)).status_code == 404


def test_a_poor_password_is_refused_beside_its_field_and_keeps_the_name(client: Client, platform: Office) -> None:
    _, token = actions.invite(platform.actor("admin"), "moi@mang.example", "Người Mới", ["moderator"])
    refused = client.post(page_of(token), {"name": "Nguyễn Mới", "password": "ngan"})
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"password"}
    assert "Nguyễn Mới" in refused.content.decode()


def test_an_existing_account_signs_in_first(client: Client, platform: Office, other: Office) -> None:
    account = other.members["moderator"].account
    _, token = actions.invite(platform.actor("admin"), account.email, "Hai nơi", ["moderator"])
    assert "Hãy đăng nhập để nhận lời mời" in client.get(page_of(token)).content.decode()
    client.post(page_of(token), {"name": "Kẻ lạ", "password": NEW})
    assert len(queries.memberships(account)) == 1
    back = client.post(f"/accounts/login/?next={page_of(token)}", {"login": account.email, "password": PASSWORD})
    assert back.url == page_of(token)
    assert client.post(back.url, {"name": "Hai Nơi"}).url == "/console/"
    assert client.get(reverse("accounts:settings")).wsgi_request.actor.organisation_id == platform.organisation.id


def test_another_account_is_of_no_use(client: Client, platform: Office, other: Office) -> None:
    _, token = actions.invite(platform.actor("admin"), other.email("moderator"), "Hai nơi", ["moderator"])
    client.force_login(other.members["second"].account)
    page = client.post(page_of(token), {"name": "Kẻ lạ"}).content.decode()
    assert "tài khoản khác" in page
    assert queries.open_invitation(token)


@pytest.mark.parametrize("token", ["khong-co", "a" * 200])
def test_what_is_no_invitation_says_so(client: Client, db: None, token: str) -> None:
    answer = client.get(page_of(token))
    assert answer.status_code == 404
    assert "không còn hiệu lực" in answer.content.decode()
