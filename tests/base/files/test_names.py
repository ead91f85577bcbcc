"""Names that strangers give can't climb, hide, or lie about what a file is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base.files.names import LONGEST_NAME, cleaned, for_download


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("ảnh chụp.png", "ảnh chụp.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\hình.jpg", "hình.jpg"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie_ x=1.png"),
        ("hoa\u202egnp.exe", "hoagnp.exe"),
        ("\u200bẩn\u200d.txt", "ẩn.txt"),
        ("...", "tep"),
        ("", "tep"),
        ("a\0b.png", "ab.png"),
        (".htaccess", "htaccess"),
        ("anh\u0309.png", "anh\u0309.png"),
        ("a\u0302\u0301m.txt", "ấm.txt"),
    ],
)
def test_what_is_kept_of_a_name(given_name: str, kept: str) -> None:
    assert cleaned(given_name) == unicodedata.normalize("NFC", kept)


def test_the_ending_survives_the_cut() -> None:
    name = cleaned("ă" * 500 + ".jpeg")
    assert len(name) == LONGEST_NAME
    assert name.endswith("ă.jpeg")


@given(st.text(max_size=600))
def test_every_kept_name_is_harmless(given_name: str) -> None:
    name = cleaned(given_name)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*')
    assert not name.startswith(".")
    assert not any(unicodedata.category(letter).startswith(("C", "Zl", "Zp")) for letter in name)
    assert cleaned(name) == name


@pytest.mark.parametrize(
    ("name", "media_type", "handed_out"),
    [
        ("ảnh.PNG", "image/png", "ảnh.PNG"),
        ("ảnh.jpeg", "image/jpeg", "ảnh.jpeg"),
        ("trang.html", "text/plain", "trang.html.txt"),
        ("trang.html", "image/png", "trang.html.png"),
        ("thu.exe", "application/octet-stream", "thu.exe.bin"),
        ("png", "image/png", "png.png"),
    ],
)
def test_a_name_that_lies_gets_the_true_ending(name: str, media_type: str, handed_out: str) -> None:
    assert for_download(name, media_type) == handed_out


def test_a_long_name_that_lies_stays_within_bounds() -> None:
    assert len(for_download("a" * LONGEST_NAME, "image/png")) == LONGEST_NAME
