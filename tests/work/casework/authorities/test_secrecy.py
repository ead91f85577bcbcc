"""Papers marked secret: found however they are marked, and not one byte of them is kept anywhere."""

import base64
import io
import json
import logging
import unicodedata
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from docx import Document

from anlanh.base.identity.actions import issue_credential
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions import orders
from anlanh.work.casework.authorities import actions, secrecy
from anlanh.work.casework.authorities.models import SealedPaper
from anlanh.work.casework.models import Case
from tests.builders import Office
from tests.work.casework.steps_of import order_input

TOKEN = "chim-lac-bay-7713"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("TUYỆT MẬT\nSố 12", "tuyet_mat"),
        ("Số 12 TỐI MẬT", "toi_mat"),
        ("CỤC A\nMẬT\nSố: 7", "mat"),
        ("độ mật: Mật", "mat"),
        ("Cấp độ mật : Tối mật", "toi_mat"),
        ("\n  Tuyệt mật \n", "tuyet_mat"),
        ("M Ậ T", "mat"),
        ("T Ố I  M Ậ T", "toi_mat"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), "tuyet_mat"),
        ("TỐI\u200b MẬT", "toi_mat"),
        ("TỐI \u00a0MẬT", "toi_mat"),
        ("MẬT và TUYỆT MẬT", "tuyet_mat"),
        ("Trang này lừa lấy mật khẩu.", ""),
        ("YÊU CẦU GỠ TRANG LẤY MẬT KHẨU", ""),
        ("BÍ MẬT NHÀ NƯỚC, BẢO MẬT THÔNG TIN", ""),
        ("ĐỘ MẬT", ""),
        ("ĐỘ MẬT: TỐI MẬT", "toi_mat"),
        ("Bán mật ong rừng", ""),
        ("", ""),
    ],
)
def test_marks_are_told_from_ordinary_words(text: str, level: str) -> None:
    assert secrecy.level_in(text) == level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("CV 12 (Mật).pdf", "mat"),
        ("cong-van-toi-mat.pdf", "toi_mat"),
        ("TuyetMat_12.docx", "tuyet_mat"),
        ("12-MAT.pdf", "mat"),
        ("công văn mật.pdf", "mat"),
        ("lay-mat-khau.png", ""),
        ("mat-truoc-cccd.png", ""),
        ("lừa lấy mật khẩu.pdf", ""),
        ("cong-van.pdf", ""),
    ],
)
def test_names_of_files_tell(name: str, level: str) -> None:
    assert secrecy.level_in_name(name) == level


def word_file(place: str, token: str = TOKEN) -> bytes:
    """A Word file with the mark in a place where papers bear it, cut into runs as Word does."""
    paper = Document()
    where = {"body": paper, "header": paper.sections[0].header, "table": paper.add_table(1, 1).cell(0, 0)}[place]
    paragraph = where.add_paragraph() if place != "header" else where.paragraphs[0]
    for run in ("TỐI", " M", "ẬT"):
        paragraph.add_run(run)
    paper.add_paragraph(token)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def workbook(place: str) -> bytes:
    """A workbook with the mark in a cell, or in what is printed above its sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TOKEN])
    if place == "cell":
        sheet.append(["TUYỆT MẬT"])
    else:
        sheet.oddHeader.center.text = "TUYỆT MẬT"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(("a.docx", word_file(place)) for place in ("body", "header", "table")),
        *(("a.xlsx", workbook(place)) for place in ("cell", "above")),
        ("a.txt", f"TUYỆT MẬT\n{TOKEN}".encode()),
        ("a.txt", f"TUYỆT MẬT\n{TOKEN}".encode("utf-16")),
    ],
    ids=["body", "header", "table", "cell", "above", "text", "utf-16"],
)
def test_files_are_looked_into(name: str, content: bytes) -> None:
    stream = io.BytesIO(content)
    with pytest.raises(secrecy.Secret) as refusal:
        secrecy.require_open([], [(name, stream)])
    assert TOKEN not in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"%PDF-1.4\nbroken", b"\xff\xd8\xff\xe0picture"])
def test_what_can_not_be_read_is_left_to_the_clerk(content: bytes) -> None:
    stream = io.BytesIO(content)
    secrecy.require_open(["Đề nghị gỡ bài."], [("anh.jpg", stream)])
    assert stream.tell() == 0


@pytest.mark.parametrize("filling", ["\n", "-", "\n-", "MẬT\n", "T\n", "MẬT KHẨU -"])
def test_long_texts_of_signs_and_blank_lines_are_read_in_linear_time(filling: str) -> None:
    secrecy.level_in(filling * 300_000)


@pytest.mark.slow
def test_a_hostile_archive_is_read_within_bounds() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(300):
            archive.writestr(f"word/{number}.xml", b" " * (1 << 20))
    secrecy.require_open([], [("a.docx", io.BytesIO(out.getvalue()))])


def everything_kept() -> bytes:
    """Every value of every table, and every byte of the data directory."""
    tables = connection.introspection.table_names()
    kept = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept += [repr(value) for row in cursor.fetchall() for value in row]
    files = [path for path in Path(settings.ANLANH_DATA).rglob("*") if path.is_file() and ".sqlite3" not in path.name]
    return "\n".join(kept).encode() + b"".join(path.read_bytes() for path in files)


def typed(document: Any = None, **fields: str) -> dict[str, Any]:
    """The form of an order, filled in."""
    return {
        "office": "Sở Thử",
        "channel": "document",
        "received_at": "2026-11-20T08:00",
        "backdating_reason": "Nhập sau",
        "address": "https://mang.example/bai/1",
        "category": "fraud",
        "clause": "147/2024/NĐ-CP/35.6",
        "words": f"Đề nghị gỡ {TOKEN}.",
        "document": document,
        **fields,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["typed", "name", "content", "signed_by"])
def test_no_byte_of_a_secret_paper_is_kept_by_the_console(
    platform: Office, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    content = word_file("header") if how == "content" else f"Văn bản {TOKEN}".encode()
    document = io.BytesIO(content)
    document.name = f"{TOKEN}-toi-mat.txt" if how == "name" else f"{TOKEN}.docx" if how == "content" else f"{TOKEN}.txt"
    fields = {"typed": {"words": f"TỐI MẬT. {TOKEN}"}, "signed_by": {"signed_by": f"{TOKEN} (độ mật: Mật)"}}.get(
        how, {}
    )
    client = Client()
    client.force_login(platform.members["officer"].account)
    answer = client.post("/console/orders/new/", typed(document, **fields), follow=True)
    assert answer.redirect_chain[0][0].startswith("/console/orders/secret/")
    assert TOKEN not in answer.content.decode()
    assert 'data-drafts-done="order"' in answer.content.decode()
    assert TOKEN.encode() not in everything_kept()
    assert TOKEN not in caplog.text
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_no_byte_of_a_secret_paper_is_kept_by_the_api(platform: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _row, key = issue_credential(platform.actor("admin"), "hệ thống", ["orders.enter"])
    body = typed(words=f"MẬT\n{TOKEN}") | {
        "received_at": "2026-11-20T08:00:00+07:00",
        "document": {"name": f"{TOKEN}.txt", "content": base64.b64encode(TOKEN.encode()).decode()},
    }
    for words in (f"MẬT\n{TOKEN}", TOKEN):
        body["words"] = words
        body["document"]["content"] = base64.b64encode(f"TUYỆT MẬT {TOKEN}".encode()).decode()
        answer = Client().post(
            "/api/v1/orders",
            json.dumps(body),
            content_type="application/json",
            headers={
                "Authorization": f"Bearer {key}",
                "Idempotency-Key": "0123456789abcdef" + words[:3].encode().hex(),
            },
        )
        assert answer.status_code == 422
        assert TOKEN not in answer.content.decode()
    assert TOKEN.encode() not in everything_kept()
    assert TOKEN not in caplog.text


@pytest.mark.django_db
def test_an_open_paper_is_found_in_what_is_kept(platform: Office) -> None:
    """That the search above would find it."""
    document = io.BytesIO(TOKEN.encode())
    given = order_input(platform, words=f"Đề nghị gỡ {TOKEN}.", document_id=None)
    orders.enter_with_document(platform.actor("officer"), given, "a.txt", document)
    assert everything_kept().count(TOKEN.encode()) > 1


@pytest.mark.django_db
def test_only_four_things_are_noted(platform: Office) -> None:
    given = actions.SealedInput("toi_mat", "07/M", "Sở Thử", date(2026, 11, 20), "Két số 2")
    row = actions.note_sealed(platform.actor("officer"), given)
    assert SealedPaper.objects.get() == row
    for field, value in {"level": "x", "book_number": " ", "sender": "", "lies_at": "x" * 201}.items():
        with pytest.raises(BadInput) as refusal:
            actions.note_sealed(platform.actor("officer"), actions.SealedInput(**{**vars(given), field: value}))
        assert refusal.value.where == field
