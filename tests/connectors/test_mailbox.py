"""Letters read into cases: hostile ones, wrong charsets, machines that answer machines; each once, and none lost."""

import contextlib
import email.policy
import time
import uuid
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.outbox.models import Message, Task
from anlanh.connectors import mailbox
from anlanh.connectors.mailbox import read_mailbox
from anlanh.work.casework import numbers
from anlanh.work.casework.mailbox import holding
from anlanh.work.casework.mailbox.actions import take_letter
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.mailbox.reading import Unreadable, read_letter
from anlanh.work.casework.models import Case, Party, Report
from anlanh.work.casework.preferences.actions import set_preferences
from tests.builders import Office
from tests.peers import ImapServer
from tests.work.casework.steps_of import report

PAGE = "https://mang.example/bai/thu-dien-tu"
WORDS = f"Trang này lừa lấy mã xác nhận: {PAGE}."


def letter(words: str = WORDS, *, message_id: str = "<a1@thu.example>", html: bool = False, **headers: str) -> bytes:
    """A letter by somebody."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"] = headers.pop("From", "Lê Thị Mận <man@thu.example>"), "bao@mang.example"
    mail["Subject"], mail["Message-ID"] = headers.pop("Subject", "Báo trang lừa đảo"), message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words, subtype="html" if html else "plain")
    return mail.as_bytes()


@pytest.mark.django_db
def test_a_letter_becomes_a_report_and_its_sender_is_told(platform: Office) -> None:
    taken = take_letter(platform.organisation.id, letter())
    filed = Report.objects.get()
    assert (taken.outcome, taken.report_id, filed.via) == ("filed", filed.id, "mail")
    assert WORDS in filed.text
    assert (filed.case.page.address, filed.reporter.name) == (PAGE, "Lê Thị Mận")
    told = Message.objects.get(key__startswith="confirm:").payload
    assert told["to"] == "man@thu.example"
    assert filed.reference in told["body"]
    assert "Mận" not in told["body"], "nobody confirmed the address, so it gets no words that a stranger chose"
    assert "/xac-nhan-thu/" in told["body"]


@pytest.mark.django_db
def test_the_same_letter_again_is_nothing_new(platform: Office) -> None:
    first = take_letter(platform.organisation.id, letter())
    assert take_letter(platform.organisation.id, letter(X_Relayed="twice")).id == first.id
    assert Report.objects.count() == 1
    assert Message.objects.filter(key__startswith="confirm:").count() == 1


@pytest.mark.django_db
def test_a_reply_with_a_reference_joins_that_case_and_opens_no_door(platform: Office, other: Office) -> None:
    filed = report(platform, reporter_email="Man@thu.example")
    Party.objects.update(email_confirmed_at=clock.now())
    words = f"Nói thêm về {filed.report.reference}: họ vừa đổi số tài khoản.\n> {PAGE}"
    taken = take_letter(platform.organisation.id, letter(words, message_id="<b@x>"))
    assert taken.report.case_id == filed.case.id
    assert Case.objects.count() == 1
    there = take_letter(other.organisation.id, letter(words, message_id="<c@x>"))
    assert (there.outcome, there.why) == ("waits", "reference_only"), "another organisation's reference names nothing"


@pytest.mark.django_db
@pytest.mark.parametrize("known", ["", "khac@thu.example", "man@thu.example"])
def test_a_reference_alone_tells_a_stranger_nothing(platform: Office, known: str) -> None:
    """Neither a page, by a door of their own, nor whether there is such a report; who was only typed is a stranger."""
    filed = report(platform, reporter_email=known)
    if known.startswith("khac"):
        Party.objects.update(email_confirmed_at=clock.now())
    unknown = numbers.new_reference(numbers.REPORT_PREFIX)
    before = Message.objects.count()
    for number, reference in enumerate((filed.report.reference, unknown)):
        taken = take_letter(platform.organisation.id, letter(f"Về {reference}.", message_id=f"<r{number}@x>"))
        assert (taken.outcome, taken.why, taken.report) == ("waits", "reference_only", None)
    assert Message.objects.count() == before, "nothing is answered"
    assert Report.objects.count() == 1
    with_page = take_letter(
        platform.organisation.id, letter(f"Về {filed.report.reference}: {PAGE}", message_id="<p@x>")
    )
    assert with_page.report.case.page.address == PAGE, "the page that they know themselves"


@pytest.mark.django_db
def test_letters_beyond_what_an_address_may_send_wait_as_one_task_and_none_is_lost(
    platform: Office, client: Client
) -> None:
    admin, organisation = platform.actor("admin"), platform.organisation
    set_preferences(admin, undo_seconds=0, numbers={"mailbox.letters-an-hour": 5})
    came = clock.now()
    with clock.set_to(came):
        taken = [
            take_letter(organisation.id, letter(f"Lừa: https://mang.example/{n}", message_id=f"<n{n}@x>"))
            for n in range(8)
        ]
        again = take_letter(organisation.id, letter("Lừa: https://mang.example/7", message_id="<n7@x>"))
        other_address = letter(f"Lừa: {PAGE}", message_id="<khac@x>", From="Ba <ba@thu.example>")
        assert take_letter(organisation.id, other_address).outcome == "filed", "others go on"
    assert [each.outcome for each in taken] == ["filed"] * 5 + ["waits"] * 3
    assert again.id == taken[7].id
    assert Message.objects.filter(key__startswith="confirm:").count() == 6, "what is held is not answered"
    task = Task.objects.get(kind=holding.TASK)
    page = reverse("console:held_letters", args=[task.id])
    client.force_login(platform.members["verifier"].account)
    assert client.get(page).status_code == 403
    client.force_login(platform.members["moderator"].account)
    assert client.get(page).content.decode().count("/console/letters/") == 3
    with clock.set_to(came + timedelta(hours=3)):
        client.force_login(platform.members["moderator"].account)
        assert client.post(page).status_code == 302
    assert Task.objects.get(id=task.id).state == "done"
    filed = Report.objects.filter(via="mail").order_by("id").last()
    assert Report.objects.filter(via="mail").count() == 9
    assert abs(filed.received_at - came) < timedelta(seconds=1), "its clock runs from when it came"
    with clock.set_to(came + timedelta(hours=4)):
        assert take_letter(organisation.id, letter(f"Nữa: {PAGE}", message_id="<sau@x>")).outcome == "filed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<tin.example>"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_machines_are_not_answered(platform: Office, headers: dict) -> None:
    assert take_letter(platform.organisation.id, letter(**headers)).outcome == "ignored"
    assert not Message.objects.filter(key__startswith="confirm:").exists()
    assert not Report.objects.exists()
    assert Letter.objects.get().file_id is not None, "kept all the same"


@pytest.mark.django_db
def test_what_nobody_can_read_waits_for_a_person(platform: Office) -> None:
    deep = b"Message-ID: <deep@x>\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(3000)
    )
    for raw in (deep, b"", b"\x00\xff" * 100, letter("Không có địa chỉ nào.", message_id="<n@x>")):
        assert take_letter(platform.organisation.id, raw).outcome == "waits"
    assert Task.objects.filter(kind="mail_unreadable").count() == 4
    assert Letter.objects.filter(file__isnull=False).count() == 4


@pytest.mark.django_db
def test_ten_megabytes_are_cut_and_kept_whole(platform: Office) -> None:
    raw = letter(WORDS + "\n" + "dài dằng dặc " * 700_000, message_id="<long@x>")
    taken = take_letter(platform.organisation.id, raw)
    assert taken.outcome == "filed"
    assert len(taken.report.text) == 5000
    assert taken.file.size == len(raw)


def test_the_charset_is_what_it_is_and_not_what_it_says() -> None:
    head = b"From: a@b.example\r\nMessage-ID: <w@x>\r\nContent-Type: text/plain; charset="
    for said in (b"us-ascii", b"khong-co", b"utf-16", b'"utf-8'):
        read = read_letter(head + said + b"\r\n\r\n" + "Tiếng Việt ở đây".encode())
        assert "Tiếng Việt" in read.words or said == b"utf-16"


def test_html_alone_is_read_as_people_see_it() -> None:
    page = "<style>x{}</style><p>Trang <b>giả</b></p><script>alert(1)</script><a href='https://x.example/a'>đây</a>"
    read = read_letter(letter(page, html=True))
    assert "Trang giả" in read.words
    assert read.address == "https://x.example/a"
    assert "alert" not in read.words


def test_words_that_turn_the_reading_direction_lose_that() -> None:
    read = read_letter(letter("Xem \u202egpj.exe\u202c ở \u200bđây", Subject="a\u202eb"))
    assert "\u202e" not in read.words + read.subject
    assert "\u200b" not in read.words


@pytest.mark.parametrize(
    "piece", [" ", "<!--", "<a", "</a", "<![x[", "<a a='", "<script>", "\n ", "&#1", "< ", "<style></", "<?"]
)
def test_a_page_without_end_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(Unreadable):
        read_letter(letter(f"<p>x{piece * (200_000 // len(piece))}y</p>", html=True))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("mark", ["<![x[", "<![ x ]>", "<!x [ ]>", "<!DOCTYPE", "<![if x]>"])
def test_a_declaration_that_is_none_breaks_no_letter(mark: str) -> None:
    assert PAGE in read_letter(letter(f"<p>{WORDS}</p>{mark}", html=True)).words


@pytest.mark.django_db
def test_a_letter_that_nothing_was_ready_for_keeps_no_other_waiting(
    platform: Office, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANLANH_MAILBOX_ORGANISATION, settings.ANLANH_INBOX_MAIL_DIR = platform.organisation.code, tmp_path
    (tmp_path / "1.eml").write_bytes(letter("Không ai ngờ tới.", message_id="<no@x>"))
    (tmp_path / "2.eml").write_bytes(letter())

    def fails(organisation_id: uuid.UUID, raw: bytes) -> Letter:
        if b"<no@x>" in raw:
            raise ZeroDivisionError
        return take_letter(organisation_id, raw)

    monkeypatch.setattr(mailbox, "take_letter", fails)
    assert read_mailbox() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["1.eml"], "not lost either"
    assert Report.objects.count() == 1


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"From: a@b\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n"])
)
def test_no_bytes_break_the_reader(raw: bytes, head: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_letter(head + raw)


@pytest.mark.django_db
def test_the_mailbox_is_read_over_imap_and_marked_once_taken(platform: Office, settings: object) -> None:
    with ImapServer(letter(), letter("Không địa chỉ.", message_id="<z@x>")) as server:
        settings.ANLANH_MAILBOX_ORGANISATION = platform.organisation.code
        settings.ANLANH_IMAP_HOST, settings.ANLANH_IMAP_PORT, settings.ANLANH_IMAP_TLS = "127.0.0.1", server.port, False
        assert read_mailbox() == 2
        assert server.read == {1, 2}
        assert read_mailbox() == 0
    assert Letter.objects.count() == 2
    assert read_mailbox() == 0, "a mailbox that is away is tried again later"


@pytest.mark.django_db
def test_the_folder_is_read_and_emptied(platform: Office, settings: object, tmp_path: Path) -> None:
    settings.ANLANH_MAILBOX_ORGANISATION, settings.ANLANH_INBOX_MAIL_DIR = platform.organisation.code, tmp_path
    (tmp_path / "1.eml").write_bytes(letter())
    (tmp_path / ".dang-viet").write_bytes(b"x")
    assert read_mailbox() == 1
    assert [path.name for path in tmp_path.iterdir()] == [".dang-viet"]
    assert Report.objects.get().via == "mail"
