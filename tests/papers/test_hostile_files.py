"""Files made to do harm, or far too large: one clear line, in bounded time and memory, and nothing in them is run."""

import contextlib
import io
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from anlanh.papers.files import opening
from anlanh.papers.files.opening import text_of, text_of_bytes
from anlanh.papers.reading.directive import read
from anlanh.primitives.errors import BadInput
from anlanh.server.cli import main
from tests.papers.test_files import body, pdf_of_pages, said, word

PIECES = (  # each made trouble once, or stands for a rule of the reader
    "khoản 1, ", "Điều 1\n", "Giao Sở Y tế rà soát, báo cáo trước ngày 15/3/2026. ", "1. A ", "I. II. III. ", "- Rà soát", " - Rà soát", "a_", "\n", "(", "| a | b | c |\n", "a\tb\tc\n",
    "So thong tin va truyen thong\nế", "Kính gửi: ", "Giao Sở Y tế thực hiện.\n\n", "Nghị định số 72/2013/NĐ-CP ", "“Điều 5. ",
    "Chủ trì: Sở A; phối hợp: Sở B; ", "(giao Sở A thực hiện) ", "KẾ HOẠCH\n(Kèm theo\n", "trước ngày 15/3/2024, ", "**a** ",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES, ids=[repr(piece)[1:13] for piece in PIECES])
def test_reading_takes_time_in_proportion_to_its_text(piece: str) -> None:
    """Twice the text may take about twice the time, never four times."""
    times = []
    for size in (3_000, 12_000):
        started = time.process_time()
        with contextlib.suppress(BadInput):
            read(piece * (size // len(piece)))
        times.append(time.process_time() - started)
    assert times[1] < 9 * max(times[0], 0.08)


@pytest.mark.slow
def test_a_hundred_pages_on_one_line_are_read_within_seconds() -> None:
    line = "Giao Sở Y tế rà soát, báo cáo trước ngày 15/3/2026. "
    started = time.process_time()
    assert read(line * (250_000 // len(line))).tasks
    assert time.process_time() - started < 12


@pytest.mark.slow
@pytest.mark.parametrize(("size", "told"), [(10 << 20, "more than 3000000"), (50 << 20, "more than 20971520")])
def test_megabytes_of_text_are_refused_with_one_line(
    size: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(b"a" * size)
    started = time.monotonic()
    assert main(["directive", "read", str(big)]) == 2
    assert time.monotonic() - started < 20
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert told in error
    assert "split it" in error


def test_a_file_that_never_ends_is_read_no_further_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_FILE", 1 << 20)
    with pytest.raises(BadInput, match="more than 1048576 bytes; split it"):
        text_of(Path("/dev/zero"))


def locked(content: bytes) -> bytes:
    """The PDF with a password that is not the empty one."""
    marks = b"<" + b"00" * 32 + b">"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + marks + b" /U " + marks + b" >> /ID [<00> <00>] "
    head, _, tail = content.rpartition(b"/Root")
    return head + lock + b"/Root" + tail


def test_a_pdf_with_a_password_is_told_so() -> None:
    with pytest.raises(BadInput, match="has a password; take the password off"):
        text_of_bytes(locked(pdf_of_pages(1)), "x", ".pdf")


def test_a_word_file_with_a_password_is_told_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("EncryptionInfo", b"x")
        archive.writestr("EncryptedPackage", b"x")
    with pytest.raises(BadInput, match="password-protected"):
        text_of_bytes(out.getvalue(), "x", ".docx")


def test_a_part_that_is_encrypted_in_the_archive_is_told_so() -> None:
    content = bytearray(word(body(said("Chỉ thị"))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + offset] |= 1
    with pytest.raises(BadInput, match="password"):
        text_of_bytes(bytes(content), "x", ".docx")


@pytest.mark.parametrize("ending", [".docm", ".dotm"])
def test_files_for_macros_are_not_read(ending: str) -> None:
    with pytest.raises(BadInput, match=r"macros and is not read; save it as \.docx"):
        text_of_bytes(word(body(said("Chỉ thị"))), "x", ending)


def test_macros_in_a_renamed_file_are_left_alone() -> None:
    out = io.BytesIO(word(body(said("Giao Sở Y tế rà soát."))))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    text = text_of_bytes(out.getvalue(), "x", ".docx")
    assert text.strip() == "Giao Sở Y tế rà soát."


def test_a_list_of_a_million_parts_is_refused_before_it_is_taken_apart() -> None:
    content = bytearray(word(body(said("x"))))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 60 << 20)
    with pytest.raises(BadInput, match="too many parts"):
        text_of_bytes(bytes(content), "x", ".docx")


def test_deeply_nested_and_multiplying_xml_is_bounded() -> None:
    deep = body("<w:tbl><w:tr><w:tc>" * 20_000 + said("x") + "</w:tc></w:tr></w:tbl>" * 20_000)
    assert text_of_bytes(word(deep), "x", ".docx").strip() == "x"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(BadInput, match="document type"):
        text_of_bytes(word(f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>' + body(said("&l9;"))), "x", ".docx")


@pytest.mark.slow
def test_a_zip_bomb_is_refused_within_little_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(1_024):
            part.write(b"0" * (1 << 20))
    command = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "from anlanh.server.cli import main; import sys; sys.exit(main(['directive', 'read', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", command, str(bomb)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "unpacks to more than" in done.stderr
    assert done.stderr.count("\n") == 1
