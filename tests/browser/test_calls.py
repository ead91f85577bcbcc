"""A call in a real browser, on a phone and at a desk: kept while typed, what is known shown, filed by the keyboard."""

from typing import Any

import pytest
from django.test import Client

from anlanh.work.casework.models import Report
from tests.browser.test_portal import assert_sound, browser_page
from tests.builders import Office
from tests.work.casework.steps_of import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_a_call_is_typed_in_and_read_back(platform: Office, live_server: Any, width: int, scheme: str) -> None:
    earlier = report(platform, threatens_life=True).case
    client = Client()
    client.force_login(platform.members["moderator"].account)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with browser_page(viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, complaints):
        page.context.add_cookies([session])
        page.goto(f"{live_server.url}/console/call/")
        assert page.evaluate("document.activeElement.id") == "id_text"
        page.fill("#id_text", "Bà Tư nói trang này giả ngân hàng.")
        page.select_option("#id_category", "fraud")
        assert page.locator(".c-call-asked:visible").count() == 1, "the questions of one kind"
        page.fill("#id_address", earlier.page.address)
        page.wait_for_selector(f".c-call-known >> text={earlier.number}")
        assert_sound(page, width)
        page.reload()
        assert page.input_value("#id_text").startswith("Bà Tư")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".c-read-out")
        assert_sound(page, width)
        read_out = page.inner_text(".c-read-out")
        page.goto(f"{live_server.url}/console/cases/{earlier.id}/")
        assert_sound(page, width)
    # The browser says so when the page has the cursor before a closed dialog asks for it.
    assert not [line for line in complaints if not line.startswith("Autofocus")]
    assert Report.objects.latest("id").reference in read_out
