"""A reporter, the person affected and a representative in their files, on phone and desktop, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import numbers
from anlanh.work.casework.models import Access
from anlanh.work.casework.redress import mandates
from anlanh.work.casework.redress.models import Mandate
from anlanh.work.casework.talking import actions as talking
from tests.browser import steps
from tests.browser.conftest import Installation
from tests.work.casework.steps_of import decided, report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = {"name": "uy-quyen.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"}


@pytest.mark.parametrize("phone", [True, False])
def test_a_mother_answers_a_question(installation: Installation, window: Callable[..., Page], phone: bool) -> None:
    filed = report(installation.office)
    moderator = installation.office.actor("moderator")
    talking.write_to(moderator, filed.case.id, filed.report.id, "Chị là mẹ cháu ạ?", asks=True)
    page = window(phone=phone, java_script_enabled=False)
    steps.open_file(page, installation, filed.report.reference, filed.secret)
    expect(page.locator(".al-file-asks")).to_contain_text("Chị là mẹ cháu ạ?")
    page.click(".al-file-asks a")
    page.fill("#id_text", "Vâng, tôi là mẹ cháu.")
    page.click("button[name=send]")
    expect(page.locator(".al-said-own")).to_contain_text("Vâng, tôi là mẹ cháu.")


@pytest.mark.parametrize("phone", [True, False])
def test_the_person_affected_names_a_lawyer_who_appeals(
    installation: Installation, window: Callable[..., Page], phone: bool
) -> None:
    filed = report(installation.office)
    decided(installation.office, filed)
    access = Access.objects.get(case=filed.case)
    page = window(phone=phone)
    steps.open_file(page, installation, access.reference, numbers.secret_for(access.id))
    page.click("a[href$='/dai-dien/']")
    page.check("input[name=kind][value=lawyer]")
    page.fill("#id_name", "Luật sư An")
    page.fill("#id_until", f"{civil_date(clock.now()) + timedelta(days=60):%Y-%m-%d}")
    page.set_input_files("#id_paper", PAPER)
    page.click("main form button.al-go")
    reference, secret = page.inner_text("#rep-reference"), page.inner_text("#rep-secret")
    mandates.confirm(installation.office.actor("moderator"), Mandate.objects.get().id, "Đúng.")

    lawyer = window(phone=phone)
    lawyer.goto(f"{installation.url}/ho-so/")
    lawyer.fill("#id_reference", reference)
    lawyer.fill("#id_secret", secret)
    lawyer.click("button.al-go")
    lawyer.wait_for_url("**/dai-dien/*/")
    lawyer.click(".al-client")
    lawyer.click("a[href$='/khieu-nai/']")
    lawyer.fill("#id_text", "Thân chủ tôi không lừa ai.")
    lawyer.click("button.al-go")
    lawyer.click("button[name=send]")
    lawyer.wait_for_url("**/ho-so/*/")
    width = lawyer.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert width, "nothing is wider than the screen"

    page.goto(f"{installation.url}/ho-so/{access.reference}/")
    with page.expect_download() as download:
        page.click("form[action$='/tai-ve/'] button")
    assert download.value.suggested_filename == f"ho-so-{access.reference}.zip"
