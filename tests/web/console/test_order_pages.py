"""Several photographs chosen for an order, and the page on which they are put in order; nothing needs scripts."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anlanh.base import clock
from anlanh.work.casework.keeping.models import JoinedPages
from anlanh.work.casework.models import Case
from tests.base.files.test_drawing import photograph

pytestmark = pytest.mark.django_db


def picture(name: str, content: bytes = b"") -> io.BytesIO:
    stream = io.BytesIO(content or photograph("JPEG", 60, 80))
    stream.name = name
    return stream


def order(*documents: io.BytesIO) -> dict[str, Any]:
    received = timezone.localtime(clock.now() - timedelta(hours=1))
    return {
        "office": "Sở Văn hóa",
        "channel": "document",
        "received_at": received.strftime("%Y-%m-%dT%H:%M"),
        "backdating_reason": "Văn thư chuyển muộn",
        "address": "https://mang.example/p/9",
        "category": "false_information",
        "clause": "147/2024/NĐ-CP/35.6",
        "words": "Đề nghị gỡ bài viết.",
        "document": list(documents),
    }


def test_pages_are_moved_turned_and_joined(platform: Any, signed_in: Callable[..., Client]) -> None:
    officer = signed_in(platform, "officer")
    assert officer.post("/console/orders/new/", order(picture("a.jpg"), picture("b.jpg"))).status_code == 302
    case = Case.objects.get()
    page = f"/console/cases/{case.id}/pages/"
    assert page in officer.get(f"/console/cases/{case.id}/").content.decode()
    shown = officer.get(page).content.decode()
    first, second = re.findall(r'name="page" value="([^"]+)"', shown)
    moved = officer.post(page, {"page": [first, second], "turn": ["0", "90"], "move": "1:up"}).content.decode()
    assert re.findall(r'name="page" value="([^"]+)"', moved) == [second, first]
    assert "c-turned-90" in moved
    assert JoinedPages.objects.count() == 1, "nothing is kept yet"
    typed = {"page": [second, first], "turn": ["90", "0"], "way": "join", "more": picture("c.jpg")}
    assert "joined anew" in officer.post(page, typed, follow=True).content.decode()
    standing = JoinedPages.objects.get(replaced_at__isnull=True)
    assert [each["file"] for each in standing.pages][:2] == [second, first]
    assert len(standing.pages) == 3
    typed = {"page": [second, first], "turn": ["0", "0"], "out": [second, first], "way": "join"}
    refused = officer.post(page, typed)
    assert refused.status_code in {302, 422}


def test_a_photograph_that_can_not_be_read_is_named_beside_the_field(
    platform: Any, signed_in: Callable[..., Client]
) -> None:
    heic = picture("IMG_7.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40)
    answer = signed_in(platform, "officer").post("/console/orders/new/", order(picture("a.jpg"), heic))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "IMG_7.HEIC" in text
    assert "save it as JPEG or PNG" in text
    assert "Đề nghị gỡ bài viết." in text
    assert not Case.objects.exists()


def test_others_find_nothing(platform: Any, other: Any, signed_in: Callable[..., Client]) -> None:
    signed_in(platform, "officer").post("/console/orders/new/", order(picture("a.jpg"), picture("b.jpg")))
    page = f"/console/cases/{Case.objects.get().id}/pages/"
    assert signed_in(other, "officer").get(page).status_code == 404
    assert signed_in(platform, "inspector").get(page).status_code == 403
