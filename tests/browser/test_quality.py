"""Hard pictures and second looks as people meet them: by key on a desk, without scripts on a phone."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.files import store
from anlanh.base.identity.policy import public_actor
from anlanh.server.worker import drain
from anlanh.work.casework.actions import decide, intake, review
from anlanh.work.casework.exposure.models import Look
from anlanh.work.casework.quality import actions
from anlanh.work.casework.quality.drawing import SamplingRule
from anlanh.work.casework.quality.models import SecondLook
from tests.browser import steps
from tests.browser.conftest import Installation
from tests.work.casework.steps_of import GROUND, decision_input

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_pictures(site: Installation, number: int) -> intake.Filed:
    """A report of violence with pictures."""
    public = public_actor(site.office.organisation.id)
    pictures = []
    for at in range(number):
        content = io.BytesIO()
        Image.new("RGB", (60, 40), (200, 30 * at, 40)).save(content, "PNG")
        pictures.append(store.keep(public, f"anh-{at}.png", io.BytesIO(content.getvalue())).id)
    given = intake.ReportInput("https://mang.example/1", "violence_obscenity", "Có máu.", file_ids=tuple(pictures))
    return intake.file_report(public, site.office.organisation.id, given)


def test_pictures_stay_closed_until_a_key_opens_the_next(
    installation: Installation, window: Callable[..., Page]
) -> None:
    case = with_pictures(installation, 2).case
    page = window()
    steps.sign_in(page, installation, "moderator")
    page.goto(f"{installation.url}/console/cases/{case.id}/")
    assert not Look.objects.exists(), "nothing is fetched before it is opened"
    assert not Act.objects.filter(type="evidence.viewed").exists()
    pictures = page.locator(".c-media img")
    page.keyboard.press("v")
    expect(pictures.nth(0)).to_be_visible()
    expect(pictures.nth(1)).to_be_hidden()
    assert "blur" in pictures.nth(0).evaluate("one => getComputedStyle(one).filter")
    expect(page.locator(".c-sharpen input").nth(0)).to_be_focused()
    page.keyboard.press("Space")
    assert pictures.nth(0).evaluate("one => getComputedStyle(one).filter") == "none"
    page.keyboard.press("v")
    expect(pictures.nth(1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator(".c-looked")).to_contain_text("2")
    assert Look.objects.filter(distressing=True).count() == 2


def test_pictures_open_and_sharpen_without_scripts(installation: Installation, window: Callable[..., Page]) -> None:
    case = with_pictures(installation, 1).case
    page = window(java_script_enabled=False, phone=True)
    steps.sign_in(page, installation, "moderator")
    page.goto(f"{installation.url}/console/cases/{case.id}/")
    page.locator(".c-reveal summary").click()
    picture = page.locator(".c-media img")
    expect(picture).to_be_visible()
    page.locator(".c-sharpen input").check()
    expect(picture).to_have_css("filter", "none")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_second_look_from_the_queue_to_the_comparison(
    installation: Installation, window: Callable[..., Page], scripts: bool
) -> None:
    office = installation.office
    actions.set_plan(office.actor("admin"), [SamplingRule("all", 100)])
    case = with_pictures(installation, 1).case
    review.claim(office.actor("moderator"), case.id)
    first = decide.decide(office.actor("moderator"), case.id, decision_input())
    with clock.set_to(first.leaves_at or clock.now()):
        drain()
    page = window(java_script_enabled=scripts, phone=not scripts)
    steps.sign_in(page, installation, "appeals")
    page.goto(f"{installation.url}/console/second-looks/")
    if scripts:
        page.keyboard.press("l")
    else:
        page.locator(".c-head-end button").click()
    page.wait_for_url("**/second-looks/*-*/")
    expect(page.locator("main")).not_to_contain_text(first.facts)
    page.locator("input[name=measure][value=no_action]").check()
    page.locator("select[name=ground]").select_option(GROUND)
    page.locator("textarea[name=reasons]").fill("Chỉ là ảnh chụp màn hình.")
    page.locator("#own button.btn-primary").click()
    expect(page.locator("main")).to_contain_text(first.facts)
    page.locator("input[name=outcome][value=differs_measure]").check()
    page.locator("textarea[name=reasons]").fill("Không có gì phải gỡ.")
    page.locator("#compare button").click()
    page.wait_for_url("**/second-looks/")
    assert SecondLook.objects.get().outcome == "differs_measure"
