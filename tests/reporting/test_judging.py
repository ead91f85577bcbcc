"""Each state of the board, from facts put together by hand."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.base.acts.types import all_types
from anlanh.law import vietnam
from anlanh.law.duties import ASKING_NOTHING
from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board.facts import ClockCounts, Evidence, Facts, Period, period_of
from anlanh.reporting.board.items import items_for
from anlanh.reporting.board.judging import STATES, Line, board
from tests.effort import examples

PACK = vietnam()
NOW = datetime(2026, 11, 27, 9, tzinfo=VIETNAM)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), NOW)
NETWORK = "licensed-social-network"
REMOVE = "vn.nd147.35.5.remove"


def line(item_id: str, facts: Facts, period: Period = YEAR, kind: str = NETWORK) -> Line:
    lines = board(PACK, kind, period, facts, frozenset(all_types())).lines
    return next(found for found in lines if found.item.id == item_id)


def stated(duty: str, statement: str = "done", day: date = date(2026, 11, 20), **more: object) -> Evidence:
    kind = "receipt" if statement == "done" else ""
    return Evidence("e1", duty, statement, kind, day, day, **{"given_on": day, **more})


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        (ClockCounts(met=3), "met"),
        (ClockCounts(met=3, late=1), "late"),
        (ClockCounts(met=3, late=1, running=1, next_due=NOW + timedelta(hours=1)), "due"),
        (ClockCounts(met=3, running=1, overdue=1, first_missed=NOW), "overdue"),
    ],
)
def test_clocks_decide_first(counts: ClockCounts, state: str) -> None:
    found = line("BD.5.3.b", Facts(acts={("decision.made", "remove"): 4}, clocks={REMOVE: counts}))
    assert (found.state, found.why) == (state, "clocks")
    assert found.clocks.total == counts.total


def test_reversals_and_no_action_stand_beside_timeliness_alone() -> None:
    acts = {("appeal.decided", "reversed"): 2, ("decision.made", "no_action"): 5, ("decision.made", "remove"): 9}
    timed = line("BD.5.3.b", Facts(acts=acts, clocks={REMOVE: ClockCounts(met=1)}))
    assert (timed.reversals, timed.no_action) == (2, 5)
    untimed = line("BD.5.3.b", Facts(acts=acts))
    assert (untimed.reversals, untimed.no_action) == (None, None)


def test_nothing_ranks_by_removals() -> None:
    """More removals change no state and no place."""
    few, many = (Facts(acts={("decision.made", "remove"): n}, acts_ever={"measure.applied": n}) for n in (1, 1000))
    boards = [board(PACK, NETWORK, YEAR, facts, frozenset()).lines for facts in (few, many)]
    ranked = [[(one.item.id, one.state) for one in sorted(lines, key=lambda one: one.rank)] for lines in boards]
    assert ranked[0] == ranked[1]


REPORT = "BD.5.4.a"  # once a year; by the decree in force now before 25 November at the latest


def test_a_date_without_proof_is_overdue_and_one_ahead_is_due() -> None:
    late = line(REPORT, Facts())
    assert (late.state, late.why) == ("overdue", "dates")
    assert [str(one.due_at.date()) for one in late.dates] == ["2026-11-25"]
    before = line(REPORT, Facts(), period_of(YEAR.first, YEAR.last, NOW, date(2026, 11, 24)))
    assert (before.state, before.next_due) == ("due", before.dates[0].due_at)


def test_an_overdue_line_tells_the_first_time_that_was_missed() -> None:
    """Not when the next one of those still running is due."""
    missed, coming = NOW - timedelta(hours=3), NOW + timedelta(hours=9)
    counts = ClockCounts(overdue=1, running=1, first_missed=missed, next_due=coming)
    assert line("BD.5.3.b", Facts(clocks={REMOVE: counts})).rank_due == missed
    assert line("BD.5.3.b", Facts(clocks={REMOVE: ClockCounts(running=1, next_due=coming)})).rank_due == coming
    report = line(REPORT, Facts())
    assert report.rank_due == report.dates[0].due_at


def test_a_report_handed_in_meets_its_date() -> None:
    assert line(REPORT, Facts(days={"report.submitted": (date(2026, 11, 25),)})).state == "met"
    assert line(REPORT, Facts(days={"report.submitted": (date(2026, 11, 26),)})).state == "overdue"
    assert line(REPORT, Facts(days={"report.submitted": (date(2025, 11, 20),)})).state == "overdue"


def test_evidence_meets_a_date_in_time_or_late() -> None:
    due = date(2026, 11, 25)
    assert line(REPORT, Facts(evidence=(stated(REPORT, given_on=date(2026, 11, 27)),))).state == "met"
    late = stated(REPORT, day=date(2026, 11, 26), for_due=due)
    assert line(REPORT, Facts(evidence=(late,))).state == "late"
    other = stated(REPORT, for_due=date(2025, 11, 25))
    assert line(REPORT, Facts(evidence=(other,))).state == "overdue"


def test_a_date_before_the_organisation_recorded_anything_is_not_held_against_it() -> None:
    assert line(REPORT, Facts(since=date(2026, 11, 26))).state == "unproven"
    assert line(REPORT, Facts(since=date(2026, 11, 25))).state == "overdue"


def test_a_person_can_state_that_nothing_happened() -> None:
    found = line("BD.5.4.b", Facts(evidence=(stated("BD.5.4.b", "nothing_happened"),)))
    assert (found.state, found.why) == ("idle", "evidence")


def test_what_happened_and_is_not_proven_says_so() -> None:
    found = line("BD.5.3.c", Facts(acts={("violation.confirmed", ""): 3}))
    assert (found.state, found.why, found.triggered) == ("unproven", "triggered", 3)


def test_nothing_that_triggers_it_is_told_from_what_cannot_be_known() -> None:
    assert line("BD.5.3.c", Facts()).why == "nothing"
    assert (line("BD.5.1.a", Facts()).state, line("BD.5.1.a", Facts()).why) == ("unproven", "unrecorded")


def test_what_stands_all_the_time_is_proven_by_earlier_acts() -> None:
    assert line("BD.5.1.c", Facts(acts_ever={"page.changed": 1})).state == "met"
    assert line("BD.5.3.c", Facts(acts_ever={"authority.notified": 1})).state == "idle"


def test_every_kind_of_actor_has_a_board_and_every_asking_duty_stands_on_one() -> None:
    placed = set()
    for kind in PACK.actors:
        for first in (date(2012, 1, 1), date(2018, 1, 1), date(2026, 1, 1)):
            items = items_for(PACK, kind, first, first + timedelta(days=364), date(2026, 11, 27))
            placed |= {item.id for item in items}
        for found in board(PACK, kind, YEAR, Facts(), frozenset(all_types())).lines:
            assert found.state in STATES
    asking = {duty.id for duty in PACK.duties.values() if duty.kind not in ASKING_NOTHING}
    assert asking <= placed


def test_a_board_knows_no_law_that_was_published_later() -> None:
    then = {item.source for item in items_for(PACK, NETWORK, date(2024, 1, 1), date(2024, 6, 30), date(2024, 6, 30))}
    now = {item.source for item in items_for(PACK, NETWORK, date(2024, 1, 1), date(2026, 6, 30), date(2026, 11, 27))}
    assert "147/2024/NĐ-CP" not in then
    assert "147/2024/NĐ-CP" in now


def test_a_period_is_checked() -> None:
    with pytest.raises(BadInput, match="before it begins"):
        Period(date(2026, 2, 1), date(2026, 1, 1), NOW)
    with pytest.raises(BadInput, match="lies outside"):
        Period(date(26, 2, 1), date(2026, 1, 1), NOW)


DAYS = st.dates(date(2009, 1, 1), date(2030, 12, 31))


@settings(max_examples=examples(40), deadline=None)
@given(kind=st.sampled_from(sorted(PACK.actors)), days=st.tuples(DAYS, DAYS), as_of=DAYS)
def test_every_board_is_total(kind: str, days: tuple[date, date], as_of: date) -> None:
    first, last = sorted(days)
    period = period_of(first, last, NOW, as_of)
    found = board(PACK, kind, period, Facts(), frozenset(all_types()))
    assert sum(found.totals().values()) == len(found.lines)
    assert len({entry.item.id for entry in found.lines}) == len(found.lines)
    assert all(first <= entry.due_at.date() <= last for one in found.lines for entry in one.dates)
