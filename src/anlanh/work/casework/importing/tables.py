"""Finding the register on a sheet: title lines above it, headers over several rows, what stands below it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anlanh.primitives.folding import fold_search
from anlanh.work.casework.importing.fields import Field, Kind
from anlanh.work.casework.importing.sheets import Sheet

HEADER_WITHIN = 30  # rows from the top
MOST_HEADER_ROWS = 3
MOST_FILLED = 1_000_000  # cells that merged ones are spread to
_TOTAL = re.compile(r"(tong|tong cong|tong so|cong|total)(?: \d.*)?")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,3})\)?")


@dataclass(frozen=True)
class Column:
    """A column of a register: its place from 0, and the lines of its header from the top."""

    index: int
    parts: tuple[str, ...]

    @property
    def label(self) -> str:
        """How people name it."""
        return " / ".join(self.parts) or letter_of(self.index)

    @property
    def key(self) -> str:
        """How saved mappings know it again, whatever case, marks and spaces."""
        return fold_search(" ".join(self.parts))


@dataclass
class Table:
    """A register as found on a sheet.

    Args:
        columns: those that have a header.
        rows: number of the row in the file, and its cells by place.
        guess: field → place of the column that its header names.
    """

    columns: list[Column]
    rows: list[tuple[int, Sequence[object]]]
    guess: dict[str, int] = field(default_factory=dict)


def find_table(sheet: Sheet, kind: Kind) -> Table:
    """The register on a sheet.

    The header is where the most columns are known; of equal ones the smaller and upper. Where nothing is known, the
    first row with most cells is taken for it, so that a person can say which column is which. Hidden columns are never
    guessed, but a person can choose them.
    """
    top = _spread(sheet, sheet.rows[:HEADER_WITHIN], across=True)
    best: tuple[int, int, int] | None = None
    found: tuple[list[Column], dict[str, int]] = ([], {})
    for first in range(len(top)):
        for depth in range(1, MOST_HEADER_ROWS + 1):
            if first + depth > len(top):
                break
            columns = _columns([cells for _number, cells in top[first : first + depth]])
            guess, score = guess_columns([each for each in columns if each.index not in sheet.hidden], kind)
            if best is None or score > best[0]:
                best, found = (score, first, depth), (columns, guess)
    score, first, depth = best or (0, 0, 1)
    if score == 0 and top:
        first, depth = max(range(len(top)), key=lambda at: (sum(map(_is_text, top[at][1])), -at)), 1
        found = (_columns([top[first][1]]), {})
    rows = _spread(sheet, sheet.rows[first + depth :], across=False)
    return Table(found[0], [row for row in rows if not _is_aside(row[1], 0 if kind.of_lone_cells else 1)], found[1])


def guess_columns(columns: Sequence[Column], kind: Kind) -> tuple[dict[str, int], int]:
    """Which column holds which field, by the words over it, and how sure that is altogether."""
    fits = sorted(
        ((fit, -order, column.index, each.name))
        for column in columns
        for order, each in enumerate(kind.fields.values())
        if (fit := _fit(column, each))
    )
    guess: dict[str, int] = {}
    sure = 0
    for fit, _order, index, name in reversed(fits):
        if name not in guess and index not in guess.values():
            guess[name] = index
            sure += fit
    return guess, sure


def by_labels(table: Table, labels: Mapping[str, str]) -> dict[str, int] | None:
    """The columns that a saved mapping names, or None when one of them is missing."""
    by_key = {column.key: column.index for column in reversed(table.columns)}
    if not all(key in by_key for key in labels.values()):
        return None
    return {name: by_key[key] for name, key in labels.items()}


def letter_of(index: int) -> str:
    """What spreadsheets call the column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _fit(column: Column, each: Field) -> int:
    """How well a header names a field: the whole of it, a line of it, or words in it; earlier words fit better."""
    whole, lines = column.key, [fold_search(part) for part in column.parts]
    best = 0
    for rank, words in enumerate(each.spellings):
        if whole == words:
            fit = 400
        elif lines and lines[-1] == words:
            fit = 300
        elif words in lines:
            fit = 250
        elif " " in words and f" {words} " in f" {whole} ":
            fit = 150
        else:
            continue
        best = max(best, fit - rank)
    return best


def _columns(rows: Sequence[Sequence[object]]) -> list[Column]:
    columns = []
    for index in range(max(map(len, rows))):
        parts: list[str] = []
        for cells in rows:
            text = " ".join(str(cells[index]).split()) if index < len(cells) and cells[index] is not None else ""
            if text and text not in parts:
                parts.append(text[:200])
        if parts:
            columns.append(Column(index, tuple(parts)))
    return columns


def _spread(
    sheet: Sheet, rows: Sequence[tuple[int, list[object]]], *, across: bool
) -> list[tuple[int, Sequence[object]]]:
    """The rows with the value of merged cells in each of them: downwards, and in headers across too."""
    numbers = [number for number, _cells in rows]
    values = {number: list(cells) for number, cells in rows}
    filled = 0
    for merge in sheet.merges:
        inside = numbers[bisect_left(numbers, merge.first_row) : bisect_right(numbers, merge.last_row)]
        value = _at(values.get(merge.first_row), merge.first_column - 1)
        if value is None or not inside:
            continue
        last = merge.last_column if across else merge.first_column
        for number in inside:
            _put(values[number], range(merge.first_column - 1, last), value)
            filled += last - merge.first_column + 1
        if filled > MOST_FILLED:
            break
    return [(number, values[number]) for number in numbers]


def _at(cells: Sequence[object] | None, index: int) -> object:
    return cells[index] if cells is not None and index < len(cells) else None


def _put(cells: list[object], places: range, value: object) -> None:
    cells.extend([None] * (places.stop - len(cells)))
    for index in places:
        if cells[index] is None:
            cells[index] = value


def _is_text(cell: object) -> bool:
    return isinstance(cell, str)


def _is_aside(cells: Sequence[object], most: int) -> bool:
    """A row that is no entry: numbers of columns under a header, a section's title, totals below.

    Args:
        cells: of the row.
        most: with how many filled cells it is no entry.
    """
    filled = [cell for cell in cells if cell is not None]
    if len(filled) <= most:
        return True
    first = next((fold_search(cell) for cell in filled if isinstance(cell, str)), "")
    if _TOTAL.fullmatch(first):
        return True
    numbers = [_COLUMN_NUMBER.fullmatch(str(cell).strip()) for cell in filled]
    return all(numbers) and [int(found[1]) for found in numbers] == list(range(1, len(numbers) + 1))
