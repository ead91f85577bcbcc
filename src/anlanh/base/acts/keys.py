"""The keys that logs sign with: files in the data directory, mode 0600, made when first needed, backed up with it."""

import functools
import os
import tempfile
from pathlib import Path

from django.conf import settings

from anlanh.ledger.checkpoints import SigningKey, VerifyKey


def signing_key(code: str) -> SigningKey:
    """The private key of the log of that code; made and stored at the first call."""
    return _load(settings.ANLANH_KEYS_DIR, settings.ANLANH_LEDGER_ORIGIN, code)


def verify_key(code: str) -> VerifyKey:
    """The public key of the log of that code."""
    return signing_key(code).verify_key()


@functools.lru_cache(maxsize=4096)
def _load(directory: Path, origin: str, code: str) -> SigningKey:
    name = f"{origin}/{code}"
    path = Path(directory) / f"log-{code}.pem"
    if not path.exists():
        _write_once(path, SigningKey.generate(name).to_private_pem())
    return SigningKey.from_private_pem(name, path.read_bytes())


def _write_once(path: Path, content: bytes) -> None:
    """Puts the file in place whole, unless another process was first; then that one's key counts."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
    finally:
        Path(temporary).unlink()
