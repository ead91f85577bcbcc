"""CSV as programs of all ages wrote it: any of three separators, and letters in Unicode or from before it."""

import csv
import io
import unicodedata

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.work.casework.importing import old_letters
from anlanh.work.casework.importing.sheets import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    checked_cell,
    refusal,
    too_many_rows,
)

WINDOWS = "windows-1258"
SAMPLE_CHARACTERS = 200_000
_SEPARATORS = ",;\t"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MARKS = (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")


def read(content: bytes) -> Sheet:
    """The rows of a CSV file.

    An apostrophe that keeps a cell from being a formula is taken off, so what this program wrote is read as it was.

    Raises:
        BadInput: no text, or a quotation mark that is never closed.
    """
    text, letters = decode(content)
    rows: list[tuple[int, list[object]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise BadInput(
                _("a quotation mark is not closed, or a cell is longer than %(most)s characters")
                % {"most": LONGEST_CELL},
                where=_("row %(row)s") % {"row": number},
                mend=_("save the file again from the spreadsheet"),
            ) from None
        if cells is None:
            return Sheet("", rows, letters=letters)
        kept = [checked_cell(_unescaped(cell), number) or None for cell in cells[:MOST_COLUMNS]]
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            rows.append((number, kept))
        if len(rows) > MOST_ROWS:
            raise too_many_rows()


def decode(content: bytes) -> tuple[str, frozenset[str]]:
    """The text of a file, and which old letters it was written in (none for Unicode).

    Raises:
        BadInput: it is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding), frozenset()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _without_mark(content)
    else:
        if "\x00" in text:
            text = _without_mark(content)
    if "\x00" in text:
        raise refusal(_("the file is not text"), _("save the register as XLSX or CSV"))
    lines = text[:SAMPLE_CHARACTERS].splitlines()
    if any(char > "\u00ff" for char in text[:SAMPLE_CHARACTERS]):
        return text, frozenset()
    letters = old_letters.letters_of(lines)
    if letters == old_letters.UNICODE:
        return text, frozenset()
    return "".join(old_letters.converted(line, letters) for line in text.splitlines(keepends=True)), frozenset(
        {letters}
    )


def _without_mark(content: bytes) -> str:
    """Text that is no UTF-8: UTF-16 without its mark, windows-1258, or Western characters in place of old letters."""
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        if content[zero:2000:2].count(0) > len(content[:2000]) // 4:
            return _decoded(content, encoding)
    western = content.decode("latin-1")
    windows = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    lines = slice(0, SAMPLE_CHARACTERS)
    readings = {
        old_letters.UNICODE: old_letters.plausible(windows[lines].splitlines()),
        **{
            letters: old_letters.plausible(old_letters.converted(line, letters) for line in western[lines].splitlines())
            for letters in (old_letters.TCVN3, old_letters.VNI)
        },
    }
    best = max(readings, key=readings.__getitem__)
    return windows if best == old_letters.UNICODE else western


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refusal(_("the file is damaged"), _("save it as “CSV UTF-8”")) from None


def _separator(text: str) -> str:
    """What stands between the cells: the sign that most of the first lines have most often."""
    lines = [line for line in text[:SAMPLE_CHARACTERS].splitlines() if line.strip()][:30]
    return max(
        _SEPARATORS, key=lambda sign: sorted(line.count(sign) for line in lines)[len(lines) // 2] if lines else 0
    )


def _unescaped(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
