"""Failures as tasks: what, where, how to mend it, and trying again."""

import contextlib
import imaplib
from pathlib import Path

import pytest
from django.utils import translation

from anlanh.base.outbox import delivery
from anlanh.base.outbox.channels import Refused, bind
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import Draft, enqueue
from anlanh.connectors import mailbox
from anlanh.server import worker
from anlanh.server.bindings import bind_everything
from anlanh.web.console.failures import CHANNELS, FOLLOW_UP
from tests.builders import Office
from tests.work.casework.steps_of import decided, integration, report

pytestmark = pytest.mark.django_db


class Broken:
    """A channel that never delivers."""

    def deliver(self, _message: Message) -> None:
        """Refuses."""
        raise Refused("máy chủ trả lời 410")


@pytest.fixture
def broken(platform: Office):
    """Every channel of the program fails."""
    for channel in CHANNELS:
        bind("reaction:" if channel == FOLLOW_UP else channel, Broken())
    yield
    bind_everything()


def test_every_channel_says_what_where_and_how_and_can_be_tried_again(platform, signed_in, broken) -> None:
    integration(platform)
    decision = decided(platform, report(platform, reporter_email="hoa@vidu.example"))
    known = dict.fromkeys(["import", "group", "version"], str(decision.id))
    drafts = [Draft(channel, f"thu:{channel}", known) for channel in ("import", "desk.sort", "group", "mail")]
    enqueue(platform.organisation.id, drafts)
    while delivery.work_once():
        pass
    failed = {task.message.channel.partition(":")[0] for task in Task.objects.filter(kind="delivery_failed")}
    assert failed == set(CHANNELS)
    client = signed_in(platform, "moderator")
    pages = "".join(client.get(f"/console/tasks/?page={number}").content.decode() for number in (1, 2))
    with translation.override("en"):
        for what, how in CHANNELS.values():
            assert str(what) in pages
            assert str(how).split(".")[0].replace("'", "&#x27;") in pages
    assert "máy chủ trả lời 410" in pages
    assert "/accounts/integration/" in pages
    assert decision.case.number in pages, "the case that it is about"
    for task in Task.objects.filter(kind="delivery_failed"):
        assert client.post(f"/console/tasks/{task.id}/retry/").status_code == 302
    assert not Message.objects.filter(state=Message.State.GIVEN_UP).exists()


def test_a_letter_that_could_not_be_mailed_can_be_handed_on(platform, signed_in, broken) -> None:
    from anlanh.base import clock
    from anlanh.work.casework.models import Notice, Party

    filed = report(platform)
    Party.objects.filter(id=filed.report.reporter_id).update(
        email="hoa@vidu.example", email_confirmed_at=clock.now(), name="Hoà"
    )
    decided(platform, filed)
    while delivery.work_once():
        pass
    notice = Notice.objects.get(mailed=True, kind="measure_reporter")
    task = Task.objects.get(message__payload__notice=str(notice.id))
    page = signed_in(platform, "moderator").get(f"/console/tasks/{task.id}/letter/").content.decode()
    assert notice.subject in page
    assert signed_in(platform, "inspector").get(f"/console/tasks/{task.id}/letter/").status_code == 403


def test_a_mailbox_that_does_not_answer_is_a_task_until_it_does(platform, settings, monkeypatch, tmp_path) -> None:
    settings.ANLANH_MAILBOX_ORGANISATION = platform.organisation.code
    settings.ANLANH_INBOX_MAIL_DIR, settings.ANLANH_IMAP_HOST = str(tmp_path), "thu.example"
    monkeypatch.setattr(mailbox, "_failing", mailbox.Failing(mailbox.MAILBOX_FAILING))

    def away(_take: object) -> int:
        raise imaplib.IMAP4.error("[AUTHENTICATIONFAILED] sai mat khau")

    monkeypatch.setattr(mailbox, "_read_imap", away)
    for _time in range(4):
        mailbox.read_mailbox()
    task = Task.objects.get(kind="mailbox_failing")
    assert task.detail == {"failing": "unreachable", "error": "error", "place": "thu.example"}
    assert "mat khau" not in str(task.detail)
    monkeypatch.setattr(mailbox, "_read_imap", lambda _take: 0)
    mailbox.read_mailbox()
    task.refresh_from_db()
    assert task.state == Task.State.DONE


def test_a_letter_that_is_never_taken_is_a_task(platform, settings, monkeypatch, tmp_path: Path) -> None:
    settings.ANLANH_MAILBOX_ORGANISATION = platform.organisation.code
    settings.ANLANH_INBOX_MAIL_DIR, settings.ANLANH_IMAP_HOST = str(tmp_path), ""
    monkeypatch.setattr(mailbox, "_failing", mailbox.Failing(mailbox.MAILBOX_FAILING))
    (tmp_path / "a.eml").write_bytes(b"From: a@b.example\n\nthu\n")
    take = mailbox.take_letter

    def broken(*_given: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(mailbox, "take_letter", broken)
    for _time in range(3):
        mailbox.read_mailbox()
    task = Task.objects.get(kind="mailbox_failing")
    assert task.detail["place"] == "a.eml"
    monkeypatch.setattr(mailbox, "take_letter", take)
    mailbox.read_mailbox()
    task.refresh_from_db()
    assert task.state == Task.State.DONE


def test_a_job_that_fails_stops_no_other_and_becomes_a_task(platform, signed_in, monkeypatch) -> None:
    def broken() -> None:
        raise ValueError("x")

    monkeypatch.setattr(worker, "call_everybody", broken)
    monkeypatch.setattr(worker, "CALL_SECONDS", 0.0)
    loop = worker.Worker()
    with contextlib.suppress(StopIteration):
        for _round in range(3):
            loop.step()
    task = Task.objects.get(kind="job_failing")
    assert task.detail == {"failing": "calling", "error": "ValueError"}
    page = signed_in(platform, "moderator").get("/console/tasks/").content.decode()
    assert "Calling who is on call" in page
    monkeypatch.setattr(worker, "call_everybody", lambda: 0)
    loop.step()
    task.refresh_from_db()
    assert task.state == Task.State.DONE
