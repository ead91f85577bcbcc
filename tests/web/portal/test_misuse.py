"""A warning on the sender's own page, and the appeal against it."""

import pytest
from django.test import Client
from django.urls import reverse

from anlanh.work.casework.actions.intake import Filed
from anlanh.work.casework.misuse.models import Objection
from tests.builders import Office
from tests.work.casework.misuse.senders_of import sent, warned

pytestmark = pytest.mark.django_db


def opened(client: Client, filed: Filed) -> str:
    reference = filed.report.reference
    client.post(reverse("portal:find"), {"reference": reference, "secret": filed.secret})
    return reference


def test_the_sender_reads_it_and_appeals(platform: Office, client: Client) -> None:
    warning, filed = warned(platform)
    reference = opened(client, filed)
    page = reverse("portal:misuse", args=[reference])
    assert page in client.get(reverse("portal:status", args=[reference])).content.decode()
    shown = client.get(page).content.decode()
    assert warning.reasons in shown
    assert filed.report.reference in shown
    empty = client.post(page, {"against": str(warning.id), "text": ""})
    assert empty.status_code == 422
    assert client.post(page, {"against": str(warning.id), "text": "Tôi sợ thật."}).status_code == 302
    assert client.post(page, {"against": str(warning.id), "text": "Lần nữa."}).status_code == 302, "a second click"
    assert Objection.objects.get().text == "Tôi sợ thật."
    assert 'name="against"' not in client.get(page).content.decode()


def test_nobody_else_is_shown_it(platform: Office, client: Client) -> None:
    warning, _filed = warned(platform)
    stranger = sent(platform, "nguoi-dung-8")
    page = reverse("portal:misuse", args=[opened(client, stranger)])
    assert client.get(page).status_code == 302
    assert client.post(page, {"against": str(warning.id), "text": "Cho xem."}).status_code == 302
    assert Client().get(page).status_code == 302
    assert not Objection.objects.exists()
