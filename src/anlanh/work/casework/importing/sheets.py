"""Opening an uploaded register, whatever it is: told by its bytes, not by the end of its name."""

from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput

MOST_ROWS = 50_000  # of one sheet, blank ones aside
MOST_BLANK_ROWS = 20_000  # one after the other: nobody leaves such a gap, so the sheet ends there
MOST_COLUMNS = 100
MOST_SHEETS = 50
LONGEST_CELL = 32_767  # what a spreadsheet program lets one type into a cell
MOST_BYTES = 20 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b")


@dataclass(frozen=True)
class Merge:
    """A block of cells that was made one; rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Sheet:
    """One sheet as it stands.

    Args:
        name: as its tab shows it; empty for CSV.
        rows: number of the row (from 1, as the spreadsheet counts) and its cells, blank rows left out. Cells are text,
            numbers, dates, times, truth values or None; a formula is its last result.
        merges: cells that were made one.
        letters: how old letters were read, see `old_letters`.
        hidden: places of columns that whoever keeps the register does not see, from 0.
    """

    name: str
    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    letters: frozenset[str] = frozenset()
    hidden: frozenset[int] = frozenset()


def read_sheets(stream: BinaryIO) -> list[Sheet]:
    """The sheets of an uploaded file that hold anything, with old letters already turned into Unicode.

    Formulas are never worked out, macros never run, links never followed. Time and memory are bounded, whatever the
    file claims to be.

    Raises:
        BadInput: (where the row, or `file`) it can't be read; what it is instead and what to do.
    """
    from anlanh.work.casework.importing import delimited, workbook

    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise refusal(_("the file is larger than %(size)s MB") % {"size": MOST_BYTES >> 20}, _("split the file"))
    if not content.strip():
        raise refusal(_("the file is empty"), _("choose the file again"))
    if content.startswith(_ZIP):
        sheets = workbook.read(content)
    elif content.startswith(_COMPOUND):
        raise _compound(content)
    elif content.startswith(_NO_TEXT):
        raise refusal(_("the file is no spreadsheet"), _("save the register as XLSX or CSV"))
    else:
        sheets = [delimited.read(content)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise refusal(_("the file holds no rows"), _("choose the file with the register in it"))
    return sheets


def refusal(what: str, mend: str) -> BadInput:
    """A file that as a whole can't be read."""
    return BadInput(what, where="file", mend=mend)


def checked_cell(value: object, row: int) -> object:
    """The cell, unless it is longer than any that a person typed.

    Raises:
        BadInput: naming the row.
    """
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise BadInput(
            _("a cell is longer than %(most)s characters") % {"most": LONGEST_CELL},
            where=_("row %(row)s") % {"row": row},
            mend=_("shorten it"),
        )
    return value


def too_many_rows() -> BadInput:
    """More rows than are taken at once."""
    return refusal(_("more than %(most)s rows") % {"most": MOST_ROWS}, _("split the file"))


def _compound(content: bytes) -> BadInput:
    """Word on a file of the old Microsoft container: an encrypted workbook, or one of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refusal(_("the file is locked with a password"), _("save it without one, and send it again"))
    return refusal(_("the file is in the old XLS form"), _("open it and save it as XLSX"))
