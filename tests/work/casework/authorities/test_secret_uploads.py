"""Wherever staff or letters bring files and words in, a paper marked secret leaves nothing behind but that it came."""

import base64
import io
import logging
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from anlanh.base import clock
from anlanh.base.identity.actions import issue_credential
from anlanh.base.outbox.models import Task
from anlanh.connectors import mailbox
from anlanh.primitives.dates import civil_date
from anlanh.web.portal.views import files as portal_files
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.calls import actions as calls
from anlanh.work.casework.calls.models import CallDraft
from anlanh.work.casework.importing import actions as importing
from anlanh.work.casework.importing.models import Import
from anlanh.work.casework.keeping.models import Exhibit
from anlanh.work.casework.mailbox.actions import take_letter
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.models import Evidence, Report
from anlanh.work.casework.redress import mandates
from anlanh.work.casework.redress.models import Mandate, Representative
from anlanh.work.casework.talking import actions as talking
from tests.builders import Office
from tests.work.casework.authorities.test_secrecy import everything_kept, word_file
from tests.work.casework.steps_of import report

pytestmark = pytest.mark.django_db

TOKEN = "co-trang-dau-non-9902"


@pytest.fixture
def no_trace(caplog: pytest.LogCaptureFixture) -> Callable[[], None]:
    """Asserts that no byte of the paper is in the database, the files, the search index or the log."""
    caplog.set_level(logging.DEBUG)

    def check() -> None:
        assert TOKEN.encode() not in everything_kept()
        assert TOKEN not in caplog.text

    return check


def workbook(*rows: list[str], title: str = "Sổ") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in (["Mã đơn", "Ngày nhận", "Link", "Nội dung"], *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MARKED = ["1", "1/2/2026", "https://mang.example/1", f"TỐI MẬT. {TOKEN}"]
PLAIN = ["2", "1/2/2026", "https://mang.example/2", "Lừa đảo."]
CSV = "Mã đơn,Ngày nhận,Link,Nội dung\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("so.xlsx", workbook(PLAIN, MARKED), "3"),
        ("so.xlsx", workbook(PLAIN, ["3", "", "MẬT", TOKEN]), "3"),
        ("so.xlsx", workbook(PLAIN, title="TUYỆT MẬT"), ""),
        (f"{TOKEN}-toi-mat.csv", (CSV + ",".join(PLAIN)).encode(), ""),
        ("so.csv", (CSV + ",".join(MARKED)).encode(), "2"),
        ("so.csv", (CSV + ",".join(MARKED)).encode("utf-16"), "2"),
    ],
    ids=["cell", "a cell of its own", "sheet", "name", "csv", "utf-16"],
)
def test_a_register_that_declares_it(
    platform: Office, no_trace: Callable[[], None], name: str, content: bytes, said: str
) -> None:
    with pytest.raises(secrecy.Secret) as refusal:
        importing.choose_file(platform.actor("registrar"), "reports", name, io.BytesIO(content))
    assert f"({said})" in refusal.value.what if said else "(" not in refusal.value.what
    assert TOKEN not in str(refusal.value)
    assert not Import.objects.exists()
    no_trace()


def test_a_register_with_a_column_for_the_level_is_no_secret_paper(platform: Office) -> None:
    text = "Mã đơn,Ngày nhận,Link,Nội dung,ĐỘ MẬT\n" + ",".join([*PLAIN, "Thường"])
    assert importing.choose_file(platform.actor("registrar"), "reports", "so.csv", io.BytesIO(text.encode()))


def test_the_page_for_registers_gives_nothing_back(platform: Office, no_trace: Callable[[], None]) -> None:
    client = Client()
    client.force_login(platform.members["registrar"].account)
    upload = io.BytesIO(workbook(MARKED))
    upload.name = f"{TOKEN}.xlsx"
    answer = client.post("/console/import/", {"kind": "reports", "file": upload}, follow=True)
    assert answer.redirect_chain
    assert TOKEN not in answer.content.decode()
    no_trace()


@pytest.mark.parametrize("relied_on", ["", "yes"])
def test_evidence(platform: Office, no_trace: Callable[[], None], relied_on: str) -> None:
    filed = report(platform)
    client = Client()
    client.force_login(platform.members["moderator"].account)
    upload = io.BytesIO(word_file("header", TOKEN))
    upload.name = f"{TOKEN}.docx"
    typed = {"kind": "file", "file": upload, **({"relied_on": "yes"} if relied_on else {})}
    answer = client.post(f"/console/cases/{filed.case.id}/evidence/add/", typed, follow=True)
    assert answer.status_code == 200
    assert TOKEN not in answer.content.decode()
    assert not Exhibit.objects.exists()
    no_trace()


def test_evidence_of_a_duty(platform: Office, no_trace: Callable[[], None]) -> None:
    client = Client()
    client.force_login(platform.members["compliance"].account)
    upload = io.BytesIO(f"TUYỆT MẬT\n{TOKEN}".encode())
    upload.name = "bien-nhan.txt"
    day = "2026-11-20"
    typed = {"statement": "done", "covers_from": day, "covers_to": day, "note": f"{TOKEN}.", "kind": "receipt"}
    answer = client.post("/console/duties/BD.5.4.a/", {**typed, "file": upload}, follow=True)
    assert answer.status_code == 200
    assert TOKEN not in answer.content.decode()
    no_trace()


def letter(words: str, *, subject: str = "Báo cáo", attached: tuple[str, bytes] | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Cơ quan <co-quan@thu.example>"
    mail["Subject"] = subject
    mail["Message-ID"] = "<mat@x>"
    mail.set_content(words)
    if attached:
        mail.add_attachment(attached[1], maintype="application", subtype="octet-stream", filename=attached[0])
    return mail.as_bytes()


@pytest.mark.parametrize(
    "raw",
    [
        letter(f"TUYỆT MẬT\nhttps://mang.example/1 {TOKEN}"),
        letter(f"https://mang.example/1 {TOKEN}", subject="Công văn TỐI MẬT"),
        letter(f"https://mang.example/1 {TOKEN}", attached=("a.docx", word_file("body", TOKEN))),
        letter(f"https://mang.example/1 {TOKEN}", attached=(f"{TOKEN} (Mật).pdf", b"%PDF-1.4")),
    ],
    ids=["words", "subject", "content", "name"],
)
def test_letters(platform: Office, no_trace: Callable[[], None], raw: bytes) -> None:
    taken = take_letter(platform.organisation.id, raw)
    assert taken.outcome == Letter.Outcome.WAITS
    assert taken.why.startswith("secret_")
    assert taken.file is None
    assert take_letter(platform.organisation.id, raw) == taken
    assert not Report.objects.exists()
    task = Task.objects.get(kind="mail_secret")
    assert task.detail["sender"] == "co-quan@thu.example"
    client = Client()
    client.force_login(platform.members["moderator"].account)
    assert "co-quan@thu.example" in client.get("/console/tasks/").content.decode()
    assert client.get(f"/console/letters/{taken.id}/").status_code == 404
    no_trace()


def test_a_letter_marked_secret_stays_where_it_lies(
    platform: Office, settings: object, tmp_path: Path, no_trace: Callable[[], None]
) -> None:
    settings.ANLANH_MAILBOX_ORGANISATION = platform.organisation.code
    settings.ANLANH_INBOX_MAIL_DIR = str(tmp_path)
    settings.ANLANH_IMAP_HOST = ""
    (tmp_path / "1.eml").write_bytes(letter(f"MẬT\n{TOKEN}"))
    assert mailbox.read_mailbox() == 1
    assert not (tmp_path / "1.eml").exists()
    assert TOKEN.encode() in (tmp_path / "mat" / "1.eml").read_bytes()
    assert mailbox.read_mailbox() == 0
    no_trace()


def test_words_of_a_call_are_forgotten_as_they_are_typed(platform: Office, no_trace: Callable[[], None]) -> None:
    moderator = platform.actor("moderator")
    calls.save_draft(moderator, {"text": f"{TOKEN} TỐI M"})
    client = Client()
    client.force_login(platform.members["moderator"].account)
    typed = {"text": f"{TOKEN} TỐI MẬT", "category": "fraud", "address": "https://mang.example/1", "anonymous": "on"}
    kept = client.post(reverse("console:call_keep"), typed)
    assert kept.status_code == 200
    assert TOKEN not in kept.content.decode()
    assert not CallDraft.objects.exists()
    for extra in ({}, {"advice_only": "on"}):
        answer = client.post(reverse("console:call"), {**typed, **extra}, follow=True)
        assert answer.redirect_chain
        assert TOKEN not in answer.content.decode()
    assert not Report.objects.exists()
    no_trace()


def test_files_of_the_public(platform: Office, no_trace: Callable[[], None]) -> None:
    upload = io.BytesIO(word_file("header", TOKEN))
    upload.name = "anh.docx"
    filed = report(platform)
    with pytest.raises(secrecy.Secret) as refusal:
        talking.keep_file(filed.report.reference, filed.secret, "anh.docx", upload)
    assert "công an" in refusal.value.mend
    with pytest.raises(secrecy.Secret):
        portal_files.kept(platform.organisation, upload)
    no_trace()


@pytest.mark.parametrize("stretch", [{}, {"starts": "0:10", "ends": "0:20"}], ids=["file", "clip"])
def test_evidence_from_a_machine(platform: Office, no_trace: Callable[[], None], stretch: dict[str, str]) -> None:
    filed = report(platform)
    key = issue_credential(platform.actor("admin"), "hệ thống", ["cases.view", "cases.review"])[1]
    content = base64.b64encode(word_file("header", TOKEN)).decode()
    answer = Client().post(
        f"/api/v1/cases/{filed.case.id}/evidence",
        {"name": f"{TOKEN}.docx", "content": content, **stretch},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "cf0e3b2c-7d41-4a77"},
    )
    assert answer.status_code == 422
    assert "dấu độ mật" in answer.json()["detail"]
    assert TOKEN not in answer.content.decode()
    assert not Exhibit.objects.exists()
    no_trace()


def test_the_paper_of_a_mandate(platform: Office, no_trace: Callable[[], None]) -> None:
    filed = report(platform)
    until = civil_date(clock.now()) + timedelta(days=30)
    given = mandates.MandateInput("lawyer", "Luật sư An", "", "", "case", until)
    with pytest.raises(secrecy.Secret) as refusal:
        mandates.give(
            filed.report.reference, filed.secret, given, f"{TOKEN}.docx", io.BytesIO(word_file("header", TOKEN))
        )
    assert "công an" in refusal.value.mend
    assert not Mandate.objects.exists()
    assert not Representative.objects.exists()
    assert not Evidence.objects.exists()
    no_trace()


def test_the_page_of_mandates_says_why_and_keeps_what_was_typed(platform: Office, no_trace: Callable[[], None]) -> None:
    filed = report(platform)
    person = Client()
    person.post(reverse("portal:find"), {"reference": filed.report.reference, "secret": filed.secret})
    upload = io.BytesIO(word_file("body", TOKEN))
    upload.name = "uy-quyen.docx"
    until = civil_date(clock.now()) + timedelta(days=30)
    typed = {"kind": "lawyer", "name": "Luật sư An", "scope": "case", "until": until.isoformat(), "paper": upload}
    answer = person.post(reverse("portal:mandates", args=[filed.report.reference]), typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Luật sư An" in shown
    assert "công an" in shown
    no_trace()
