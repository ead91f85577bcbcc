"""What a person reads when they may not do something."""

import pytest
from django.test import Client
from django.utils import translation

from anlanh.base.actor import NotAllowed
from anlanh.base.identity.actions import issue_credential
from anlanh.base.identity.words import CAPABILITY_TITLES
from anlanh.law.pack import vietnam
from anlanh.web.refusals import sentence
from tests.builders import Office


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Việc này cần quyền “Xử lý vụ việc”. Hãy nhờ quản trị viên của tổ chức bạn."),
        ("en", "This needs the permission “Review cases”. Ask an administrator of your organisation."),
    ],
)
def test_a_missing_capability_is_named_by_its_title(language: str, said: str) -> None:
    with translation.override(language):
        assert sentence(NotAllowed(capabilities=["cases.review"])) == said


def test_where_several_would_do_all_are_named() -> None:
    with translation.override("vi"):
        assert "“Xử lý vụ việc” hoặc “Quyết định vụ việc”" in sentence(
            NotAllowed(capabilities=["cases.review", "cases.decide"])
        )


def test_a_rule_speaks_for_itself() -> None:
    assert sentence(NotAllowed("Hãy nhận vụ việc trước.")) == "Hãy nhận vụ việc trước."


def test_every_capability_that_the_law_s_procedures_ask_for_has_a_title() -> None:
    asked = {who for table in vietnam().procedures.values() for row in table.transitions for who in row.who}
    assert asked - {"public", "system"} <= set(CAPABILITY_TITLES)


def test_pages_say_it(client: Client, platform: Office) -> None:
    client.force_login(platform.members["moderator"].account)
    page = client.get("/accounts/people/")
    assert page.status_code == 403
    assert "Việc này cần quyền “Quản lý thành viên”." in page.content.decode()


def test_the_api_says_it(client: Client, platform: Office) -> None:
    _, secret = issue_credential(platform.actor("admin"), "K", ["registry.view"])
    answer = client.get("/api/v1/cases", headers={"Authorization": f"Bearer {secret}", "Accept-Language": "vi"})
    assert answer.status_code == 403
    assert "cần quyền “Xem vụ việc”" in answer.json()["detail"]
