"""A black place drawn with the mouse is what is typed as numbers, and is moved and taken out by keys."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anlanh.base.files.store import keep
from anlanh.base.identity.policy import public_actor
from anlanh.work.casework.actions import intake
from anlanh.work.casework.keeping.models import Copy
from tests.base.files.test_drawing import photograph
from tests.browser import steps
from tests.browser.conftest import Installation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_place_is_drawn_moved_and_copied(connected: Installation, window: Callable[..., Page]) -> None:
    site = connected
    public = public_actor(site.office.organisation.id)
    stored = keep(public, "anh.jpg", io.BytesIO(photograph("JPEG")))
    given = intake.ReportInput("https://mang.example/1", "fraud", "Lừa.", file_ids=(stored.id,))
    case = intake.file_report(public, public.organisation_id, given).case
    page = window()
    steps.sign_in(page, site, "moderator")
    page.goto(f"{site.url}/console/cases/{case.id}/evidence/{stored.id}/redact/")
    room = page.locator("[data-redact-sheet] img").bounding_box()
    page.mouse.move(room["x"] + room["width"] * 0.25, room["y"] + room["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(room["x"] + room["width"] * 0.5, room["y"] + room["height"] * 0.5, steps=3)
    page.mouse.up()
    place = page.locator("button.c-redact-place")
    expect(place).to_have_count(1)
    left = page.locator("[name=left]").first
    drawn = float(left.input_value().replace(",", "."))
    assert abs(drawn - 25) < 2
    place.focus()
    page.keyboard.press("ArrowRight")
    assert float(left.input_value().replace(",", ".")) == pytest.approx(drawn + 0.5, abs=0.02)
    page.locator("[name=left]").nth(1).fill("1")
    page.locator("[name=top]").nth(1).fill("1")
    page.locator("[name=width]").nth(1).fill("5")
    page.locator("[name=height]").nth(1).fill("5")
    expect(place).to_have_count(2)
    place.nth(1).focus()
    page.keyboard.press("Delete")
    expect(place).to_have_count(1)
    page.click("button[value=make]")
    steps.eventually(Copy.objects.exists)
    assert Copy.objects.get().places == 1
    site.settle()
