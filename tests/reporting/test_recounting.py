"""Whoever holds an export counts what the board counts: the facts of the database and of the log are the same."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest

from anlanh.base import clock
from anlanh.base.acts.ledger import export_organisation
from anlanh.base.acts.sealing import seal_everything
from anlanh.base.acts.types import all_types
from anlanh.law import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board import queries
from anlanh.reporting.board.actions import catch_up, catch_up_everything
from anlanh.reporting.board.facts import Period, period_of
from anlanh.reporting.board.judging import board, dated_types
from anlanh.reporting.board.models import DayCount
from anlanh.reporting.board.recounting import Recount, leaves_of, recount
from anlanh.reporting.evidence import actions as evidence
from anlanh.reporting.evidence.actions import EvidenceInput
from anlanh.work.casework.actions import appeals, decide, orders, review, undoing
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.policies import actions as policies
from tests.builders import Office, build_platform
from tests.work.casework.steps_of import carried_out, decided, decision_input, door, entered_order, report
from tests.work.policies.rules_of import published, spam

START = datetime(2026, 9, 1, 2, tzinfo=UTC)
KIND = "licensed-social-network"


def from_export(office: Office) -> Recount:
    """What the organisation's exported log says."""
    out = io.BytesIO()
    export_organisation(office.organisation.code, out)
    out.seek(0)
    return recount(leaves_of(out), vietnam())


def facts_from_export(found: Recount, period: Period) -> object:
    return found.facts(period, dated_types(vietnam(), found.kind, period))


@pytest.fixture
def busy(db: None) -> Office:
    """A network with cases in every state, decided in time and late, appealed, ordered, and with evidence."""
    with clock.set_to(START):
        office = build_platform()

    def later(hours: float) -> object:
        return clock.set_to(START + timedelta(hours=hours))

    with later(1):
        first, second, third, fourth, fifth, _waiting = (report(office) for _ in range(6))
        office_order = entered_order(office)
    with later(5):
        removed = decided(office, first)
        way_in = door(removed)
    with later(8):
        carried_out(office, removed)
        kept = decided(office, second, "no_action", by="second")
    with later(9):
        preferences.set_preferences(office.actor("admin"), undo_seconds=60)
        for filed, measure in ((fourth, "remove"), (fifth, "no_action")):
            slip = decided(office, filed, measure)
            undoing.withdraw(office.actor("moderator"), filed.case.id, slip.id, undoing.WHYS[0])
        decide.decide(office.actor("moderator"), fifth.case.id, decision_input("no_action"))
    with later(30):
        appeals.file_appeal(*way_in, "Bài của tôi không lừa ai.")
        orders.verify_order(office.actor("verifier"), office_order.id, "Gọi lại số của Sở.")
    with later(90):
        late = decided(office, third)
    with later(100):
        carried_out(office, late)
        one = removed.appeals.get()
        appeals.hear_appeal(office.actor("appeals"), one.id, "reversed", "Không đủ căn cứ.")
        appeals.file_appeal(second.report.reference, second.secret, "Trang ấy lừa thật.")
    with later(110):
        two = kept.appeals.get()
        appeals.hear_appeal(office.actor("appeals"), two.id, "reversed", "Có lừa đảo.", decision_input())
    with later(300):
        review.claim(office.actor("moderator"), office_order.id)
        officer = office.actor("compliance")
        given = EvidenceInput("BD.5.4.b", "done", date(2026, 9, 1), date(2026, 9, 5), "Đã gửi Sở.", "letter")
        evidence.give(officer, given)
        wrong = evidence.give(officer, given)
    with later(400):
        evidence.withdraw(officer, wrong.id, "Nhập hai lần.")
    texts_come_and_go(office)
    return office


def texts_come_and_go(office: Office) -> None:
    """Terms withdrawn on 12 September and published anew on the 22nd; the handling withdrawn for good on the 20th."""
    officer = office.actor("compliance")
    published(office, spam(), at=START + timedelta(days=1))
    published(office, spam(text="Không đăng rác."), at=START + timedelta(days=2))
    published(office, spam(), kind="handling", at=START + timedelta(days=3))
    with clock.set_to(START + timedelta(days=11)):
        policies.withdraw(officer, "terms_of_use", 2, "Sai.")
    with clock.set_to(START + timedelta(days=19)):
        policies.withdraw(officer, "handling", 1, "Sai.")
    published(office, spam(text="Không gửi rác."), at=START + timedelta(days=21))


PERIODS = [
    (date(2026, 1, 1), date(2026, 12, 31), None),
    (date(2026, 9, 1), date(2026, 9, 2), None),
    (date(2026, 9, 1), date(2026, 9, 30), date(2026, 9, 2)),
    (date(2026, 9, 4), date(2026, 9, 6), date(2026, 9, 20)),
    (date(2026, 9, 5), date(2026, 12, 1), date(2026, 9, 16)),
    (date(2026, 9, 1), date(2026, 9, 11), None),
    (date(2026, 9, 1), date(2026, 9, 12), None),
    (date(2027, 1, 1), date(2027, 12, 31), None),
    (date(2025, 1, 1), date(2025, 12, 31), None),
]


@pytest.mark.parametrize("counted", ["nothing", "half", "everything"])
def test_the_facts_of_the_database_are_those_of_the_export(busy: Office, counted: str) -> None:
    with clock.set_to(START + timedelta(days=60)):
        found = from_export(busy)
        if counted == "half":
            assert catch_up(busy.organisation.id, 20)
        if counted == "everything":
            assert catch_up_everything()
            assert not catch_up_everything()
        actor = busy.actor("inspector")
        for first, last, as_of in PERIODS:
            period = period_of(first, last, clock.now(), as_of)
            facts = queries.facts_of(actor, period, KIND)
            assert facts == facts_from_export(found, period), (first, last, as_of)
            here = queries.board_of(actor, period)
            there = board(vietnam(), found.kind, period, facts, frozenset(all_types()))
            assert here == there


def test_the_scene_has_clocks_in_every_state(busy: Office) -> None:
    """The equality above would mean little if nothing was late."""
    with clock.set_to(START + timedelta(days=60)):
        facts = queries.facts_of(busy.actor("inspector"), queries.this_year(), KIND)
    totals = {
        name: sum(getattr(counts, name) for counts in facts.clocks.values()) for name in ("met", "late", "overdue")
    }
    assert all(totals.values()), totals
    with clock.set_to(START + timedelta(hours=2)):
        facts = queries.facts_of(busy.actor("inspector"), queries.this_year(), KIND)
    assert sum(counts.running for counts in facts.clocks.values())


def test_a_text_that_was_withdrawn_proves_from_that_day_no_more(busy: Office) -> None:
    """Nor are the acts behind such a line listed as its proof; what was proven on an earlier day still was."""
    actor, terms, handling = busy.actor("inspector"), ("NB.5.1",), ("NB.5.2",)
    with clock.set_to(START + timedelta(days=60)):
        for day, bare in ((11, ()), (12, terms), (20, (*terms, *handling)), (22, handling)):
            period = period_of(date(2026, 9, 1), date(2026, 9, 30), clock.now(), date(2026, 9, day))
            lines = {line.item.id: line for line in queries.board_of(actor, period).lines}
            for item in (*terms, *handling):
                line = lines[item]
                found = ("unproven", "withdrawn") if item in bare else ("met", "acts")
                assert (line.state, line.why) == found, (item, day)
                assert queries.acts_behind(actor, period, line).count() == line.acts_counted


def test_counts_can_be_thrown_away_and_counted_anew(busy: Office) -> None:
    seal_everything()
    catch_up_everything()
    before = sorted(DayCount.objects.values_list("type", "word", "day", "number"))
    queries.Progress.objects.update(position=0)
    DayCount.objects.all().delete()
    catch_up_everything()
    assert sorted(DayCount.objects.values_list("type", "word", "day", "number")) == before


def test_what_is_no_export_is_refused() -> None:
    with pytest.raises(BadInput, match="no exported log"):
        list(leaves_of(io.BytesIO(b"hello\n")))
    with pytest.raises(BadInput, match="no act"):
        list(leaves_of(io.BytesIO(b'{"type": "case.opened"}\n')))
    with pytest.raises(BadInput, match="does not begin"):
        recount(iter([]), vietnam())
