"""The plan of work: what it makes of a case, in which order cases are begun, who sees which queue."""

import uuid
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.server.worker import drain
from anlanh.work.casework import queries
from anlanh.work.casework.actions import review
from anlanh.work.casework.desk import actions, placing
from anlanh.work.casework.desk.actions import QueueInput, write_plan, write_queue
from anlanh.work.casework.desk.plans import DANGER, DEFAULT, GRAVE, LIFE, ORDINARY, TIERS, Facts, Plan, Rule, gravity_of
from anlanh.work.casework.models import Case
from anlanh.work.casework.queries import counting
from tests.builders import Office
from tests.work.casework.steps_of import entered_order, report

facts = st.builds(
    Facts,
    kind=st.sampled_from(["report", "order"]),
    category=st.sampled_from(["fraud", "child"]),
    child=st.booleans(),
    emergency=st.booleans(),
    language=st.sampled_from(["vi", "en"]),
    page_kind=st.sampled_from(["post", "video"]),
)
rules = st.builds(
    Rule,
    queue=st.uuids() | st.none(),
    tier=st.sampled_from(TIERS),
    kind=st.sampled_from([None, "report", "order"]),
    child=st.sampled_from([None, True, False]),
    language=st.sampled_from([None, "vi"]),
)
plans = st.builds(
    Plan,
    rules=st.lists(rules, max_size=4).map(tuple),
    shares=st.lists(st.integers(0, 80), min_size=3, max_size=3).map(sorted).filter(lambda shares: shares[-1] > 0),
)


@given(plan=plans, case=facts)
def test_no_rule_makes_a_case_less_grave(plan: Plan, case: Facts) -> None:
    queue, tier = plan.place(case)
    assert tier <= gravity_of(case)
    fitting = [rule for rule in plan.rules if rule.fits(case)]
    assert queue == (fitting[0].queue if fitting else None)


@given(plan=plans, hours=st.integers(1, 2000), tier=st.sampled_from(TIERS))
def test_what_is_soon_due_was_to_be_begun_before(plan: Plan, hours: int, tier: int) -> None:
    """Lists and counts look only at the head of a queue; this is why they miss nothing that is late."""
    start = clock.now()
    span = (start, start + timedelta(hours=hours))
    begin = plan.begin_by(tier, start, span)
    soon = span[1] - (span[1] - span[0]) / 5
    assert begin <= soon
    assert (begin < start) == (tier == LIFE)
    assert begin <= plan.begin_by(ORDINARY, start, span)


@given(rule=rules)
def test_a_rule_is_kept_as_it_was_given(rule: Rule) -> None:
    assert Rule.read(rule.kept()) == rule


def test_an_overdue_order_comes_before_a_childs_case_of_this_hour(platform: Office) -> None:
    start = clock.now()
    with clock.set_to(start):
        order = entered_order(platform, received_at=start)
    late = Case.objects.get(id=order.id).due_at + timedelta(hours=1)
    with clock.set_to(late - timedelta(hours=12)):
        ordinary = report(platform)
    with clock.set_to(late):
        child = report(platform, category="child")
        found = [case.id for case in queries.queue(platform.actor("moderator"))]
    assert found == [order.id, child.case.id, ordinary.case.id]
    assert list(Case.objects.order_by("begin_by").values_list("tier", flat=True)) == [GRAVE, DANGER, ORDINARY]


def test_what_has_no_clock_is_begun_too(platform: Office) -> None:
    filed = report(platform)
    case = Case.objects.get(id=filed.case.id)
    placing.set_clock(case, DEFAULT, None)
    assert (case.due_at, case.mark_at) == (None, None)
    assert case.begin_by == case.opened_at + timedelta(hours=DEFAULT.patience_hours)


def test_the_first_rule_that_fits_decides_and_a_change_sorts_what_waits(platform: Office) -> None:
    admin = platform.actor("admin")
    fraud = write_queue(admin, QueueInput(name="Lừa đảo"))
    english = write_queue(admin, QueueInput(name="Tiếng Anh", position=1))
    before = report(platform)
    write_plan(admin, Plan(rules=(Rule(queue=english.id, language="en"), Rule(queue=fraud.id, category="fraud"))))
    after = [report(platform), report(platform, language="en"), report(platform, category="privacy")]
    queues = [Case.objects.get(id=filed.case.id).queue_id for filed in (before, *after)]
    assert queues == [None, fraud.id, english.id, None]
    with mock.patch("anlanh.work.casework.desk.sorting.AT_ONCE", 2):
        drain()
    assert Case.objects.get(id=before.case.id).queue_id == fraud.id
    moderator = platform.actor("moderator")
    assert {case.id for case in queries.queue(moderator, queue_id=fraud.id)} == {before.case.id, after[0].case.id}
    counts = queries.counts(moderator)
    assert (counts[str(fraud.id)].total, counts[str(english.id)].total, counts["all"].total) == (2, 1, 4)


def test_each_version_of_the_plan_is_an_act_and_the_last_one_holds(platform: Office) -> None:
    admin = platform.actor("admin")
    first = write_plan(admin, Plan(marks=(50, 80)))
    second = write_plan(admin, Plan(marks=(40,), on_call=admin.ref))
    first.refresh_from_db()
    assert first.ended_at is not None
    assert placing.plan_of(platform.organisation.id) == Plan(marks=(40,), on_call=admin.ref)
    acts = Act.objects.filter(type="plan.written").order_by("seq")
    assert [(act.subject_id, act.clear["version"]) for act in acts] == [(first.plan, 1), (first.plan, 2)]
    assert second.version == 2


@pytest.mark.parametrize(
    ("plan", "where"),
    [
        (Plan(shares=(0, 90, 80)), "shares"),
        (Plan(shares=(0, 50)), "shares"),
        (Plan(shares=(0, 50, 90)), "shares"),
        (Plan(marks=(50, 180)), "marks"),
        (Plan(patience_hours=0), "patience_hours"),
        (Plan(rules=(Rule(), Rule(category="nothing"))), "rules.2.category"),
        (Plan(rules=(Rule(tier=7),)), "rules.1.tier"),
        (Plan(rules=(Rule(queue=uuid.UUID(int=7)),)), "rules.1.queue"),
        (Plan(on_call=uuid.UUID(int=7)), "on_call"),
    ],
)
def test_a_plan_that_cannot_hold_is_refused(platform: Office, plan: Plan, where: str) -> None:
    with pytest.raises(BadInput) as refusal:
        write_plan(platform.actor("admin"), plan)
    assert refusal.value.where == where


def test_a_queue_that_others_work_on_is_not_seen(platform: Office) -> None:
    admin, moderator, officer = (platform.actor(name) for name in ("admin", "moderator", "officer"))
    queue = write_queue(admin, QueueInput(name="Kín", seen_by=["order_officer"]))
    write_plan(admin, Plan(rules=(Rule(queue=queue.id, category="privacy"),)))
    filed = report(platform, category="privacy")
    assert queries.queue(officer).get().id == filed.case.id
    assert not queries.queue(moderator).exists()
    assert queries.search(moderator, filed.case.number) == []
    assert queries.counts(moderator)["all"].total == 0
    assert review.claim_next(moderator) is None
    for look in (lambda: queries.case_page(moderator, filed.case.id), lambda: review.claim(moderator, filed.case.id)):
        with pytest.raises(NotFound):
            look()
    assert review.claim_next(officer).id == filed.case.id


def test_a_queue_is_read_by_all_and_worked_on_by_some(platform: Office) -> None:
    admin, moderator, officer = (platform.actor(name) for name in ("admin", "moderator", "officer"))
    queue = write_queue(admin, QueueInput(name="Việc của tổ lệnh", taken_by=["order_officer"]))
    write_plan(admin, Plan(rules=(Rule(queue=queue.id, category="privacy"),)))
    filed, elsewhere = report(platform, category="privacy"), report(platform)
    assert queries.case_page(moderator, filed.case.id)
    with pytest.raises(NotAllowed):
        review.claim(moderator, filed.case.id)
    assert review.claim_next(moderator, queue.id) is None
    assert review.claim_next(moderator).id == elsewhere.case.id
    assert review.claim_next(officer, queue.id).id == filed.case.id


def test_a_retired_queue_lets_its_cases_go(platform: Office) -> None:
    admin = platform.actor("admin")
    queue = write_queue(admin, QueueInput(name="Tạm"))
    write_plan(admin, Plan(rules=(Rule(queue=queue.id),)))
    filed = report(platform)
    with pytest.raises(BadInput):
        actions.retire_queue(admin, queue.id)
    write_plan(admin, Plan())
    actions.retire_queue(admin, queue.id)
    assert Case.objects.get(id=filed.case.id).queue_id is None
    with pytest.raises(NotFound):
        write_queue(admin, QueueInput(name="Lại"), queue.id)


def test_only_administrators_arrange_queues(platform: Office) -> None:
    for attempt in (lambda one: write_queue(one, QueueInput(name="X")), lambda one: write_plan(one, Plan())):
        with pytest.raises(NotAllowed):
            attempt(platform.actor("moderator"))


@pytest.mark.parametrize("given", [{"name": " "}, {"seen_by": ["boss"]}, {"hidden": ["shout"]}, {"name": "x" * 61}])
def test_a_queue_that_cannot_be_is_refused(platform: Office, given: dict) -> None:
    with pytest.raises(BadInput):
        write_queue(platform.actor("admin"), replace(QueueInput(name="Được"), **given))


def test_a_long_list_is_counted_at_its_head_alone(platform: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for _ in range(4):
        report(platform)
    counts = queries.counts(platform.actor("moderator"))
    assert (counts["all"].running, counts["all"].more) == (3, True)
    assert counts["orders"] == queries.Waiting()
