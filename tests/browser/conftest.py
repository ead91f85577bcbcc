"""A real installation for browsers: pages on a real port, a worker beside them, mail, a platform's receiver."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from anlanh.server.worker import Worker, drain
from anlanh.work.casework.actions import integrations
from tests.builders import Office
from tests.peers import MailServer, WebhookReceiver, smtp_server, webhook_receiver  # noqa: F401  (fixtures)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Forms that come back with their errors, and pages that refuse, are answers; the browser logs them as failed loads.
_ANSWER = re.compile(r"the server responded with a status of 4\d\d")


@dataclass
class Installation:
    """The program as it runs for people.

    Args:
        url: where its pages are.
        office: the organisation and its people.
        mail: the mail server that its letters go to.
        receiver: the platform's side, which takes orders.
        stop_worker: ends the worker after the message at hand.
    """

    url: str
    office: Office
    mail: MailServer
    receiver: WebhookReceiver
    stop_worker: Callable[[], None]

    def settle(self) -> None:
        """Ends the worker and does what it left undone, so that nothing moves any more."""
        self.stop_worker()
        drain()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; each test opens windows of its own that share nothing."""
    program = shutil.which("chromium")
    assert program, "these tests need Debian's package chromium"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, so Django would take plain test code for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows with cookies of their own: `window(phone=True)`. Afterwards none of them may have complained."""
    contexts, complaints = [], []

    def open_one(*, phone: bool = False, **options: Any) -> Page:
        size = {"width": 360, "height": 780} if phone else {"width": 1440, "height": 900}
        touch = {"is_mobile": True, "has_touch": True} if phone else {}
        context = chromium.new_context(**{"viewport": size, "locale": "vi-VN", **touch, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints


def _is_complaint(line: ConsoleMessage) -> bool:
    advised = line.text.startswith("[DOM]")  # what the browser's own checks say of forms
    return (line.type in {"error", "warning"} or advised) and not _ANSWER.search(line.text)


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Callable[[], None]]:
    """A worker at work; call what this gives to end it early."""
    stop = threading.Event()

    def work() -> None:
        try:
            Worker(stop).run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, name="worker")
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    yield end
    end()


@pytest.fixture
def installation(
    live_server: Any,
    platform: Office,
    smtp_server: MailServer,  # noqa: F811
    webhook_receiver: WebhookReceiver,  # noqa: F811
    settings: Any,
    worker: Callable[[], None],
) -> Installation:
    """A platform's installation at work, with a mail server, where orders can be sent to the platform."""
    settings.SITE_URL = live_server.url
    cache.clear()  # attempts to sign in are counted there
    return Installation(live_server.url, platform, smtp_server, webhook_receiver, worker)


@pytest.fixture
def connected(installation: Installation) -> Installation:
    """The same, with the platform's receiver set up, so that measures are carried out by machine."""
    integration, secret = integrations.set_up(installation.office.actor("admin"), installation.receiver.url)
    installation.receiver.key_id, installation.receiver.secret = integration.key_id, secret
    return installation
