"""The first sign-up of a deployment, through its page."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from anlanh.base.identity import actions
from anlanh.base.identity.models import Organisation
from tests.builders import PASSWORD

GIVEN = {
    "name": "Mạng Bạn Đọc",
    "kind": "licensed-social-network",
    "code": "bandoc",
    "name_en": "",
    "person_name": "Lê Lan",
    "email": "lan@bandoc.example",
    "password": PASSWORD,
}


@pytest.fixture
def link(db: None, tmp_path: Path, settings: LazySettings) -> str:
    """The address that a first start prints."""
    settings.ANLANH_DATA = tmp_path
    return f"/accounts/first/{actions.open_first_sign_up()}/"


def test_the_first_administrator_ends_signed_in_where_people_are_invited(client: Client, link: str) -> None:
    page = client.get(link)
    assert "Mạng xã hội trong nước" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    done = client.post(link, GIVEN)
    assert done.url == reverse("accounts:people")
    landed = client.get(done.url).content.decode()
    assert "Mạng Bạn Đọc đã sẵn sàng" in landed
    assert "Lê Lan" in landed
    assert reverse("accounts:invite") in landed


def test_a_refused_form_says_why_beside_each_field_and_keeps_what_was_typed(client: Client, link: str) -> None:
    refused = client.post(link, GIVEN | {"code": "có dấu", "kind": "khong-co"})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"kind"})
    refused = client.post(link, GIVEN | {"code": "có dấu"})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"code"})
    assert "Lê Lan" in refused.content.decode()
    assert PASSWORD not in refused.content.decode()
    assert not Organisation.objects.exists()


def test_people_are_not_among_the_kinds(client: Client, link: str) -> None:
    kinds = {value for value, _ in client.get(link).context["form"].fields["kind"].choices}
    assert "department" in kinds
    assert not {"user", "public-employee"} & kinds


def test_a_used_or_wrong_link_says_so(client: Client, link: str) -> None:
    assert client.get("/accounts/first/khong-co/").status_code == 404
    client.post(link, GIVEN)
    for answer in (Client().get(link), Client().post(link, GIVEN | {"code": "khac"})):
        assert answer.status_code == 404
        assert "không còn hiệu lực" in answer.content.decode()
    assert Organisation.objects.count() == 1


def test_who_reads_english_gets_an_english_account(client: Client, link: str) -> None:
    client.cookies["django_language"] = "en"
    client.post("/language/", {"language": "en"})
    assert "Set up An Lành" in client.get(link).content.decode()
    client.post(link, GIVEN)
    assert client.get(reverse("accounts:settings")).wsgi_request.user.language == "en"
