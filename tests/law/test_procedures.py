"""Procedures: what holds for every shipped table, and the safeguards that are written in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.law import NotAllowed, Procedure, Transition, vietnam
from anlanh.primitives.errors import BadInput

PACK = vietnam()
REPORT = PACK.procedures["report"]
ORDER = PACK.procedures["order"]
TABLES = pytest.mark.parametrize("table", [REPORT, ORDER], ids=lambda table: table.id)


def rows(table: Procedure, act: str) -> list[Transition]:
    return [row for row in table.transitions if row.act == act]


@TABLES
def test_no_decision_without_ground_facts_reason_notice_and_appeal(table: Procedure) -> None:
    """Safeguard 1."""
    for row in rows(table, "decision.made"):
        assert {"ground", "facts", "subject_fact", "measure", "reason", "notice", "appeal_route"} <= set(row.needs)


@TABLES
def test_measures_follow_decisions_only(table: Procedure) -> None:
    """Safeguard 1: content is touched only where a decision against it has been made."""
    for row in rows(table, "measure.applied"):
        assert set(row.sources) <= {"decided_action", "appealed", "upheld_action", "countered", "claim_upheld"}
    into = [row for row in table.transitions if row.target == "decided_action"]
    for row in into:
        assert {"ground", "facts", "reason", "notice", "appeal_route"} <= set(row.needs)
        assert "affected" in row.notifies


@TABLES
def test_an_appeal_is_heard_by_someone_who_did_not_decide(table: Procedure) -> None:
    """Safeguard 1."""
    for row in rows(table, "appeal.decided"):
        assert "second_person" in row.needs
        assert row.who == ("appeals.hear",)
        assert {"facts", "reason", "notice"} <= set(row.needs)


@TABLES
def test_what_can_be_decided_can_be_appealed(table: Procedure) -> None:
    appealable = {phase for row in rows(table, "appeal.filed") for phase in row.sources}
    assert "decided_action" in appealable
    assert table.appeal.days >= 30
    assert all("public" in row.who or row.reopens for row in rows(table, "appeal.filed"))


LEADING_BACK = {"decision.withdrawn", "order.reviewed"}


def test_nothing_is_decided_on_an_order_that_is_not_verified() -> None:
    """Safeguard 6."""
    decided_from = {phase for row in rows(ORDER, "decision.made") for phase in row.sources}
    assert decided_from == {"verified", "proposed"}
    assert {phase for row in rows(ORDER, "decision.proposed") for phase in row.sources} == {"verified"}
    forward = [row for row in ORDER.transitions if row.act not in LEADING_BACK]
    for row in forward:
        if row.target == "proposed":
            assert row.act == "decision.proposed"
        if row.target == "verified" and row.sources != ("proposed",):
            assert row.act == "order.verified"
            assert {"sender", "authority", "scope"} <= set(row.needs)


@TABLES
def test_no_machine_decides(table: Procedure) -> None:
    """Safeguard 2."""
    for act in ("violation.confirmed", "decision.made", "appeal.decided", "order.verified"):
        assert all("system" not in row.who and "public" not in row.who for row in rows(table, act))


def test_acts_start_and_stop_the_clocks_they_should() -> None:
    assert REPORT.transition("received", "report.received").starts == ("complaint.received",)
    assert REPORT.transition("in_review", "violation.confirmed").starts == ("violation.detected",)
    assert ORDER.transition("received", "order.received").starts == ("order.received",)
    assert "remove" in REPORT.transition("decided_action", "measure.applied").stops
    assert "remove" in REPORT.transition("in_review", "decision.made", "no_action").stops
    assert "remove" not in REPORT.transition("in_review", "decision.made", "action").stops
    assert "notify_authority" in REPORT.transition("in_review", "authority.notified").stops


def test_reversing_no_action_is_a_decision_that_can_be_appealed() -> None:
    row = REPORT.transition("appealed_no_action", "appeal.decided", "reversed")
    assert row.leads_to("appealed_no_action") == "decided_action"
    assert "ground" in row.needs


def test_a_claim_moves_a_case_into_review_and_stays_there() -> None:
    assert REPORT.transition("received", "case.claimed").leads_to("received") == "in_review"
    assert REPORT.transition("in_review", "case.released").leads_to("in_review") == "in_review"


def test_what_the_table_does_not_know_is_refused_with_what_it_does() -> None:
    with pytest.raises(NotAllowed, match=r"'decision\.made' is not possible in phase 'received'; possible: report"):
        REPORT.transition("received", "decision.made", "action")


def test_an_act_with_several_outcomes_asks_which() -> None:
    with pytest.raises(NotAllowed, match="has no outcome ''; say which: action, no_action"):
        REPORT.transition("in_review", "decision.made")


def test_an_unknown_phase_is_bad_input() -> None:
    with pytest.raises(BadInput, match="procedure 'report' has no phase 'reviewing'"):
        REPORT.actions_from("reviewing")


def test_only_notices_second_thoughts_and_the_end_of_timed_measures_leave_a_closed_case() -> None:
    ending, again = {"measure.ended", "measure.reversed", "measure.failed"}, {"appeal.filed", "decision.corrected"}
    assert {row.act for row in REPORT.actions_from("closed")} == {"notice.sent", *again, *ending}
    assert all(row.reopens for row in REPORT.actions_from("closed") if row.act in again)


@TABLES
@given(choices=st.lists(st.integers(0, 10_000), max_size=40))
def test_any_walk_stays_on_the_table_and_replays_alike(table: Procedure, choices: list[int]) -> None:
    phase, walked = table.initial, []
    for choice in choices:
        possible = table.actions_from(phase)
        row = possible[choice % len(possible)]
        assert table.transition(phase, row.act, row.outcome) is row
        walked.append((row.act, row.outcome))
        phase = row.leads_to(phase)
        assert phase in table.phases
    replayed = table.initial
    for act, outcome in walked:
        replayed = table.transition(replayed, act, outcome).leads_to(replayed)
    assert replayed == phase
    if phase == "decided_action":
        assert any(act in ("decision.made", "appeal.decided") for act, _ in walked)


@TABLES
def test_the_diagram_has_every_phase_and_row(table: Procedure) -> None:
    diagram = table.diagram("en")
    assert diagram.startswith("stateDiagram-v2\n")
    assert f"[*] --> {table.initial}: {table.opens}" in diagram
    assert len(re.findall(r"^    state ", diagram, re.MULTILINE)) == len(table.phases)
    arrows = sum(len(row.sources) for row in table.transitions) + 1 + sum(p.terminal for p in table.phases.values())
    assert diagram.count("-->") == arrows
