"""The directory, the notes of secret papers, and the part of an order's page about its paper."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anlanh.work.casework.authorities.models import Authority, SealedPaper
from anlanh.work.casework.models import Case
from tests.work.casework.steps_of import entered_order, verified_order

pytestmark = pytest.mark.django_db


def test_a_body_is_added_by_one_and_verified_by_another(platform: Any, signed_in: Callable[..., Client]) -> None:
    officer, verifier = signed_in(platform, "officer"), signed_in(platform, "verifier")
    assert signed_in(platform, "moderator").get("/console/authorities/").status_code == 403
    assert officer.post("/console/authorities/", {"name": "Sở A", "phone": "x"}).status_code == 422
    assert officer.post("/console/authorities/", {"name": "Sở A", "phone": "024 3943 1234"}).status_code == 302
    body = Authority.objects.get()
    assert "How the number was verified" not in officer.get("/console/authorities/").content.decode()
    assert "How the number was verified" in verifier.get("/console/authorities/").content.decode()
    refused = verifier.post(f"/console/authorities/{body.id}/", {"how": ""}, follow=True).content.decode()
    assert "Nothing is written" in refused
    verifier.post(f"/console/authorities/{body.id}/", {"how": "Trang web của Sở"})
    case = entered_order(platform)
    page = f"/console/cases/{case.id}/"
    assert "024 3943 1234" in verifier.get(page).content.decode()
    sent = {"way": "call_back", "authority": str(body.id), "said": "Đúng là Sở gửi."}
    assert "The call is recorded" in verifier.post(f"{page}order/", sent, follow=True).content.decode()
    verifier.post(f"/console/authorities/{body.id}/", {"way": "end"})
    assert "The directory is empty" in officer.get("/console/authorities/").content.decode()


def test_a_secret_paper_is_noted_and_no_more(platform: Any, signed_in: Callable[..., Client]) -> None:
    officer = signed_in(platform, "officer")
    assert "note only that it came" in officer.get("/console/orders/new/").content.decode()
    sent = {"level": "mat", "book_number": "07/M", "sender": "Sở A", "came_on": "2026-11-20", "lies_at": ""}
    assert officer.post("/console/orders/secret/", sent).status_code == 422
    assert officer.post("/console/orders/secret/", {**sent, "lies_at": "Két số 2"}).status_code == 302
    assert SealedPaper.objects.get().lies_at == "Két số 2"
    assert "Két số 2" in officer.get("/console/orders/secret/").content.decode()
    assert signed_in(platform, "verifier").get("/console/orders/secret/").status_code == 403


def test_an_orders_page_leads_through_its_paper(platform: Any, signed_in: Callable[..., Client]) -> None:
    case = verified_order(platform, words="Gỡ https://mang.example/bai/hai nữa.", document_id=None)
    officer, verifier, page = (
        signed_in(platform, "officer"),
        signed_in(platform, "verifier"),
        f"/console/cases/{case.id}/",
    )
    shown = officer.get(page).content.decode()
    assert "https://mang.example/bai/hai" in shown
    assert "The paper should follow the call" in shown
    sent = {"way": "address", "address": "https://mang.example/bai/hai"}
    assert "One more case is open" in officer.post(f"{page}order/", sent, follow=True).content.decode()
    assert Case.objects.filter(kind="order").count() == 2
    assert "Other cases of the same order" in officer.get(f"{page}?find=addresses").content.decode()
    document = io.BytesIO(b"Cong van 12")
    document.name = "cong-van.txt"
    assert (
        "The paper is kept"
        in officer.post(f"{page}order/", {"way": "confirm", "document": document}, follow=True).content.decode()
    )
    assert "Attach the paper" in officer.post(f"{page}order/", {"way": "confirm"}, follow=True).content.decode()
    marked = io.BytesIO("TUYỆT MẬT".encode())
    marked.name = "12.txt"
    answer = officer.post(f"{page}order/", {"way": "confirm", "document": marked}, follow=True)
    assert answer.redirect_chain[0][0] == "/console/orders/secret/"
    for way, words in {
        "object": "The objection is recorded",
        "recall": "The order is taken back",
        "x": "Look at the case again",
    }.items():
        sent = {"way": way, "words": "Sai thẩm quyền.", "how": "recalled", "verified": "Gọi lại."}
        assert words in verifier.post(f"{page}order/", sent, follow=True).content.decode()
    assert "took this order back" in verifier.get(page).content.decode()
