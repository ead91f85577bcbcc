"""What a file is comes from its bytes alone, and is cheap to tell however hostile they are."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from anlanh.base.files.kinds import HEAD_BYTES, TAIL_BYTES, TEXT, UNKNOWN, endings_of, media_type_of


def told(content: bytes) -> str:
    return media_type_of(content[:HEAD_BYTES], content[-TAIL_BYTES:])


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, form)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name in names:
            bundle.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
def test_pictures_are_known_by_their_bytes(form: str) -> None:
    assert told(picture(form)) == f"image/{form.lower()}"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/x-ole-storage"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"MZ\x90\0\x03", UNKNOWN),
        (b"\x7fELF\x02\x01", UNKNOWN),
        ("Tin nhắn lừa đảo".encode(), TEXT),
        ("Tin nhắn".encode("utf-16"), TEXT),
        (b"<!doctype html><script>alert(1)</script>", TEXT),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', TEXT),
    ],
)
def test_other_kinds(content: bytes, media_type: str) -> None:
    assert told(content) == media_type


def test_office_documents_are_told_from_other_archives() -> None:
    office = "application/vnd.openxmlformats-officedocument."
    assert told(archive("[Content_Types].xml", "word/document.xml")) == office + "wordprocessingml.document"
    assert told(archive("[Content_Types].xml", "xl/workbook.xml")) == office + "spreadsheetml.sheet"
    assert told(archive("word/document.xml")) == "application/zip"

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        bundle.writestr("content.xml", "<x/>")
    assert told(out.getvalue()) == "application/vnd.oasis.opendocument.text"


def test_a_letter_cut_in_two_by_the_reading_window_is_still_text() -> None:
    assert told(b"a" * (HEAD_BYTES - 1) + "ắ".encode() * 10) == TEXT


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_get_a_kind_with_an_ending_and_never_one_that_runs(head: bytes, tail: bytes) -> None:
    media_type = media_type_of(head, tail)
    assert endings_of(media_type)
    assert not {"html", "svg", "xml", "xhtml", "js"} & set(endings_of(media_type))
    assert "html" not in media_type
    assert "svg" not in media_type
