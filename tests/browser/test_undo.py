"""Taking a decision back: by one key where scripts run, by a button where they don't; nothing has left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anlanh.base.identity.policy import public_actor
from anlanh.work.casework.actions import decide, intake, review
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.preferences import actions as preferences
from tests.browser import steps
from tests.browser.conftest import Installation
from tests.work.casework.steps_of import decision_input

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_bar_takes_a_decision_back(connected: Installation, window: Callable[..., Page], scripts: bool) -> None:
    site, moderator = connected, connected.office.actor("moderator")
    preferences.set_preferences(site.office.actor("admin"), undo_seconds=preferences.LONGEST_UNDO)
    organisation_id = site.office.organisation.id
    given = intake.ReportInput("https://mang.example/1", "fraud", "Lừa.")
    case = intake.file_report(public_actor(organisation_id), organisation_id, given).case
    review.claim(moderator, case.id)
    decide.decide(moderator, case.id, decision_input())
    page = window(java_script_enabled=scripts, phone=not scripts)
    steps.sign_in(page, site, "moderator")
    page.goto(f"{site.url}/console/")
    bar = page.locator(".c-undo")
    expect(bar).to_contain_text(case.number)
    if scripts:
        page.keyboard.press("z")
    else:
        bar.locator("button").click()
    page.wait_for_url(f"**/console/cases/{case.id}/")
    expect(page.locator("#id_subject_fact")).to_have_value(decision_input().subject_fact)
    assert Decision.objects.get().withdrawn_at
    assert Case.objects.get(id=case.id).phase == "in_review"
    site.settle()
    assert not site.receiver.calls
