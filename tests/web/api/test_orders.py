"""Orders entered by machines: on paper, by letter, by telephone."""

import base64

import pytest

from anlanh.base.files import store
from anlanh.work.casework.models import Case

PAPER = "Công văn 215/CV-ANM: đề nghị gỡ bài.".encode()

ORDER = {
    "address": "https://mang.example/bai/7",
    "office": "Công an tỉnh Mẫu",
    "number": "215/CV-ANM",
    "words": "Đề nghị gỡ bài nêu trên.",
    "clause": "116/2025/QH15/25.2.b",
    "category": "privacy",
    "received_at": "2026-11-20T09:00:00+07:00",
    "backdating_reason": "văn thư chuyển muộn",
}


def on_paper(content: str) -> dict:
    return {**ORDER, "channel": "document", "document": {"name": "cong-van.txt", "content": content}}


@pytest.fixture(autouse=True)
def _day_after(platform):
    from datetime import datetime

    from anlanh.base import clock

    with clock.set_to(datetime.fromisoformat("2026-11-21T09:00:00+07:00")):
        yield


def test_a_paper_comes_with_the_order(machine):
    answer = machine("POST", "/orders", on_paper(base64.b64encode(PAPER).decode()))
    assert answer.status_code == 201, answer.content
    case = Case.objects.get(id=answer.json()["case_id"])
    with store.open_file(case.order.document) as kept:
        assert kept.read() == PAPER


def test_a_call_needs_no_paper(machine):
    assert machine("POST", "/orders", {**ORDER, "channel": "phone"}).status_code == 201


def test_an_order_on_paper_without_it_says_what_to_attach(machine):
    answer = machine("POST", "/orders", {**ORDER, "channel": "document"})
    assert answer.status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize("content", ["không phải base64", "", "A" * 1_500_000])
def test_what_is_no_document_is_refused(machine, content):
    assert machine("POST", "/orders", on_paper(content)).status_code == 422
    assert not Case.objects.exists()
