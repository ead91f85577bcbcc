"""Reading an export file once through, in bounded memory, whatever the file may hold."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from anlanh.ledger.checkpoints import SIGNATURE_MARK
from anlanh.ledger.merkle import Frontier, leaf_hash

MAX_LEAF = 1 << 20  # bytes of one leaf
_MAX_NOTE = 1 << 16  # bytes of the checkpoint without its list of leaf hashes
_BATCH = 1 << 12
_MARK = SIGNATURE_MARK.encode()
_SIZE_LINE = re.compile(rb"[0-9]{1,19}\r?")
_ROOT_LINE = re.compile(rb"[A-Za-z0-9+/]{43}=\r?")

_decode = json.JSONDecoder().raw_decode


@dataclass
class Line:
    """One line of the file without its line end; of a line past the bound only the beginning.

    Args:
        number: from 1.
        content: its bytes.
        offset: where it starts in the file, bytes.
        length: its true length without the line end, bytes.
    """

    number: int
    content: bytes
    offset: int
    length: int


class Lines:
    """The lines of a binary file in turn; a few may be put back to be read again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._number = 0
        self._offset = 0
        self._back: list[Line] = []

    def next(self) -> Line | None:
        """The next line; None at the end of the file."""
        if self._back:
            return self._back.pop()
        raw = self._stream.readline(MAX_LEAF + 2)
        if not raw:
            return None
        content = raw.removesuffix(b"\n")
        skipped, ended = 0, len(content) != len(raw)
        while not ended and (more := self._stream.readline(1 << 16)):
            ended = more.endswith(b"\n")
            skipped += len(more) - ended
        self._number += 1
        line = Line(self._number, content, self._offset, len(content) + skipped)
        self._offset += line.length + ended
        return line

    def put_back(self, lines: list[Line]) -> None:
        """Makes these the next lines again, in this order."""
        self._back.extend(reversed(lines))


class Sequences:
    """Whether each subject's entries are numbered 1, 2, 3 and so on without a gap.

    Sealing may take two entries of a subject in either order, so a number that comes early waits for those before it;
    it is a gap only if they never come.
    """

    def __init__(self) -> None:
        self._reached: dict[str, int] = {}
        self._early: dict[str, dict[int, int]] = {}  # subject to numbers waiting, with their lines
        self.disorder: tuple[int, str] = (0, "")
        self._repeated: tuple[int, str] = (0, "")

    def add(self, line: int, leaf: bytes) -> None:
        """Takes one entry; those without a text `subject` and a whole `seq` from 1 don't take part."""
        try:
            body, _ = _decode(leaf.decode())
            subject, seq = body["subject"], body["seq"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return
        if type(subject) is not str or type(seq) is not int or seq < 1:
            return
        expected = self._reached.get(subject, 0) + 1
        if seq == expected and subject not in self._early:
            self._reached[subject] = seq
        else:
            self._out_of_turn(line, subject, seq, expected)

    def gap(self) -> tuple[int, str]:
        """Line and words of the first entry whose number does not continue its subject's; (0, "") when all do."""
        gaps = [self._repeated] if self._repeated[0] else []
        for subject, waiting in self._early.items():
            line = min(waiting.values())
            gaps.append((line, _gap_words(subject, _waiting_number(waiting, line), self._reached.get(subject, 0) + 1)))
        return min(gaps, default=(0, ""))

    def _out_of_turn(self, line: int, subject: str, seq: int, expected: int) -> None:
        if not self.disorder[0]:
            self.disorder = (line, _gap_words(subject, seq, expected))
        waiting = self._early.get(subject, {})
        if seq < expected or seq in waiting:
            if not self._repeated[0]:
                self._repeated = (line, f"the history of {_quoted(subject)} has number {seq} twice")
            return
        waiting[seq] = line
        while expected in waiting:
            del waiting[expected]
            self._reached[subject] = expected
            expected += 1
        if waiting:
            self._early[subject] = waiting
        else:
            self._early.pop(subject, None)


def _waiting_number(waiting: dict[int, int], line: int) -> int:
    """The number that stood on that line."""
    return next(seq for seq, place in waiting.items() if place == line)


def _gap_words(subject: str, seq: int, expected: int) -> str:
    return f"the history of {_quoted(subject)} has number {seq} where {expected} should come"


def _quoted(subject: str) -> str:
    """Safe to print and of bounded length, whatever a hostile file names."""
    return repr(subject if len(subject) <= 80 else subject[:80] + "…")


@dataclass
class Contents:
    """What one reading of an export found. Places are (line, words); line 0 means there is none.

    Args:
        size: number of entries.
        root: root over them.
        earlier_root: root over as many as the earlier checkpoint counts; None when there are fewer, or none was given.
        note: text of the checkpoint without its list of leaf hashes; None when there is none.
        note_line: the line it starts on.
        leaf_list: offset and length in bytes of the line with the leaf hashes; None when there is none.
        malformed: the first entry that can't be one.
        misplaced: the first entry after the checkpoint.
        disorder: the first entry whose number within its subject came out of turn.
        gap: the first entry whose number never finds its place.
        problems: what is wrong with the file's build, a sentence each.
    """

    size: int = 0
    root: bytes = b""
    earlier_root: bytes | None = None
    note: str | None = None
    note_line: int = 0
    leaf_list: tuple[int, int] | None = None
    malformed: tuple[int, str] = (0, "")
    misplaced: tuple[int, str] = (0, "")
    disorder: tuple[int, str] = (0, "")
    gap: tuple[int, str] = (0, "")
    problems: list[str] = field(default_factory=list)


def read_export(stream: BinaryIO, earlier_size: int | None, progress: Callable[[int], None] | None) -> Contents:
    """Reads a whole export.

    Args:
        stream: the file; it is read from its beginning, wherever it stands.
        earlier_size: after how many entries the root is wanted too.
        progress: called after each few thousand entries with their number.
    """
    contents = Contents()
    stream.seek(0)
    lines = Lines(stream)
    frontier, sequences = Frontier(), Sequences()
    if earlier_size == 0:
        contents.earlier_root = frontier.root()
    pending: list[bytes] = []
    while (line := lines.next()) is not None:
        leaf = line.content
        if not leaf.startswith(b"{") or line.length > MAX_LEAF:
            if _starts_note(line, lines):
                _read_note(contents, line, lines)
                break
            if not contents.malformed[0]:
                contents.malformed = (line.number, _why_malformed(line))
        pending.append(leaf_hash(leaf))
        sequences.add(line.number, leaf)
        if len(pending) == _BATCH or line.number == earlier_size:
            frontier.extend(pending)
            pending.clear()
            if line.number == earlier_size:
                contents.earlier_root = frontier.root()
            if progress:
                progress(frontier.size)
    frontier.extend(pending)
    contents.size, contents.root = frontier.size, frontier.root()
    contents.disorder, contents.gap = sequences.disorder, sequences.gap()
    return contents


def _starts_note(line: Line, lines: Lines) -> bool:
    """Whether a size and a root follow, as after the first line of a checkpoint; nothing is used up."""
    ahead = [following for following in (lines.next(), lines.next()) if following is not None]
    lines.put_back(ahead)
    return (
        len(ahead) == 2
        and bool(line.content.strip())
        and _SIZE_LINE.fullmatch(ahead[0].content) is not None
        and _ROOT_LINE.fullmatch(ahead[1].content) is not None
    )


def _read_note(contents: Contents, first: Line, lines: Lines) -> None:
    """Reads the checkpoint and what may stand after it, keeping everything but the list of leaf hashes."""
    kept: list[bytes] = [first.content]
    list_start = _MARK + first.content + b"/leaves "
    signed = False
    total = first.length
    contents.note_line = first.number
    while (line := lines.next()) is not None:
        if line.content.startswith(list_start) and contents.leaf_list is None:
            contents.leaf_list = (line.offset, line.length)
            signed = True
            continue
        if line.content.startswith(b"{"):
            contents.misplaced = (line.number, "it stands after the checkpoint")
        if signed and not line.content.startswith(_MARK):
            what = "a second checkpoint" if _starts_note(line, lines) else "something"
            contents.problems.append(f"line {line.number}: {what} stands after the checkpoint")
            break
        signed = signed or line.content.startswith(_MARK)
        total += line.length
        if total > _MAX_NOTE:
            contents.problems.append(f"line {line.number}: the checkpoint is longer than {_MAX_NOTE} bytes")
            break
        kept.append(line.content)
    # What is no UTF-8 becomes a character that no checkpoint may hold, and is refused with the rest of the note.
    contents.note = b"".join(part + b"\n" for part in kept).decode(errors="surrogateescape")


def _why_malformed(line: Line) -> str:
    if line.length > MAX_LEAF:
        return f"it is longer than {MAX_LEAF} bytes"
    return "it is no entry: entries start with a brace" if line.content else "it is empty"
