"""A visitor's browser, and the walk through the report's pages."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

ADDRESS = "https://mang.example/nhom/ban-be?utm_source=x"
STORY = "Có người đăng ảnh con gái tôi kèm lời đe dọa."


@dataclass
class Visitor:
    """Someone without an account, with cookies, filling in one report after another.

    Args:
        office: the organisation's code.
        client: the browser.
        answers: what is typed on each page; tests change single ones.
    """

    office: str
    client: Client = field(default_factory=Client)
    answers: dict[str, dict] = field(
        default_factory=lambda: {
            "dia-chi": {"address": ADDRESS},
            "van-de": {"category": "child"},
            "hoi-relation": {"relation": "parent"},
            "hoi-kind-of-harm": {"kind_of_harm": "private"},
            "noi-dung": {"text": STORY, "concerns_child": "yes"},
            "tep": {"continue": "yes"},
            "lien-he": {"reporter_name": "Nguyễn Thị Hiền", "reporter_email": "hien@example.vn", "language": "vi"},
        }
    )

    def at(self, slug: str) -> str:
        """The address of a page of the report."""
        return f"/bao/{self.office}/{slug}/"

    def answer(self, slug: str) -> object:
        """Sends one page's answer."""
        return self.client.post(self.at(slug), self.answers[slug])

    def fill_in(self) -> None:
        """Answers every page."""
        for slug in self.answers:
            assert self.answer(slug).status_code == 302

    def answer_until(self, slug: str) -> None:
        """Answers every page before this one."""
        for earlier in list(self.answers)[: list(self.answers).index(slug)]:
            self.answer(earlier)

    def token(self) -> str:
        """What the button on the check page carries."""
        return self.client.get(self.at("kiem-tra")).context["draft"].token

    def send(self, token: str = "") -> object:
        """Presses the button."""
        return self.client.post(self.at("kiem-tra"), {"token": token or self.token()})

    def report(self) -> tuple[str, str]:
        """The whole way; the number and the secret code that the last page shows."""
        self.fill_in()
        self.send()
        page = self.client.get(self.at("da-gui"))
        return page.context["reference"], page.context["secret"]


@pytest.fixture
def visitor(platform: object) -> Visitor:
    """A visitor of the platform's portal."""
    return Visitor(platform.organisation.code)
