"""What leaves is a download that no browser runs, whatever it holds and whatever it is called."""

import io
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from anlanh.base.files import serve, store
from anlanh.base.files.kinds import HEAD_BYTES, TAIL_BYTES, media_type_of
from anlanh.base.files.models import StoredFile
from anlanh.base.files.names import cleaned


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ANLANH_FILES_DIR = tmp_path
    return tmp_path


def laid_down(name: str, content: bytes) -> StoredFile:
    """A stored file without its row; serving needs only its fields."""
    stored = StoredFile(
        organisation_id=uuid.uuid4(),
        name=cleaned(name),
        media_type=media_type_of(content[:HEAD_BYTES], content[-TAIL_BYTES:]),
        size=len(content),
        sha256=uuid.uuid4().hex * 2,
    )
    store.write_whole(store.path_of(stored.organisation_id, stored.sha256), content)
    return stored


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("trang.html", b"<html><script>alert(document.domain)</script>", "text/plain"),
        ("hình.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "text/plain"),
        ("hai mặt.html", png() + b"<script>alert(1)</script>", "image/png"),
        ("chạy.exe", b"MZ\x90\0", "application/octet-stream"),
    ],
)
def test_a_hostile_file_can_do_nothing_in_a_browser(name: str, content: bytes, media_type: str) -> None:
    answer = serve.response(laid_down(name, content))
    assert b"".join(answer.streaming_content) == content
    answer.file_to_stream.close()
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Length"] == str(len(content))
    assert "no-store" in answer["Cache-Control"]


def test_a_page_that_calls_itself_a_page_is_handed_out_as_text() -> None:
    answer = serve.response(laid_down("hoá đơn.html", b"<p>xin</p>"))
    answer.file_to_stream.close()
    assert answer["Content-Disposition"].endswith("filename*=UTF-8''ho%C3%A1%20%C4%91%C6%A1n.html.txt")


def test_the_preview_of_a_two_faced_picture_has_only_the_picture() -> None:
    answer = serve.preview_response(laid_down("hai mặt.png", png() + b"<script>alert(1)</script>"))
    assert answer["Content-Type"] == "image/jpeg"
    assert b"script" not in answer.content
    assert answer["Content-Security-Policy"] == serve.POLICY
    assert answer["Content-Disposition"].startswith("attachment;")


def test_what_is_no_picture_has_no_preview() -> None:
    assert serve.preview_response(laid_down("thư.txt", b"xin")) is None


@given(st.text(max_size=200))
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    header = serve.disposition(cleaned(name))
    assert header.isascii()
    assert header.isprintable()
    plain = header.removeprefix('attachment; filename="').split('"')[0]
    assert header == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{header.rpartition(chr(39))[2]}"
    assert unquote(header.rpartition("'")[2]) == cleaned(name)
