"""Whoever opens an archive of somebody else's gets one of the errors that are named, whatever byte of it is damaged."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.papers.files.word import text_of_docx
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.importing import workbook


def archive(**parts: str) -> bytes:
    """A ZIP of XML parts; `__` in a name stands for a folder, and each ends with `.xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in parts.items():
            whole.writestr(f"{name.replace('__', '/')}.xml", text)
    return out.getvalue()


PAPER = archive(word__document="".join(f"<w:p>Công văn số {number} đề nghị gỡ bài</w:p>" for number in range(60)))
READERS = {
    "secrecy": lambda content: secrecy.text_of("a.docx", content),
    "word": lambda content: text_of_docx(content, "a.docx"),
    "workbook": workbook.read,
}


@pytest.mark.parametrize("reader", READERS)
@given(place=st.floats(0, 1, exclude_max=True), other=st.integers(1, 255))
def test_no_damaged_byte_makes_a_reader_fall_over(reader: str, place: float, other: int) -> None:
    content = bytearray(PAPER)
    content[int(place * len(content))] ^= other
    with contextlib.suppress(BadInput):
        READERS[reader](bytes(content))


def test_a_damaged_part_hides_no_mark_in_the_others() -> None:
    content = archive(word__aaa="<p>Trang đầu bị hỏng</p>" * 20, word__header1="<w:p>TUYỆT MẬT</w:p>")
    damaged = bytearray(content)
    damaged[45] ^= 0xFF  # inside the compressed bytes of the first part
    assert secrecy.level_in(secrecy.text_of("a.docx", bytes(damaged))) == secrecy.HIGHEST
