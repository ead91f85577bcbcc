"""A routine decision: how many keys it takes, counted by the browser itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anlanh.base.identity.policy import public_actor
from anlanh.work.casework.actions import intake, presets, review
from anlanh.work.casework.models import Decision
from tests.browser import steps
from tests.browser.conftest import Installation
from tests.work.casework.steps_of import GROUND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_KEYS = 4
FACT = "Dòng thứ ba ghi số tài khoản nhận tiền."
# Counts the keys that are pressed but those that write into a text.
COUNTING = """
window.keys = Number(sessionStorage.getItem("keys") || 0);
addEventListener("keydown", (event) => {
  const writes = event.key.length === 1 && !event.ctrlKey && event.target.matches("textarea");
  if (!writes) sessionStorage.setItem("keys", ++window.keys);
}, true);
"""


def test_a_routine_decision_takes_at_most_four_keys_and_one_fact(
    connected: Installation, window: Callable[..., Page]
) -> None:
    site, moderator = connected, connected.office.actor("moderator")
    given = presets.PresetInput("Mạo danh", GROUND, "Bài viết tự nhận là ngân hàng để lấy mã xác nhận.", "remove")
    preset = presets.write(moderator, given)
    organisation_id = site.office.organisation.id
    filed = intake.file_report(
        public_actor(organisation_id), organisation_id, intake.ReportInput("https://mang.example/1", "fraud", "Lừa.")
    )
    review.claim(moderator, filed.case.id)
    page = window()
    page.add_init_script(COUNTING)
    steps.sign_in(page, site, "moderator")
    page.goto(f"{site.url}/console/cases/{filed.case.id}/")
    page.evaluate("sessionStorage.removeItem('keys'); window.keys = 0")

    page.keyboard.press("1")
    expect(page.locator("#id_subject_fact")).to_be_focused()
    expect(page.locator("#id_facts")).to_have_value(given.facts)
    page.keyboard.type(FACT)
    page.keyboard.press("Control+Enter")
    steps.eventually(Decision.objects.exists)
    page.wait_for_url("**/console/")
    decision = Decision.objects.get()
    assert (decision.preset_id, decision.measure, decision.ground) == (preset.id, "remove", GROUND)
    assert (decision.facts, decision.subject_fact) == (given.facts, FACT)
    assert 0 < page.evaluate("Number(sessionStorage.getItem('keys'))") <= MOST_KEYS
    site.settle()
