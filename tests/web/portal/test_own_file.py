"""What people do in their own file, without scripts: write, be represented, take it home, come late."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from anlanh.base import clock
from anlanh.ledger.case_file import verify
from anlanh.primitives.dates import civil_date
from anlanh.work.casework import numbers
from anlanh.work.casework.models import Access, Case
from anlanh.work.casework.redress import late, mandates
from anlanh.work.casework.redress.models import LateAppeal, Mandate
from anlanh.work.casework.talking import actions as talking
from anlanh.work.casework.talking.models import Message
from tests.builders import Office
from tests.work.casework.steps_of import decided, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def opened(reference: str, secret: str) -> Client:
    """A browser in which the file is open."""
    client = Client(headers={"accept-language": "vi"})
    answer = client.post("/ho-so/", {"reference": reference, "secret": secret})
    assert answer.status_code == 302, answer.content
    return client


def affected(case: Case) -> tuple[str, str]:
    access = Access.objects.get(case=case)
    return access.reference, numbers.secret_for(access.id)


def told(platform: Office) -> tuple[Case, tuple[str, str]]:
    filed = report(platform)
    decided(platform, filed)
    return filed.case, affected(filed.case)


def upload(name: str = "anh.txt", content: bytes = b"anh") -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def test_a_question_stands_on_top_and_is_answered_once(platform: Office) -> None:
    filed = report(platform)
    talking.write_to(platform.actor("moderator"), filed.case.id, filed.report.id, "Chị là mẹ cháu ạ?", asks=True)
    client, at = opened(filed.report.reference, filed.secret), f"/ho-so/{filed.report.reference}/trao-doi/"
    assert "Chị là mẹ cháu ạ?" in client.get(f"/ho-so/{filed.report.reference}/").content.decode()
    token = client.get(at).context["draft"].token
    for _click in range(2):
        answer = client.post(at, {"text": "Vâng, tôi là mẹ cháu.", "token": token, "send": "yes"})
        assert answer.status_code == 302
    assert Message.objects.filter(author=None).count() == 1
    page = client.get(at).content.decode()
    assert "Vâng, tôi là mẹ cháu." in page
    assert "Chúng tôi đang chờ bạn trả lời" not in page


def test_nothing_typed_or_uploaded_is_lost_by_an_error(platform: Office) -> None:
    filed = report(platform)
    client, at = opened(filed.report.reference, filed.secret), f"/ho-so/{filed.report.reference}/trao-doi/"
    client.post(at, {"text": "Viết dở", "add": "yes", "files": [upload()]})
    shown = client.get(at)
    assert (shown.context["draft"].text, len(shown.context["draft"].files)) == ("Viết dở", 1)
    token = shown.context["draft"].token
    long = client.post(at, {"text": "a" * 5001, "token": token, "send": "yes"})
    assert long.status_code == 422
    assert len(long.context["draft"].files) == 1
    empty = client.post(at, {"text": "Viết dở", "files": [upload("rong.txt", b"")], "token": token, "send": "yes"})
    assert empty.status_code == 422
    assert "rong.txt" in empty.content.decode()
    token = client.get(at).context["draft"].token
    assert client.post(at, {"text": "Xong", "token": token, "send": "yes"}).status_code == 302
    assert Message.objects.get().files.count() == 1


def test_naming_somebody_and_their_one_page_for_all(platform: Office) -> None:
    case, door = told(platform)
    client, at = opened(*door), f"/ho-so/{door[0]}/dai-dien/"
    until = civil_date(clock.now()) + timedelta(days=60)
    form = {"kind": "lawyer", "name": "Luật sư An", "scope": "case", "until": f"{until:%d/%m/%Y}"}
    missing = client.post(at, form)
    assert missing.status_code == 422
    assert client.post(at, {**form, "paper": upload("giay.pdf", b"%PDF-1.4 x")}).status_code == 302
    page = client.get(at)
    secret = page.context["told"]["secret"]
    mandate = Mandate.objects.get()
    mandates.confirm(platform.actor("moderator"), mandate.id, "Đúng.")
    lawyer = opened(mandate.representative.reference, secret)
    office = lawyer.get(f"/dai-dien/{mandate.representative.reference}/").content.decode()
    assert door[0] in office
    seen = lawyer.get(f"/ho-so/{door[0]}/").content.decode()
    assert "người đại diện" in seen
    assert lawyer.get(at).status_code == 302, "who represents names nobody else"
    client.post(at, {"end": str(mandate.id)})
    assert door[0] not in lawyer.get(f"/dai-dien/{mandate.representative.reference}/").content.decode()
    assert "Mã bí mật" in lawyer.get(f"/ho-so/{door[0]}/").content.decode(), "asked for the secret again"
    assert case.number


def test_ones_own_copy_is_a_signed_archive(platform: Office) -> None:
    _case, door = told(platform)
    answer = opened(*door).post(f"/ho-so/{door[0]}/tai-ve/")
    assert answer.headers["Content-Type"] == "application/zip"
    assert verify(io.BytesIO(answer.content)).ok
    assert Client().post(f"/ho-so/{door[0]}/tai-ve/").status_code == 302


def test_coming_late_needs_both_reasons(platform: Office) -> None:
    _case, door = told(platform)
    with clock.set_to(clock.now() + timedelta(days=120)):
        client, at = opened(*door), f"/ho-so/{door[0]}/khieu-nai-muon/"
        assert client.post(at, {"text": "Sai rồi", "why_late": ""}).status_code == 422
        assert client.post(at, {"text": "Sai rồi", "why_late": "Tôi nằm viện."}).status_code == 302
        assert LateAppeal.objects.get().why_late == "Tôi nằm viện."
        late.refuse(platform.actor("appeals"), LateAppeal.objects.get().id, "Không có giấy ra viện.")
        assert "Không có giấy ra viện." in client.get(f"/ho-so/{door[0]}/").content.decode()


def test_the_staff_answer_check_and_let_in_on_the_case_page(platform: Office) -> None:
    case, door = told(platform)
    until = civil_date(clock.now()) + timedelta(days=60)
    given = mandates.MandateInput("guardian", "Mẹ cháu", "", "", "case", until)
    mandate = mandates.give(*door, given, "khai-sinh.jpg", upload()).mandate
    talking.write_by_door(*door, "Tôi muốn biết vì sao.")
    desk = Client(headers={"accept-language": "vi"})
    desk.force_login(platform.members["moderator"].account)
    page = desk.get(f"/console/cases/{case.id}/").content.decode()
    assert "Tôi muốn biết vì sao." in page
    assert "khai-sinh.jpg" in page
    assert case.number in desk.get("/console/messages/").content.decode()
    access = Access.objects.get(case=case)
    desk.post(f"/console/cases/{case.id}/write/", {"to": str(access.id), "text": "Vì bài xin mã xác nhận."})
    assert case.number not in desk.get("/console/messages/").content.decode()
    desk.post(f"/console/mandates/{mandate.id}/confirm/", {"how": "Đối chiếu giấy khai sinh."})
    mandate.refresh_from_db()
    assert mandate.checked_at
    with clock.set_to(clock.now() + timedelta(days=120)):
        asked = late.ask_late(*door, "Sai rồi.", "Tôi nằm viện.")
        hearing = Client(headers={"accept-language": "vi"})
        hearing.force_login(platform.members["appeals"].account)
        hearing.post(f"/console/late/{asked.id}/admit/")
        appeal = case.appeals.get()
        typed = {"outcome": "partial", "reasons": "Chỉ một câu sai.", "measure": "label", "label": "Có một câu sai"}
        hearing.post(f"/console/appeals/{appeal.id}/hear/", typed)
        appeal.refresh_from_db()
        assert appeal.outcome == "partial"
