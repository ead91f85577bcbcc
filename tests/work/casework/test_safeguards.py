"""The safeguards that casework keeps. Each test fails when its rule is taken out."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import anlanh
from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, system
from anlanh.base.acts.models import Act
from anlanh.base.identity.actions import set_supervisor
from anlanh.base.outbox.models import Message
from anlanh.law.pack import vietnam
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.web.api.api import api
from anlanh.work.casework import measures, policy, queries, steps
from anlanh.work.casework.actions import appeals, closing, decide, orders, presets, proposals, review
from anlanh.work.casework.importing import fields
from anlanh.work.casework.importing.fields import KINDS
from anlanh.work.casework.keeping import actions as keeping
from anlanh.work.casework.models import Appeal, Case, Decision, Measure, Notice
from anlanh.work.casework.screening_lists.grounds import pack_ground
from anlanh.work.casework.withholding import actions as withholding
from anlanh.work.registry.actions import PageInput, put_page
from tests.work.casework.steps_of import (
    GROUND,
    decided,
    decision_input,
    door,
    entered_order,
    fresh_address,
    integration,
    order_input,
    report,
    stored_file,
    verified_order,
)

# ── 1: no measure without a ground, a reason, a notice, and an appeal to someone who did not decide ──────────────────


@pytest.mark.parametrize("missing", ["ground", "facts", "subject_fact"])
@pytest.mark.parametrize("measure", ["remove", "no_action"])
def test_no_decision_without_ground_and_reasons(platform: Any, missing: str, measure: str) -> None:
    filed = report(platform)
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    with pytest.raises(BadInput) as refusal:
        decide.decide(moderator, filed.case.id, decision_input(measure, **{missing: "  "}))
    assert refusal.value.where == missing
    assert not Decision.objects.exists()
    assert not Measure.objects.exists()
    assert Case.objects.get(id=filed.case.id).phase == "in_review"


def test_the_ground_was_in_force_on_the_day_of_the_conduct(platform: Any) -> None:
    address = fresh_address()
    posted = clock.now().replace(year=2026, month=3, day=1)
    put_page(platform.actor("registrar"), PageInput(address, posted_at=posted))
    filed = report(platform, address=address)
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    assert GROUND not in {ground.id for ground in queries.grounds_for(moderator, filed.case.id)}
    with pytest.raises(BadInput) as refusal:
        decide.decide(moderator, filed.case.id, decision_input())
    assert refusal.value.where == "ground"
    of_that_day = vietnam().grounds_on(date(2026, 3, 1))[0]
    assert decide.decide(moderator, filed.case.id, decision_input(ground=of_that_day.id)).law_as_of == date(2026, 3, 1)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_person_affected_is_told_all_and_how_to_appeal(platform: Any, language: str) -> None:
    address = fresh_address()
    put_page(
        platform.actor("registrar"), PageInput(address, holder_address="https://mang.example/@ha", language=language)
    )
    decision = decided(platform, report(platform, address=address))
    notice = Notice.objects.get(decision=decision, role="affected")
    ground = vietnam().clauses[vietnam().grounds[GROUND].ref]
    for said in (decision.facts, decision.subject_fact, ground.summary.in_language(language), address):
        assert said in notice.body
    last_day = decision.appeal_until.astimezone(vietnam().zone).date()
    assert f"{last_day:%d/%m/%Y}" in notice.body or f"{last_day.day} " in notice.body
    assert str(last_day.year) in notice.body
    assert Act.objects.filter(type="notice.sent", subject_id=decision.case_id).count() == 2


def test_a_notice_is_never_left_out_in_silence(platform: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a clause forbids telling, two people say so first; see `test_withholding` for what follows."""
    pack = vietnam()
    ref = pack.grounds[GROUND].ref
    secretive = replace(pack, clauses={**pack.clauses, ref: replace(pack.clauses[ref], forbids_notice=True)})
    monkeypatch.setattr(steps, "pack", lambda: secretive)
    filed = report(platform)
    with pytest.raises(BadInput):
        decided(platform, filed)
    row = withholding.ask(platform.actor("moderator"), filed.case.id, str(ref), "Điều tra viên yêu cầu.", 10)
    withholding.approve(platform.actor("second"), filed.case.id, row.id)
    decision = decided(platform, filed)
    assert not Notice.objects.filter(decision=decision, role="affected").exists()
    assert Act.objects.get(id=decision.act_id).clear["notice_forbidden_by"] == str(ref)


def test_only_a_person_decides(platform: Any) -> None:
    filed = report(platform)
    actor = system(platform.organisation.id)
    for step in (
        lambda: review.claim(actor, filed.case.id),
        lambda: review.confirm_violation(actor, filed.case.id, GROUND, "x"),
        lambda: decide.decide(actor, filed.case.id, decision_input()),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_a_decision_that_came_through_a_machine_says_so(platform: Any) -> None:
    relay = Actor(
        ActorKind.MACHINE, platform.organisation.id, new_id(), frozenset({"cases.view", "cases.review", "cases.decide"})
    )
    filed = report(platform)
    review.claim(relay, filed.case.id)
    decision = decide.decide(relay, filed.case.id, decision_input())
    assert decision.machine_part == "relayed"
    assert "kết nối" in Notice.objects.get(decision=decision, role="affected").body


def appealed(office: Any) -> Appeal:
    return appeals.file_appeal(*door(decided(office, report(office))), "Tôi không đồng ý.")


def test_who_decided_does_not_hear_the_appeal(platform: Any) -> None:
    appeal = appealed(platform)
    decider = replace(platform.actor("moderator"), capabilities=frozenset({"cases.view", "appeals.hear"}))
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(decider, appeal.id, "upheld", "Tôi đúng.")
    with pytest.raises(NotAllowed):
        review.claim(decider, appeal.case_id)
    step = next(one for one in queries.case_page(decider, appeal.case_id).allowed if one.act == "appeal.decided")
    assert not step.possible
    assert step.reason


def test_who_handled_the_case_does_not_hear_the_appeal(platform: Any) -> None:
    filed = report(platform)
    handler = platform.actor("second")
    review.claim(handler, filed.case.id)
    review.release(handler, filed.case.id)
    appeal = appeals.file_appeal(*door(decided(platform, filed)), "Không đồng ý")
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(
            replace(handler, capabilities=frozenset({"appeals.hear"})), appeal.id, "upheld", "Giữ nguyên"
        )


def hearing(office: Any, nickname: str) -> Any:
    """The person, as if they heard appeals, too."""
    capabilities = frozenset({"cases.view", "appeals.hear", *office.actor(nickname).capabilities})
    return replace(office.actor(nickname), capabilities=capabilities)


def test_who_added_evidence_does_not_hear_the_appeal(platform: Any) -> None:
    filed = report(platform)
    page = io.BytesIO(b"<html>trang</html>")
    keeping.add_evidence(platform.actor("second"), filed.case.id, "archive", "trang.html", page, relied_on=False)
    appeal = appeals.file_appeal(*door(decided(platform, filed)), "Không đồng ý")
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(hearing(platform, "second"), appeal.id, "upheld", "Bằng chứng của tôi đủ")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Căn cứ rõ")


def test_who_weighed_keeping_a_notice_back_does_not_hear_the_appeal(
    platform: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = vietnam()
    ref = pack.grounds[GROUND].ref
    secretive = replace(pack, clauses={**pack.clauses, ref: replace(pack.clauses[ref], forbids_notice=True)})
    monkeypatch.setattr(steps, "pack", lambda: secretive)
    filed = report(platform)
    asked = withholding.ask(platform.actor("officer"), filed.case.id, str(ref), "Đang điều tra.", 5)
    withholding.refuse(platform.actor("second"), filed.case.id, asked.id, "Không đủ lý do.")
    appeal = appeals.file_appeal(*door(decided(platform, filed)), "Không đồng ý")
    for nickname in ("officer", "second"):
        with pytest.raises(NotAllowed):
            appeals.hear_appeal(hearing(platform, nickname), appeal.id, "upheld", "Giữ nguyên")


def test_who_heard_one_reporters_appeal_may_hear_the_next_but_not_who_worked_in_between(platform: Any) -> None:
    first = report(platform)
    second = report(platform, address=first.case.page.address)
    decided(platform, first, measure="no_action")
    appeal = appeals.file_appeal(first.report.reference, first.secret, "Không đồng ý")
    review.claim(platform.actor("appeals"), first.case.id)
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Vẫn không thấy vi phạm")
    page = io.BytesIO(b"<html>trang</html>")
    keeping.add_evidence(platform.actor("second"), first.case.id, "archive", "trang.html", page, relied_on=False)
    following = appeals.file_appeal(second.report.reference, second.secret, "Tôi có thêm lý do")
    assert policy.may_hear(platform.actor("appeals"), following), "else many reporters would use up all who hear"
    assert not policy.may_hear(hearing(platform, "second"), following), "who added evidence in between took part"
    assert not policy.may_hear(hearing(platform, "moderator"), following), "who decided"


def test_who_took_part_before_the_second_of_two_open_appeals_hears_neither(platform: Any) -> None:
    first = report(platform)
    second = report(platform, address=first.case.page.address)
    decided(platform, first, measure="no_action")
    appeal = appeals.file_appeal(first.report.reference, first.secret, "Không đồng ý")
    page = io.BytesIO(b"<html>trang</html>")
    keeping.add_evidence(platform.actor("second"), first.case.id, "archive", "trang.html", page, relied_on=False)
    assert policy.may_hear(hearing(platform, "second"), appeal), "what came after the appeal is part of hearing it"
    appeals.file_appeal(second.report.reference, second.secret, "Tôi cũng không")
    assert not policy.may_hear(hearing(platform, "second"), appeal), "they are heard together"


def test_nobody_hears_an_appeal_against_their_own_superior(platform: Any) -> None:
    appeal = appealed(platform)
    hearer, decider = platform.members["appeals"], platform.members["moderator"]
    set_supervisor(platform.actor("admin"), hearer.ref, decider.ref)
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Sếp đúng")
    set_supervisor(platform.actor("admin"), hearer.ref, None)
    assert appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Căn cứ rõ").heard_by == hearer.ref


def test_an_appeal_is_answered_with_reasons(platform: Any) -> None:
    appeal = appealed(platform)
    with pytest.raises(BadInput):
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "  ")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Bài viết yêu cầu mã xác nhận.")
    assert "Bài viết yêu cầu mã xác nhận." in Notice.objects.get(kind="appeal_upheld").body


def test_a_reporter_cannot_use_up_the_appeal_of_the_person_affected(platform: Any) -> None:
    filed = report(platform)
    decided(platform, filed)
    with pytest.raises(BadInput):
        appeals.file_appeal(filed.report.reference, filed.secret, "Gỡ chưa đủ")


# ── 6: an order is acted on only after sender, authority and scope are verified ──────────────────────────────────────


def test_one_reporters_appeal_takes_no_other_reporters_and_does_not_show(platform: Any) -> None:
    first = report(platform)
    second = report(platform, address=first.case.page.address)
    decided(platform, first, measure="no_action")

    def status(filed: Any) -> Any:
        return queries.status(filed.report.reference, filed.secret)

    before = status(second)
    for filed in (first, second):
        appeal = appeals.file_appeal(filed.report.reference, filed.secret, "Không đồng ý")
        if filed is first:
            assert status(second) == before
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Vẫn không thấy vi phạm")
        if filed is first:
            assert status(second) == before
        with pytest.raises(BadInput):
            appeals.file_appeal(filed.report.reference, filed.secret, "Vẫn không đồng ý")
    with clock.set_to(appeal.decision.appeal_until + timedelta(minutes=1)):
        assert closing.close_after_window(appeal.decision)


def test_an_order_is_not_decided_before_it_is_verified(platform: Any) -> None:
    case = entered_order(platform)
    officer = platform.actor("officer")
    review.claim(officer, case.id)
    with pytest.raises(BadInput):
        decide.decide(officer, case.id, decision_input())
    assert not Measure.objects.exists()


def test_who_entered_an_order_does_not_verify_it(platform: Any) -> None:
    both = replace(platform.actor("officer"), capabilities=frozenset({"cases.view", "orders.enter", "orders.verify"}))
    case = orders.enter_order(both, order_input(platform))
    with pytest.raises(NotAllowed):
        orders.verify_order(both, case.id, "Tự xem")
    with pytest.raises(NotAllowed):
        orders.verify_order(platform.actor("moderator"), case.id, "Không có quyền")
    assert review.claim_next(both) is None
    assert orders.verify_order(platform.actor("verifier"), case.id, "Gọi lại số của Sở").phase == "verified"


def test_a_verification_says_how(platform: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        orders.verify_order(platform.actor("verifier"), entered_order(platform).id, " ")
    assert refusal.value.where == "how"


def test_an_order_on_paper_comes_with_its_document(platform: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        entered_order(platform, channel="document", document_id=None)
    assert refusal.value.where == "document"
    assert entered_order(platform, channel="phone", document_id=None).due_at, "a call's clock can't wait for paper"


def test_what_is_not_clear_is_asked_back_while_the_clock_runs(platform: Any) -> None:
    case = entered_order(platform)
    verifier = platform.actor("verifier")
    orders.query_order(verifier, case.id, "Bài nào trong ba bài?")
    page = queries.case_page(verifier, case.id)
    assert page.case.phase == "ambiguous"
    assert any(view.clock.stopped_at is None for view in page.clocks)
    assert page.case.due_at
    orders.return_order(verifier, case.id, "Không xác minh được người ký.")
    page = queries.case_page(verifier, case.id)
    assert page.case.phase == "closed"
    assert not any(view.clock.stopped_at is None for view in page.clocks)
    assert [notice.kind for notice in page.notices] == [
        "order_received_requester",
        "order_queried_requester",
        "order_returned_requester",
    ]


def test_the_person_affected_learns_who_asked_and_on_what_clause(platform: Any) -> None:
    case = verified_order(platform)
    officer = platform.actor("officer")
    review.claim(officer, case.id)
    decision = decide.decide(officer, case.id, decision_input())
    body = Notice.objects.get(decision=decision, role="affected").body
    assert "Sở Văn hoá và Thể thao" in body
    assert "12/SVHTT" in body
    assert "khoản 6 Điều 35" in body


# ── 7: reporters stay confidential; children get the stricter path; numbers decide nothing ───────────────────────────


def test_nothing_that_leaves_tells_who_reported(platform: Any) -> None:
    integration(platform)
    words = ("Nguyễn Thị Lan", "lan@example.vn", "Tôi là hàng xóm số 12")
    filed = report(platform, reporter_name=words[0], reporter_email=words[1], text=words[2])
    second = report(platform, address=filed.case.page.address, reporter_name="Trần Văn Hai")
    decision = decided(platform, filed)
    told = [str(queries.measure_order(decision.carried_out.id, "apply"))]
    reference, secret = door(decision)
    told.append(str(queries.status(reference, secret)))
    told.append(str(queries.status(second.report.reference, second.secret)))
    told += [str(message.payload) for message in Message.objects.filter(channel="webhook")]
    for text in told:
        for word in (*words, "Trần Văn Hai", filed.report.reference, str(filed.report.reporter_id)):
            assert word not in text


def test_staff_see_reporters_only_with_the_capability(platform: Any) -> None:
    filed = report(platform, reporter_name="Nguyễn Thị Lan", reporter_email="lan@example.vn")
    decided(platform, filed)
    plain = replace(platform.actor("inspector"), capabilities=frozenset({"cases.view"}))
    trusted = replace(plain, capabilities=frozenset({"cases.view", policy.SEE_REPORTERS}))
    assert "Lan" not in str(queries.case_page(plain, filed.case.id).history)
    assert "Lan" not in str([notice.body for notice in queries.case_page(plain, filed.case.id).notices])
    assert queries.case_page(plain, filed.case.id).reports[0].reporter_name == ""
    assert queries.case_page(trusted, filed.case.id).reports[0].reporter_name == "Nguyễn Thị Lan"


def test_the_status_never_tells_of_an_earlier_report(platform: Any) -> None:
    first = report(platform)
    review.claim(platform.actor("moderator"), first.case.id)
    second = report(platform, address=first.case.page.address)
    alone = report(platform)

    def said(filed: Any) -> Any:
        view = queries.status(filed.report.reference, filed.secret)
        return replace(view, reference="", page="", received_at=None, by_when=view.by_when - view.received_at)

    with translation.override("vi"):
        assert said(second) == said(alone)
    assert queries.status(first.report.reference, first.secret).phase == "under_review"


def test_where_a_child_is_concerned_fewer_see_and_all_see_it_first(platform: Any) -> None:
    with clock.set_to(clock.now()):
        earlier = report(platform)
        filed = report(platform, category="child", file_ids=[stored_file(platform).id], text="Chuyện của cháu")
    inspector, moderator = platform.actor("inspector"), platform.actor("moderator")
    page = queries.case_page(inspector, filed.case.id)
    assert (page.reports[0].text, page.evidence) == ("", [])
    assert "Chuyện của cháu" not in str(page.history)
    file_id = filed.report.evidence.get().file_id
    with pytest.raises(NotAllowed):
        queries.evidence_file(inspector, filed.case.id, file_id)
    assert queries.case_page(moderator, filed.case.id).reports[0].text == "Chuyện của cháu"
    assert queries.evidence_file(moderator, filed.case.id, file_id)
    assert [case.id for case in queries.queue(moderator)] == [filed.case.id, earlier.case.id]


def test_how_many_reported_changes_nothing_in_the_queue(platform: Any) -> None:
    first, second = report(platform), report(platform)
    for _ in range(5):
        report(platform, address=second.case.page.address)
    assert [case.id for case in queries.queue(platform.actor("moderator"))] == [first.case.id, second.case.id]


# ── 1, 3: nothing but a measure lowers what people see; grounds of national security are weighed by people ──────────

SECURITY = next(ground.id for ground in vietnam().grounds_on(date(2026, 11, 1)) if ground.national_security)


def test_no_machine_brings_a_ground_of_national_security(platform: Any) -> None:
    can = frozenset({"cases.view", "cases.review", "cases.decide"})
    machine = Actor(ActorKind.MACHINE, platform.organisation.id, new_id(), can)
    filed = report(platform)
    review.claim(machine, filed.case.id)
    for step in (
        lambda: review.confirm_violation(machine, filed.case.id, SECURITY, "Mô hình gắn cờ."),
        lambda: decide.decide(machine, filed.case.id, decision_input(ground=SECURITY)),
        lambda: decide.decide(machine, filed.case.id, decision_input("no_action", ground=SECURITY)),
        lambda: proposals.propose(machine, filed.case.id, decision_input("limit_reach", ground=SECURITY, days=60)),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert not Act.objects.filter(subject_id=filed.case.id, type__startswith="decision.").exists()
    review.release(machine, filed.case.id)
    person = platform.actor("moderator")
    review.claim(person, filed.case.id)
    assert decide.decide(person, filed.case.id, decision_input(ground=SECURITY)).decided_by == person.ref


def test_no_register_and_no_preset_carries_a_ground_of_national_security(platform: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        presets.write(platform.actor("moderator"), presets.PresetInput("Mẫu", SECURITY, "Có dấu hiệu.", "remove"))
    assert refusal.value.where == "ground"
    # What was decided elsewhere is told as text and founds no decision; a lock that rests on it is a person's decision.
    # A list for screening names a ground for each entry, and is refused where screening may not look for it.
    told = {fields.STRIKES, fields.LISTS}
    assert not pack_ground(ClauseRef.parse(SECURITY)).screening_allowed
    assert not [name for code, kind in KINDS.items() if code not in told for name in kind.fields if "ground" in name]


def test_only_measures_set_what_lowers_visibility_or_use() -> None:
    """Whatever changes the state of a page or an account goes through the measures in force."""
    source = Path(anlanh.__file__).parent
    callers = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\bset_(?:holder_)?state\(", path.read_text())
    }
    assert callers == {"work/registry/actions.py", "work/casework/effects.py"}
    for kind in measures.KINDS.values():
        assert kind.lowers or not (kind.page_state or kind.holder_state or kind.statement)


def test_the_api_takes_no_other_downgrade(platform: Any) -> None:
    """Its writing operations know no field by which something could be hidden, limited or locked but a measure."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    lowering = re.compile(r"state|visib|hidden|hide|reach|demot|rank|block|suspend|lock|remove|label|monet", re.I)
    found = {
        (operation["operationId"], name)
        for by_method in schema["paths"].values()
        for method, operation in by_method.items()
        if method != "get"
        for name in _fields(schema, operation.get("requestBody", {}))
        if lowering.search(name)
    }
    assert {operation for operation, _name in found} <= {"decide"}, found
    for name in measures.KINDS:
        assert name in str(schema["components"]["schemas"]["DecisionIn"])


def _fields(schema: dict[str, Any], body: dict[str, Any]) -> set[str]:
    """Every field that a body can have, at whatever depth."""
    text, found, seen = str(body), set(), set()
    while names := set(re.findall(r"#/components/schemas/(\w+)", text)) - seen:
        seen |= names
        described = [schema["components"]["schemas"][name] for name in names]
        found |= {field for one in described for field in one.get("properties", {})}
        text = str(described)
    return found
