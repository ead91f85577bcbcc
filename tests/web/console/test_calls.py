"""A call on one screen: kept while typed, known pages and callers shown, filed or noted, read back."""

import pytest
from django.test import Client

from anlanh.base.acts.models import Act, CommittedValue
from anlanh.work.casework.calls.models import CallDraft
from anlanh.work.casework.models import Case, Report
from tests.builders import Office
from tests.work.casework.steps_of import report

pytestmark = pytest.mark.django_db

ADDRESS = "https://mang.example/bai/cuoc-goi"
CALL = {"text": "Trang này giả ngân hàng.", "category": "fraud", "address": ADDRESS, "ask-fraud-fraud_kind": "phishing"}


@pytest.fixture
def desk(platform: Office, client: Client) -> Client:
    """The clerk's browser."""
    client.force_login(platform.members["moderator"].account)
    return client


def test_a_call_becomes_a_report_and_is_read_back(desk: Client) -> None:
    page = desk.post("/console/call/", {**CALL, "reporter_name": "Bà Tư"})
    filed = Report.objects.get()
    text = page.content.decode()
    assert (filed.via, filed.reporter.name, filed.details) == ("phone", "Bà Tư", {"fraud_kind": "phishing"})
    assert filed.reference in text
    assert page.context["filed"].secret in text
    assert page.context["told"].by_when is not None
    assert Act.objects.get(id=filed.act_id).actor_kind == "member"


def test_what_is_typed_is_kept_and_what_is_known_is_shown(desk: Client, platform: Office) -> None:
    earlier = report(platform, ADDRESS, reporter_name="Bà Tư")
    shown = desk.post("/console/call/keep/", {**CALL, "reporter_name": "bà tư"}).content.decode()
    assert earlier.case.number in shown
    assert earlier.report.reference in shown
    assert "Trang này giả ngân hàng." in desk.get("/console/call/").content.decode(), "kept at the server"
    desk.post("/console/call/", CALL)
    assert not CallDraft.objects.exists()


def test_a_draft_is_its_clerks_alone(desk: Client, platform: Office) -> None:
    desk.post("/console/call/keep/", CALL)
    other = Client()
    other.force_login(platform.members["second"].account)
    assert "giả ngân hàng" not in other.get("/console/call/").content.decode()
    desk.post("/console/call/drop/")
    assert "giả ngân hàng" not in desk.get("/console/call/").content.decode()


def test_advice_only_opens_no_case(desk: Client) -> None:
    page = desk.post("/console/call/", {**CALL, "address": "", "advice_only": "on"})
    assert page.status_code == 200
    assert not Case.objects.exists()
    act = Act.objects.get(type="advice.given")
    assert act.clear["category"] == "fraud"
    assert "ngân hàng" not in str(act.clear)
    assert CommittedValue.objects.get(act=act).value == CALL["text"]


def test_who_stays_unnamed_is_not_written_down(desk: Client) -> None:
    desk.post("/console/call/", {**CALL, "reporter_name": "Bà Tư", "anonymous": "on"})
    assert Report.objects.get().reporter.name == ""


def test_what_is_missing_is_told_and_nothing_is_lost(desk: Client) -> None:
    page = desk.post("/console/call/", {**CALL, "address": ""})
    assert page.status_code == 422
    assert CALL["text"] in page.content.decode()


def test_a_call_of_yesterday_needs_a_reason(desk: Client) -> None:
    given = {**CALL, "happened_at": "2026-01-01T09:00"}
    assert desk.post("/console/call/", given).status_code == 422


def test_only_those_who_review_take_calls(platform: Office, client: Client) -> None:
    client.force_login(platform.members["inspector"].account)
    for path in ("", "keep/", "drop/"):
        assert client.post(f"/console/call/{path}", CALL).status_code == 403
