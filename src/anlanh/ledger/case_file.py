"""A case file: what somebody concerned takes home of their case, checkable without the house that gave it.

A ZIP archive. `manifest.json` names every other file with its SHA-256, and holds the acts that its owner may see: each
leaf as the log seals it, the way to a signed checkpoint, and the values behind commitments with their salts.
`manifest.sig` is a note under the log's own key over the digest of the manifest; its first line is the log's name and
`/case-file`, so that it can never pass for a checkpoint of the log.
"""

import binascii
import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from anlanh.ledger import proofs
from anlanh.ledger.checkpoints import BadSignature, Checkpoint, SigningKey, VerifyKey, open_note, parse_note
from anlanh.ledger.proofs import Sealed, Verdict
from anlanh.primitives.archives import DAMAGED
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
SUMMARY = "summary"
VERSION = 1
_SUFFIX = "/case-file"
_MOST_MANIFEST = 16 << 20
_CHUNK = 1 << 16
_MEND = "give the file as it was downloaded"
# A fixed time in the archive: the same case gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write(
    out: IO[bytes],
    key: SigningKey,
    about: Mapping[str, Any],
    files: Iterable[tuple[str, str, bytes]],
    acts: Iterable[Sealed],
    checkpoint: str,
) -> None:
    """Writes a signed case file.

    Args:
        out: where to.
        key: of the organisation's log.
        about: what the manifest says of the case: JSON values.
        files: name in the archive, what it is, its bytes.
        acts: those that the owner may see.
        checkpoint: the signed note that their paths lead to; empty while nothing is sealed.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = []
        for name, what, content in files:
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
            listed.append({"name": name, "what": what, "sha256": digest(content), "size": len(content)})
        manifest = canonical_bytes(
            {
                "v": VERSION,
                "log": key.name,
                "about": dict(about),
                "files": listed,
                "acts": [proofs.as_entry(act) for act in acts],
                "checkpoint": checkpoint,
            }
        )
        statement = Checkpoint(key.name + _SUFFIX, len(listed), hashlib.sha256(manifest).digest())
        archive.writestr(zipfile.ZipInfo(MANIFEST, _NO_TIME), manifest, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo(SIGNATURE, _NO_TIME), key.sign(statement.text()), zipfile.ZIP_DEFLATED)


def verify(source: IO[bytes], key: VerifyKey | None = None, paper: bytes | None = None) -> Verdict:
    """Checks a case file by itself: signature, every file, every act's place in the log, every value behind a digest.

    Args:
        source: the archive.
        key: the log's public key; without it the signature can't be checked, and the verdict says so.
        paper: a summary that came by itself; it has to be the one that the case file holds, to the byte.

    Raises:
        BadInput: this is no case file.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return _verify(archive, key, paper)
    except BadInput:
        raise
    except DAMAGED:
        raise BadInput("this is no case file", mend=_MEND) from None


def _verify(archive: zipfile.ZipFile, key: VerifyKey | None, paper: bytes | None) -> Verdict:
    verdict = Verdict()
    raw = _read(archive, MANIFEST)
    manifest = _parsed(raw)
    verdict.log = str(manifest["log"])
    _check_signature(verdict, raw, _read(archive, SIGNATURE).decode(errors="replace"), key)
    _check_files(verdict, archive, manifest["files"])
    _check_summary(verdict, manifest["files"], paper)
    proofs.check_acts(verdict, manifest["checkpoint"], manifest["acts"], key)
    verdict.ok = not verdict.problems
    return verdict


def _check_signature(verdict: Verdict, manifest: bytes, note: str, key: VerifyKey | None) -> None:
    try:
        stated = open_note(note, [key]) if key else parse_note(note)[0]
    except BadSignature as fault:
        verdict.problems.append(f"{SIGNATURE}: {fault}")
        return
    except BadInput as fault:
        verdict.problems.append(f"{SIGNATURE}: {fault.what}")
        return
    if not key:
        verdict.notes.append("no key was given, so nobody says who signed this; ask the organisation for its key")
    if stated.origin != verdict.log + _SUFFIX or stated.root != hashlib.sha256(manifest).digest():
        verdict.problems.append(f"{MANIFEST}: it is not the one that was signed")


def _check_files(verdict: Verdict, archive: zipfile.ZipFile, listed: list[dict[str, Any]]) -> None:
    names = {entry["name"] for entry in listed}
    everything = archive.namelist()
    held = [name for name in everything if name not in {MANIFEST, SIGNATURE}]
    verdict.problems += [f"{name}: it is not in the manifest" for name in held if name not in names]
    if len(everything) != len(set(everything)):
        verdict.problems.append("a file is there twice")
    for entry in listed:
        if entry["name"] not in held:
            verdict.problems.append(f"{entry['name']}: it is missing")
        elif _digest_of(archive, entry["name"], int(entry["size"])) != entry["sha256"]:
            verdict.problems.append(f"{entry['name']}: it was changed")
        verdict.files += 1


def _check_summary(verdict: Verdict, listed: list[dict[str, Any]], paper: bytes | None) -> None:
    """The summary is there to be read alone, so its digest is said, and one that came alone is compared with it."""
    verdict.summaries = [f"{entry['name']} {entry['sha256']}" for entry in listed if entry.get("what") == SUMMARY]
    if not verdict.summaries:
        verdict.problems.append("no summary is in it")
    if paper is not None and all(not line.endswith(f" {digest(paper)}") for line in verdict.summaries):
        verdict.problems.append("the paper is not the summary of this case file")


def _parsed(raw: bytes) -> dict[str, Any]:
    """The manifest, with the shape that the rest of this module relies on."""
    try:
        manifest = json.loads(raw)
        shaped = (
            manifest["v"] == VERSION
            and isinstance(manifest["log"], str)
            and isinstance(manifest["checkpoint"], str)
            and all(map(_is_file, manifest["files"]))
            and all(map(proofs.is_entry, manifest["acts"]))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        shaped = False
    if not shaped:
        raise BadInput(f"{MANIFEST} is not one that this program writes", mend=_MEND)
    return manifest


def _is_file(entry: dict[str, Any]) -> bool:
    return isinstance(entry["name"], str) and isinstance(entry["size"], int) and isinstance(entry["sha256"], str)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as stream:
            content = stream.read(_MOST_MANIFEST + 1)
    except KeyError:
        raise BadInput(f"{name} is not in it; this is no case file", mend=_MEND) from None
    if len(content) > _MOST_MANIFEST:
        raise BadInput(f"{name} is too long", mend=_MEND)
    return content


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _digest_of(archive: zipfile.ZipFile, name: str, size: int) -> str:
    """The digest of a file of the size that the manifest says; empty for one that unpacks to more."""
    digest, left = hashlib.sha256(), size
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                return ""
            digest.update(chunk)
    return digest.hexdigest()
