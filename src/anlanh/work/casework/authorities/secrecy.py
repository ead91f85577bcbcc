"""Papers marked secret are not for this program: found here, before anything of them is kept.

Marks are looked for where papers bear them: words in capitals (also spread, or spelt with separate accents), a line by
itself, "độ mật: …", names of files. Ordinary words (mật khẩu, bí mật, bảo mật) are none. What a picture shows can't be
read; there the clerk says it.
"""

import contextlib
import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from anlanh.papers.files.opening import text_of_bytes
from anlanh.primitives.archives import DAMAGED
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold

SECRET, TOP, HIGHEST = "mat", "toi_mat", "tuyet_mat"
LEVELS = (SECRET, TOP, HIGHEST)
LARGEST_PART = 4 << 20  # bytes of one part of a zip that are looked at
MOST_PARTS = 200
LARGEST_WHOLE = 24 << 20  # bytes of all parts together; marks stand at the beginning of papers
_WORDS = {"MẬT": SECRET, "TỐI MẬT": TOP, "TUYỆT MẬT": HIGHEST}
_ORDINARY_AFTER = r"(?!\W*(?:KHẨU|MÃ|ONG|ĐỘ|THIẾT|NGỮ))"
_ORDINARY_BEFORE = r"(?<!ĐỘ )(?<!MỨC )(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<!THÂN )(?<!CẨN )(?<!BÍ-)(?<!BẢO-)"
_CAPITALS = re.compile(rf"(?<!\w){_ORDINARY_BEFORE}(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w){_ORDINARY_AFTER}")
_LINE = re.compile(
    r"^[^\w\n]*(tuyệt mật|tối mật|mật)[^\w\n]*$", re.I | re.M
)  # within a line: else quadratic in blank ones
_STATED = re.compile(r"(?:độ|mức|cấp độ)\s+mật\W{0,5}(tuyệt mật|tối mật|mật)(?!\w)", re.I)
_SPREAD = re.compile(r"(?<!\w)(?:T\s*U\s*Y\s*Ệ\s*T\s+|T\s*Ố\s*I\s+)?M\s+Ậ\s+T(?!\w)")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_ENDS = re.compile(r"</(?:\w+:)?(?:p|si|tr|row|oddHeader|oddFooter|title|subject|keywords|description)>|<(?:\w+:)?br\b")
_TAG = re.compile(r"<[^>]*>")
_PRINT_CODE = re.compile(r"&(?:[A-Z]|\d{1,3}|\"[^\"]*\")")  # in what is printed above and below a sheet
_NAMES = re.compile(r"(?:^|[^a-z])(tuyet|toi)[^a-z]{0,3}mat(?![a-z])")


class Secret(BadInput):
    """A paper is marked secret. It says the level and not one word of the paper."""

    def __init__(self, level: str, what: str = "", mend: str = "") -> None:
        self.level = level
        super().__init__(
            what or _("this paper is marked secret; it is not taken"),
            where="",
            mend=mend or _("note only its number in the book, its sender, its day and where it lies"),
        )


def require_open(texts: Iterable[str], files: Iterable[tuple[str, BinaryIO]] = ()) -> None:
    """Refuses what is marked secret; call it before anything is kept.

    Args:
        texts: what was typed.
        files: name and content of each file; each is left at its beginning.

    Raises:
        Secret: one of them is marked.
    """
    for text in texts:
        _refuse(level_in(text))
    for name, stream in files:
        stream.seek(0)
        content = stream.read()
        stream.seek(0)
        _refuse(level_of(name, content))


def require_open_of_public(name: str, stream: BinaryIO) -> None:
    """Refuses what somebody outside the staff sends, and says where such a paper belongs.

    Raises:
        Secret: it is marked secret; nothing of it is kept.
    """
    try:
        require_open([], [(name, stream)])
    except Secret as refusal:
        raise Secret(
            refusal.level, mend=_("do not send it to anybody; hand it to the office that issued it, or to the police")
        ) from None


def level_of(name: str, content: bytes) -> str:
    """The level that a file is marked with, by its name or in its text; empty when with none that can be read."""
    return level_in_name(name) or level_in(text_of(name, content))


def level_in(text: str) -> str:
    """The level that a text is marked with, the highest of several; empty when with none."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = re.sub(r"[^\S\n]+", " ", text)
    found = [match.group(1).upper() for pattern in (_CAPITALS, _LINE, _STATED) for match in pattern.finditer(text)]
    found += [_closed_up(match.group()) for match in _SPREAD.finditer(text)]
    return max((_WORDS[word] for word in found), key=LEVELS.index, default="")


def level_in_name(name: str) -> str:
    """The level that a file's name tells; names are often written without marks."""
    stem = unicodedata.normalize("NFC", PurePath(name).stem)
    spaced = re.sub(r"[_\-.\[\](){}+]+", " ", stem)
    if level := level_in(spaced) or level_in(spaced.upper()):
        return level
    if match := _NAMES.search(fold(stem)):
        return HIGHEST if match.group(1) == "tuyet" else TOP
    return SECRET if re.search(r"(?:^|\W)MAT(?:\W|$)", spaced) else ""


def _refuse(level: str) -> None:
    if level:
        raise Secret(level)


def _closed_up(spread: str) -> str:
    """ "M Ậ T" as "MẬT", with the word before it."""
    letters = re.sub(r"\s+", "", spread)
    return letters.removesuffix("MẬT") + (" MẬT" if len(letters) > len("MẬT") else "MẬT")


def text_of(name: str, content: bytes) -> str:
    """What can be read of a file, headers and text boxes too; empty where nothing can."""
    if content.startswith(b"PK"):
        return _text_of_zip(content)
    ending = ".pdf" if content.startswith(b"%PDF") else ".txt"
    try:
        return text_of_bytes(content, name, ending)
    except BadInput:
        return ""


def _text_of_zip(content: bytes) -> str:
    """The texts of a Word file or a workbook: every part of it, since marks stand in headers and boxes.

    A part that is damaged keeps none of the others from being looked at.
    """
    lines, left = [], LARGEST_WHOLE
    with contextlib.suppress(*DAMAGED), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
        for part in parts[:MOST_PARTS]:
            with contextlib.suppress(*DAMAGED), archive.open(part) as opened:
                read = opened.read(min(LARGEST_PART, left))
                left -= len(read)
                plain = html.unescape(_TAG.sub("", _ENDS.sub("\n", read.decode("utf-8", "ignore"))))
                lines.append(_PRINT_CODE.sub(" ", plain))
    return "\n".join(lines)
