"""Letters over real SMTP, and into the folder where there is no server."""

import email
import email.policy
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.outbox import channels
from anlanh.base.outbox.channels import Refused, TryLater
from anlanh.base.outbox.delivery import work_once
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import Draft, enqueue
from anlanh.connectors import mail
from anlanh.connectors.mail import MailChannel, compose
from tests.peers import MailServer

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LAN = "lan@thu.example"
BODY = "Chào bạn,\n\nMở liên kết này để đặt mật khẩu: https://anlanh.example/moi/bi-mat\n\n.\nAn Lành\n"
PAYLOAD = {"to": LAN, "subject": "Lời mời vào Mạng Thử", "body": BODY, "language": "vi"}


@pytest.fixture(autouse=True)
def surroundings(settings: Any, tmp_path: Path) -> Any:
    settings.EMAIL_HOST = ""
    settings.ANLANH_OUTBOX_MAIL_DIR = tmp_path / "thu"
    settings.DEFAULT_FROM_EMAIL = "An Lành <khong-tra-loi@anlanh.example>"
    with clock.set_to(NOW):
        yield


def unsaved(payload: dict[str, Any], key: str = "invitation:1") -> Message:
    return Message(channel="mail", key=key, payload=payload, created_at=NOW)


def letters_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_letter_arrives_as_it_was_written(smtp_server: MailServer) -> None:
    receipt = MailChannel().deliver(unsaved(PAYLOAD))

    (letter,) = smtp_server.to(LAN)
    assert letter.text.replace("\r\n", "\n") == BODY
    assert letter.sender == "khong-tra-loi@anlanh.example"
    assert letter.mail["Subject"] == PAYLOAD["subject"]
    assert letter.mail["To"] == LAN
    assert letter.mail["From"].addresses[0].display_name == "An Lành"
    assert letter.mail["Date"].datetime == NOW
    assert letter.mail["Auto-Submitted"] == "auto-generated"
    assert letter.mail["Content-Language"] == "vi"
    assert letter.mail.get_content_type() == "text/plain"
    assert letter.mail.get_content_charset() == "utf-8"
    assert letter.raw.isascii()
    assert receipt.detail["message_id"] == letter.mail["Message-ID"]


def test_a_letter_sent_twice_is_one_letter_and_another_is_another(smtp_server: MailServer) -> None:
    for key in ("notice:1", "notice:1", "notice:2"):
        MailChannel().deliver(unsaved(PAYLOAD, key))
    first, again, second = smtp_server.to(LAN)
    assert first.raw == again.raw
    assert first.mail["Message-ID"] != second.mail["Message-ID"]
    assert "notice" not in first.mail["Message-ID"]


@pytest.mark.django_db
def test_nobody_is_buried_under_letters_that_strangers_ask_for(smtp_server: MailServer) -> None:
    """Each report may name any address to write to; its owner gets a few letters a day, whoever reports whatever."""
    for number in range(20):
        MailChannel().deliver(unsaved(PAYLOAD, f"confirm:{number}"))
        MailChannel().deliver(unsaved(PAYLOAD | {"to": LAN.upper()}, f"confirm:again{number}"))
    MailChannel().deliver(unsaved(PAYLOAD | {"to": "mai@thu.example"}, "confirm:mai"))
    assert len(smtp_server.letters) == mail.MOST_A_DAY["confirm"] + 1
    MailChannel().deliver(unsaved(PAYLOAD, "account:1"))
    assert len(smtp_server.letters) == mail.MOST_A_DAY["confirm"] + 2


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("450 4.2.1 mailbox busy", TryLater), ("421 4.7.0 come back", TryLater), (f"550 5.1.1 <{LAN}> unknown", Refused)],
)
def test_a_refused_recipient(smtp_server: MailServer, reply: str, outcome: type[Exception]) -> None:
    smtp_server.refusals[LAN] = reply
    with pytest.raises(outcome, match=reply[:3]) as fault:
        MailChannel().deliver(unsaved(PAYLOAD))
    assert LAN not in str(fault.value)


@pytest.mark.parametrize(("reply", "outcome"), [("452 4.3.1 disk full", TryLater), ("554 5.6.0 no", Refused)])
def test_a_refused_letter(smtp_server: MailServer, reply: str, outcome: type[Exception]) -> None:
    smtp_server.next_data_reply = reply
    with pytest.raises(outcome, match=reply[:3]):
        MailChannel().deliver(unsaved(PAYLOAD))


def test_a_server_that_is_away_or_wants_what_we_lack_is_tried_later(smtp_server: MailServer, settings: Any) -> None:
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "ai-do"
    with pytest.raises(TryLater):
        MailChannel().deliver(unsaved(PAYLOAD))
    settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = "", True
    with pytest.raises(TryLater):
        MailChannel().deliver(unsaved(PAYLOAD))
    settings.EMAIL_USE_TLS = False
    with MailServer() as gone:
        settings.EMAIL_PORT = gone.port
    with pytest.raises(TryLater):
        MailChannel().deliver(unsaved(PAYLOAD))
    assert smtp_server.letters == []


def test_without_a_server_letters_go_into_the_folder_each_once(settings: Any) -> None:
    for key in ("invitation:1", "invitation:1", "invitation:2"):
        receipt = MailChannel().deliver(unsaved(PAYLOAD, key))
    files = letters_in(settings.ANLANH_OUTBOX_MAIL_DIR)
    assert len(files) == 2
    assert receipt.detail["file"] in {path.name for path in files}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert all(path.name.startswith("20261120-090000-") and path.suffix == ".eml" for path in files)
    read = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert read.get_content().replace("\r\n", "\n") == BODY


@pytest.mark.parametrize(
    "address",
    [
        "lan",
        "lan@thu.example, nam@thu.example",
        "lan@thu.example\nBcc: nam@thu.example",
        "Lan <lan@thu.example>",
        "lan@thu..example",
        '"lan"@[127.0.0.1] x',
        "lan@thu.example\r\n",
    ],
)
def test_what_is_not_one_address_is_refused(address: str, settings: Any) -> None:
    with pytest.raises(Refused):
        MailChannel().deliver(unsaved({**PAYLOAD, "to": address}))
    assert letters_in(settings.ANLANH_OUTBOX_MAIL_DIR) == []


def test_a_name_in_vietnamese_letters_goes_over_the_wire_in_ascii(smtp_server: MailServer) -> None:
    MailChannel().deliver(unsaved({**PAYLOAD, "to": "lan@việt.example"}))
    assert smtp_server.letters[0].recipients == ["lan@xn--vit-5kz.example"]


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=12))
def test_no_text_adds_a_header_or_ends_the_head(subject: str, body: str, language: str) -> None:
    plain = compose({**PAYLOAD, "subject": "x"}, "k", NOW)
    raw = compose({"to": LAN, "subject": subject, "body": body, "language": language}, "k", NOW).as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read.keys() == plain.keys()
    assert read["To"] == LAN
    assert not read.defects


def test_a_notice_is_looked_up_when_it_leaves(smtp_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail.wanted, "letter_has_address", lambda notice: notice == "n1")
    monkeypatch.setattr(mail.queries, "letter", lambda _notice: {**PAYLOAD, "subject": "Kết quả"})
    MailChannel().deliver(unsaved({"notice": "n1"}))
    assert smtp_server.to(LAN)[0].mail["Subject"] == "Kết quả"

    assert "skipped" in MailChannel().deliver(unsaved({"notice": "n2"})).detail
    assert len(smtp_server.letters) == 1


def test_a_notice_that_can_not_be_put_together_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_notice: str) -> dict[str, str]:
        raise NotFound("the key was changed")

    monkeypatch.setattr(mail.wanted, "letter_has_address", lambda _notice: True)
    monkeypatch.setattr(mail.queries, "letter", broken)
    with pytest.raises(Refused, match="key"):
        MailChannel().deliver(unsaved({"notice": "n1"}))


def test_from_the_queue_what_a_letter_held_is_scrubbed_once_it_is_gone(
    platform: Any, smtp_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(channels._channels, "mail", MailChannel())
    Message.objects.all().delete()
    smtp_server.refusals[LAN] = "450 busy"
    with transaction.atomic():
        (message,) = enqueue(platform.organisation.id, [Draft("mail", "invitation:x", PAYLOAD)])

    work_once()
    message.refresh_from_db()
    assert message.payload == PAYLOAD
    smtp_server.refusals.clear()
    with clock.set_to(NOW + timedelta(minutes=1)):
        work_once()

    message.refresh_from_db()
    assert (message.state, message.payload) == (Message.State.DONE, {"language": "vi"})
    assert smtp_server.to(LAN)


def test_from_the_queue_a_refusal_becomes_a_task_that_names_nobody(
    platform: Any, smtp_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(channels._channels, "mail", MailChannel())
    smtp_server.refusals[LAN] = f"550 <{LAN}> unknown"
    with transaction.atomic():
        (message,) = enqueue(platform.organisation.id, [Draft("mail", "invitation:x", PAYLOAD)])
    while work_once():
        pass
    task = Task.objects.get(message=message)
    assert "550" in task.detail["error"]
    assert LAN not in task.detail["error"]
