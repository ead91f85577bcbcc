"""The portal in a real browser: phones first, both colour schemes, with and without scripts, clean by axe."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.builders import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def browser_page(**options: object) -> Iterator[tuple[Page, list[str]]]:
    """A page of a new browser, and the list in which its complaints gather."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="vi-VN", **options).new_page()
        complaints: list[str] = []
        # A form shown again with its errors is answered with 422, which the browser logs as a failed load.
        page.on("console", lambda line: complaints.append(line.text) if "422" not in line.text else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        try:
            yield page, complaints
        finally:
            browser.close()


def assert_sound(page: Page, width: int) -> None:
    """Nothing wider than the screen, and nothing that axe finds fault with."""
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run({runOnly: rules}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].target))", RULES
    )
    assert not found, f"{page.url}: {found}"


def walk(page: Page, start: str, look: object) -> None:
    """From the start page to the opened file, looking at each page on the way."""
    page.goto(start)
    look()
    page.click(".al-need-first")
    look()
    page.click("button.al-go")
    assert page.url.endswith("/dia-chi/"), "an empty answer goes nowhere"
    look()
    page.fill("#id_address", "https://mang.example/nhom/ban-be")
    page.click("button.al-go")
    look()
    page.check("input[value=fraud]")
    page.click("button.al-go")
    for answer in ("phishing", "none"):
        look()
        page.check(f"input[value={answer}]")
        page.click("button.al-go")
    page.fill("#id_text", "Người này đòi chuyển tiền.")
    page.check("input[name=concerns_child][value=no]")
    look()
    page.click("button.al-go")
    look()
    page.click("button[name=continue]")
    look()
    page.click("button.al-go")
    look()
    page.click("button.al-go")
    assert page.url.endswith("/da-gui/")
    look()
    page.click("a.btn-primary")
    assert "/ho-so/PA-" in page.url
    look()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (768, "light"), (1440, "dark")])
def test_a_report_from_start_to_file(platform: Office, live_server: object, width: int, scheme: str) -> None:
    with browser_page(viewport={"width": width, "height": 780}, color_scheme=scheme) as (page, complaints):
        walk(page, live_server.url, lambda: assert_sound(page, width))
    assert not complaints


CLAIM = {"work": "Bài hát “Mùa nhãn”", "right_holder": "Nhạc sĩ Lê Văn C"}


@pytest.mark.parametrize("width", [360, 1440])
def test_a_claim_of_copyright_with_its_statement(platform: Office, live_server: object, width: int) -> None:
    with browser_page(viewport={"width": width, "height": 780}) as (page, complaints):
        page.goto(f"{live_server.url}/bao/{platform.organisation.code}/dia-chi/?muc=copyright")
        page.fill("#id_address", "https://mang.example/p/3")
        page.click("button.al-go")
        page.check("input[value=copyright]")
        page.click("button.al-go")
        for question, words in CLAIM.items():
            assert_sound(page, width)
            page.fill(f"#id_{question}", words)
            page.click("button.al-go")
        page.check("input[value=holder]")
        page.click("button.al-go")
        page.click("button.al-go")
        page.wait_for_selector("#error-summary")
        assert_sound(page, width)
        page.check("#id_good_faith")
        page.click("button.al-go")
        assert page.url.endswith("/noi-dung/")
    assert not complaints


def test_the_same_without_scripts(platform: Office, live_server: object) -> None:
    with browser_page(viewport={"width": 360, "height": 780}, java_script_enabled=False) as (page, complaints):
        walk(page, live_server.url, lambda: None)
        assert page.is_visible(".al-timeline")
    assert not complaints


def test_an_error_takes_the_focus_and_leads_to_its_field(platform: Office, live_server: object) -> None:
    with browser_page(viewport={"width": 360, "height": 780}) as (page, _):
        page.goto(f"{live_server.url}/bao/{platform.organisation.code}/dia-chi/")
        page.click("button.al-go")
        page.wait_for_selector("#error-summary")
        assert page.evaluate("document.activeElement.id") == "error-summary"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "id_address"


def test_a_double_click_files_one_report(platform: Office, live_server: object) -> None:
    with browser_page(viewport={"width": 360, "height": 780}) as (page, _):
        walk_to_check(page, f"{live_server.url}/bao/{platform.organisation.code}/dia-chi/")
        page.dblclick("button.al-go")
        page.wait_for_url("**/da-gui/")
        first = page.inner_text("#reference")
        page.reload()
        assert page.inner_text("#reference") == first


def walk_to_check(page: Page, start: str) -> None:
    """Answers every question."""
    page.goto(start)
    page.fill("#id_address", "https://mang.example/p/2")
    page.click("button.al-go")
    page.check("input[value=malware]")
    page.click("button.al-go")
    page.fill("#id_text", "Tệp đính kèm tự cài phần mềm.")
    page.check("input[name=concerns_child][value=no]")
    page.click("button.al-go")
    page.click("button[name=continue]")
    page.click("button.al-go")


def test_the_skip_link_is_the_first_stop_and_works(platform: Office, live_server: object) -> None:
    with browser_page(viewport={"width": 1440, "height": 780}) as (page, _):
        page.goto(live_server.url)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "al-skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
