"""The whole path: report, decision with reasons, measure, letters, appeal, restoration, close."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.outbox import delivery
from anlanh.base.outbox.models import Message, Task
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, confirming, decide, measures, review
from anlanh.work.casework.models import Case, Decision, Measure
from anlanh.work.registry.actions import PageInput, put_page
from anlanh.work.registry.models import Page
from tests.work.casework.steps_of import (
    carried_out,
    decided,
    decision_input,
    door,
    fresh_address,
    integration,
    report,
)


def acts_of(case: Case) -> list[str]:
    return list(Act.objects.filter(subject_id=case.id).order_by("seq").values_list("type", flat=True))


def test_from_the_report_to_the_restoration(platform: Any) -> None:
    integration(platform)
    address = fresh_address()
    put_page(
        platform.actor("registrar"),
        PageInput(
            address,
            title="Trúng thưởng",
            holder_address="https://mang.example/@ha",
            holder_name="Hà",
            holder_email="ha@example.vn",
        ),
    )
    filed = report(platform, address=address, reporter_email="lan@example.vn", reporter_name="Lan")
    token = (
        Message.objects.get(key=f"confirm:{filed.report.reporter_id}")
        .payload["body"]
        .split("xac-nhan-thu/")[1]
        .split("/")[0]
    )
    confirming.confirm_email(token)

    decision = decided(platform, filed)
    case = Case.objects.get(id=filed.case.id)
    assert case.phase == "decided_action"
    assert case.closed_at is None, "the platform has yet to act"
    order = Message.objects.get(channel="webhook", payload__measure=str(decision.carried_out.id))
    assert order.payload == {"measure": str(decision.carried_out.id), "step": "apply"}
    affected = Message.objects.get(channel="mail", payload__notice=str(decision.notices.get(role="affected").id))
    letter = queries.letter(affected.payload["notice"])
    reference, secret = door(decision)
    assert letter["to"] == "ha@example.vn"
    assert reference in letter["body"]
    assert secret in letter["body"]

    carried_out(platform, decision)
    assert Page.objects.get(id=case.page_id).state == Page.State.REMOVED
    assert Measure.objects.get(decision=decision).receipt == {"status": 200}
    assert not Clock.objects.filter(subject_id=case.id, stopped_at__isnull=True, obligation="remove").exists()
    carried_out(platform, decision)
    assert acts_of(case).count("measure.applied") == 1, "said twice, recorded once"

    appeal = appeals.file_appeal(reference, secret, "Đây là bài cảnh báo lừa đảo, không phải lừa đảo.")
    assert queries.status(reference, secret).phase == "under_appeal"
    hearer = platform.actor("appeals")
    review.claim(hearer, case.id)
    appeals.hear_appeal(hearer, appeal.id, "reversed", "Bài viết dẫn lại tin lừa đảo để cảnh báo.")
    assert queries.measure_order(decision.carried_out.id, "reverse")["notice"]["subject"].startswith(
        "Kết quả khiếu nại"
    )
    carried_out(platform, decision, "reverse")

    case.refresh_from_db()
    assert (case.phase, case.due_at) == ("closed", None)
    assert case.closed_at
    assert Page.objects.get(id=case.page_id).state == Page.State.LIVE
    assert [notice.kind for notice in queries.status(reference, secret).notices] == [
        "restored_affected",
        "appeal_reversed_affected",
        "appeal_received",
        "measure_affected",
    ]
    assert [notice.kind for notice in queries.status(filed.report.reference, filed.secret).notices] == [
        "appeal_reversed_reporter",
        "measure_reporter",
    ]
    assert [act for act in acts_of(case) if act != "notice.sent"] == [
        "report.received",
        "report.contact_confirmed",
        "case.claimed",
        "violation.confirmed",
        "decision.made",
        "measure.applied",
        "appeal.filed",
        "case.claimed",
        "appeal.decided",
        "measure.reversed",
        "case.closed",
    ]


def test_without_an_integration_a_person_carries_it_out(platform: Any) -> None:
    decision = decided(platform, report(platform))
    task = Task.objects.get(kind=measures.BY_HAND)
    assert (task.subject_id, task.detail["step"]) == (decision.carried_out.id, "apply")
    moderator = platform.actor("moderator")
    with pytest.raises(BadInput) as refusal:
        measures.carried_out_by_hand(moderator, decision.carried_out.id, "apply", "  ")
    assert refusal.value.where == "note"
    measures.carried_out_by_hand(moderator, decision.carried_out.id, "apply", "Gỡ trong trang quản trị, ảnh chụp kèm.")
    assert Measure.objects.get(decision=decision).by_hand
    assert Act.objects.get(type="measure.applied").clear["by_hand"] is True


def test_taking_no_action_is_a_reasoned_decision_too(platform: Any) -> None:
    filed = report(platform)
    decision = decided(platform, filed, "no_action")
    assert not Measure.objects.exists()
    assert not Clock.objects.filter(subject_id=filed.case.id, stopped_at__isnull=True).exists()
    view = queries.status(filed.report.reference, filed.secret)
    assert decision.facts in view.notices[0].body
    assert view.can_appeal
    assert Case.objects.get(id=filed.case.id).closed_at


def test_reversing_no_action_is_a_new_decision_against_which_the_other_side_can_appeal(platform: Any) -> None:
    integration(platform)
    filed = report(platform)
    first = decided(platform, filed, "no_action")
    appeal = appeals.file_appeal(filed.report.reference, filed.secret, "Trang này đã lấy tiền của tôi.")
    hearer = platform.actor("appeals")
    with pytest.raises(BadInput) as refusal:
        appeals.hear_appeal(hearer, appeal.id, "reversed", "Đúng vậy")
    assert refusal.value.where == "measure"
    appeals.hear_appeal(hearer, appeal.id, "reversed", "Đúng vậy", decision_input())
    second = Decision.objects.get(case=filed.case, overturned_at__isnull=True)
    assert (second.replaces_id, second.decided_by) == (first.id, hearer.ref)
    assert Clock.objects.filter(subject_id=filed.case.id, stopped_at__isnull=True, obligation="remove").exists()
    reference, secret = door(second)
    assert queries.status(reference, secret).can_appeal
    assert not queries.status(filed.report.reference, filed.secret).can_appeal


def test_the_case_closes_when_nobody_can_appeal_any_more(platform: Any) -> None:
    filed = report(platform)
    decision = decided(platform, filed, "no_action")
    while delivery.work_once():
        pass
    waiting = Message.objects.get(channel="reaction:casework.close_after_window")
    assert waiting.next_at >= decision.appeal_until
    with clock.set_to(decision.appeal_until + timedelta(minutes=1)):
        while delivery.work_once():
            pass
        assert Case.objects.get(id=filed.case.id).phase == "closed"
        with pytest.raises(BadInput, match=r"\d\d/\d\d/\d{4}|ended"):
            appeals.file_appeal(filed.report.reference, filed.secret, "Muộn rồi")


def test_a_page_that_is_out_of_date_decides_nothing(platform: Any) -> None:
    filed = report(platform)
    first, second = platform.actor("moderator"), platform.actor("second")
    review.claim(first, filed.case.id)
    seen = queries.case_page(first, filed.case.id).seen
    with clock.set_to(clock.now() + timedelta(minutes=16)):
        review.claim(second, filed.case.id)
        review.confirm_violation(second, filed.case.id, decision_input().ground, "Đã xem")
        review.release(second, filed.case.id)
        review.claim(first, filed.case.id)
        with pytest.raises(BadInput, match=r"opened it|mở"):
            decide.decide(first, filed.case.id, decision_input(seen=seen))
    assert not Decision.objects.exists()


def test_more_reports_do_not_make_a_page_out_of_date(platform: Any) -> None:
    filed = report(platform)
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    seen = queries.case_page(moderator, filed.case.id).seen
    report(platform, address=filed.case.page.address)
    assert decide.decide(moderator, filed.case.id, decision_input(seen=seen))


def test_a_case_is_decided_once(platform: Any) -> None:
    filed = report(platform)
    decided(platform, filed)
    with pytest.raises(BadInput):
        decide.decide(platform.actor("moderator"), filed.case.id, decision_input())
    assert Decision.objects.count() == 1


def test_a_measure_taken_back_before_it_was_applied_is_never_applied(platform: Any) -> None:
    integration(platform)
    filed = report(platform)
    decision = decided(platform, filed)
    appeal = appeals.file_appeal(*door(decision), "Nhầm rồi")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Nhầm thật")
    with pytest.raises(NotFound):
        queries.measure_order(decision.carried_out.id, "apply")
    carried_out(platform, decision, "apply")
    assert Page.objects.get(id=filed.case.page_id).state == Page.State.LIVE
    carried_out(platform, decision, "reverse")
    assert Case.objects.get(id=filed.case.id).phase == "closed"


def test_an_appeal_turned_down_leaves_an_outstanding_measure_outstanding(platform: Any) -> None:
    integration(platform)
    filed = report(platform)
    decision = decided(platform, filed)
    appeal = appeals.file_appeal(*door(decision), "Không đồng ý")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Căn cứ rõ ràng.")
    assert Case.objects.get(id=filed.case.id).closed_at is None
    carried_out(platform, decision)
    assert Case.objects.get(id=filed.case.id).phase == "closed"


def test_a_failed_measure_is_recorded_and_its_clock_goes_on(platform: Any) -> None:
    decision = decided(platform, report(platform))
    measures.record_failed(platform.actor("moderator"), decision.carried_out.id, "apply", "Trang đòi đăng nhập.")
    assert Act.objects.get(type="measure.failed").clear["step"] == "apply"
    assert Clock.objects.filter(stopped_at__isnull=True, obligation="remove").exists()


def test_telling_the_authority_stops_that_clock(platform: Any) -> None:
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    review.record_authority_notified(platform.actor("moderator"), filed.case.id, "Công văn 15, gửi trục liên thông.")
    assert "authority.notified" in acts_of(filed.case)


def test_a_measure_carried_out_elsewhere_leaves_no_task_behind(platform: Any) -> None:
    decision = decided(platform, report(platform))
    waiting = Task.objects.filter(kind=measures.BY_HAND, state=Task.State.OPEN)
    assert waiting.count() == 1
    measures.carried_out_by_hand(platform.actor("moderator"), decision.carried_out.id, "apply", "đã gỡ")
    assert not waiting.exists()
