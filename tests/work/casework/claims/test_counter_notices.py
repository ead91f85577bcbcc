"""A counter-notice goes to the claimant, gives them a time, and is settled by a person; nothing happens by itself."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.outbox.models import Task
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.server.worker import drain
from anlanh.work.casework import numbers
from anlanh.work.casework.actions import appeals
from anlanh.work.casework.claims import actions, standing
from anlanh.work.casework.claims.actions import AnswerInput, CounterInput
from anlanh.work.casework.claims.models import CounterNotice
from anlanh.work.casework.claims.queries import own_counter
from anlanh.work.casework.keeping import case_files
from anlanh.work.casework.models import Access, Case, Decision, Measure, Notice
from tests.builders import Office
from tests.work.casework.steps_of import carried_out, decided, fresh_address, integration, report, stored_file

pytestmark = pytest.mark.django_db

CLAIM = {"work": "Bài hát", "right_holder": "Nhạc sĩ C, tự sáng tác", "standing": "holder", "good_faith": "agreed"}
NAME, PLACE, WHY = "Phạm Văn Đối", "Số 1 phố Huế, Hà Nội", "Tôi là người sáng tác bài này."


def taken_down(office: Office, **fields: Any) -> tuple[Any, Decision, tuple[str, str]]:
    """A claim, the removal it led to, and the door of the person affected."""
    integration(office)
    filed = report(office, category="copyright", details=CLAIM, reporter_name="Hãng Nhạc Mùa Nhãn", **fields)
    decision = decided(office, filed)
    carried_out(office, decision)
    access = Access.objects.get(case=filed.case)
    return filed, decision, (access.reference, numbers.secret_for(access.id))


def objected(door: tuple[str, str], **fields: Any) -> CounterNotice:
    """A complete counter-notice."""
    return actions.file(*door, CounterInput(**{"name": NAME, "address": PLACE, "text": WHY, "stated": True, **fields}))


def lodged(office: Office, filed: Any, days: int = 0, **fields: Any) -> AnswerInput:
    """A claimant's answer that they went to court so many days from now."""
    day = civil_date(clock.now()) + timedelta(days=days)
    proof = [stored_file(office, "don-kien.pdf").id]
    given = {"kind": "lodged", "body": "Toà án quận 1", "number": "12/TLST", "lodged_on": day, "file_ids": proof}
    return actions.answer(filed.report.reference, filed.secret, AnswerInput(**{**given, **fields}))


def test_it_goes_to_the_claimant_and_to_nobody_else(platform: Office) -> None:
    address = fresh_address()
    bystander = report(platform, address, category="fraud")
    filed, decision, door = taken_down(platform, address=address)
    notice = objected(door)
    letters = Notice.objects.filter(case=filed.case, kind__startswith="counter_filed")
    assert {letter.recipient_id for letter in letters} == {filed.report.reporter_id, notice.party_id}
    told = letters.get(role="reporter").body
    assert NAME in told
    assert PLACE in told
    assert WHY in told
    assert "Mùa Nhãn" not in letters.get(role="affected").body, "reporters stay confidential"
    assert own_counter(bystander.report.reference, bystander.secret) is None
    assert own_counter(filed.report.reference, filed.secret).state == "can_answer"
    assert Case.objects.get(id=filed.case.id).due_at == standing.due(notice, filed.case)
    act = Act.objects.get(type="counter_notice.filed")
    assert PLACE not in str(act.leaf)
    assert {row.field for row in CommittedValue.objects.filter(act=act)} >= {"name", "address", "text"}
    assert decision.id == notice.decision_id


def test_nothing_happens_by_itself_and_a_person_brings_it_back(platform: Office) -> None:
    filed, decision, door = taken_down(platform)
    notice = objected(door)
    moderator = platform.actor("moderator")
    with pytest.raises(BadInput):
        actions.settle(moderator, notice.id, "restored", "Chưa hết hạn.")
    with clock.set_to(standing.due(notice, filed.case) + timedelta(days=30)):
        drain()
        decision.refresh_from_db()
        assert decision.overturned_at is None, "no job restores"
        assert Task.objects.get(kind="counter_notice").state == Task.State.OPEN
        with pytest.raises(BadInput):
            actions.settle(moderator, notice.id, "kept", "Không ai kiện.")
        with pytest.raises(BadInput):
            actions.settle(moderator, notice.id, "restored", "  ")
        actions.settle(moderator, notice.id, "restored", "Bên yêu cầu không khởi kiện.")
        carried_out(platform, decision, "reverse")
    assert Measure.objects.get(decision=decision).state == Measure.State.REVERSED
    assert Case.objects.get(id=filed.case.id).page.state == "live"
    assert Task.objects.get(kind="counter_notice").state == Task.State.DONE
    both = Notice.objects.filter(kind__startswith="counter_restored").values_list("role", flat=True)
    assert set(both) == {"affected", "reporter"}
    with pytest.raises(BadInput):
        actions.settle(moderator, notice.id, "restored", "Lần nữa.")


def test_a_suit_in_time_keeps_it_down_and_the_time_to_appeal_begins_anew(platform: Office) -> None:
    filed, decision, door = taken_down(platform)
    with clock.set_to(decision.appeal_until - timedelta(days=1)):
        notice = objected(door)
        with pytest.raises(BadInput):
            appeals.file_appeal(*door, "Tôi không đồng ý.")
        lodged(platform, filed)
    with clock.set_to(decision.appeal_until + timedelta(days=2)):
        actions.settle(platform.actor("moderator"), notice.id, "kept", "Toà đã thụ lý.")
        decision.refresh_from_db()
        assert decision.appeal_until > clock.now() + timedelta(days=29)
        appeals.file_appeal(*door, "Tôi không đồng ý.")
    assert decision.overturned_at is None


def test_a_suit_after_the_time_keeps_nothing_down(platform: Office) -> None:
    filed, _decision, door = taken_down(platform)
    notice = objected(door)
    with clock.set_to(standing.due(notice, filed.case) + timedelta(days=1)):
        lodged(platform, filed)
        with pytest.raises(BadInput):
            actions.settle(platform.actor("moderator"), notice.id, "kept", "Đã kiện, nhưng muộn.")
        actions.settle(platform.actor("moderator"), notice.id, "restored", "Kiện sau hạn.")


def test_a_claimant_who_gives_way_shortens_it(platform: Office) -> None:
    address = fresh_address()
    other_claim = report(platform, address, category="copyright", details=CLAIM)
    filed, _decision, door = taken_down(platform, address=address)
    notice = objected(door)
    actions.answer(filed.report.reference, filed.secret, AnswerInput("gives_way"))
    with pytest.raises(BadInput):
        actions.settle(platform.actor("moderator"), notice.id, "restored", "Một bên đã thôi.")
    actions.answer(other_claim.report.reference, other_claim.secret, AnswerInput("gives_way"))
    actions.settle(platform.actor("moderator"), notice.id, "restored", "Không bên nào giữ yêu cầu.")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": " "}, "name"),
        ({"address": ""}, "address"),
        ({"text": "\x00"}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"stated": False}, "stated"),
        ({"file_ids": [new_id()]}, "files"),
    ],
)
def test_what_it_needs(platform: Office, fields: dict, where: str) -> None:
    _filed, _decision, door = taken_down(platform)
    with pytest.raises(BadInput) as refusal:
        objected(door, **fields)
    assert refusal.value.where == where
    assert not CounterNotice.objects.exists()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"kind": "maybe"}, "kind"),
        ({"body": " "}, "body"),
        ({"lodged_on": None}, "lodged_on"),
        ({"days": 1}, "lodged_on"),
        ({"file_ids": ()}, "files"),
    ],
)
def test_what_an_answer_needs(platform: Office, fields: dict, where: str) -> None:
    filed, _decision, door = taken_down(platform)
    objected(door)
    with pytest.raises(BadInput) as refusal:
        lodged(platform, filed, **fields)
    assert refusal.value.where == where


def test_who_may_not(platform: Office, other: Office) -> None:
    address = fresh_address()
    bystander = report(platform, address, category="fraud")
    filed, _decision, door = taken_down(platform, address=address)
    for reference, secret in ((filed.report.reference, filed.secret), (bystander.report.reference, bystander.secret)):
        with pytest.raises(BadInput):
            objected((reference, secret))
    with pytest.raises(NotFound):
        objected((door[0], filed.secret))
    notice = objected(door)
    with pytest.raises(BadInput):
        objected(door)
    with pytest.raises(BadInput):
        lodged(platform, bystander)
    with pytest.raises(NotFound):
        actions.settle(other.actor("moderator"), notice.id, "restored", "Của nhà khác.")
    with clock.set_to(standing.due(notice, filed.case) + timedelta(days=1)):
        for actor in (platform.actor("inspector"), machine(platform)):
            with pytest.raises(NotAllowed):
                actions.settle(actor, notice.id, "restored", "Không có quyền.")


def machine(office: Office) -> Actor:
    """A key that may decide."""
    return Actor(ActorKind.MACHINE, office.organisation.id, new_id(), frozenset({"cases.view", "cases.decide"}))


def test_there_is_nothing_to_object_to_without_a_claim(platform: Office) -> None:
    integration(platform)
    filed = report(platform)
    decided(platform, filed)
    access = Access.objects.get(case=filed.case)
    door = (access.reference, numbers.secret_for(access.id))
    assert own_counter(*door) is None
    with pytest.raises(BadInput):
        objected(door)


def test_each_side_takes_its_own_words_home(platform: Office) -> None:
    filed, _decision, door = taken_down(platform)
    objected(door, file_ids=[stored_file(platform, "ban-goc.pdf").id][:0])
    assert case_files.take(*door)
    assert case_files.take(filed.report.reference, filed.secret)
