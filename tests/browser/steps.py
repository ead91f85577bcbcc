"""What people do in the browser, as tests tell it. Elements are found by what they are for, not by their words."""

import base64
import hashlib
import hmac
import re
import struct
import threading
import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Installation
from tests.builders import PASSWORD

# One pixel, as a screenshot that a reporter attaches.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PATIENCE_SECONDS = 20.0


def eventually(condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Returns as soon as the condition holds; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    never = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        never.wait(0.05)


def sign_in(page: Page, site: Installation, nickname: str, secret: str = "") -> None:
    """Signs a member of staff in and arrives at the console; with the second step's secret where one is set up."""
    page.goto(f"{site.url}/console/")
    page.fill("#id_login", site.office.email(nickname))
    page.fill("#id_password", PASSWORD)
    page.click("form[action='/accounts/login/'] button.btn-primary")
    if secret:
        page.wait_for_url("**/second-step/enter/")
        # The code of the half minute to come, since that of this one may have been used to set the step up.
        page.fill("#id_code", code_of(secret, time.time() + 30))
        page.click("form[action='/accounts/second-step/enter/'] button")
    page.wait_for_url("**/console/")


def sign_out(page: Page, site: Installation) -> None:
    """Signs out through the console's menu."""
    page.goto(f"{site.url}/console/")
    page.click("details.al-menu > summary")
    page.click("form[action='/accounts/logout/'] button")


def set_up_second_step(page: Page, site: Installation) -> str:
    """A signed-in person sets up an authenticator app; the secret that the app would keep."""
    page.goto(f"{site.url}/accounts/second-step/activate/")
    page.fill("#id_password", PASSWORD)
    page.click("main form button.btn-primary")
    page.click("details:has(#secret) summary")
    secret = page.inner_text("#secret")
    page.fill("#id_code", code_of(secret, time.time()))
    page.click("form[action='/accounts/second-step/activate/'] button")
    page.wait_for_url("**/second-step/codes/")
    return secret


def code_of(secret: str, moment: float) -> str:
    """The six digits that an authenticator app shows at a moment (RFC 6238)."""
    padded = secret + "=" * (-len(secret) % 8)
    mac = hmac.new(base64.b32decode(padded), struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def report(page: Page, site: Installation, address: str, text: str, email: str) -> tuple[str, str]:
    """Somebody without an account reports, a page at a time; the reference and the secret they are given."""
    page.goto(site.url)
    page.click(".al-need-first")
    page.fill("#id_address", address)
    page.click("button.al-go")
    page.check("input[value=fraud]")
    page.click("button.al-go")
    for answer in ("phishing", "none"):
        page.check(f"input[value={answer}]")
        page.click("button.al-go")
    page.fill("#id_text", text)
    page.check("input[name=concerns_child][value=no]")
    page.click("button.al-go")
    page.set_input_files("#id_files", {"name": "man-hinh.png", "mimeType": "image/png", "buffer": PICTURE})
    page.click("button[name=add]")
    page.wait_for_selector(".al-files li")
    page.click("button[name=continue]")
    page.fill("#id_reporter_name", "Lê Thị Mận")
    page.fill("#id_reporter_email", email)
    page.click("button.al-go")
    for typed in (address, text, email):
        assert typed in page.inner_text("main"), "the answers are shown before they are sent"
    page.click("button.al-go")
    page.wait_for_url("**/da-gui/")
    return page.inner_text("#reference"), page.inner_text("#secret")


def open_file(page: Page, site: Installation, reference: str, secret: str) -> None:
    """Opens a file with its reference and secret."""
    page.goto(f"{site.url}/ho-so/")
    page.fill("#id_reference", reference)
    page.fill("#id_secret", secret)
    page.click("button.al-go")
    page.wait_for_url(f"**/ho-so/{reference}/")


def link_in(letter: str, site: Installation) -> str:
    """The first address of this installation in a letter."""
    return re.search(rf"{re.escape(site.url)}\S+", letter).group().rstrip(".,)")


def key_in(letter: str) -> tuple[str, str]:
    """The reference and the secret code that a letter tells the person affected."""
    reference = re.search(r"\bQD-[0-9A-Z-]+\b", letter).group()
    secret = re.search(r"(?<![-\w])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![-\w])", letter).group()
    return reference, secret


def letters_on(page: Page) -> list[str]:
    """The letters on the open file's page, newest first, in full."""
    return [letter.text_content() for letter in page.query_selector_all("details.al-letter")]
