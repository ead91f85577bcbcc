"""The part of the case page about a broadcast."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anlanh.work.casework.models import Case

pytestmark = pytest.mark.django_db


def test_running_over_and_clips(platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case]) -> None:
    case, person = report(), signed_in(platform, "moderator")
    page = f"/console/cases/{case.id}/"
    assert "It is about a broadcast" in person.get(page).content.decode()
    person.post(f"{page}broadcast/running/")
    assert "Live now" in person.get(page).content.decode()

    def clip() -> io.BytesIO:
        file = io.BytesIO(b"doan")
        file.name = "doan.mp4"
        return file

    refused = person.post(f"{page}broadcast/clip/", {"clip": clip(), "starts": "1:00", "ends": "0:30"})
    assert refused.status_code == 422
    assert "0:30" in refused.content.decode(), "what was typed is kept"
    kept = {"clip": clip(), "starts": "1:00", "ends": "2:30", "clip_relied_on": "on"}
    assert person.post(f"{page}broadcast/clip/", kept).status_code == 302
    assert "0:01:00–0:02:30" in person.get(page).content.decode()
    assert person.post(f"{page}broadcast/over/", {"length": "0:02:00"}).status_code == 422
    assert person.post(f"{page}broadcast/over/", {"length": "0:40:00"}).status_code == 302
    shown = person.get(page).content.decode()
    assert "it was 0:40:00 long" in shown
    assert "Live now" not in shown
