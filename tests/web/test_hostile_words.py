"""What hostile people type: megabytes, marks that turn the reading direction, made-up answers. None of it gets in."""

import json

import pytest
from django.test import Client

from anlanh.work.casework.models import Report
from tests.builders import Office
from tests.web.portal.conftest import Visitor

pytestmark = pytest.mark.django_db

TURNED = "Xem \u202egpj.exe\u2069 và \u2066số\u202c 12"


def test_ten_megabytes_are_refused_before_they_cost_anything(platform: Office) -> None:
    long = "a" * 10_000_000
    visitor = Visitor(platform.organisation.code)
    visitor.answer_until("noi-dung")
    assert visitor.client.post(visitor.at("noi-dung"), {"text": long, "concerns_child": "no"}).status_code in {400, 413}
    sent = json.dumps({"organisation": platform.organisation.code, "address": "https://a.example/", "category": "fraud",
                       "text": long})  # fmt: skip
    answer = Client().post("/api/v1/reports", sent, content_type="application/json")
    assert answer.status_code in {400, 413, 422}
    clerk = Client()
    clerk.force_login(platform.members["moderator"].account)
    assert clerk.post("/console/call/keep/", {"text": long}).status_code in {400, 413, 422}
    assert not Report.objects.exists()


def test_marks_that_turn_the_reading_direction_are_not_kept(platform: Office) -> None:
    visitor = Visitor(platform.organisation.code)
    visitor.answers["noi-dung"]["text"] = TURNED
    visitor.answers["lien-he"]["reporter_name"] = "Lan\u202e"
    visitor.report()
    report = Report.objects.select_related("reporter").get()
    assert report.text == "Xem gpj.exe và số 12"
    assert report.reporter.name == "Lan"


@pytest.mark.parametrize("answer", ["\x00", "phishing' OR 1=1", "🂡" * 500, "=cmd|' /C calc'!A0"])
def test_no_answer_of_a_choice_is_made_up(platform: Office, answer: str) -> None:
    visitor = Visitor(platform.organisation.code)
    visitor.answer("dia-chi")
    visitor.client.post(visitor.at("van-de"), {"category": "fraud"})
    assert visitor.client.post(visitor.at("hoi-fraud-kind"), {"fraud_kind": answer}).status_code == 422
