"""Acts with what proves them: a JSON document that anyone can check without the house that gave it.

    {"v": 1, "kind": "anlanh-acts", "log": NAME, "about": {…}, "checkpoint": NOTE,
     "acts": [{"leaf": …, "position": …, "path": [base64, …], "revealed": {FIELD: [salt, value]}}, …]}

Each act is its exact leaf, its place in the log and the way from there to the root that the checkpoint signs (RFC
9162), and for the fields that the reader may see the salt and the value behind the digest. An act that is recorded and
not yet sealed has no position. `case_file` carries the same entries inside a signed archive.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from anlanh.ledger.checkpoints import BadSignature, Checkpoint, VerifyKey, open_note, parse_note
from anlanh.ledger.merkle import leaf_hash, verify_inclusion
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput

VERSION, KIND = 1, "anlanh-acts"
MOST_BYTES = 256 << 20
_MEND = "give the file as it was downloaded"


@dataclass(frozen=True)
class Sealed:
    """One act with its proof.

    Args:
        leaf: its exact text in the log.
        position, path: its place, and the way to the root of the checkpoint; None while it is not sealed yet.
        revealed: committed field → salt and value, for those that the owner may read.
    """

    leaf: str
    position: int | None
    path: list[bytes]
    revealed: Mapping[str, tuple[bytes, Any]]


@dataclass
class Verdict:
    """What a check found.

    Args:
        ok: everything is as it was signed, and every sealed act is in the log.
        log: the log's name.
        files, acts: how many of each were checked.
        values: how many values were compared with the digests that the log holds of them.
        summaries: of a case file name and SHA-256 of each summary, to compare with one that came by itself.
        problems: what is wrong, one line each.
        notes: what can't be settled from the file alone.
    """

    ok: bool = False
    log: str = ""
    files: int = 0
    acts: int = 0
    values: int = 0
    summaries: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def lines(log: str, about: Mapping[str, Any], acts: Iterable[Sealed], checkpoint: str) -> Iterator[str]:
    """The document piece by piece, an act a line, so that a long history need not be held.

    Args:
        log: the log's name.
        about: what it is about: JSON values.
        acts: in their order.
        checkpoint: the signed note that their paths lead to; empty while nothing is sealed.
    """
    head = {"v": VERSION, "kind": KIND, "log": log, "about": dict(about), "checkpoint": checkpoint}
    yield _json(head)[:-1] + ', "acts": [\n'
    for number, act in enumerate(acts):
        yield (",\n" if number else "") + _json(as_entry(act))
    yield "\n]}\n"


def verify(source: IO[bytes], key: VerifyKey | None = None) -> Verdict:
    """Checks a document by itself: every act's place in the log, every value behind a digest.

    Args:
        source: the document.
        key: the log's public key; without it the signature can't be checked, and the verdict says so.

    Raises:
        BadInput: this is no such document.
    """
    raw = source.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise BadInput("the file is too long", mend=_MEND)
    document, verdict = _parsed(raw), Verdict()
    verdict.log = document["log"]
    if not key:
        verdict.notes.append("no key was given, so nobody says who signed this; ask the organisation for its key")
    check_acts(verdict, document["checkpoint"], document["acts"], key)
    verdict.ok = not verdict.problems
    return verdict


def check_acts(verdict: Verdict, note: str, acts: Iterable[dict[str, Any]], key: VerifyKey | None) -> None:
    """Checks entries that `is_entry` found well shaped against a checkpoint; the verdict takes what it finds."""
    checkpoint = _checkpoint(verdict, note, key) if note else None
    for number, entry in enumerate(acts, start=1):
        verdict.acts += 1
        where = f"act {number}"
        leaf = entry["leaf"].encode()
        if entry["position"] is None:
            verdict.notes.append(f"{where}: recorded, not yet sealed in the log when this was made")
        elif checkpoint is None or not verify_inclusion(
            leaf_hash(leaf),
            entry["position"],
            checkpoint.size,
            [base64.b64decode(step, validate=True) for step in entry["path"]],
            checkpoint.root,
        ):
            verdict.problems.append(f"{where}: it is not in the log that the checkpoint signs")
        committed = json.loads(leaf).get("committed", {})
        for name, (salt, value) in entry["revealed"].items():
            verdict.values += 1
            if committed.get(name) != _digest(bytes.fromhex(salt), value):
                verdict.problems.append(f"{where}: {name} is not what was recorded")


def as_entry(act: Sealed) -> dict[str, Any]:
    """An act as the document holds it."""
    return {
        "leaf": act.leaf,
        "position": act.position,
        "path": [base64.b64encode(step).decode() for step in act.path],
        "revealed": {name: [salt.hex(), value] for name, (salt, value) in act.revealed.items()},
    }


def is_entry(entry: dict[str, Any]) -> bool:
    """Whether an entry has the shape that `check_acts` relies on.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, RecursionError: not even near it.
    """
    leaf = json.loads(entry["leaf"].encode())
    for step in entry["path"]:
        base64.b64decode(step, validate=True)
    for salt, _value in entry["revealed"].values():
        bytes.fromhex(salt)
    position = entry["position"]
    return isinstance(leaf.get("committed", {}), dict) and (position is None or isinstance(position, int))


def _digest(salt: bytes, value: Any) -> str:
    """The commitment to a value; empty for one that no leaf can commit to."""
    try:
        return "sha256:" + hashlib.sha256(salt + canonical_bytes(value)).hexdigest()
    except (TypeError, ValueError, RecursionError, BadInput):
        return ""


def _checkpoint(verdict: Verdict, note: str, key: VerifyKey | None) -> Checkpoint | None:
    try:
        checkpoint = open_note(note, [key]) if key else parse_note(note)[0]
    except (BadSignature, BadInput) as fault:
        verdict.problems.append(f"the checkpoint: {getattr(fault, 'what', fault)}")
        return None
    if checkpoint.origin != verdict.log:
        verdict.problems.append(f"the checkpoint is of another log, {checkpoint.origin}")
        return None
    return checkpoint


def _parsed(raw: bytes) -> dict[str, Any]:
    """The document, with the shape that the rest of this module relies on."""
    try:
        document = json.loads(raw)
        shaped = (
            document["v"] == VERSION
            and document["kind"] == KIND
            and isinstance(document["log"], str)
            and isinstance(document["checkpoint"], str)
            and all(map(is_entry, document["acts"]))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        shaped = False
    if not shaped:
        raise BadInput("this is no file of acts that this program writes", mend=_MEND)
    return document


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
