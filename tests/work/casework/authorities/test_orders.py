"""What is done about an order beside deciding it, through every phase that it can be in."""

import io
from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.files import store
from anlanh.base.outbox.models import Task
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.server.worker import drain
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, orders, proposals, review
from anlanh.work.casework.authorities import actions, papers
from anlanh.work.casework.authorities.actions.orders import Recall
from anlanh.work.casework.authorities.models import Authority
from anlanh.work.casework.authorities.queries import paper_view
from anlanh.work.casework.models import Case, Decision, Measure, Notice
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import Office
from tests.work.casework.steps_of import (
    carried_out,
    decision_input,
    door,
    entered_order,
    fresh_address,
    integration,
    order_input,
    verified_order,
)

pytestmark = pytest.mark.django_db
BODY = actions.AuthorityInput("Sở Văn hoá và Thể thao", "024 3943 1234", "Thanh tra Sở, 1 phố Thử, Hà Nội")
BACK = Recall("recalled", "Công văn 15: rút yêu cầu.", "Gọi lại số trong danh bạ.")


def verified_body(office: Office) -> Authority:
    """A body whose number a second person verified."""
    row = actions.add(office.actor("officer"), BODY)
    return actions.verify(office.actor("verifier"), row.id, "Trang web của Sở.")


def decided(office: Office, case: Case, measure: str = "remove", **fields: Any) -> Decision:
    """An order's case taken and decided."""
    review.claim(office.actor("officer"), case.id)
    return decide.decide(office.actor("officer"), case.id, decision_input(measure, **fields))


# ── the directory, and calling back ─────────────────────────────────────────────────────────────────────────────────


def test_a_number_counts_once_a_second_person_verified_it(platform: Office, other: Office) -> None:
    case = entered_order(platform)
    row = actions.add(platform.actor("officer"), BODY)
    with pytest.raises(BadInput) as refusal:
        actions.call_back(platform.actor("officer"), case.id, row.id, "Ông A xác nhận.")
    assert refusal.value.where == "authority"
    for actor in (platform.actor("officer"), platform.actor("moderator")):
        with pytest.raises(NotAllowed):
            actions.verify(actor, row.id, "Tôi biết số này.")
    with pytest.raises(NotFound):
        actions.verify(other.actor("verifier"), row.id, "Tổ chức khác.")
    actions.verify(platform.actor("verifier"), row.id, "Trang web của Sở.")
    actions.call_back(platform.actor("officer"), case.id, row.id, "Ông A xác nhận.")
    act = Act.objects.get(type="order.called_back")
    assert act.clear["authority"] == str(row.id)
    assert BODY.phone not in str(act.leaf)
    with pytest.raises(BadInput):
        actions.call_back(platform.actor("officer"), case.id, case.id, "Số lạ.")


@pytest.mark.parametrize(("field", "value"), [("phone", "không có"), ("name", " "), ("requester", "x")])
def test_what_is_entered_is_checked(platform: Office, field: str, value: str) -> None:
    with pytest.raises(BadInput) as refusal:
        actions.add(platform.actor("officer"), actions.AuthorityInput(**{**vars(BODY), field: value}))
    assert refusal.value.where == field


def test_the_letter_tells_where_to_complain_about_the_order(platform: Office) -> None:
    case = verified_order(platform)
    actions.call_back(platform.actor("verifier"), case.id, verified_body(platform).id, "Đúng.")
    letter = Notice.objects.get(decision=decided(platform, case), role="affected").body
    for said in (BODY.complaints, case.order.office, case.order.number):
        assert said in letter
    plain = Notice.objects.get(decision=decided(platform, verified_order(platform)), role="affected").body
    assert "khiếu nại với cơ quan đã yêu cầu: Sở Văn hoá" in plain


# ── the paper that follows a call ───────────────────────────────────────────────────────────────────────────────────


def test_the_paper_that_should_follow_a_call_is_chased(platform: Office) -> None:
    case = entered_order(platform, document_id=None)
    due = papers.confirmation_due(case.order)
    with clock.set_to(due - timedelta(minutes=1)):
        drain()
        assert not Task.objects.filter(kind="order_confirmation").exists()
        assert not paper_view(platform.actor("officer"), case.id).overdue
    with clock.set_to(due + timedelta(minutes=1)):
        assert paper_view(platform.actor("officer"), case.id).overdue, "shown with the worker stopped"
        drain()
        assert Task.objects.get(kind="order_confirmation").subject_id == case.id
        document = store.keep(platform.actor("officer"), "cong-van.txt", io.BytesIO(b"12/SVHTT"))
        actions.confirm(platform.actor("officer"), case.id, document)
        assert Task.objects.get(kind="order_confirmation").state == "done"
        assert paper_view(platform.actor("officer"), case.id).confirm_by is None
    assert Case.objects.get(id=case.id).evidence.get().file == document


def test_an_order_on_paper_waits_for_no_other(platform: Office) -> None:
    assert papers.confirmation_due(entered_order(platform).order) is None


# ── several addresses under one order ───────────────────────────────────────────────────────────────────────────────


def test_each_address_that_is_confirmed_is_a_case_with_the_orders_clocks(platform: Office) -> None:
    first, second = fresh_address(), fresh_address()
    words = f"Gỡ {first}, {second}; và www.mang.example/bai/ba."
    document = io.BytesIO(b"Them trang https://mang.example/bai/trong-van-ban.")
    given = order_input(platform, address=first, words=words, document_id=None)
    officer = platform.actor("officer")
    case = orders.enter_with_document(officer, given, "cong-van.txt", document)
    assert paper_view(officer, case.id).found == [second, "https://www.mang.example/bai/ba"]
    assert "https://mang.example/bai/trong-van-ban" in paper_view(officer, case.id, deep=True).found
    another = actions.add_address(officer, case.id, second)
    assert another.page.address == second
    assert another.order.words == case.order.words
    dues = [set(Clock.objects.filter(subject_id=one.id).values_list("rule", "due_at")) for one in (case, another)]
    assert dues[0] == dues[1]
    assert second not in paper_view(officer, case.id).found
    assert [one.id for one in paper_view(officer, case.id).cases] == [another.id]
    with pytest.raises(BadInput):
        actions.add_address(officer, another.id, second)
    with pytest.raises(BadInput):
        actions.add_address(officer, case.id, "không phải địa chỉ")
    with pytest.raises(NotAllowed):
        actions.add_address(platform.actor("verifier"), case.id, fresh_address())


def test_addresses_in_a_text_stand_once_and_in_order() -> None:
    text = "Xem (https://a.example/x). HTTPS://A.EXAMPLE/x, www.b.example/y; mail a@b.example; http://[bad"
    assert papers.addresses_in(text) == ["https://a.example/x", "https://www.b.example/y"]


# ── objection ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_objection_is_written_to_the_authority_and_stops_no_clock(platform: Office) -> None:
    case = verified_order(platform)
    before = list(Clock.objects.filter(subject_id=case.id).values())
    actions.object_to(platform.actor("verifier"), case.id, "Điều khoản được dẫn không giao quyền này.")
    assert list(Clock.objects.filter(subject_id=case.id).values()) == before
    letter = Notice.objects.get(kind="order_objected_requester")
    assert "không giao quyền này" in letter.body
    assert Task.objects.filter(kind="letter_by_hand", detail__notice=str(letter.id)).exists()
    with pytest.raises(BadInput):
        actions.object_to(platform.actor("verifier"), case.id, " ")


# ── review of how it was carried out ────────────────────────────────────────────────────────────────────────────────


def test_what_went_beyond_an_order_is_undone_and_decided_anew(platform: Office) -> None:
    integration(platform)
    case = verified_order(platform)
    decision = decided(platform, case)
    carried_out(platform, decision)
    verifier = platform.actor("verifier")
    with pytest.raises(NotAllowed):
        actions.review(platform.actor("officer"), case.id, "beyond", "Tự xem.")
    actions.review(verifier, case.id, "beyond", "Yêu cầu chỉ nói người xem ở Việt Nam.")
    case.refresh_from_db()
    assert case.phase == "verified"
    carried_out(platform, decision, "reverse")
    again = decided(platform, case, "restrict", scope="vietnam")
    assert again.overturned_at is None
    assert Measure.objects.get(decision=decision).state == "reversed"
    actions.review(verifier, case.id, "kept", "Đúng phạm vi.")
    assert Decision.objects.get(id=again.id).overturned_at is None


# ── recall ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_phase(office: Office, phase: str) -> Case:
    """An order's case brought to a phase."""
    address = fresh_address()
    put_page(office.actor("registrar"), PageInput(address, holder_address=f"{address}/chu"))
    if phase == "received":
        return entered_order(office, address=address)
    case = verified_order(office, address=address)
    if phase == "returned":
        return orders.return_order(office.actor("verifier"), case.id, "Không rõ.")
    if phase == "ambiguous":
        return orders.query_order(office.actor("verifier"), case.id, "Bài nào?")
    if phase == "proposed":
        review.claim(office.actor("officer"), case.id)
        proposals.propose(office.actor("officer"), case.id, decision_input("end_account"))
    if phase == "decided_no_action":
        decided(office, case, "no_action")
    if phase in {"decided_action", "executed", "appealed", "upheld_action", "closed"}:
        decision = decided(office, case)
        way_in = door(decision)
        if phase != "decided_action":
            carried_out(office, decision)
        if phase in {"appealed", "upheld_action"}:
            appeal = appeals.file_appeal(*way_in, "Không đồng ý.")
        if phase == "upheld_action":
            appeals.hear_appeal(office.actor("appeals"), appeal.id, "upheld", "Đúng.")
        if phase == "closed":
            with clock.set_to(decision.appeal_until + timedelta(hours=1)):
                drain()
    return case


@pytest.mark.parametrize(
    "phase",
    [
        *("received", "ambiguous", "verified", "proposed", "decided_action", "executed", "appealed", "upheld_action"),
        *("closed", "decided_no_action", "returned"),
    ],
)
def test_a_recall_restores_in_every_phase(platform: Office, phase: str) -> None:
    integration(platform)
    case = in_phase(platform, phase)
    cases = actions.recall(platform.actor("verifier"), case.id, BACK)
    assert [one.id for one in cases] == [case.id]
    case.refresh_from_db()
    act = Act.objects.get(subject_id=case.id, type="order.recalled")
    table = vietnam().procedures["order"]
    assert case.phase in {table.transition(phase, act.type, act.clear["outcome"]).leads_to(phase), "closed"}
    for measure in Measure.objects.filter(decision__case=case):
        assert measure.state == "reversal_ordered"
        carried_out(platform, measure.decision, "reverse")
    assert not Decision.objects.filter(case=case, overturned_at__isnull=True).exclude(measure="no_action").exists()
    assert not Clock.objects.filter(subject_id=case.id, stopped_at__isnull=True).exists()
    assert not case.appeals.filter(decided_at__isnull=True).exists()
    assert not case.proposals.filter(settled_at__isnull=True).exists()
    had_measure = Measure.objects.filter(decision__case=case).exists()
    assert Notice.objects.filter(case=case, kind="order_recalled_affected").exists() == had_measure
    assert Notice.objects.filter(case=case, kind="restored_affected").exists() == had_measure
    assert Notice.objects.filter(case=case, kind="order_recalled_requester").count() == 1
    case.page.refresh_from_db()
    assert case.page.state == "live"
    with pytest.raises(BadInput):
        actions.recall(platform.actor("verifier"), case.id, BACK)


def test_a_recall_reaches_every_case_of_the_order(platform: Office) -> None:
    integration(platform)
    officer, verifier = platform.actor("officer"), platform.actor("verifier")
    first = verified_order(platform)
    second = actions.add_address(officer, first.id, fresh_address())
    orders.verify_order(verifier, second.id, "Cùng văn bản.")
    third = actions.add_address(officer, second.id, fresh_address())
    for case in (first, second):
        carried_out(platform, decided(platform, case))
    recalled = actions.recall(verifier, second.id, Recall("annulled", "Bản án huỷ.", "Bản án có dấu."))
    assert {one.id for one in recalled} == {first.id, second.id, third.id}
    assert Measure.objects.filter(state="reversal_ordered").count() == 2
    acts = Act.objects.filter(type="order.recalled")
    assert {act.clear["cases"] for act in acts} == {3}
    assert acts.count() == 3


@pytest.mark.parametrize("field", ["how", "words", "verified"])
def test_a_recall_is_verified_like_an_order(platform: Office, field: str) -> None:
    case = verified_order(platform)
    with pytest.raises(BadInput):
        actions.recall(platform.actor("verifier"), case.id, Recall(**{**vars(BACK), field: " "}))
    with pytest.raises(NotAllowed):
        actions.recall(platform.actor("inspector"), case.id, BACK)


def test_none_of_it_is_for_another_organisation(platform: Office, other: Office) -> None:
    case = verified_order(platform)
    stranger = other.actor("verifier")
    for step in (
        lambda: actions.recall(stranger, case.id, BACK),
        lambda: actions.object_to(stranger, case.id, "x"),
        lambda: actions.review(stranger, case.id, "kept", "x"),
        lambda: actions.call_back(stranger, case.id, case.id, "x"),
        lambda: actions.add_address(other.actor("officer"), case.id, fresh_address()),
    ):
        with pytest.raises(NotFound):
            step()
    assert queries.case_page(platform.actor("verifier"), case.id).case.phase == "verified"
