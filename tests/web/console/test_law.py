"""Alarms and signatures on the console."""

import pytest
from django.test import Client

from anlanh.law import vietnam
from anlanh.reporting.law_tasks import raise_tasks
from anlanh.reporting.signing.models import LawSignature
from anlanh.reporting.signing.targets import KINDS, target
from tests.builders import Office

pytestmark = pytest.mark.django_db


def browser(office: Office, nickname: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(office.members[nickname].account)
    return client


def test_the_alarms_of_a_day_are_listed(platform: Office) -> None:
    client = browser(platform, "lawyer")
    question = vietnam().choices["lock-thresholds"].question.vi
    assert question in client.get("/console/law/?day=2026-09-01").content.decode()
    assert question not in client.get("/console/law/?day=2026-08-01").content.decode()
    assert client.get("/console/law/?day=mai").status_code == 422
    assert "Thiếu lịch" in client.get("/console/law/?day=2027-12-01").content.decode()
    assert browser(platform, "moderator").get("/console/law/").status_code == 403


def test_every_kind_is_listed_for_signing(platform: Office) -> None:
    client = browser(platform, "lawyer")
    for kind in KINDS:
        assert client.get(f"/console/law/signatures/?kind={kind}").status_code == 200
    choices = client.get("/console/law/signatures/?kind=choice").content.decode()
    assert vietnam().choices["lock-thresholds"].answer.vi in choices
    assert "I have read" not in browser(platform, "inspector").get("/console/law/signatures/").content.decode()


def test_a_lawyer_signs_and_the_public_sees_it(platform: Office) -> None:
    client = browser(platform, "lawyer")
    given = {"kind": "choice", "target": "lock-thresholds", "note": "Theo công văn của Cục."}
    digest = target(vietnam(), "choice", "lock-thresholds").digest
    client.post("/console/law/sign/", {**given, "digest": digest})
    signature = LawSignature.objects.get()
    page = Client(headers={"accept-language": "vi"}).get("/phap-luat/muc/lock-thresholds/").content.decode()
    assert "Luật sư của Mạng Thử ký ngày" in page
    assert "Lawyer" not in page
    client.post(f"/console/law/signatures/{signature.id}/withdraw/", {"reason": "Ký nhầm."})
    page = Client(headers={"accept-language": "vi"}).get("/phap-luat/muc/lock-thresholds/").content.decode()
    assert "Chưa có luật sư ký" in page
    assert browser(platform, "compliance").post("/console/law/sign/", {**given, "digest": digest}).status_code == 403


def test_tasks_of_the_law_read_as_what_they_are(platform: Office) -> None:
    raise_tasks()
    page = browser(platform, "lawyer").get("/console/tasks/").content.decode()
    assert "Pháp luật cần người xem" in page
    assert vietnam().choices["lock-thresholds"].question.vi in page
