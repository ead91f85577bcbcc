"""Labelled texts from a CSV file."""

import csv
import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search

LARGEST = 512 << 20  # bytes, unpacked
_FIELD = 1 << 20  # characters of one field


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with their labels.

    Args:
        digest: of the file's bytes.
        rows: (text, label), in the file's order.
        skipped: how many rows had no text or no label.
    """

    digest: str
    rows: list[tuple[str, str]]
    skipped: int


def read_labelled(path: Path, text: str, label: str) -> Labelled:
    """Reads a CSV file with a heading, gzipped or not.

    Args:
        path: of the file.
        text, label: names of the columns.

    Raises:
        BadInput: it is too large, not UTF-8, not CSV, or lacks a column.
    """
    content = path.read_bytes()
    lines = io.StringIO(_decoded(_unpacked(content, path), path), newline="")
    before = csv.field_size_limit(_FIELD)  # the whole process's, so it is put back: other readers rely on theirs
    reader = csv.reader(lines)
    try:
        names = [name.strip() for name in next(reader, [])]
        for name in (text, label):
            if name not in names:
                raise BadInput(
                    f"there is no column {name!r}", where=f"{path}:1", mend=f"name one of {', '.join(names)[:200]}"
                )
        at, of = names.index(text), names.index(label)
        rows, skipped = [], 0
        for fields in reader:
            words, kind = (fields[place].strip() if place < len(fields) else "" for place in (at, of))
            if words and kind:
                rows.append((words, kind))
            else:
                skipped += bool(fields)
    except csv.Error as fault:
        raise BadInput(f"not CSV: {fault}", where=f"{path}:{reader.line_num}", mend="mend the line") from None
    finally:
        csv.field_size_limit(before)
    return Labelled(hashlib.sha256(content).hexdigest(), rows, skipped)


def group_of(text: str) -> int:
    """A number from 0 to 9 by which texts are parted; what folds alike stays together."""
    return hashlib.sha256(fold_search(text).encode("utf-8", "surrogatepass")).digest()[0] % 10


def _unpacked(content: bytes, path: Path) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            unpacked = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise BadInput("the file can't be unpacked", where=str(path), mend="pack it again with gzip") from None
    if len(unpacked) > LARGEST:
        raise BadInput(f"more than {LARGEST >> 20} MB unpacked", where=str(path), mend="train on a part of it")
    return unpacked


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig").replace("\0", " ")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadInput("the line is not UTF-8", where=f"{path}:{line}", mend="save the file as UTF-8") from None
