"""Finds out what a file is by its first bytes and takes its text, within bounds of size and time."""

from pathlib import Path

from anlanh.papers.files import word
from anlanh.papers.files.pdf import text_of_pdf
from anlanh.primitives.errors import BadInput

LARGEST_FILE = 64 << 20  # bytes
LARGEST_TEXT = 20 << 20  # bytes of a plain text file
ENDINGS = (".txt", ".md", ".docx", ".pdf")
_WITH_MACROS = (".docm", ".dotm")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def text_of(path: Path) -> str:
    """The text of a file, which spans count in: of .txt and .md the decoded file, of .docx and .pdf what was taken out.

    Raises:
        BadInput: too large, another kind than its ending says, password-protected, damaged, or without text; the
            message names the file and says what to do.
        OSError: the file can't be read.
    """
    with path.open("rb") as file:  # read no further than the bound: a device or a pipe tells no size
        content = file.read(LARGEST_FILE + 1)
    return text_of_bytes(content, str(path), path.suffix.lower())


def text_of_bytes(content: bytes, where: str, ending: str = ".txt") -> str:
    """Like text_of, of bytes already read.

    Args:
        where: what to call them in errors.
        ending: of the file's name, in small letters with its dot.
    """
    if len(content) > LARGEST_FILE:
        raise BadInput(f"the file has more than {LARGEST_FILE} bytes", where=where, mend="split it into documents")
    if ending in _WITH_MACROS:
        raise BadInput(
            f"'{ending}' may hold macros and is not read", where=where, mend="save it as .docx without macros"
        )
    if ending not in ENDINGS:
        raise BadInput(
            f"'{ending or 'no ending'}' is not read", where=where, mend="save it as .docx, .pdf, .txt or .md"
        )
    found = _kind(content)
    expected = "text" if ending in (".txt", ".md") else ending[1:]
    if found == "old word":
        raise BadInput(
            "this is an old Word file or a Word file with a password",
            where=where,
            mend="take off the password, or save it as .docx",
        )
    if found != expected:
        raise BadInput(
            f"the file ends in {ending} and holds {_CALLED[found]}", where=where, mend="give it its own ending"
        )
    if found == "docx":
        return word.text_of_docx(content, where)
    if found == "pdf":
        return text_of_pdf(content, where)
    return _plain(content, where)


_CALLED = {"docx": "a Word document or other zip archive", "pdf": "a PDF", "text": "plain text", "binary": "no text"}


def _kind(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(_OLD_WORD):
        return "old word"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    return "binary" if b"\0" in content[:4096] else "text"


def _plain(content: bytes, where: str) -> str:
    if len(content) > LARGEST_TEXT:
        raise BadInput(
            f"the text has {len(content)} bytes, more than {LARGEST_TEXT}", where=where, mend="split it into documents"
        )
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadInput(
            f"byte {fault.start} is not {encoding.upper().removesuffix('-SIG')}",
            where=where,
            mend="save it as UTF-8 (older Vietnamese encodings such as TCVN3 and VNI must be converted first)",
        ) from None
