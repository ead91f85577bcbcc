"""From a file's bytes to text: its encoding, and whether it is HTML."""

import re

from anlanh.primitives.errors import BadInput

LARGEST_FILE = 64 << 20  # bytes
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|article|main|section|div|p|h[1-6]|title|meta|img|br|ul|table)\b", re.I
)
_MOST_BROKEN = 0.05  # share of characters that may be unreadable
_MEND = "save it as HTML or plain text in UTF-8"
_OTHER_FILES = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a Word file or other archive", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture", b"\xd0\xcf\x11\xe0": "an old Office file", b"\x1f\x8b": "a compressed file",
}  # fmt: skip


def decoded(content: bytes, where: str) -> str:
    """The text of a file, by its byte order mark, by what it declares, else as UTF-8.

    Raises:
        BadInput: it is too large, not text, or in no encoding that can be read.
    """
    if len(content) > LARGEST_FILE:
        raise BadInput(f"the file is larger than {LARGEST_FILE >> 20} MB", where=where, mend="save the article alone")
    for start, called in _OTHER_FILES.items():
        if content.startswith(start):
            raise BadInput(f"the file is {called}", where=where, mend=_MEND)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(content.decode("utf-16", "replace"), where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _in_declared_encoding(content)
    return _checked(text, where)


def is_markup(text: str) -> bool:
    """Whether a text is HTML: its first part holds tags that only HTML has."""
    return bool(_MARKUP.search(text, 0, 1 << 16))


def _in_declared_encoding(content: bytes) -> str:
    declared = _DECLARED.search(content, 0, 1 << 14)
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"), "replace")
        except (LookupError, ValueError, AttributeError):
            pass
    return content.decode("utf-8", "replace")


def _checked(text: str, where: str) -> str:
    if "\0" in text[: 1 << 16]:
        raise BadInput("the file is not text", where=where, mend=_MEND)
    if text.count("\ufffd") > 3 + _MOST_BROKEN * len(text):
        raise BadInput("the file is in no encoding that can be read", where=where, mend=_MEND)
    return text
