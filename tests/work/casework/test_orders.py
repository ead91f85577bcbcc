"""An order typed in by staff, from its receipt to its end."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.outbox.models import Task
from anlanh.law.clocks import clocks_for
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, orders, review
from anlanh.work.casework.models import Case
from tests.work.casework.steps_of import (
    carried_out,
    decision_input,
    door,
    entered_order,
    integration,
    order_input,
    report,
    verified_order,
)


def test_clocks_start_when_the_order_came_not_when_it_was_typed(platform: Any) -> None:
    nine = clock.now() - timedelta(hours=2)
    case = entered_order(platform, received_at=nine, requester="public-security", emergency=True)
    answer = clocks_for(
        vietnam(),
        event="order.received",
        actor=platform.organisation.kind,
        at=nine,
        requester="public-security",
        emergency=True,
    )
    assert {(entry.rule, entry.due_at) for entry in Clock.objects.filter(subject_id=case.id)} == {
        (entry.id, entry.due_at) for entry in answer.clocks
    }
    act = Act.objects.get(subject_id=case.id, type="order.received")
    assert act.happened_at == nine < act.recorded_at
    line = queries.case_page(platform.actor("verifier"), case.id).history[0]
    assert line.late


def test_an_earlier_time_needs_a_reason(platform: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        entered_order(platform, backdating_reason="")
    assert refusal.value.where == "backdating_reason"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"words": ""}, "words"),
        ({"office": " "}, "office"),
        ({"channel": "chim"}, "channel"),
        ({"category": "x"}, "category"),
        ({"requester": "x"}, "requester"),
        ({"received_at": clock.now() + timedelta(days=1)}, "received_at"),
        ({"address": "javascript:x"}, "address"),
    ],
)
def test_what_is_wrong_is_named(platform: Any, fields: dict, where: str) -> None:
    with pytest.raises(BadInput) as refusal:
        entered_order(platform, **fields)
    assert refusal.value.where == where


def test_entering_needs_the_capability(platform: Any) -> None:
    with pytest.raises(NotAllowed):
        orders.enter_order(platform.actor("moderator"), order_input(platform))


def test_the_words_of_an_order_are_not_clear(platform: Any) -> None:
    case = entered_order(platform, clause="khoản 6 Điều 35 Nghị định 147")
    leaf = Act.objects.get(subject_id=case.id, type="order.received").leaf
    for word in ("Sở Văn hoá", "Trần Văn B", "12/SVHTT", "Đề nghị", "Điều 35"):
        assert word not in leaf


def test_from_the_order_to_the_restoration(platform: Any) -> None:
    integration(platform)
    case = verified_order(platform)
    officer = platform.actor("officer")
    assert review.claim_next(officer).id == case.id
    decision = decide.decide(officer, case.id, decision_input())
    assert decision.found_by == "order"
    carried_out(platform, decision)
    case = Case.objects.get(id=case.id)
    assert case.phase == "executed"
    assert not Clock.objects.filter(subject_id=case.id, stopped_at__isnull=True, obligation="remove").exists()
    reference, secret = _door(decision)
    appeal = appeals.file_appeal(reference, secret, "Yêu cầu nhầm bài.")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Địa chỉ trong văn bản là bài khác.")
    carried_out(platform, decision, "reverse")
    page = queries.case_page(officer, case.id)
    assert page.case.phase == "closed"
    assert [notice.kind for notice in page.notices if notice.role == "requester"] == [
        "order_received_requester",
        "measure_requester",
        "applied_requester",
        "appeal_reversed_requester",
        "restored_requester",
    ]
    assert Task.objects.filter(kind="letter_by_hand").count() == 5


def _door(decision: Any) -> tuple[str, str]:
    """The door as the letter to the person affected tells it, once the measure itself is done."""
    from anlanh.work.casework import numbers

    access = decision.case.accesses.get()
    return access.reference, numbers.secret_for(access.id)


def test_a_refused_order_is_answered_and_over(platform: Any) -> None:
    case = verified_order(platform)
    officer = platform.actor("officer")
    review.claim(officer, case.id)
    decide.decide(officer, case.id, decision_input("no_action"))
    case.refresh_from_db()
    assert case.phase == "closed"
    assert not Clock.objects.filter(subject_id=case.id, stopped_at__isnull=True).exists()
    assert case.notices.filter(role="requester", kind="kept_requester").exists()


def test_steps_of_orders_do_not_fit_reports(platform: Any) -> None:
    filed = report(platform)
    with pytest.raises(BadInput):
        orders.verify_order(platform.actor("verifier"), filed.case.id, "x")


def test_a_door_of_an_unknown_person_is_handed_on_by_the_platform(platform: Any) -> None:
    case = verified_order(platform)
    officer = platform.actor("officer")
    review.claim(officer, case.id)
    decision = decide.decide(officer, case.id, decision_input())
    assert queries.status(*door(decision)).role == "affected"
    notice = decision.notices.get(role="affected")
    by_hand = queries.letter_by_hand(officer, notice.id)
    assert _door(decision)[1] in by_hand["body"]
