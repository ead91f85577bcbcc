"""Orders through any sequence of steps: decided, taken back, kept secret for a while, reviewed, recalled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions import decide, measures, orders, review, undoing
from anlanh.work.casework.authorities import actions
from anlanh.work.casework.authorities.actions.orders import Recall
from anlanh.work.casework.authorities.models import Paper
from anlanh.work.casework.models import Case, Decision, Measure, Notice
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.casework.withholding import actions as withholding
from anlanh.work.casework.withholding.models import Withholding
from tests.builders import Office
from tests.effort import examples
from tests.work.casework.steps_of import GROUND, decision_input, entered_order, fresh_address

WHO = st.sampled_from(["officer", "officer", "second", "verifier", "moderator", "inspector"])
DONE = {"applied", "ordered"}


class Orders(RuleBasedStateMachine):
    """One order with two addresses, and everybody who has to do with it."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        self.now = clock.now()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._transaction.__exit__(None, None, None)

    def attempt(self, step: Callable[[], Any]) -> None:
        """Does a step at the machine's time; what is refused must have changed nothing."""
        with clock.set_to(self.now):
            try:
                with transaction.atomic():
                    step()
            except (BadInput, NotAllowed, NotFound):
                pass

    def person(self, who: str) -> Any:
        return self.office.actor(who)

    def cases(self) -> list[Case]:
        return list(Case.objects.filter(kind="order").order_by("id"))

    @initialize(verified=st.booleans())
    def open(self, verified: bool) -> None:
        first = entered_order(self.office)
        second = actions.add_address(self.person("officer"), first.id, fresh_address())
        self.now = clock.now() + timedelta(seconds=1)
        for case in (first, second) if verified else (first,):
            self.attempt(lambda case=case: orders.verify_order(self.person("verifier"), case.id, "Gọi lại."))

    @rule(seconds=st.sampled_from([1, 25, 3600, 86400 * 12, 86400 * 31]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(place=st.integers(0, 1), measure=st.sampled_from(["remove", "remove", "restrict", "no_action"]))
    def decide(self, place: int, measure: str) -> None:
        case, officer = self.cases()[place], self.person("officer")
        fields = {"scope": "vietnam"} if measure == "restrict" else {}
        self.attempt(lambda: review.claim(officer, case.id))
        self.attempt(lambda: decide.decide(officer, case.id, decision_input(measure, **fields)))

    @rule(place=st.integers(0, 1), who=WHO)
    def take_back(self, place: int, who: str) -> None:
        for decision in Decision.objects.filter(case=self.cases()[place], overturned_at__isnull=True):
            self.attempt(
                lambda made=decision: undoing.withdraw(self.person(who), made.case_id, made.id, "slip"),
            )

    @rule(step=st.sampled_from(["apply", "apply", "reverse"]))
    def carry_out(self, step: str) -> None:
        for measure in Measure.objects.all():
            self.attempt(
                lambda measure=measure: measures.carried_out_by_hand(self.person("officer"), measure.id, step, "Xong")
            )

    @rule(place=st.integers(0, 1), who=WHO, days=st.sampled_from([5, 30, 31]))
    def ask_to_keep_back(self, place: int, who: str, days: int) -> None:
        ref = str(vietnam().grounds[GROUND].ref)
        self.attempt(lambda: withholding.ask(self.person(who), self.cases()[place].id, ref, "Điều tra.", days))

    @rule(who=WHO, approve=st.booleans())
    def settle_keeping_back(self, who: str, approve: bool) -> None:
        for row in Withholding.objects.filter(settled_at__isnull=True):
            way = withholding.approve if approve else lambda *given: withholding.refuse(*given, "Không đủ.")
            self.attempt(lambda row=row, way=way: way(self.person(who), row.case_id, row.id))

    @rule()
    def tell_in_time(self) -> None:
        for row in Withholding.objects.filter(outcome="approved", ended_at__isnull=True):
            with clock.set_to(self.now):
                assert withholding.end_in_time(row) == (row.until <= self.now)

    @rule(place=st.integers(0, 1), who=WHO, outcome=st.sampled_from(["kept", "beyond"]))
    def review(self, place: int, who: str, outcome: str) -> None:
        self.attempt(lambda: actions.review(self.person(who), self.cases()[place].id, outcome, "So với văn bản."))

    @rule(place=st.integers(0, 1), who=WHO)
    def object_to(self, place: int, who: str) -> None:
        before = list(Clock.objects.order_by("id").values())
        self.attempt(lambda: actions.object_to(self.person(who), self.cases()[place].id, "Sai thẩm quyền."))
        assert list(Clock.objects.order_by("id").values()) == before

    @rule(place=st.integers(0, 1), who=WHO, likely=st.sampled_from([True, False, False, False]))
    def recall(self, place: int, who: str, likely: bool) -> None:
        if likely:
            given = Recall("recalled", "Rút yêu cầu.", "Gọi lại.")
            self.attempt(lambda: actions.recall(self.person(who), self.cases()[place].id, given))

    @invariant()
    def nothing_stands_under_an_order_that_was_taken_back(self) -> None:
        if Paper.objects.filter(recalled_at__isnull=False).exists():
            standing = Decision.objects.filter(overturned_at__isnull=True).exclude(measure="no_action")
            assert not standing.exists()
            assert not Measure.objects.filter(state__in=DONE).exists()
            assert not Clock.objects.filter(stopped_at__isnull=True).exists()

    @invariant()
    def who_is_affected_is_told_or_two_people_keep_it_back(self) -> None:
        for decision in Decision.objects.filter(withdrawn_at__isnull=True).exclude(measure="no_action"):
            told = Notice.objects.filter(decision=decision, role="affected").exists()
            kept = Withholding.objects.filter(decision=decision, outcome="approved", ended_at__isnull=True).first()
            assert told or kept or decision.overturned_at
            if kept:
                assert kept.asked_by != kept.settled_by
                assert kept.until - kept.settled_at <= timedelta(days=30)

    @invariant()
    def what_was_taken_back_left_nothing(self) -> None:
        for decision in Decision.objects.filter(withdrawn_at__isnull=False):
            assert not Notice.objects.filter(decision=decision).exists()
            assert not Measure.objects.filter(decision=decision).exists()

    @invariant()
    def the_history_has_no_gap(self) -> None:
        for case in self.cases():
            seqs = list(Act.objects.filter(subject_id=case.id).order_by("seq").values_list("seq", flat=True))
            assert seqs == list(range(1, len(seqs) + 1))


@pytest.mark.slow
@pytest.mark.django_db
def test_any_sequence_of_steps(platform: Office) -> None:
    preferences.set_preferences(platform.actor("admin"), undo_seconds=20)
    Orders.office = platform
    pack = vietnam()
    ref = pack.grounds[GROUND].ref
    marked = replace(pack, clauses={**pack.clauses, ref: replace(pack.clauses[ref], forbids_notice=True)})
    with mock.patch("anlanh.work.casework.steps.pack", return_value=marked):
        run_state_machine_as_test(
            Orders,
            settings=settings(
                max_examples=examples(15),
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
            ),
        )
