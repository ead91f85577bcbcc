"""Appeals after their time, appeals right in part, appeals not answered in time, and who may not hear them."""

from datetime import timedelta

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.base.identity import actions as identity
from anlanh.base.identity import queries as people
from anlanh.base.outbox.models import Task
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import measures as kinds
from anlanh.work.casework import numbers, queries, reactions, steps
from anlanh.work.casework.actions import appeals, decide, measures, review
from anlanh.work.casework.actions.intake import Filed
from anlanh.work.casework.models import Access, Appeal, Case, Decision, Measure, Notice
from anlanh.work.casework.redress import late
from anlanh.work.casework.redress.models import LateAppeal
from tests.builders import Office
from tests.work.casework.steps_of import decided, decision_input, report

pytestmark = pytest.mark.django_db

AFTER = timedelta(days=120)


def affected(case: Case) -> tuple[str, str]:
    access = Access.objects.get(case=case)
    return access.reference, numbers.secret_for(access.id)


def closed_case(platform: Office, measure: str = "remove") -> tuple[Filed, tuple[str, str]]:
    filed = report(platform)
    decision = decided(platform, filed, measure)
    if measure != "no_action":
        measures.carried_out_by_hand(platform.actor("moderator"), decision.carried_out.id, "apply", "Đã gỡ.")
    door = affected(filed.case) if measure != "no_action" else (filed.report.reference, filed.secret)
    return filed, door


@pytest.mark.parametrize("measure", ["remove", "no_action"])
def test_a_late_appeal_is_let_in_and_then_heard_like_any_other(platform: Office, measure: str) -> None:
    filed, door = closed_case(platform, measure)
    with clock.set_to(clock.now() + AFTER):
        reactions.close_after_window(Act.objects.get(type="decision.made"))
        assert Case.objects.get(id=filed.case.id).phase == "closed"
        with pytest.raises(BadInput):
            appeals.file_appeal(*door, "Tôi không đồng ý.")
        assert queries.status(*door).can_ask_late
        asked = late.ask_late(*door, "Tôi không đồng ý.", "Tôi nằm viện ba tháng.")
        assert not queries.status(*door).can_ask_late
        assert Task.objects.filter(kind="late_appeal", state="open").count() == 1
        with pytest.raises(NotAllowed):
            late.admit(platform.actor("moderator"), asked.id)
        appeal = late.admit(platform.actor("appeals"), asked.id)
        assert queries.status(*door).phase == "under_appeal"
        assert Act.objects.get(type="appeal.filed").clear["late"] is True
        assert not Task.objects.filter(kind="late_appeal", state="open").exists()
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Bài viết đúng là lừa đảo.")
        view = queries.status(*door)
        assert (view.answers[0].outcome, view.answers[0].reasons) == ("upheld", "Bài viết đúng là lừa đảo.")


def test_a_late_appeal_is_refused_with_reasons_that_its_sender_reads(platform: Office) -> None:
    _filed, door = closed_case(platform)
    with clock.set_to(clock.now() + AFTER):
        asked = late.ask_late(*door, "Tôi không đồng ý.", "Tôi quên.")
        with pytest.raises(BadInput) as missing:
            late.refuse(platform.actor("appeals"), asked.id, "  ")
        assert missing.value.where == "reasons"
        late.refuse(platform.actor("appeals"), asked.id, "Quên không phải trở ngại khách quan.")
        view = queries.status(*door)
        assert view.answers[0].outcome == "refused"
        assert "trở ngại khách quan" in view.notices[0].body
        with pytest.raises(BadInput):
            late.ask_late(*door, "Lần nữa", "Vì tôi muốn")
        with pytest.raises(BadInput):
            late.admit(platform.actor("appeals"), asked.id)


def test_nobody_asks_late_while_there_is_time(platform: Office) -> None:
    _filed, door = closed_case(platform)
    with pytest.raises(BadInput):
        late.ask_late(*door, "Tôi không đồng ý.", "Tôi vội.")
    assert not LateAppeal.objects.exists()


def test_right_in_part_puts_a_lighter_measure_in_place(platform: Office) -> None:
    filed, door = closed_case(platform)
    appeal = appeals.file_appeal(*door, "Chỉ một câu sai.")
    given = decision_input("label", label="Có một câu sai")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "partial", "Một câu sai, phần còn lại đúng.", given)
    case = Case.objects.get(id=filed.case.id)
    old, new = Decision.objects.get(overturned_at__isnull=False), appeals.standing_decision(case)
    assert (new.replaces, new.measure, case.phase) == (old, "label", "decided_action")
    assert Measure.objects.get(decision=old).state == Measure.State.REVERSAL_ORDERED
    kinds = set(Notice.objects.filter(role="affected").values_list("kind", flat=True))
    assert {"appeal_partial", "measure_affected"} <= kinds
    moderator = platform.actor("moderator")
    measures.carried_out_by_hand(moderator, Measure.objects.get(decision=old).id, "reverse", "Đã hiện lại.")
    measures.carried_out_by_hand(moderator, Measure.objects.get(decision=new).id, "apply", "Đã gắn nhãn.")
    assert "restored_affected" not in set(Notice.objects.values_list("kind", flat=True)), "it is labelled now"
    case.page.refresh_from_db()
    assert case.page.state == "labelled"
    view = queries.status(*door)
    assert view.can_appeal, "the lighter decision can be appealed against in turn"
    assert view.answers[0].outcome == "partial"


@pytest.mark.parametrize(
    ("measure", "terms"), [("remove", {}), ("end_account", {}), ("suspend", {"days": 3}), ("no_action", {})]
)
def test_an_appeal_never_ends_in_something_harder(platform: Office, measure: str, terms: dict[str, int]) -> None:
    _filed, door = closed_case(platform)
    appeal = appeals.file_appeal(*door, "Tôi không đồng ý.")
    with pytest.raises((BadInput, NotAllowed)):
        appeals.hear_appeal(
            platform.actor("appeals"), appeal.id, "partial", "Nặng hơn.", decision_input(measure, **terms)
        )
    assert not Appeal.objects.get().decided_at


def test_an_appeal_not_answered_in_time_is_said_and_counted_once(platform: Office) -> None:
    filed, door = closed_case(platform)
    appeal = appeals.file_appeal(*door, "Tôi không đồng ý.")
    due = steps.answer_due(appeal)
    assert Case.objects.get(id=filed.case.id).due_at <= due
    assert queries.status(*door).answer_by == due
    act = Act.objects.get(type="appeal.filed")
    with pytest.raises(Exception, match="not over"):
        reactions.tell_of_overdue_appeal(act)
    with clock.set_to(due + timedelta(minutes=1)):
        reactions.tell_of_overdue_appeal(act)
        reactions.tell_of_overdue_appeal(act)
        overdue = Act.objects.get(type="appeal.overdue")
        assert overdue.clear["appeal"] == str(appeal.id)
        assert "xin lỗi" in queries.status(*door).notices[0].body
        assert Task.objects.filter(kind="appeal_overdue", state="open").count() == 1
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Bạn đúng.")
        assert not Task.objects.filter(kind="appeal_overdue", state="open").exists()


def test_who_decided_through_a_key_can_not_hear_the_appeal_as_themself(platform: Office) -> None:
    admin = platform.actor("admin")
    both = ["administrator", "appeals_officer"]
    identity.change_roles(admin, platform.members["admin"].ref, both)
    for nickname in ("registrar", "inspector"):
        identity.change_roles(platform.actor("admin"), platform.members[nickname].ref, ["appeals_officer"])
    key, secret = identity.issue_credential(
        platform.actor("admin"), "K", ["cases.view", "cases.review", "cases.decide"], platform.members["registrar"].ref
    )
    machine = people.actor_for_bearer(secret)
    filed = report(platform)
    review.claim(machine, filed.case.id)
    decide.decide(machine, filed.case.id, decision_input())
    appeal = appeals.file_appeal(*affected(filed.case), "Tôi không đồng ý.")
    for nickname in ("admin", "registrar"):
        with pytest.raises(NotAllowed):
            appeals.hear_appeal(platform.actor(nickname), appeal.id, "upheld", "Tôi thấy đúng.")
    identity.leave(platform.actor("admin"), platform.members["registrar"].ref, platform.members["inspector"].ref)
    key.refresh_from_db()
    assert key.responsible == platform.members["inspector"].ref
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(platform.actor("inspector"), appeal.id, "upheld", "Tôi thấy đúng.")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Quyết định đúng.")


def test_every_measure_has_its_weight() -> None:
    for code in kinds.KINDS:
        assert kinds.is_lighter("no_action", kinds.Terms(), code, kinds.Terms()) == (code != "no_action")
