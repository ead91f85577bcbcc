"""A limit slows reports down within their clock: it refuses none, and passes over those that must not wait."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.tokens import digest as token_digest
from anlanh.work.casework import queries
from anlanh.work.casework.actions import confirming, intake
from anlanh.work.casework.desk import sending
from anlanh.work.casework.desk.plans import GRAVE
from anlanh.work.casework.misuse import actions, reactions
from anlanh.work.casework.misuse.models import Consequence
from anlanh.work.casework.models import Case, Party
from anlanh.work.casework.sameness import senders
from tests.builders import Office
from tests.work.casework.misuse.senders_of import again, held_unfounded, limited, sent
from tests.work.casework.steps_of import report

pytestmark = pytest.mark.django_db


def row(filed: intake.Filed) -> Case:
    return Case.objects.get(id=filed.case.id)


def order(office: Office) -> list[object]:
    return [case.id for case in queries.queue(office.actor("moderator"))]


def test_reports_under_a_limit_come_after_others_and_keep_every_clock(platform: Office) -> None:
    limit, _filed = limited(platform)
    slow, ordinary = sent(platform), sent(platform, "nguoi-dung-8")
    assert order(platform) == [ordinary.case.id, slow.case.id]
    assert row(slow).slowed_until == limit.until
    assert row(slow).begin_by < row(slow).due_at, "it is begun within its clock"
    slowed, other = (
        Clock.objects.filter(subject_id=filed.case.id).order_by("rule").values_list("rule", "due_at", "started_at")
        for filed in (slow, ordinary)
    )
    assert [(rule, due - started) for rule, due, started in slowed] == [
        (rule, due - started) for rule, due, started in other
    ]


def test_with_the_limit_over_they_take_their_place_by_themselves(platform: Office) -> None:
    limit, _filed = limited(platform, days=1)
    with clock.set_to(limit.until - timedelta(minutes=5)):
        slow, ordinary = sent(platform), sent(platform, "nguoi-dung-8")
        assert row(slow).begin_by <= max(limit.until, row(ordinary).begin_by)
    with clock.set_to(limit.until + timedelta(minutes=5)):
        assert row(sent(platform)).slowed_until is None


@pytest.mark.parametrize(
    "fields",
    [
        {"concerns_child": True},
        {"category": "child"},
        {"threatens_life": True},
        {"category": "privacy", "details": {"about": "me"}},
        {"category": "fraud", "details": {"loss": "money"}},
        {"category": "honour", "details": {"target": "family", "passage": "x"}},
        {"category": "impersonation", "details": {"whom": "me"}},
    ],
)
def test_what_concerns_a_child_a_life_or_oneself_is_never_slowed(platform: Office, fields: dict[str, Any]) -> None:
    limited(platform)
    assert row(sent(platform, **fields)).slowed_until is None


def test_others_never_wait_for_a_limited_sender(platform: Office) -> None:
    limited(platform)
    slow = sent(platform)
    before = row(slow).begin_by
    sent(platform, "nguoi-dung-8", address=slow.case.page.address, text="Tôi cũng thấy.")
    assert row(slow).slowed_until is None
    assert row(slow).begin_by < before
    first = sent(platform, "nguoi-dung-8")
    sent(platform, address=first.case.page.address, text="Tôi cũng thấy.")
    assert row(first).slowed_until is None


def test_what_somebody_makes_graver_by_hand_waits_no_more(platform: Office) -> None:
    limited(platform)
    slow = sent(platform)
    sending.send_on(platform.actor("moderator"), slow.case.id, None, GRAVE, "Nhiều người có thể mất tiền.")
    assert row(slow).slowed_until is None


def test_a_limit_that_is_lifted_lets_go_what_it_slowed(platform: Office) -> None:
    limit, filed = limited(platform)
    slow = sent(platform)
    before = row(slow).begin_by
    objection = actions.object_to(filed.report.reference, filed.secret, limit.id, "Không đồng ý.")
    actions.hear(platform.actor("appeals"), objection.id, "reversed", "Có lý.")
    act = Act.objects.get(type="misuse.heard")
    reactions.let_go_on_appeal(act)
    reactions.let_go_on_appeal(act)
    assert row(slow).slowed_until is None
    assert row(slow).begin_by < before
    assert row(sent(platform)).slowed_until is None


def confirmed(platform: Office, email: str, **fields: Any) -> intake.Filed:
    """A report whose sender's address is confirmed."""
    filed = report(platform, reporter_email=email, **fields)
    Party.objects.filter(id=filed.report.reporter_id).update(confirm_hash=token_digest(filed.report.reference))
    confirming.confirm_email(filed.report.reference)
    return filed


def test_a_confirmed_address_is_a_sender_however_it_is_written(platform: Office) -> None:
    for email in ("lan@example.vn", "Lan@Example.vn", "LAN@EXAMPLE.VN"):
        filed = confirmed(platform, email)
        held_unfounded(platform, filed)
    actions.take(platform.actor("second"), filed.report.id, "warning", "Ba lần.")
    for _ in range(3):
        filed = confirmed(platform, "lan@example.vn")
        held_unfounded(platform, filed)
    limit = actions.take(platform.actor("second"), filed.report.id, "limit", "Vẫn tiếp tục.", 10)
    typed = report(platform, reporter_email="lan@example.vn")
    assert row(typed).slowed_until is None, "whoever typed it may be anybody"
    assert row(confirmed(platform, "lan@example.vn")).slowed_until == limit.until
    assert row(confirmed(platform, "lan@example.vn", threatens_life=True)).slowed_until is None
    assert row(confirmed(platform, "minh@example.vn")).slowed_until is None


def test_an_address_confirmed_later_makes_earlier_marks_count(platform: Office) -> None:
    filed = [report(platform, reporter_email="lan@example.vn") for _ in range(3)]
    for each in filed:
        held_unfounded(platform, each)
        Party.objects.filter(id=each.report.reporter_id).update(confirm_hash=token_digest(each.report.reference))
        confirming.confirm_email(each.report.reference)
    for act in Act.objects.filter(type="report.contact_confirmed"):
        reactions.consider_whom_it_is_of(act)
    from anlanh.base.outbox.models import Task

    assert Task.objects.filter(kind=actions.SUSPICION).count() == 1
    assert not Consequence.objects.exists()


def test_nobody_reads_out_of_a_sender_who_it_is(platform: Office) -> None:
    again(platform, 1)
    mark = senders.mark_of_address(platform.organisation.id, "lan@example.vn")
    assert "lan" not in mark
    assert mark != senders.mark_of_address(platform.members["admin"].ref, "lan@example.vn"), "each house has its own"
