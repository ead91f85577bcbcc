"""Keeping a notice back: only under a clause that forbids telling, by two people, for a time, then sent by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.outbox.models import Task
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.server.worker import drain
from anlanh.work.casework import queries, steps
from anlanh.work.casework.actions import appeals, decide, measures, review, undoing
from anlanh.work.casework.models import Case, Decision, Notice
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.casework.withholding import actions as withholding
from anlanh.work.casework.withholding import queries as kept
from anlanh.work.casework.withholding import standing
from anlanh.work.casework.withholding.models import Withholding
from tests.builders import Office
from tests.work.casework.steps_of import GROUND, carried_out, decision_input, integration, report

pytestmark = pytest.mark.django_db
LONGEST = vietnam().procedures["report"].withholding.days
WHY = "Cơ quan điều tra yêu cầu chưa thông báo."


@pytest.fixture
def secretive(monkeypatch: pytest.MonkeyPatch) -> str:
    """A pack in which the clause of the usual ground forbids telling; the real one knows of none."""
    pack = vietnam()
    ref = pack.grounds[GROUND].ref
    marked = replace(pack, clauses={**pack.clauses, ref: replace(pack.clauses[ref], forbids_notice=True)})
    monkeypatch.setattr(steps, "pack", lambda: marked)
    return str(ref)


@pytest.fixture
def case(platform: Office) -> Case:
    """A case that the moderator holds, at a platform that is told of measures."""
    integration(platform)
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    return filed.case


def keep_back(office: Office, case: Case, clause: str, days: int = LONGEST) -> Withholding:
    """Asked by one and approved by another."""
    row = withholding.ask(office.actor("moderator"), case.id, clause, WHY, days)
    return withholding.approve(office.actor("second"), case.id, row.id)


def told(case: Case) -> list[str]:
    """The letters to the person affected."""
    return list(Notice.objects.filter(case=case, role="affected").order_by("id").values_list("kind", flat=True))


def at(moment: datetime, **ahead: int) -> Any:
    return clock.set_to(moment + timedelta(**ahead))


def test_nobody_is_left_untold_in_silence(platform: Office, case: Case, secretive: str) -> None:
    moderator, second = platform.actor("moderator"), platform.actor("second")
    with pytest.raises(BadInput) as refusal:
        decide.decide(moderator, case.id, decision_input())
    assert refusal.value.where == "ground"
    asked = withholding.ask(moderator, case.id, secretive, WHY, 10)
    with pytest.raises(BadInput):
        decide.decide(moderator, case.id, decision_input())
    withholding.refuse(second, case.id, asked.id, "Không có yêu cầu nào còn hiệu lực.")
    decide.decide(moderator, case.id, decision_input())
    assert told(case) == ["measure_affected"]


def test_a_decision_that_asks_for_nothing_tells_as_ever(platform: Office, case: Case) -> None:
    with pytest.raises(BadInput) as refusal:
        withholding.ask(platform.actor("moderator"), case.id, GROUND, WHY, 10)
    assert refusal.value.where == "clause"
    decide.decide(platform.actor("moderator"), case.id, decision_input())
    assert told(case) == ["measure_affected"]


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("clause", {"clause": "116/2025/QH15/1"}),
        ("clause", {"clause": "không phải điều khoản"}),
        ("reason", {"reason": " "}),
        ("days", {"days": 0}),
        ("days", {"days": LONGEST + 1}),
    ],
)
def test_what_is_asked_is_checked(
    platform: Office, case: Case, secretive: str, field: str, fields: dict[str, Any]
) -> None:
    given = {"clause": secretive, "reason": WHY, "days": 10} | fields
    with pytest.raises(BadInput) as refusal:
        withholding.ask(platform.actor("moderator"), case.id, **given)
    assert refusal.value.where == field


def test_two_people_keep_a_notice_back(platform: Office, other: Office, case: Case, secretive: str) -> None:
    asked = withholding.ask(platform.actor("moderator"), case.id, secretive, WHY, 10)
    with pytest.raises(NotAllowed):
        withholding.approve(platform.actor("moderator"), case.id, asked.id)
    with pytest.raises(NotAllowed):
        withholding.refuse(platform.actor("moderator"), case.id, asked.id, "Tự từ chối")
    with pytest.raises(NotAllowed):
        withholding.approve(platform.actor("inspector"), case.id, asked.id)
    with pytest.raises(NotAllowed):
        withholding.drop(platform.actor("second"), case.id, asked.id)
    with pytest.raises(NotFound):
        withholding.approve(other.actor("second"), case.id, asked.id)
    with pytest.raises(BadInput):
        withholding.ask(platform.actor("second"), case.id, secretive, WHY, 10)
    withholding.drop(platform.actor("moderator"), case.id, asked.id)
    assert keep_back(platform, case, secretive).until


def test_it_is_sent_by_itself_at_its_end_and_the_time_to_appeal_runs_from_then(
    platform: Office, case: Case, secretive: str
) -> None:
    row = keep_back(platform, case, secretive)
    decision = decide.decide(platform.actor("moderator"), case.id, decision_input())
    assert decision.notice_forbidden_by == secretive
    assert told(case) == []
    order = queries.measure_order(decision.carried_out.id, "apply")
    assert order["notice"] is None
    assert order["notice_kept_back"]["clause"] == secretive
    carried_out(platform, decision)
    assert told(case) == []
    with at(row.until, seconds=-1):
        drain()
        assert told(case) == []
    with at(row.until, seconds=1):
        drain()
        assert told(case) == ["measure_affected"]
        drain()
        assert told(case) == ["measure_affected"], "said twice, it is sent once"
        letter = Notice.objects.get(case=case, role="affected")
        assert "gửi chậm" in letter.body
        decision.refresh_from_db()
        window = vietnam().procedures["report"].appeal.days
        assert (decision.appeal_until - row.until).days >= window - 1
        assert Task.objects.filter(kind="letter_by_hand", detail__notice=str(letter.id)).exists()
    ended = Act.objects.get(type="withholding.ended")
    assert (ended.clear["why"], ended.actor_kind) == ("time", "system")


def test_with_the_worker_stopped_it_shows_as_due_and_a_person_sends_it(
    platform: Office, case: Case, secretive: str
) -> None:
    row = keep_back(platform, case, secretive)
    decide.decide(platform.actor("moderator"), case.id, decision_input())
    with at(row.until, hours=1):
        due = kept.kept_back(platform.actor("inspector")).get()
        assert due.until < clock.now()
        assert standing.live(case) is None, "its time is over, whether a worker runs or not"
        withholding.lift(platform.actor("second"), case.id, "Máy chạy việc nền đang dừng.")
        assert told(case) == ["measure_affected"]
        drain()
        assert told(case) == ["measure_affected"]


def test_it_is_renewed_by_two_people_again_and_only_before_its_end(
    platform: Office, case: Case, secretive: str
) -> None:
    first = keep_back(platform, case, secretive, 10)
    decision = decide.decide(platform.actor("moderator"), case.id, decision_input())
    with at(first.until, hours=-1):
        second = keep_back(platform, case, secretive, LONGEST)
    with at(first.until, hours=1):
        drain()
        assert told(case) == []
        asked = withholding.ask(platform.actor("moderator"), case.id, secretive, WHY, 5)
    with at(second.until, hours=1):
        with pytest.raises(BadInput):
            withholding.approve(platform.actor("second"), case.id, asked.id)
        drain()
        assert told(case) == ["measure_affected"]
        with pytest.raises(BadInput):
            withholding.ask(platform.actor("second"), case.id, secretive, WHY, 5)
    assert Withholding.objects.get(id=second.id).decision == decision


def test_who_was_not_told_can_appeal_once_they_are(
    platform: Office, case: Case, secretive: str, django_capture_on_commit_callbacks: Callable
) -> None:
    row = keep_back(platform, case, secretive)
    decision = decide.decide(platform.actor("moderator"), case.id, decision_input())
    carried_out(platform, decision)
    with at(decision.appeal_until, days=200):
        drain()
        assert Case.objects.get(id=case.id).phase != "closed", "not told yet, so the case can't be over"
    del row
    with at(decision.appeal_until, days=201):
        told_now = Notice.objects.get(case=case, role="affected")
        from anlanh.work.casework import numbers

        secret = numbers.secret_for(told_now.access_id)
        assert appeals.file_appeal(told_now.access.reference, secret, "Không đồng ý.").role == "affected"


def test_one_that_was_undone_meanwhile_is_told_both(platform: Office, case: Case, secretive: str) -> None:
    row = keep_back(platform, case, secretive)
    decision = decide.decide(platform.actor("moderator"), case.id, decision_input("limit_reach", days=3))
    carried_out(platform, decision)
    applied = decision.carried_out
    applied.refresh_from_db()
    with at(applied.ends_at, minutes=1):
        assert measures.end(applied)
        carried_out(platform, decision, "reverse")
        assert told(case) == []
    with at(row.until, minutes=1):
        drain()
        assert told(case) == ["measure_affected", "restored_affected"]


def test_withheld_notices_are_counted_from_acts_alone(platform: Office, case: Case, secretive: str) -> None:
    preferences.set_preferences(platform.actor("admin"), undo_seconds=20)
    start, organisation = clock.now() - timedelta(minutes=1), platform.organisation.id
    keep_back(platform, case, secretive)
    moderator = platform.actor("moderator")
    taken_back = decide.decide(moderator, case.id, decision_input())
    undoing.withdraw(moderator, case.id, taken_back.id, "slip")
    assert kept.withheld_counts(organisation, start, clock.now()).kept_back == 0
    assert standing.live(case), "the decision is taken back, not what was approved before it"
    decide.decide(moderator, case.id, decision_input())
    keep_back(platform, case, secretive)
    withholding.lift(moderator, case.id, "Không còn cần.")
    Decision.objects.update(facts="")
    counts = kept.withheld_counts(organisation, start, clock.now() + timedelta(minutes=1))
    assert (counts.kept_back, counts.renewed, counts.sent_since) == (1, 1, 1)
    assert counts.by_clause == {secretive: 1}
