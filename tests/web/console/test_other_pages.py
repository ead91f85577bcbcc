"""Orders, tasks, the registry and the ledger."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.sealing import seal
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import Draft, enqueue, open_task
from anlanh.ledger.export import verify_export
from anlanh.work.casework.models import Case, Evidence, Measure
from anlanh.work.registry.models import Page

pytestmark = pytest.mark.django_db


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def order(scan):
    """An order as it is typed in, received an hour ago."""
    return {
        "office": "Sở Văn hoá tỉnh",
        "number": "12/SVH",
        "channel": "document",
        "received_at": local(clock.now() - timedelta(hours=1)),
        "backdating_reason": "Văn thư chuyển muộn",
        "address": "https://mang.example/p/9",
        "category": "false_information",
        "clause": "147/2024/NĐ-CP/35.6",
        "words": "Đề nghị gỡ bài viết.",
        "document": scan,
    }


def test_an_order_is_entered_verified_by_another_and_its_clock_runs_from_receipt(platform, signed_in, order):
    officer = signed_in(platform, "officer")
    answer = officer.post("/console/orders/new/", order)
    case = Case.objects.get()
    assert answer.url == f"/console/cases/{case.id}/"
    assert clock.now() - case.opened_at > timedelta(minutes=59)
    verify = f"/console/cases/{case.id}/verify/"
    assert officer.post(verify, {"how": "đã gọi lại"}).status_code == 403
    verifier = signed_in(platform, "verifier")
    assert verifier.post(verify, {"how": ""}).status_code == 422
    assert verifier.post(verify, {"how": "đã gọi lại"}).status_code == 302
    page = officer.get(f"/console/cases/{case.id}/").content.decode()
    assert "Đề nghị gỡ bài viết." in page


def test_a_backdated_order_needs_a_reason_and_keeps_what_was_typed(platform, signed_in, order):
    answer = signed_in(platform, "officer").post("/console/orders/new/", {**order, "backdating_reason": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_backdating_reason"' in page
    assert "Đề nghị gỡ bài viết." in page
    assert not Case.objects.exists()


def test_orders_are_entered_by_those_who_may(platform, signed_in, order):
    client = signed_in(platform, "moderator")
    assert client.get("/console/orders/new/").status_code == 403
    assert client.post("/console/orders/new/", order).status_code == 403


def test_an_order_is_queried_or_sent_back(platform, signed_in, order):
    signed_in(platform, "officer").post("/console/orders/new/", order)
    case, verifier = Case.objects.get(), signed_in(platform, "verifier")
    assert verifier.post(f"/console/cases/{case.id}/query/", {"question": "Bài nào?"}).status_code == 302
    assert verifier.post(f"/console/cases/{case.id}/return/", {"reason": ""}).status_code == 422
    assert verifier.post(f"/console/cases/{case.id}/return/", {"reason": "Không đúng thẩm quyền"}).status_code == 302
    case.refresh_from_db()
    assert case.closed_at or case.phase == "returned"


def test_evidence_is_a_download_that_leaves_an_act_once_an_hour(platform, other, signed_in, order):
    signed_in(platform, "officer").post("/console/orders/new/", order)
    case, held = Case.objects.get(), Evidence.objects.get()
    address = f"/console/cases/{case.id}/evidence/{held.file_id}/"
    client = signed_in(platform, "verifier")
    for _look in range(2):
        answer = client.get(address)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Act.objects.filter(type="evidence.viewed").count() == 1
    assert signed_in(other, "verifier").get(address).status_code == 404


def test_evidence_is_looked_at_only_in_its_own_case(platform, signed_in, order):
    """Else somebody could have the look recorded in the history of a case that has nothing to do with it."""
    client = signed_in(platform, "officer")
    client.post("/console/orders/new/", order)
    client.post("/console/orders/new/", order | {"document": io.BytesIO(b"%PDF-1.7 khac")})
    first, second = Case.objects.order_by("id")
    held = Evidence.objects.get(case=first)
    for ending in ("", "preview/"):
        address = f"/console/cases/{second.id}/evidence/{held.file_id}/{ending}"
        assert signed_in(platform, "verifier").get(address).status_code == 404
    assert not Act.objects.filter(type="evidence.viewed").exists()


def test_a_measure_without_integration_is_carried_out_by_hand(platform, signed_in, decided):
    client = signed_in(platform, "moderator")
    task = Task.objects.get(kind="measure_by_hand")
    assert decided.number in client.get("/console/tasks/").content.decode()
    assert client.post(f"/console/tasks/{task.id}/close/", {"note": ""}).status_code == 422
    assert client.post(f"/console/tasks/{task.id}/close/", {"note": "Đã gỡ ở trang quản trị"}).status_code == 302
    assert Measure.objects.get().state == Measure.State.APPLIED
    assert Page.objects.get().state == Page.State.REMOVED
    assert "Nothing needs a person" in client.get("/console/tasks/").content.decode()


def test_a_letter_that_only_a_person_can_deliver_is_shown_to_those_who_decide(platform, signed_in, order):
    signed_in(platform, "officer").post("/console/orders/new/", order)
    task = Task.objects.get(kind="letter_by_hand")
    page = signed_in(platform, "officer").get(f"/console/tasks/{task.id}/letter/").content.decode()
    assert "https://mang.example/p/9" in page
    assert signed_in(platform, "admin").get(f"/console/tasks/{task.id}/letter/").status_code == 403


def test_a_failed_delivery_is_tried_again(platform, other, signed_in):
    message = enqueue(platform.organisation.id, [Draft("mail", "letter")])[0]
    Message.objects.filter(id=message.id).update(state=Message.State.GIVEN_UP, last_error="451 later")
    task = open_task(
        platform.organisation.id, "delivery_failed", "letter", message=message, detail={"error": "451 later"}
    )
    client = signed_in(platform, "moderator")
    assert "451 later" in client.get("/console/tasks/").content.decode()
    assert signed_in(other, "moderator").post(f"/console/tasks/{task.id}/retry/").status_code == 404
    assert client.post(f"/console/tasks/{task.id}/retry/").status_code == 302
    message.refresh_from_db()
    assert message.state == Message.State.WAITING
    assert client.get("/console/tasks/", {"state": "done"}).status_code == 200


def test_a_csv_file_has_a_result_for_each_row(platform, signed_in):
    client = signed_in(platform, "registrar")
    file = io.BytesIO("address,title\nhttps://mang.example/p/1,Bài một\nkhông phải địa chỉ,Bài hai\n".encode())
    file.name = "trang.csv"
    page = client.post("/console/registry/import/", {"file": file}).content.decode()
    assert "Bài một" in page
    assert "<strong>1</strong> rows taken" in page
    assert client.post("/console/registry/import/").status_code == 422
    assert "Bài một" in client.get("/console/registry/", {"q": "bai mot"}).content.decode()
    assert signed_in(platform, "moderator").get("/console/registry/import/").status_code == 403


def test_the_log_is_shown_exported_and_proven(platform, other, signed_in, decided, tmp_path):
    while seal(platform.organisation.id, platform.organisation.code):
        pass
    client = signed_in(platform, "inspector")
    page = client.get("/console/ledger/").content.decode()
    assert "Latest checkpoint" in page
    answer = client.get("/console/ledger/export/")
    export = tmp_path / "log"
    export.write_bytes(b"".join(answer.streaming_content))
    assert verify_export(export, None, None).ok
    act = Act.objects.filter(type="decision.made").get()
    page = client.get(f"/console/acts/{act.id}/").content.decode()
    assert "Path to the root" in page
    assert "Nhận tiền cọc" not in page
    assert signed_in(other, "inspector").get(f"/console/acts/{act.id}/").status_code == 404
    assert signed_in(platform, "moderator").get("/console/ledger/").status_code == 403
    assert signed_in(platform, "registrar").get(f"/console/acts/{act.id}/").status_code == 403


def test_an_act_not_yet_sealed_says_so(platform, signed_in, decided):
    act = Act.objects.filter(type="decision.made").get()
    page = signed_in(platform, "moderator").get(f"/console/acts/{act.id}/").content.decode()
    assert "waits for its seal" in page


def test_an_empty_order_says_of_each_field_what_it_needs(platform, signed_in):
    page = signed_in(platform, "officer").post("/console/orders/new/", {}).content.decode()
    assert "This field is required" not in page
    for words in ("Say which office asks.", "Give the address of the page.", "Copy the words of the order."):
        assert words in page


def test_an_order_folds_the_clocks_of_one_duty_under_the_earliest(platform, signed_in, order):
    officer = signed_in(platform, "officer")
    officer.post("/console/orders/new/", order)
    page = officer.get(f"/console/cases/{Case.objects.get().id}/").content.decode()
    assert "the earliest governs" in page
    assert page.count("Block or remove content") < page.count("al-clock al-tone")


def test_a_clock_shows_no_codes(platform, signed_in, report):
    page = signed_in(platform, "moderator").get(f"/console/cases/{report().id}/").content.decode()
    detail = page.partition('class="al-clock-detail"')[2].partition("</dl>")[0]
    assert "147/2024/NĐ-CP/" not in detail
    assert "text of the law" in detail


def test_the_key_of_the_log_is_a_file_beside_the_export(platform, signed_in, decided):
    seal(platform.organisation.id, platform.organisation.code)
    inspector = signed_in(platform, "inspector")
    answer = inspector.get("/console/ledger/key/")
    page = inspector.get("/console/ledger/").content.decode()
    assert f'filename="{platform.organisation.code}.key.txt"' in answer.headers["Content-Disposition"]
    assert f"--key {platform.organisation.code}.key.txt" in page
    assert answer.content.decode().strip() in page
    assert signed_in(platform, "moderator").get("/console/ledger/key/").status_code == 403


def test_an_act_is_shown_in_words_above_its_exact_entry(platform, signed_in, decided):
    act = Act.objects.get(type="decision.made")
    page = signed_in(platform, "inspector").get(f"/console/acts/{act.id}/").content.decode()
    facts = page.partition("What the log holds")[2].partition("</dl>")[0]
    assert "<dt>Appeal until</dt>" in facts
    assert "appeal_until" not in facts
    assert "appeal_until" in page


def test_who_may_not_decide_sees_measures_that_wait_but_no_form_for_them(platform, signed_in, decided):
    page = signed_in(platform, "admin").get("/console/tasks/").content.decode()
    assert "A moderator carries this out." in page
    assert "How it was carried out" not in page


def test_an_administrator_finds_people_keys_and_integration_in_the_console(platform, signed_in):
    page = signed_in(platform, "admin").get("/console/tasks/").content.decode()
    for address in ("/accounts/people/", "/accounts/keys/", "/accounts/integration/"):
        assert f'class="al-nav-link" href="{address}"' in page
