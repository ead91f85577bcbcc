"""Holding cases: taking, giving back, handing over, and what each person finds in the queues."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity.actions import change_roles
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, review
from anlanh.work.casework.models import Case
from tests.work.casework.steps_of import GROUND, decided, decision_input, door, entered_order, report


def test_a_claim_holds_for_a_quarter_of_an_hour(platform: Any) -> None:
    filed = report(platform)
    first, second = platform.actor("moderator"), platform.actor("second")
    review.claim(first, filed.case.id)
    review.claim(first, filed.case.id)
    with pytest.raises(NotAllowed):
        review.claim(second, filed.case.id)
    assert review.claim_next(second) is None
    with clock.set_to(clock.now() + timedelta(minutes=16)):
        assert review.claim_next(second).id == filed.case.id
    assert Act.objects.filter(subject_id=filed.case.id, type="case.claimed").count() == 2


def test_working_on_a_case_keeps_it(platform: Any) -> None:
    filed = report(platform)
    first, second = platform.actor("moderator"), platform.actor("second")
    review.claim(first, filed.case.id)
    with clock.set_to(clock.now() + timedelta(minutes=10)):
        review.confirm_violation(first, filed.case.id, GROUND, "Đã xem")
    with clock.set_to(clock.now() + timedelta(minutes=20)), pytest.raises(NotAllowed):
        review.claim(second, filed.case.id)


def test_only_who_holds_a_case_decides_it(platform: Any) -> None:
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    with pytest.raises(NotAllowed):
        decide.decide(platform.actor("second"), filed.case.id, decision_input())
    review.release(platform.actor("moderator"), filed.case.id)
    with pytest.raises(NotAllowed):
        decide.decide(platform.actor("moderator"), filed.case.id, decision_input())


def test_only_who_holds_a_case_gives_it_back(platform: Any) -> None:
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    with pytest.raises(NotAllowed):
        review.release(platform.actor("second"), filed.case.id)


def test_the_next_case_is_the_most_urgent_one_that_one_can_do_something_about(platform: Any) -> None:
    with clock.set_to(clock.now() - timedelta(hours=1)):
        earlier = report(platform)
    report(platform)
    unverified = entered_order(platform)
    assert review.claim_next(platform.actor("verifier")).id == unverified.id
    assert review.claim_next(platform.actor("moderator")).id == earlier.case.id
    assert review.claim_next(platform.actor("inspector")) is None
    assert review.claim_next(platform.actor("appeals")) is None


def test_an_appeal_is_next_for_who_may_hear_it(platform: Any) -> None:
    appeal = appeals.file_appeal(*door(decided(platform, report(platform))), "Không đồng ý")
    assert review.claim_next(platform.actor("second")) is None
    assert review.claim_next(platform.actor("appeals")).id == appeal.case_id


def test_handing_over_puts_a_case_aside_for_a_colleague(platform: Any) -> None:
    filed = report(platform)
    first, second = platform.actor("moderator"), platform.actor("second")
    review.claim(first, filed.case.id)
    review.hand_over(first, filed.case.id, second.ref, "Bạn biết tiếng Khmer")
    assert review.claim_next(first) is None
    assert [case.id for case in queries.queue(second, "mine")] == [filed.case.id]
    assert not queries.queue(first, "unclaimed").exists()
    assert queries.case_page(first, filed.case.id).holder_name == "Second"
    assert "Khmer" in queries.case_page(second, filed.case.id).history[-1].text
    assert review.claim_next(second).id == filed.case.id


def test_a_case_goes_to_colleagues_only(platform: Any, other: Any) -> None:
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    with pytest.raises(NotFound):
        review.hand_over(platform.actor("moderator"), filed.case.id, other.members["second"].ref, "")


def test_an_appeal_is_not_handed_to_who_decided(platform: Any) -> None:
    appeal = appeals.file_appeal(*door(decided(platform, report(platform))), "Không đồng ý")
    hearer = platform.actor("appeals")
    review.claim(hearer, appeal.case_id)
    with pytest.raises((BadInput, NotAllowed)):
        review.hand_over(hearer, appeal.case_id, platform.members["moderator"].ref, "")


def test_who_leaves_hands_everything_over(platform: Any) -> None:
    held, aside, done = report(platform), report(platform), report(platform)
    first, second, admin = platform.actor("moderator"), platform.actor("second"), platform.actor("admin")
    decided(platform, done, "no_action")
    review.claim(first, held.case.id)
    review.claim(second, aside.case.id)
    review.hand_over(second, aside.case.id, first.ref, "")
    assert review.hand_over_all(admin, first.ref, second.ref) == 2
    assert {case.id for case in queries.queue(second, "mine")} == {held.case.id, aside.case.id}


@pytest.mark.parametrize("heir", ["registrar", "inspector", "appeals"])
def test_who_cannot_work_on_cases_takes_none_over(platform: Any, heir: str) -> None:
    first = platform.actor("moderator")
    review.claim(first, report(platform).case.id)
    with pytest.raises(BadInput) as fault:
        review.hand_over_all(platform.actor("admin"), first.ref, platform.members[heir].ref)
    assert fault.value.where == "hand_over_to"
    assert queries.queue(first, "mine").count() == 1


def test_who_held_nothing_may_name_anybody(platform: Any) -> None:
    heir = platform.members["registrar"].ref
    assert review.hand_over_all(platform.actor("admin"), platform.actor("moderator").ref, heir) == 0


def test_what_the_heir_s_roles_do_not_cover_goes_back_to_the_queue(platform: Any) -> None:
    admin, first = platform.actor("admin"), platform.members["second"].ref
    change_roles(admin, first, ["moderator", "appeals_officer"])
    both, heir = platform.actor("second"), platform.actor("appeals")
    appeal = appeals.file_appeal(*door(decided(platform, report(platform))), "Không đồng ý")
    held = report(platform, address="https://mang.example/khac")
    review.claim(both, appeal.case_id)
    review.claim(both, held.case.id)
    assert review.hand_over_all(admin, first, heir.ref) == 2
    assert [case.id for case in queries.queue(heir, "mine")] == [appeal.case_id]
    assert not Case.objects.filter(id=held.case.id, assigned_to__isnull=False).exists()


def test_a_look_at_evidence_is_recorded_once_an_hour(platform: Any) -> None:
    filed = report(platform)
    inspector = platform.actor("inspector")
    nine = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    for minutes, looks in ((0, 1), (59, 1), (60, 2)):
        with clock.set_to(nine + timedelta(minutes=minutes)):
            review.look_at_evidence(inspector, filed.case.id)
        assert Act.objects.filter(subject_id=filed.case.id, type="evidence.viewed").count() == looks


def test_a_violation_is_confirmed_once_and_with_facts(platform: Any) -> None:
    filed = report(platform)
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    with pytest.raises(BadInput) as refusal:
        review.confirm_violation(moderator, filed.case.id, GROUND)
    assert refusal.value.where == "facts"
    review.confirm_violation(moderator, filed.case.id, GROUND, "Đã xem")
    with pytest.raises(BadInput):
        review.confirm_violation(moderator, filed.case.id, GROUND, "Đã xem")
    decide.decide(moderator, filed.case.id, decision_input())
    assert Act.objects.filter(subject_id=filed.case.id, type="violation.confirmed").count() == 1


def test_a_closed_case_is_nobodys(platform: Any) -> None:
    filed = report(platform)
    decided(platform, filed, "no_action")
    case = Case.objects.get(id=filed.case.id)
    assert (case.claimed_by, case.assigned_to) == (None, None)
    with pytest.raises(BadInput):
        review.claim(platform.actor("moderator"), case.id)
