"""Accounts with repeated violations: what is counted, the case a person gets, what a reversal takes back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.server.worker import drain
from anlanh.work.casework import numbers, policy, queries
from anlanh.work.casework.actions import appeals, decide, review, undoing
from anlanh.work.casework.models import Access, Case, Decision, Measure, Notice
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.casework.repeats.actions import consider
from anlanh.work.casework.repeats.queries import account_record
from anlanh.work.registry.actions import PageInput, put_page
from anlanh.work.registry.models import Holder
from tests.builders import Office
from tests.work.casework.steps_of import carried_out, decision_input, fresh_address, integration, report

pytestmark = pytest.mark.django_db

ACCOUNT = "https://mang.example/@ha"
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def violation(platform: Office, at: datetime, measure: str = "remove", account: str = ACCOUNT) -> Decision:
    """A decision against one more post of the account."""
    with clock.set_to(at):
        address = fresh_address()
        put_page(platform.actor("registrar"), PageInput(address, holder_address=account, holder_name="Hà"))
        case = report(platform, address=address).case
        review.claim(platform.actor("moderator"), case.id)
        decision = decide.decide(platform.actor("moderator"), case.id, decision_input(measure))
    return decision


def violations(platform: Office, number: int, last: datetime = NOON) -> list[Decision]:
    """So many, a day apart, with what follows from each done."""
    found = []
    for days in reversed(range(number)):
        at = last - timedelta(days=days)
        found.append(violation(platform, at))
        with clock.set_to(at + timedelta(minutes=1)):
            drain()
    return found


def with_undo(platform: Office) -> None:
    """Decisions can be taken back for a while."""
    preferences.set_preferences(platform.actor("admin"), undo_seconds=20)


def holder(platform: Office) -> Holder:
    return Holder.objects.get(organisation=platform.organisation, address=ACCOUNT)


def count_of(platform: Office, at: datetime = NOON) -> int:
    with clock.set_to(at + timedelta(minutes=1)):
        return len(account_record(platform.actor("moderator"), holder(platform).id).violations)


def considered(platform: Office) -> list[Case]:
    return list(Case.objects.filter(organisation=platform.organisation, kind=Case.Kind.REPEAT).order_by("opened_at"))


def locked(platform: Office, at: datetime, days: int = 7) -> Decision:
    """The case on the account decided with a temporary lock that was applied."""
    case = considered(platform)[-1]
    with clock.set_to(at):
        review.claim(platform.actor("moderator"), case.id)
        decision = decide.decide(platform.actor("moderator"), case.id, decision_input("suspend", days=days))
    with clock.set_to(at + timedelta(minutes=2)):
        carried_out(platform, decision)
    return decision


def reversed_on_appeal(platform: Office, decision: Decision, at: datetime) -> None:
    with clock.set_to(at):
        access = Access.objects.get(case=decision.case)
        secret = numbers.secret_for(access.id)
        appeal = appeals.file_appeal(access.reference, secret, "Bài này tôi chỉ dẫn lời người khác.")
        review.claim(platform.actor("appeals"), decision.case_id)
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Bài viết trích dẫn để cảnh báo.")
        drain()


def test_the_number_of_the_law_opens_one_case_with_its_clock_and_locks_nothing(platform: Office) -> None:
    violations(platform, 3)
    (case,) = considered(platform)
    act = Act.objects.get(subject_id=case.id, seq=1)
    assert act.type == "violations.repeated"
    assert act.clear["rule"] == "nd333.16.4.d"
    assert act.clear["violations"] == 3
    assert act.clauses == ["333/2026/NĐ-CP/16.4.d"]
    clock_row = Clock.objects.get(subject_id=case.id)
    assert clock_row.obligation == "lock_account"
    assert clock_row.due_at == case.opened_at + timedelta(hours=24)
    assert holder(platform).state == Holder.State.ACTIVE
    assert not Notice.objects.filter(case=case).exists()
    violations(platform, 1, NOON + timedelta(hours=1))
    assert len(considered(platform)) == 1


def test_who_decided_what_is_counted_does_not_hear_the_appeal_against_the_lock(platform: Office) -> None:
    violations(platform, 3)
    case, at = considered(platform)[-1], NOON + timedelta(hours=1)
    with clock.set_to(at):
        review.claim(platform.actor("second"), case.id)
        decide.decide(platform.actor("second"), case.id, decision_input("suspend", days=7))
        access = Access.objects.get(case=case)
        appeal = appeals.file_appeal(access.reference, numbers.secret_for(access.id), "Tôi chỉ dẫn lời người khác.")
    hears = frozenset({"cases.view", "appeals.hear"})
    assert not policy.may_hear(replace(platform.actor("moderator"), capabilities=hears), appeal)
    assert policy.may_hear(platform.actor("appeals"), appeal)


def test_both_decrees_are_shown_and_said_to_disagree(platform: Office) -> None:
    violations(platform, 3)
    with clock.set_to(NOON + timedelta(minutes=1)):
        record = account_record(platform.actor("moderator"), holder(platform).id)
    assert [one.rule.id for one in record.reached] == ["nd333.16.4.d"]
    assert {one.rule.id for one in record.standings} == {"nd147.35.7", "nd333.16.4.d"}
    assert {question.id for question in record.questions} == {"lock-thresholds", "lock-counting"}


def test_a_decision_that_can_be_taken_back_is_not_counted_yet(platform: Office) -> None:
    with_undo(platform)
    violations(platform, 2)
    at = NOON + timedelta(hours=1)
    decision = violation(platform, at)
    with clock.set_to(at + timedelta(seconds=1)):
        drain()
        assert considered(platform) == []
        undoing.withdraw(platform.actor("moderator"), decision.case_id, decision.id, "slip")
    with clock.set_to(at + timedelta(minutes=5)):
        drain()
    assert considered(platform) == []
    assert count_of(platform, at) == 2


def test_what_lowers_nothing_and_what_others_posted_is_not_counted(platform: Office) -> None:
    violations(platform, 2)
    violation(platform, NOON, "no_action")
    violation(platform, NOON, account="https://mang.example/@lan")
    assert count_of(platform) == 2


def test_a_lock_spends_what_led_to_it(platform: Office) -> None:
    violations(platform, 3)
    locked(platform, NOON + timedelta(hours=2))
    assert holder(platform).state == Holder.State.SUSPENDED
    violations(platform, 2, NOON + timedelta(days=3))
    assert len(considered(platform)) == 1
    violations(platform, 1, NOON + timedelta(days=4))
    assert len(considered(platform)) == 2


def test_the_account_is_told_and_can_appeal(platform: Office) -> None:
    violations(platform, 3)
    decision = locked(platform, NOON + timedelta(hours=2))
    notice = Notice.objects.get(case=decision.case, kind="measure_affected")
    assert "tạm khoá" in notice.body.lower()
    assert "Nhiều nội dung của tài khoản" in notice.body
    reversed_on_appeal(platform, decision, NOON + timedelta(days=1))
    assert Measure.objects.get(decision=decision).state == Measure.State.REVERSAL_ORDERED


def test_a_reversal_that_takes_the_count_away_gives_the_account_back(platform: Office) -> None:
    integration(platform)
    first, *_others = violations(platform, 3)
    lock = locked(platform, NOON + timedelta(hours=2), days=14)
    reversed_on_appeal(platform, first, NOON + timedelta(days=2))
    measure = Measure.objects.get(decision=lock)
    assert measure.state == Measure.State.REVERSAL_ORDERED
    assert measure.ended_at == NOON + timedelta(days=2)
    with clock.set_to(NOON + timedelta(days=2, hours=1)):
        carried_out(platform, lock, "reverse")
    assert holder(platform).state == Holder.State.ACTIVE


def test_a_reversal_that_leaves_enough_leaves_the_lock(platform: Office) -> None:
    first, *_others = violations(platform, 4)
    lock = locked(platform, NOON + timedelta(hours=2), days=14)
    reversed_on_appeal(platform, first, NOON + timedelta(days=2))
    assert Measure.objects.get(decision=lock).state == Measure.State.APPLIED


def test_violations_that_grow_old_give_nothing_back(platform: Office) -> None:
    violations(platform, 3)
    lock = locked(platform, NOON + timedelta(hours=2), days=14)
    other = violation(platform, NOON + timedelta(days=1), account="https://mang.example/@lan")
    with clock.set_to(NOON + timedelta(days=60)):
        drain()
    assert other.case.page.holder_id != holder(platform).id
    assert lock.overturned_at is None
    assert queries.case_page(platform.actor("moderator"), lock.case_id).measures[0].ends_at is not None


def test_the_job_may_run_twice(platform: Office) -> None:
    *_others, last = violations(platform, 3)
    with clock.set_to(NOON + timedelta(minutes=5)):
        assert consider(Decision.objects.get(id=last.id)) is None
    locked(platform, NOON + timedelta(hours=2))
    with clock.set_to(NOON + timedelta(hours=3)):
        assert consider(Decision.objects.get(id=last.id)) is None
    assert len(considered(platform)) == 1


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=4))
def test_the_count_is_that_of_the_decisions_that_stand(platform: Office, story: list[tuple[int, bool]]) -> None:
    with_undo(platform)
    account = f"https://mang.example/@{fresh_address().rsplit('/', 1)[1]}"
    begun = NOON - timedelta(days=60)
    for days, taken_back in story:
        decision = violation(platform, begun + timedelta(days=days), account=account)
        if taken_back:
            with clock.set_to(begun + timedelta(days=days, seconds=1)):
                undoing.withdraw(platform.actor("moderator"), decision.case_id, decision.id, "slip")
    standing = [days for days, taken_back in story if not taken_back]
    found = Holder.objects.get(organisation=platform.organisation, address=account)
    with clock.set_to(NOON):
        record = account_record(platform.actor("moderator"), found.id)
    assert len(record.violations) == len(standing)
    for one in record.standings:
        for number in one.counts:
            assert len(number.counted) == sum(60 - days < number.threshold.within_days for days in standing)
