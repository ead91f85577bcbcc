"""The export file: a whole log that anyone can check with this module alone.

    {"id":...}                      each leaf's exact bytes on a line of its own: a JSON object without line ends
    {"id":...}
    anlanh.example/so-tttt          the signed checkpoint: name of the log,
    2                               number of leaves,
    Xq3...=                         root,

    — anlanh.example/so-tttt ...    signature,
    — anlanh.example/so-tttt/leaves ...

The last line has the form of a signature by a key that nobody has, so readers of signed notes skip it. It holds four
marking bytes and the hashes of all leaves as they were sealed. It is not signed itself and needs not be: it counts only
when its own root is the signed one. With it the verifier can name the first entry that was changed, where a root alone
can only say that one was.
"""

import base64
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from anlanh.ledger.checkpoints import SIGNATURE_MARK, BadSignature, Checkpoint, VerifyKey, open_note, parse_note
from anlanh.ledger.explaining import first_difference
from anlanh.ledger.merkle import leaf_hash
from anlanh.ledger.reading import MAX_LEAF, Contents, read_export
from anlanh.primitives.errors import BadInput

_SPOOL = 1 << 24  # bytes kept in memory before a temporary file takes over
_BASE64_STEP = 3 << 16  # a multiple of three, so that pieces join without padding


def leaf_list_tag(name: str) -> bytes:
    """The four bytes that mark a list of leaf hashes: C2SP's rule for signature types of one's own."""
    return hashlib.sha256(name.encode() + b"\n\xffanlanh leaf hashes, sha-256").digest()[:4]


def write_export(
    out: BinaryIO, leaves: Iterable[bytes], checkpoint_note: str, leaf_hashes: Iterable[bytes] | None = None
) -> int:
    """Writes a log's leaves and its checkpoint; does not judge whether they agree, which is the verifier's work.

    Args:
        out: where to, binary.
        leaves: the exact bytes of each, in the order of the log.
        checkpoint_note: the signed checkpoint over them.
        leaf_hashes: the hashes as sealed (`TileLog.leaf_hashes`), so that an entry changed in the database afterwards
            can be named; computed from the leaves when left out.

    Returns:
        how many leaves were written.

    Raises:
        ValueError: a leaf that is no JSON object on one line, or is over 1 MiB; what was written by then stays.
        BadInput: the note is not a checkpoint.
    """
    checkpoint, _ = parse_note(checkpoint_note)
    count = 0
    with tempfile.SpooledTemporaryFile(_SPOOL) as hashes:
        for count, leaf in enumerate(leaves, start=1):
            if not (leaf.startswith(b"{") and leaf.endswith(b"}")) or b"\n" in leaf or len(leaf) > MAX_LEAF:
                raise ValueError(f"leaf {count} is no JSON object on one line of at most {MAX_LEAF} bytes")
            out.write(leaf + b"\n")
            if leaf_hashes is None:
                hashes.write(leaf_hash(leaf))
        for value in leaf_hashes or ():
            hashes.write(value)
        out.write(checkpoint_note.encode())
        _write_leaf_list(out, f"{checkpoint.origin}/leaves", hashes)
    return count


def _write_leaf_list(out: BinaryIO, name: str, hashes: BinaryIO) -> None:
    out.write(f"{SIGNATURE_MARK}{name} ".encode())
    hashes.seek(0)
    piece = leaf_list_tag(name) + hashes.read(_BASE64_STEP - 4)
    while piece:
        out.write(base64.b64encode(piece))
        piece = hashes.read(_BASE64_STEP)
    out.write(b"\n")


@dataclass
class Verification:
    """What checking an export found.

    Args:
        ok: nothing is wrong, as far as what was given allows to say (see notes).
        origin: the log's name as the checkpoint states it; None without a readable checkpoint.
        size: number of entries in the file.
        root: the root over them, 32 bytes.
        first_bad: line of the first entry that is not as sealed; None when all are, or when it can't be told.
        first_bad_why: what is wrong with it, in words; None likewise.
        problems: everything that is wrong, a sentence each.
        notes: what could not be checked with what was given.
    """

    ok: bool = False
    origin: str | None = None
    size: int = 0
    root: bytes = b""
    first_bad: int | None = None
    first_bad_why: str | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def _name_first_bad(self, line: int, why: str) -> None:
        if self.first_bad is None:
            self.first_bad, self.first_bad_why = line, why


def verify_export(
    source: str | Path | BinaryIO,
    key: VerifyKey | None = None,
    since: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Checks an export: every entry, their order and number, the signature, and that an earlier state is its beginning.

    Reads in a stream; memory grows only with the number of subjects that the entries name, about 150 bytes each.

    Args:
        source: path, or an open binary file; one that can't seek is copied to a temporary file first.
        key: the log's public key.
        since: the note of an earlier checkpoint.
        progress: called now and then with the number of entries read so far.

    Raises:
        BadInput: `since` is not a checkpoint. (Nothing in the export itself raises.)
        OSError: the file can't be read.
    """
    earlier = _parse_since(since)
    if isinstance(source, str | Path):
        with Path(source).open("rb") as stream:
            return _verify_stream(stream, key, since, earlier, progress)
    if source.seekable():
        return _verify_stream(source, key, since, earlier, progress)
    with tempfile.SpooledTemporaryFile(_SPOOL) as copy:
        shutil.copyfileobj(source, copy)
        copy.seek(0)
        return _verify_stream(copy, key, since, earlier, progress)


def _verify_stream(
    stream: BinaryIO,
    key: VerifyKey | None,
    since: str | None,
    earlier: Checkpoint | None,
    progress: Callable[[int], None] | None,
) -> Verification:
    contents = read_export(stream, earlier.size if earlier else None, progress)
    result = Verification(size=contents.size, root=contents.root, problems=list(contents.problems))
    checkpoint = _check_note(result, contents, key)
    as_sealed = checkpoint is not None and _check_leaves(result, contents, checkpoint, stream)
    if contents.gap[0]:
        result.problems.append(f"line {contents.gap[0]}: {contents.gap[1]}")
    # Where no list of hashes settled it, what an entry looks like may. Being out of turn alone is no fault.
    suspects = [contents.malformed, contents.misplaced, contents.gap] + ([] if as_sealed else [contents.disorder])
    if result.problems and any(line for line, _ in suspects):
        result._name_first_bad(*min(suspect for suspect in suspects if suspect[0]))
    _check_since(result, contents, checkpoint, key, since, earlier)
    result.ok = not result.problems
    return result


def _check_note(result: Verification, contents: Contents, key: VerifyKey | None) -> Checkpoint | None:
    """The checkpoint at the end, whoever signed it; what is wrong with its signature goes to the problems."""
    if contents.note is None:
        result.problems.append("there is no checkpoint after the entries: the end of the file is missing or damaged")
        return None
    try:
        checkpoint, _ = parse_note(contents.note)
    except BadInput as fault:
        result.problems.append(f"line {contents.note_line}: {fault.what}")
        return None
    result.origin = checkpoint.origin
    if key is None:
        result.notes.append("key not authenticated: without the log's public key anyone could have made this file")
        return checkpoint
    _check_signature(result, contents.note, key, "the checkpoint")
    return checkpoint


def _check_signature(result: Verification, note: str, key: VerifyKey, which: str) -> None:
    try:
        origin = open_note(note, [key]).origin
    except BadSignature as fault:
        result.problems.append(f"{which} is not signed with the key given: {fault}")
        return
    if key.name and key.name != origin:
        result.problems.append(f"{which} is of the log {origin}; the key given belongs to {key.name}")


def _check_leaves(result: Verification, contents: Contents, checkpoint: Checkpoint, stream: BinaryIO) -> bool:
    """Whether the entries are the ones that the checkpoint was made over; if not, names the first bad one if it can."""
    if contents.size != checkpoint.size:
        result.problems.append(f"the checkpoint counts {checkpoint.size} entries, the file holds {contents.size}")
    elif contents.root != checkpoint.root:
        result.problems.append("the entries are not the ones that the checkpoint was made over")
    else:
        return True
    found = first_difference(stream, contents, checkpoint, leaf_list_tag(f"{checkpoint.origin}/leaves"))
    if found.line:
        result._name_first_bad(found.line, found.why)
    else:
        result.problems.append(f"the first bad entry can't be named for certain: {found.why}")
    return False


def _parse_since(since: str | None) -> Checkpoint | None:
    if since is None:
        return None
    try:
        return parse_note(since)[0]
    except BadInput as fault:
        raise BadInput(fault.what, where="the earlier checkpoint", mend=fault.mend) from None


def _check_since(
    result: Verification,
    contents: Contents,
    checkpoint: Checkpoint | None,
    key: VerifyKey | None,
    since: str | None,
    earlier: Checkpoint | None,
) -> None:
    if earlier is None or since is None:
        result.notes.append("a cut-off tail can't be ruled out: compare with an earlier checkpoint")
        return
    if checkpoint and earlier.origin != checkpoint.origin:
        result.problems.append(f"the earlier checkpoint is of another log, {earlier.origin}")
        return
    if key is not None:
        _check_signature(result, since, key, "the earlier checkpoint")
    if contents.size < earlier.size:
        result.problems.append(f"cut off: the earlier checkpoint counts {earlier.size} entries, not {contents.size}")
        result._name_first_bad(contents.size + 1, "this entry and what followed it are missing")
    elif contents.earlier_root != earlier.root:
        result.problems.append(f"the first {earlier.size} entries are not the ones of the earlier checkpoint")
