"""Objecting to a claim of copyright on the portal, and answering the objection."""

import io
from typing import Any

import pytest
from django.test import Client

from anlanh.work.casework.claims.models import ClaimAnswer, CounterNotice
from tests.work.casework.claims.test_counter_notices import NAME, PLACE, WHY, objected, taken_down

pytestmark = pytest.mark.django_db


def opened(reference: str, secret: str) -> Client:
    """A visitor who opened a file."""
    client = Client(headers={"accept-language": "en"})
    client.post("/ho-so/", {"reference": reference, "secret": secret})
    return client


def paper() -> io.BytesIO:
    """A file to send."""
    file = io.BytesIO(b"%PDF-1.4 giay to")
    file.name = "giay-to.pdf"
    return file


def test_the_person_affected_objects_and_nothing_typed_is_lost(platform: Any) -> None:
    filed, _decision, door = taken_down(platform)
    client, page = opened(*door), f"/ho-so/{door[0]}/phan-doi/"
    assert "Object to the claim" in client.get(f"/ho-so/{door[0]}/").content.decode()
    assert "compared with the Official Gazette" in client.get(page).content.decode()
    refused = client.post(page, {"text": WHY, "name": NAME, "address": PLACE})
    assert refused.status_code == 422
    assert WHY in refused.content.decode()
    whole = {"text": WHY, "name": NAME, "address": PLACE, "stated": "on", "proof": paper()}
    assert client.post(page, whole).status_code == 302
    assert client.post(page, {**whole, "proof": paper()}).status_code == 302, "a second click does nothing"
    assert CounterNotice.objects.count() == 1
    assert "Your counter-notice" in client.get(f"/ho-so/{door[0]}/").content.decode()
    assert opened(filed.report.reference, filed.secret).get(page).status_code == 302


def test_the_claimant_answers_and_can_change_it(platform: Any) -> None:
    filed, _decision, door = taken_down(platform)
    objected(door)
    reference = filed.report.reference
    client, page = opened(reference, filed.secret), f"/ho-so/{reference}/tra-loi-phan-doi/"
    shown = client.get(f"/ho-so/{reference}/").content.decode()
    assert "Somebody objects to your claim. You can answer." in shown
    refused = client.post(page, {"kind": "lodged", "body": "Toà án quận 1", "lodged_on": "2020-01-02"})
    assert refused.status_code == 422
    assert "nothing shows it" in refused.content.decode()
    sent = {"kind": "lodged", "body": "Toà án quận 1", "lodged_on": "2020-01-02", "proof": paper()}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, {"kind": "gives_way"}).status_code == 302
    assert ClaimAnswer.objects.get().kind == "gives_way"
