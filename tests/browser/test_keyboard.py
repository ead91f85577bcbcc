"""Work without a mouse: every row can be reached, nothing traps the focus; and on a phone the decision is near."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anlanh.base.identity.policy import public_actor
from anlanh.work.casework.actions import intake, review
from anlanh.work.casework.models import Case
from tests.browser import steps
from tests.browser.conftest import Installation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reported(site: Installation, number: int) -> Case:
    organisation_id = site.office.organisation.id
    given = intake.ReportInput(f"https://mang.example/{number}", "fraud", "Lừa đảo.")
    return intake.file_report(public_actor(organisation_id), organisation_id, given).case


def test_rows_and_dialogs_by_keys(connected: Installation, window: Callable[..., Page]) -> None:
    cases = [reported(connected, number) for number in range(3)]
    page = window()
    steps.sign_in(page, connected, "moderator")
    page.goto(f"{connected.url}/console/?view=all")
    for _case in cases:
        page.keyboard.press("j")
    expect(page.locator("tbody tr:last-child [data-row-link]")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("[data-pick]:checked")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-words")).to_be_focused()
    expect(page.locator("#palette-results a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    assert walk(page) > 30, "the tab key comes round to the whole page"
    board = window()
    steps.sign_in(board, connected, "compliance")
    board.goto(f"{connected.url}/console/duties/")
    board.keyboard.press("j")
    assert board.evaluate("document.activeElement.closest('main tbody tr') !== null"), "lists without a marked link too"


def walk(page: Page) -> int:
    """How many different places the tab key reaches before it comes round."""
    seen = page.evaluate("""() => { window.seen = new Set(); return 0; }""")
    for _press in range(200):
        page.keyboard.press("Tab")
        known = page.evaluate(
            "() => { const at = document.activeElement, size = seen.size; seen.add(at); return seen.size === size; }"
        )
        seen += not known
        if known:
            break
    return seen


def test_on_a_phone_the_decision_is_one_touch_away(connected: Installation, window: Callable[..., Page]) -> None:
    case = reported(connected, 1)
    review.claim(connected.office.actor("moderator"), case.id)
    page = window(phone=True)
    steps.sign_in(page, connected, "moderator")
    page.goto(f"{connected.url}/console/cases/{case.id}/")
    bar = page.locator(".c-jump")
    expect(bar).to_be_in_viewport()
    bar.locator("a").press("Enter")
    expect(page.locator("#decide-title")).to_be_in_viewport()
    expect(bar).to_be_hidden()
    places = page.evaluate(
        "['.c-case-subject', '.c-panel', '.c-case-history'].map((part) => document.querySelector(part).offsetTop)"
    )
    assert places == sorted(places)
