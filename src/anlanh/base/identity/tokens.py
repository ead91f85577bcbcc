"""Tokens that are shown once and kept as digests."""

import hashlib
import secrets

TOKEN_BYTES = 32  # 256 bits: nothing is left to guess, so the digest needs no salt and no slow hash
KEY_PREFIX = "anlanh_"


def new_token() -> str:
    """A fresh token, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_key() -> str:
    """A fresh secret of a machine; the prefix lets secret scanners and people recognise a leaked one."""
    return KEY_PREFIX + new_token()


def digest(token: str) -> str:
    """What is stored in place of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
