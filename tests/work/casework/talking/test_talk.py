"""Talk by reference and secret: each in a thread of their own, mailed without content, and reporters stay hidden."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.actions import change_roles
from anlanh.base.outbox.models import Message as Outgoing
from anlanh.law.pack import vietnam
from anlanh.law.procedures import Talk
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, steps
from anlanh.work.casework import queries as casework
from anlanh.work.casework.actions import appeals, confirming, decide, review, sorting
from anlanh.work.casework.actions.intake import Filed
from anlanh.work.casework.models import Access, Case, Notice
from anlanh.work.casework.talking import actions, queries
from anlanh.work.casework.talking.models import Message
from tests.builders import Office
from tests.work.casework.steps_of import decided, decision_input, report

pytestmark = pytest.mark.django_db

QUESTION = "Bạn thấy bài này lúc mấy giờ?"


def key(filed: Filed) -> tuple[str, str]:
    return filed.report.reference, filed.secret


def test_a_question_and_its_answer(platform: Office) -> None:
    filed, moderator = report(platform, reporter_email="lan@example.vn"), platform.actor("moderator")
    confirmed(filed)
    review.claim(moderator, filed.case.id)
    actions.write_to(moderator, filed.case.id, filed.report.id, QUESTION, asks=True)
    thread = queries.own_thread(*key(filed))
    assert thread.question == QUESTION
    assert thread.messages[0].author is None, "who on the staff wrote is not for outside"

    actions.write_by_door(*key(filed), "Khoảng 8 giờ tối qua.")
    assert not queries.own_thread(*key(filed)).question
    talk = queries.talk(moderator, filed.case.id)
    assert (talk.unread, talk.threads[0].messages[-1].text) == (1, "Khoảng 8 giờ tối qua.")
    assert list(queries.cases_with_unread(moderator)) == [filed.case]
    assert queries.unread(moderator, [filed.case.id]) == {filed.case.id: 1}

    assert actions.mark_read(moderator, filed.case.id) == 1
    assert queries.unread(moderator, [filed.case.id]) == {}
    spoken = Act.objects.filter(subject_id=filed.case.id, type__startswith="message").order_by("seq")
    assert [act.type for act in spoken] == ["message.sent", "message.received", "messages.read"]
    assert all(QUESTION not in act.leaf and "8 giờ" not in act.leaf for act in spoken)


def test_the_mail_says_only_that_something_waits(platform: Office) -> None:
    filed, moderator = report(platform, reporter_email="lan@example.vn"), platform.actor("moderator")
    confirmed(filed)
    actions.write_to(moderator, filed.case.id, filed.report.id, QUESTION, asks=True)
    notice = Notice.objects.get(kind="message_waiting")
    mailed = casework.letter(notice.id)
    assert notice.mailed
    assert QUESTION not in mailed["subject"] + mailed["body"]
    shown = casework.status(*key(filed)).notices
    assert "message_waiting" not in {letter.kind for letter in shown}, "on the page it would say nothing new"


def test_no_thread_shows_another(platform: Office) -> None:
    first = report(platform)
    second = report(platform, address=first.case.page.address)
    moderator = platform.actor("moderator")
    decided(platform, first)
    way_in = affected(first.case)
    actions.write_by_door(*key(first), "Chữ của người thứ nhất.")
    actions.write_by_door(*key(second), "Chữ của người thứ hai.")
    actions.write_by_door(*way_in, "Chữ của chủ trang.")
    for own, words in ((key(first), "thứ nhất"), (key(second), "thứ hai"), (way_in, "chủ trang")):
        lines = queries.own_thread(*own).messages
        assert len(lines) == 1
        assert words in lines[0].text
    assert len(queries.talk(moderator, first.case.id).threads) == 3


def test_a_file_is_evidence_and_can_be_taken_by_nobody_else(platform: Office) -> None:
    filed, other = report(platform), report(platform)
    stored = actions.keep_file(*key(filed), "man-hinh.txt", io.BytesIO(b"chup man hinh"))
    message = actions.write_by_door(*key(filed), "", [stored.id])
    assert queries.own_thread(*key(filed)).messages[0].files == ["man-hinh.txt"]
    held = casework.case_page(platform.actor("moderator"), filed.case.id).evidence
    assert [line.file for line in held] == [stored]
    act = Act.objects.get(id=message.act_id)
    assert act.clear["files"] == 1
    for file_id in (stored.id, uuid.uuid4()):
        with pytest.raises(BadInput) as refusal:
            actions.write_by_door(*key(other), "Của tôi", [file_id])
        assert refusal.value.where == "files"


@pytest.mark.parametrize("text", ["", "  \x00 ", "a" * 5001])
def test_what_can_not_be_sent(platform: Office, text: str) -> None:
    filed = report(platform)
    with pytest.raises(BadInput) as refusal:
        actions.write_by_door(*key(filed), text)
    assert refusal.value.where == "text"
    with pytest.raises(BadInput):
        actions.write_to(platform.actor("moderator"), filed.case.id, filed.report.id, text)
    assert not Message.objects.exists()


def test_a_flood_is_stopped_and_an_answer_opens_the_way_again(platform: Office) -> None:
    filed = report(platform)
    for _ in range(actions.MOST_UNREAD):
        actions.write_by_door(*key(filed), "Có ai đọc không?")
    with pytest.raises(BadInput):
        actions.write_by_door(*key(filed), "Có ai đọc không?")
    actions.write_to(platform.actor("moderator"), filed.case.id, filed.report.id, "Chúng tôi đã đọc.")
    actions.write_by_door(*key(filed), "Cảm ơn.")


def test_who_may_write(platform: Office) -> None:
    filed, other = report(platform), report(platform)
    with pytest.raises(NotAllowed):
        actions.write_to(platform.actor("inspector"), filed.case.id, filed.report.id, "Chào bạn")
    with pytest.raises(NotFound):
        actions.write_to(platform.actor("moderator"), filed.case.id, other.report.id, "Chào bạn")
    with pytest.raises(NotFound):
        actions.write_by_door(filed.report.reference, other.secret, "Chào")


def test_while_an_appeal_is_open_the_decider_can_not_write_to_the_appellant(platform: Office) -> None:
    filed = report(platform)
    decided(platform, filed)
    way_in = affected(filed.case)
    appeals.file_appeal(*way_in, "Tôi không đồng ý.")
    admin, moderator = platform.actor("admin"), platform.members["moderator"]
    change_roles(admin, moderator.ref, ["moderator", "appeals_officer"])
    access = Access.objects.get(case=filed.case)
    with pytest.raises(NotAllowed):
        actions.write_to(platform.actor("moderator"), filed.case.id, access.id, "Bạn rút khiếu nại đi.")
    actions.write_to(platform.actor("appeals"), filed.case.id, access.id, "Bạn có bản gốc không?", asks=True)
    assert queries.own_thread(*way_in).question == "Bạn có bản gốc không?"


def test_who_asked_before_the_appeal_took_part(platform: Office) -> None:
    filed = report(platform)
    change_roles(platform.actor("admin"), platform.members["second"].ref, ["moderator", "appeals_officer"])
    actions.write_to(platform.actor("second"), filed.case.id, filed.report.id, QUESTION, asks=True)
    decided(platform, filed)
    appeal = appeals.file_appeal(*affected(filed.case), "Tôi không đồng ý.")
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(platform.actor("second"), appeal.id, "upheld", "Đúng rồi.")


def test_an_answer_that_came_meanwhile_stops_a_decision_from_an_old_page(platform: Office) -> None:
    filed, moderator = report(platform), platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    seen = casework.case_page(moderator, filed.case.id).seen
    actions.write_by_door(*key(filed), "Tôi nhầm địa chỉ.")
    with pytest.raises(BadInput):
        decide.decide(moderator, filed.case.id, decision_input(seen=seen))


def test_asking_pauses_no_clock_unless_the_pack_says_so(platform: Office) -> None:
    filed = report(platform)
    before = list(Clock.objects.filter(subject_id=filed.case.id).values_list("due_at", flat=True))
    actions.write_to(platform.actor("moderator"), filed.case.id, filed.report.id, QUESTION, asks=True)
    assert list(Clock.objects.filter(subject_id=filed.case.id).values_list("due_at", flat=True)) == before


def test_a_pause_ends_with_the_answer_and_at_the_latest_by_itself(
    platform: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = report(platform)
    entry = Clock.objects.filter(subject_id=filed.case.id).order_by("due_at").first()
    before, started = entry.due_at, clock.now()
    table = vietnam().procedures["report"]
    talk = Talk((entry.obligation,), 7, None, "source", table.appeal.note)
    monkeypatch.setattr(steps, "procedure_of", lambda case: replace(table, talk=talk))
    with clock.set_to(started + timedelta(hours=1)):
        actions.write_to(platform.actor("moderator"), filed.case.id, filed.report.id, QUESTION, asks=True)
    entry.refresh_from_db()
    assert entry.due_at == before + timedelta(days=7), "nobody who never answers can stop it for ever"
    with clock.set_to(started + timedelta(hours=3)):
        actions.write_by_door(*key(filed), "Đây.")
    entry.refresh_from_db()
    assert entry.due_at == before + timedelta(hours=2)
    assert Case.objects.get(id=filed.case.id).due_at == entry.due_at


def confirmed(filed: Filed) -> None:
    """The reporter's address becomes one that may be used."""
    message = Outgoing.objects.get(key=f"confirm:{filed.report.reporter_id}")
    confirming.confirm_email(message.payload["body"].split("xac-nhan-thu/")[1].split("/")[0])


def affected(case: Case) -> tuple[str, str]:
    """Reference and secret of the person affected, as their letter tells them."""
    access = Access.objects.get(case=case)
    return access.reference, numbers.secret_for(access.id)


def test_in_a_sealed_case_only_its_handlers_and_its_own_reporter_talk(platform: Office) -> None:
    filed, admin = report(platform), platform.actor("admin")
    actions.write_by_door(*key(filed), "Kẻ đó là sếp tôi.")
    sealed = sorting.sort_report(platform.actor("moderator"), filed.report.id, "denunciation", "Tố cáo.")
    change_roles(admin, platform.members["second"].ref, ["denunciation_officer"])
    actions.write_by_door(*key(filed), "Đây là chứng cứ của tôi.")
    moderator, handler = platform.actor("moderator"), platform.actor("second")
    assert list(queries.cases_with_unread(moderator)) == []
    with pytest.raises(NotFound):
        queries.talk(moderator, sealed.id)
    with pytest.raises(NotFound):
        actions.write_to(moderator, sealed.id, filed.report.id, "Bạn là ai?")
    sorting.open_sealed(handler, sealed.id)
    said = [line.text for line in queries.talk(handler, sealed.id).threads[0].messages]
    assert said == ["Kẻ đó là sếp tôi.", "Đây là chứng cứ của tôi."], "what was said before is sealed with it"
    actions.write_to(handler, sealed.id, filed.report.id, "Chúng tôi đã nhận.")
