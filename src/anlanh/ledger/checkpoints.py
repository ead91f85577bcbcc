"""Signed checkpoints: a log's size and root under an Ed25519 signature, after C2SP tlog-checkpoint and signed-note.

A note is a text, a blank line, and signature lines `— NAME BASE64`; the base64 holds four bytes that tell keys apart,
then the signature. Lines by unknown keys are skipped, so witnesses may add theirs.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from anlanh.ledger.merkle import HASH_SIZE
from anlanh.primitives.errors import BadInput

SIGNATURE_MARK = "— "
_ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_MOST_SIGNATURES = 100
_NOTE_MEND = "give the lines of a signed checkpoint as they were issued"
_KEY_MEND = "give one line NAME+ID+KEY, or an Ed25519 public key in PEM"


class BadSignature(Exception):
    """The note is well formed and is not signed as it should be; the message says how."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log states about itself.

    Args:
        origin: the log's name, one line.
        size: number of leaves.
        root: the root over them, 32 bytes.
        extensions: further lines, none empty.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The lines that are signed."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note: the signer's name, four bytes that tell its keys apart, and the signature."""

    name: str
    key_id: bytes
    value: bytes


class VerifyKey:
    """A public key and the name it signs under.

    Args:
        name: the signer's name; empty for a key that came without one, which then goes by the note's origin.
        public_bytes: the raw Ed25519 key, 32 bytes.
    """

    def __init__(self, name: str, public_bytes: bytes) -> None:
        self.name = name
        self.public_bytes = public_bytes
        self._key = Ed25519PublicKey.from_public_bytes(public_bytes)

    @classmethod
    def parse(cls, text: str) -> "VerifyKey":
        """Reads a key from `NAME+ID+KEY` (C2SP vkey) or PEM.

        Raises:
            BadInput: neither, another algorithm, an ID that does not belong to the key, or a private key.
        """
        text = text.strip()
        if "PRIVATE KEY-----" in text:
            raise BadInput("this is a private key", mend="keep it secret and " + _KEY_MEND)
        if text.startswith("-----BEGIN"):
            return cls("", _public_bytes_of_pem(text))
        parts = text.split("+", 2)
        if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
            raise BadInput("not a public key", mend=_KEY_MEND)
        typed = _decode(parts[2])
        if typed is None or typed[:1] != _ED25519 or len(typed) != 33:
            raise BadInput("not an Ed25519 public key", mend=_KEY_MEND)
        key = cls(parts[0], typed[1:])
        if parts[1] != key.key_id(key.name).hex():
            raise BadInput("the key's ID does not belong to its name and key", mend="copy the whole line anew")
        return key

    def vkey(self) -> str:
        """`NAME+ID+KEY`, the form to publish."""
        return f"{self.name}+{self.key_id(self.name).hex()}+{base64.b64encode(_ED25519 + self.public_bytes).decode()}"

    def key_id(self, name: str) -> bytes:
        """Four bytes that tell this key apart from others of that name."""
        return hashlib.sha256(name.encode() + b"\n" + _ED25519 + self.public_bytes).digest()[:4]

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether the signature over the text was made with this key."""
        try:
            self._key.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """A private key and the name it signs under; make one with `generate` or `from_private_pem`."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        if not _NAME.fullmatch(name):
            raise BadInput(f"{name!r} can't name a key", mend="leave out spaces and plus signs")
        self.name = name
        self._key = key

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """A new key.

        Raises:
            BadInput: the name is empty or holds white space or a plus sign.
        """
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_private_pem(cls, name: str, pem: bytes) -> "SigningKey":
        """Reads what `to_private_pem` wrote.

        Raises:
            BadInput: not an unencrypted Ed25519 private key in PEM, or a name that can't be one.
        """
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise BadInput("not an Ed25519 private key", mend="give it in PEM, without a passphrase")
        return cls(name, key)

    def to_private_pem(self) -> bytes:
        """PKCS #8 in PEM, not encrypted: the file it goes to is what keeps it."""
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def verify_key(self) -> VerifyKey:
        """The public key under the same name."""
        return VerifyKey(self.name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: text, blank line, signature line.

        Raises:
            ValueError: the text does not end with a line end.
        """
        if not text.endswith("\n"):
            raise ValueError("the text of a note ends with a line end")
        payload = self.verify_key().key_id(self.name) + self._key.sign(text.encode())
        return f"{text}\n{SIGNATURE_MARK}{self.name} {base64.b64encode(payload).decode()}\n"


def parse_note(note: str) -> tuple[Checkpoint, list[Signature]]:
    """Takes a note apart without checking who signed it.

    Raises:
        BadInput: not a checkpoint, or signature lines that are none.
    """
    text, blank, tail = note.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise BadInput("the checkpoint has no blank line followed by signatures", mend=_NOTE_MEND)
    lines = tail[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise BadInput(f"the checkpoint has over {_MOST_SIGNATURES} signatures", mend=_NOTE_MEND)
    return _parse_text(text + "\n"), [_parse_signature(line) for line in lines]


def open_note(note: str, keys: Sequence[VerifyKey]) -> Checkpoint:
    """Reads a checkpoint that at least one of the keys signed.

    Args:
        note: the whole note.
        keys: who may have signed; one without a name goes by the note's origin.

    Raises:
        BadInput: not a checkpoint.
        BadSignature: none of the keys signed it, or a signature under one of them is wrong.
    """
    checkpoint, signatures = parse_note(note)
    signed = False
    for key in keys:
        name = key.name or checkpoint.origin
        for signature in signatures:
            if signature.name == name and signature.key_id == key.key_id(name):
                if not key.verifies(checkpoint.text(), signature.value):
                    raise BadSignature(f"the signature by {name} is wrong")
                signed = True
    if not signed:
        names = ", ".join(dict.fromkeys(signature.name for signature in signatures))
        raise BadSignature(f"no signature by the key given (signature lines by: {names})")
    return checkpoint


def _parse_text(text: str) -> Checkpoint:
    origin, *rest = text[:-1].split("\n")
    root = _decode(rest[1]) if len(rest) > 1 else None
    if not all(line.isprintable() for line in (origin, *rest)):
        raise BadInput("the checkpoint holds control characters", mend=_NOTE_MEND)
    if not origin or root is None or len(root) != HASH_SIZE or not _SIZE.fullmatch(rest[0]) or not all(rest[2:]):
        raise BadInput("the checkpoint does not consist of name, size, root and further lines", mend=_NOTE_MEND)
    return Checkpoint(origin, int(rest[0]), root, tuple(rest[2:]))


def _parse_signature(line: str) -> Signature:
    name, space, payload = line.removeprefix(SIGNATURE_MARK).partition(" ")
    decoded = _decode(payload)
    named = space and _NAME.fullmatch(name) and name.isprintable()
    if not line.startswith(SIGNATURE_MARK) or not named or decoded is None or len(decoded) < 4:
        raise BadInput("a line after the checkpoint's text is no signature", mend=_NOTE_MEND)
    return Signature(name, decoded[:4], decoded[4:])


def _public_bytes_of_pem(text: str) -> bytes:
    try:
        key = serialization.load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput("not an Ed25519 public key", mend=_KEY_MEND)
    return key.public_bytes_raw()


def _decode(text: str) -> bytes | None:
    """Strict base64: None unless encoding gives back the same text, so that no two texts mean one thing."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return decoded if base64.b64encode(decoded) == text.encode() else None
