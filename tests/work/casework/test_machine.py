"""Any sequence of steps, by anybody, at any time: what must hold, holds.

After each step the acts of the case alone, read against the procedure's table, give the case's phase and its running
clocks; and nothing was decided without ground, reasons and letters.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.law.clocks import clocks_for
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import measures as kinds
from anlanh.work.casework import numbers, steps
from anlanh.work.casework.actions import appeals, decide, measures, proposals, review, undoing
from anlanh.work.casework.actions.intake import bring_in_reports
from anlanh.work.casework.actions.report_input import ReportInput, checked
from anlanh.work.casework.claims import actions as claims
from anlanh.work.casework.claims import standing
from anlanh.work.casework.claims.models import CounterNotice
from anlanh.work.casework.models import Access, Appeal, Case, Decision, Measure, Notice
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.casework.redress import late
from anlanh.work.casework.redress.models import LateAppeal
from anlanh.work.casework.talking import actions as talking
from tests.builders import Office
from tests.effort import examples
from tests.work.casework.steps_of import decision_input, report, stored_file

# Mostly what leads on, so that sequences get far; and now and then what has to be refused.
PEOPLE = st.sampled_from(["holder"] * 6 + ["moderator", "second", "appeals", "inspector"])
WORDS = st.sampled_from(["Có căn cứ."] * 7 + ["  "])
OPEN = {"received", "in_review"}
DECIDED = {"decided_action", "decided_no_action", "appealed_no_action"}
CLAIM = {"work": "Bài hát", "right_holder": "Nhạc sĩ C, tự sáng tác", "standing": "holder", "good_faith": "agreed"}
LENGTHS = {"limit_reach": 30}
APPEALED = {"appealed", "appealed_no_action"}
BESIDE = {
    *("report.contact_confirmed", "evidence.viewed", "message.received", "message.sent", "messages.read"),
    *("late_appeal.filed", "late_appeal.refused", "appeal.overdue"),
}


class Casework(RuleBasedStateMachine):
    """One case and everybody who has to do with it."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        self.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

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

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.get(id=self.case_id)

    def person(self, who: str) -> Any:
        """One of the people, or whoever holds the case."""
        names = {member.ref: name for name, member in self.office.members.items()}
        return self.office.actor(names.get(self.case.claimed_by, "moderator") if who == "holder" else who)

    @initialize(
        start=st.sampled_from(["received", "in_review", "remove", "limit_reach", "no_action"]), appealed=st.booleans()
    )
    def open(self, start: str, appealed: bool) -> None:
        """A case, some way along its path already, so that short sequences reach the far parts too."""
        moderator = self.office.actor("moderator")
        with clock.set_to(self.now):
            self.filed = [report(self.office, category="copyright", details=CLAIM)]
            self.case_id = self.filed[0].case.id
            self.address = self.filed[0].case.page.address
            if start != "received":
                review.claim(moderator, self.case_id)
            if start in {"remove", "limit_reach", "no_action"}:
                decide.decide(moderator, self.case_id, decision_input(start, days=LENGTHS.get(start, 0)))
        if appealed:
            self.now += timedelta(minutes=1)
            self.appeal(self.filed[0].report.reference, self.filed[0].secret, "Không đồng ý")
            self.appeal_of_affected("Nhầm rồi")

    def appeal(self, reference: str, secret: str, text: str) -> None:
        self.attempt(lambda: appeals.file_appeal(reference, secret, text))

    def appeal_of_affected(self, text: str) -> None:
        for access in Access.objects.filter(case_id=self.case_id):
            self.appeal(access.reference, numbers.secret_for(access.id), text)

    @rule(hours=st.sampled_from([1, 30, 24 * 45, 24 * 100]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: Decision.objects.filter(case_id=self.case_id, leaves_at__isnull=False).exists())
    @rule(who=st.sampled_from(["moderator", "moderator", "second"]), seconds=st.sampled_from([1, 1, 1, 19, 20]))
    def take_back(self, who: str, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        for decision in Decision.objects.filter(case_id=self.case_id, leaves_at__isnull=False):
            left = decision.leaves_at <= self.now
            self.attempt(lambda id_=decision.id: undoing.withdraw(self.person(who), self.case_id, id_, "slip"))
            decision.refresh_from_db()
            assert decision.withdrawn_at is None or not left or decision.withdrawn_at < self.now

    @precondition(lambda self: len(self.filed) < 3)
    @rule()
    def report_again(self) -> None:
        with clock.set_to(self.now):
            filed = report(self.office, address=self.address)
        self.filed.append(filed)

    @precondition(lambda self: len(self.filed) < 3)
    @rule(days=st.sampled_from([1, 20]))
    def bring_in(self, days: int) -> None:
        """A row of an old register about the same page, received before the case was opened here."""
        admin = self.office.actor("admin")
        row = ReportInput(
            self.address,
            "copyright",
            "Ghi trong sổ cũ.",
            details=CLAIM,
            via="letter",
            happened_at=self.now - timedelta(days=days),
            backdating_reason="Chuyển từ sổ cũ.",
        )
        with clock.set_to(self.now):
            good = checked(admin, row, self.now, from_register=True)
            self.filed += bring_in_reports(admin, self.office.organisation, [good])

    @rule(who=st.sampled_from(["moderator", "second", "appeals", "inspector"]))
    def claim(self, who: str) -> None:
        self.attempt(lambda: review.claim(self.person(who), self.case_id))

    @precondition(lambda self: self.case.claimed_by)
    @rule(who=PEOPLE)
    def release(self, who: str) -> None:
        self.attempt(lambda: review.release(self.person(who), self.case_id))

    @precondition(lambda self: self.case.claimed_by)
    @rule(who=PEOPLE, to=st.sampled_from(["moderator", "second", "appeals"]))
    def hand_over(self, who: str, to: str) -> None:
        to_ref = self.office.members[to].ref
        self.attempt(lambda: review.hand_over(self.person(who), self.case_id, to_ref, "Nhờ bạn"))

    @precondition(lambda self: self.case.phase in OPEN)
    @rule(who=PEOPLE, facts=WORDS)
    def confirm(self, who: str, facts: str) -> None:
        ground = decision_input().ground
        self.attempt(lambda: review.confirm_violation(self.person(who), self.case_id, ground, facts))

    @precondition(lambda self: self.case.phase in OPEN)
    @rule(
        who=PEOPLE,
        measure=st.sampled_from(["remove", "no_action", "limit_reach"]),
        facts=WORDS,
        subject_fact=WORDS,
        ground=st.booleans(),
    )
    def decide(self, who: str, measure: str, facts: str, subject_fact: str, ground: bool) -> None:
        given = decision_input(measure, facts=facts, subject_fact=subject_fact, days=LENGTHS.get(measure, 0))
        given = given if ground else decision_input(measure, ground="")
        self.attempt(lambda: decide.decide(self.person(who), self.case_id, given))

    @precondition(lambda self: self.case.phase in OPEN)
    @rule(who=PEOPLE, days=st.sampled_from([60, 60, 60, 7]), facts=WORDS)
    def propose(self, who: str, days: int, facts: str) -> None:
        given = decision_input("limit_reach", days=days, facts=facts)
        self.attempt(lambda: proposals.propose(self.person(who), self.case_id, given))

    @precondition(lambda self: self.case.phase == "proposed")
    @rule(who=st.sampled_from(["moderator", "second", "inspector"]), approve=st.booleans(), reasons=WORDS)
    def settle(self, who: str, approve: bool, reasons: str) -> None:
        for proposal in self.case.proposals.filter(settled_at__isnull=True):
            if approve:
                self.attempt(lambda id_=proposal.id: proposals.approve(self.person(who), self.case_id, id_))
            else:
                self.attempt(lambda id_=proposal.id: proposals.refuse(self.person(who), self.case_id, id_, reasons))

    @precondition(lambda self: Measure.objects.filter(decision__case_id=self.case_id).exists())
    @rule(step=st.sampled_from(["apply", "reverse"]))
    def carry_out(self, step: str) -> None:
        for measure in Measure.objects.filter(decision__case_id=self.case_id):
            self.attempt(
                lambda measure=measure: measures.carried_out_by_hand(
                    self.office.actor("moderator"), measure.id, step, "Đã làm"
                )
            )

    @precondition(lambda self: Measure.objects.filter(decision__case_id=self.case_id, ends_at__isnull=False).exists())
    @rule()
    def end_by_itself(self) -> None:
        for measure in Measure.objects.filter(decision__case_id=self.case_id):
            due = measure.state == Measure.State.APPLIED and measure.ends_at is not None and measure.ends_at <= self.now
            with clock.set_to(self.now):
                assert measures.end(measure) == due

    @precondition(lambda self: self.case.phase in DECIDED)
    @rule(place=st.integers(0, 3), text=WORDS)
    def appeal_as_reporter(self, place: int, text: str) -> None:
        filed = self.filed[place % len(self.filed)]
        self.appeal(filed.report.reference, filed.secret, text)

    @precondition(lambda self: self.case.phase in DECIDED)
    @rule(text=WORDS)
    def appeal_as_affected(self, text: str) -> None:
        self.appeal_of_affected(text)

    @precondition(lambda self: self.case.phase in APPEALED)
    @rule(
        who=st.sampled_from(["appeals", "appeals", "holder", "second"]),
        outcome=st.sampled_from(["upheld", "reversed", "partial"]),
        reasons=WORDS,
        measure=st.sampled_from(["", "remove", "label", "end_account"]),
    )
    def hear(self, who: str, outcome: str, reasons: str, measure: str) -> None:
        given = decision_input(measure, label="Có tranh cãi" if measure == "label" else "") if measure else None
        for appeal in Appeal.objects.filter(case_id=self.case_id):
            self.attempt(
                lambda appeal=appeal: appeals.hear_appeal(self.person(who), appeal.id, outcome, reasons, given)
            )

    @precondition(lambda self: self.case.phase in {"decided_action", "upheld_action"})
    @rule(text=WORDS, stated=st.sampled_from([True, True, True, False]))
    def object_to_the_claim(self, text: str, stated: bool) -> None:
        given = claims.CounterInput("Phạm Văn D", "Số 1, phố Huế", text, stated)
        for access in Access.objects.filter(case_id=self.case_id):
            secret = numbers.secret_for(access.id)
            self.attempt(lambda access=access, secret=secret: claims.file(access.reference, secret, given))

    @precondition(lambda self: self.case.phase == "countered")
    @rule(gives_way=st.booleans(), days=st.sampled_from([0, 0, 20]))
    def answer_the_objection(self, gives_way: bool, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.set_to(self.now):
            proof = [stored_file(self.office, "don-kien.pdf").id]
        today = civil_date(self.now)
        said = claims.AnswerInput("gives_way" if gives_way else "lodged", "Toà án quận", "1/TLST", today, proof)
        self.attempt(lambda: claims.answer(self.filed[0].report.reference, self.filed[0].secret, said))

    @precondition(lambda self: self.case.phase == "countered")
    @rule(who=PEOPLE, outcome=st.sampled_from(["restored", "kept"]), reasons=WORDS, days=st.sampled_from([0, 15]))
    def settle_the_objection(self, who: str, outcome: str, reasons: str, days: int) -> None:
        self.now += timedelta(days=days)
        for notice in CounterNotice.objects.filter(case_id=self.case_id):
            self.attempt(lambda id_=notice.id: claims.settle(self.person(who), id_, outcome, reasons))

    @precondition(lambda self: self.case.decisions.exists())
    @rule(place=st.integers(0, 3), why=WORDS)
    def ask_late(self, place: int, why: str) -> None:
        filed = self.filed[place % len(self.filed)]
        self.attempt(lambda: late.ask_late(filed.report.reference, filed.secret, "Không đồng ý", why))
        for access in Access.objects.filter(case_id=self.case_id):
            secret = numbers.secret_for(access.id)
            self.attempt(lambda access=access, secret=secret: late.ask_late(access.reference, secret, "Nhầm", why))

    @precondition(lambda self: LateAppeal.objects.filter(case_id=self.case_id, settled_at=None).exists())
    @rule(who=st.sampled_from(["appeals", "appeals", "holder"]), admit=st.booleans(), reasons=WORDS)
    def settle_late(self, who: str, admit: bool, reasons: str) -> None:
        for one in LateAppeal.objects.filter(case_id=self.case_id, settled_at=None):
            if admit:
                self.attempt(lambda id_=one.id: late.admit(self.person(who), id_))
            else:
                self.attempt(lambda id_=one.id: late.refuse(self.person(who), id_, reasons))

    @rule(place=st.integers(0, 3), text=WORDS)
    def write(self, place: int, text: str) -> None:
        filed = self.filed[place % len(self.filed)]
        self.attempt(lambda: talking.write_by_door(filed.report.reference, filed.secret, text))

    @rule(who=PEOPLE, text=WORDS, asks=st.booleans())
    def answer(self, who: str, text: str, asks: bool) -> None:
        to = self.filed[0].report.id
        self.attempt(lambda: talking.write_to(self.person(who), self.case_id, to, text, asks=asks))

    @invariant()
    def the_acts_give_the_phase_and_the_clocks(self) -> None:
        if not hasattr(self, "case_id"):
            return
        case = Case.objects.get(id=self.case_id)
        phase, running = replayed(self.case_id, self.office.organisation.kind)
        assert phase == case.phase
        open_clocks = list(Clock.objects.filter(subject_id=self.case_id, stopped_at__isnull=True))
        assert Counter((entry.rule, entry.due_at) for entry in open_clocks) == running
        appeals_due = [steps.answer_due(appeal) for appeal in case.appeals.filter(decided_at__isnull=True)]
        counters = CounterNotice.objects.filter(case=case, settled_at__isnull=True)
        appeals_due += [standing.due(notice, case) for notice in counters]
        assert case.due_at == min([*(entry.due_at for entry in open_clocks), *appeals_due], default=None)

    @invariant()
    def the_history_has_no_gap(self) -> None:
        if hasattr(self, "case_id"):
            seqs = list(Act.objects.filter(subject_id=self.case_id).order_by("seq").values_list("seq", flat=True))
            assert seqs == list(range(1, len(seqs) + 1))

    @invariant()
    def nothing_is_decided_without_ground_reasons_and_letters(self) -> None:
        if not hasattr(self, "case_id"):
            return
        for decision in Decision.objects.filter(case_id=self.case_id):
            assert decision.ground in vietnam().grounds
            assert decision.facts.strip()
            assert decision.subject_fact.strip()
            told = Notice.objects.filter(decision=decision)
            if decision.withdrawn_at:
                assert not told.exists()
                assert not Measure.objects.filter(decision=decision).exists()
                continue
            assert told.filter(role="reporter").exists()
            if decision.measure != "no_action":
                assert told.filter(role="affected", access__isnull=False).exists()
        assert not Measure.objects.filter(decision__case_id=self.case_id, decision__measure="no_action").exists()

    @invariant()
    def what_takes_two_people_is_decided_by_two(self) -> None:
        if not hasattr(self, "case_id"):
            return
        rule = vietnam().procedures["report"].second_person
        for decision in Decision.objects.filter(case_id=self.case_id):
            assert (decision.proposed_by is not None) == rule.approves(decision.measure, decision.days)
            assert decision.proposed_by != decision.decided_by

    @invariant()
    def what_a_claim_took_down_stays_so_only_by_a_court_and_comes_back_only_by_a_person(self) -> None:
        if not hasattr(self, "case_id"):
            return
        for notice in CounterNotice.objects.filter(case_id=self.case_id):
            due = standing.due(notice, self.case)
            said = list(notice.answers.all())
            if notice.outcome == "kept":
                assert [one for one in said if one.lodged_on and one.lodged_on <= civil_date(due)]
            if notice.outcome == "restored":
                assert notice.settled_at > due or (said and all(one.kind == "gives_way" for one in said))
                assert notice.decision.overturned_at
            if notice.settled_at is None:
                assert self.case.phase == "countered"
                continue
            assert notice.settled_by in {member.ref for member in self.office.members.values()}
            assert notice.reasons.strip()
            for role in ("affected", "reporter"):
                assert Notice.objects.filter(decision=notice.decision, kind=f"counter_{notice.outcome}_{role}").exists()

    @invariant()
    def an_answer_is_never_harder_than_what_was_appealed_against(self) -> None:
        if not hasattr(self, "case_id"):
            return
        for appeal in Appeal.objects.filter(case_id=self.case_id, outcome="partial"):
            new, old = Decision.objects.get(replaces=appeal.decision), appeal.decision
            assert kinds.is_lighter(new.measure, kinds.Terms.of(new), old.measure, kinds.Terms.of(old))
            state = Measure.objects.get(decision=old).state
            assert state in {Measure.State.REVERSAL_ORDERED, Measure.State.REVERSED}

    @invariant()
    def nobody_hears_an_appeal_against_their_own_decision(self) -> None:
        if hasattr(self, "case_id"):
            for appeal in Appeal.objects.filter(case_id=self.case_id, decided_at__isnull=False):
                assert appeal.heard_by != appeal.decision.decided_by
                assert appeal.reasons.strip()


def replayed(case_id: Any, kind: str) -> tuple[str, Counter]:
    """Phase and running clocks of a case, from its acts and the table alone."""
    table = vietnam().procedures["report"]
    phase, running, heard = table.initial, Counter(), set()
    before: dict[str, tuple[str, Counter]] = {}  # how the case stood before each act that can be taken back
    acts = list(Act.objects.filter(subject_id=case_id).order_by("seq"))
    for place, act in enumerate(acts):
        if (
            act.type in BESIDE
            or "replaces" in act.clear
            or (act.type == "appeal.decided" and act.clear["decision"] in heard)
        ):
            continue
        row = table.transition(phase, act.type, outcome(act, acts))
        if act.type == "decision.withdrawn":
            # The case stands as it did before the decision, or before the confirmation that came with it.
            phase, running = before[act.clear.get("confirmation", act.clear["decision"])]
            running = Counter(running)
            continue
        before[act.clear["decision"] if act.type == "decision.made" else str(act.id)] = (phase, Counter(running))
        if act.type == "appeal.decided":
            heard.add(act.clear["decision"])
        for event in row.starts:
            answer = clocks_for(vietnam(), event=event, actor=kind, at=act.happened_at, grounds=grounds(acts[place:]))
            running.update((entry.id, entry.due_at) for entry in answer.clocks)
        for entry in [entry for entry in running if vietnam().clock_rules[entry[0]].obligation in row.stops]:
            del running[entry]
        phase = row.leads_to(phase)
    return phase, running


def outcome(act: Act, acts: list[Act]) -> str:
    """Which row of the table an act is."""
    if act.type == "decision.withdrawn":
        made = next(
            one for one in acts if one.type == "decision.made" and one.clear["decision"] == act.clear["decision"]
        )
        return "approved" if "proposed_by" in made.clear else "alone"
    if act.type == "decision.made":
        if "proposed_by" in act.clear:
            return "approved"
        return "no_action" if act.clear["measure"] == "no_action" else "action"
    if act.type == "appeal.filed" and act.clear.get("late"):
        measure = Decision.objects.get(id=act.clear["decision"]).measure
        return "late_no_action" if measure == "no_action" else "late"
    return act.clear["outcome"] if act.type in {"appeal.decided", "counter_notice.settled"} else ""


def grounds(acts: list[Act]) -> list[str]:
    """The ground that a detection rests on: in its own act, or in the decision that follows it."""
    if acts[0].type in {"report.received", "report.joined"}:
        return []
    return [next(act.clear["ground"] for act in acts if "ground" in act.clear)]


@pytest.mark.django_db
def test_any_sequence_of_steps(platform: Office) -> None:
    preferences.set_preferences(platform.actor("admin"), undo_seconds=20)
    Casework.office = platform
    run_state_machine_as_test(
        Casework,
        settings=settings(
            max_examples=examples(30),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
