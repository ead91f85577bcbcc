"""Numbers that people read out, type and keep: of cases, reports and accesses, and the secrets that open their pages.

They are made of twenty-nine characters, no two of which look alike. The last one is a check character, so that one
wrong character or two swapped neighbours are noticed before anything is looked up.
"""

import hashlib
import hmac
import secrets
import uuid

from django.conf import settings

from anlanh.primitives.errors import BadInput

ALPHABET = "23456789ACDEFGHJKMNPQRSTVWXYZ"
_BASE = len(ALPHABET)  # a prime, which is what lets one check character find every swap
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans({"B": "8", "U": "V"})

CASE_PREFIX = "AL"
REPORT_PREFIX = "PA"
ACCESS_PREFIX = "QD"
REPRESENTATIVE_PREFIX = "DD"
_PREFIXES = {CASE_PREFIX, REPORT_PREFIX, ACCESS_PREFIX, REPRESENTATIVE_PREFIX}
_NUMBER_LENGTH = 11  # 53 bits: two of a hundred million are hardly ever the same
_SECRET_LENGTH = 15  # with 29 characters, 72 bits


def new_case_number() -> str:
    """A case's number for people, such as `AL-7K4M-QX9T-2HWC`; it tells nothing of others."""
    return _grouped(CASE_PREFIX, _checked(_random(_NUMBER_LENGTH)))


def new_reference(prefix: str) -> str:
    """A public reference: what a reporter or a person affected names their page by, together with the secret."""
    return _grouped(prefix, _checked(_random(_NUMBER_LENGTH)))


def new_secret() -> str:
    """The secret that goes with a reference, told once and kept as a digest, such as `K7QM-3XTA-9PDC-H2WR`."""
    return _grouped("", _checked(_random(_SECRET_LENGTH)))


def secret_for(access_id: uuid.UUID) -> str:
    """An access's or representative's secret, made from the installation's key: letters tell it, no row holds it."""
    mac = hmac.digest(settings.SECRET_KEY.encode(), b"casework access " + access_id.bytes, hashlib.sha256)
    return _grouped("", _checked(_written(int.from_bytes(mac) % _BASE**_SECRET_LENGTH, _SECRET_LENGTH)))


def digest(reference: str, secret: str) -> str:
    """What is kept of a secret, both given as `normal` writes them: SHA-256, bound to its reference."""
    return hashlib.sha256(f"{reference}\n{secret}".encode()).hexdigest()


def normal(text: str) -> str:
    """A number or secret as it was issued, however it was typed: small letters, no dashes, spaces, B for 8, U for V.

    Raises:
        BadInput: it can't be right; the check character or another one does not fit.
    """
    plain = "".join(text.upper().replace("-", " ").split())
    prefix = plain[:2] if plain[:2] in _PREFIXES and len(plain) < _SECRET_LENGTH else ""
    body = plain[len(prefix) :].translate(_LOOKALIKES)
    if len(body) < 2 or any(character not in _VALUE for character in body) or _checked(body[:-1]) != body:
        raise BadInput(
            "this number is not complete or has a wrong character", mend="compare it with the one you were given"
        )
    return _grouped(prefix, body)


def _random(length: int) -> str:
    return _written(secrets.randbelow(_BASE**length), length)


def _written(number: int, length: int) -> str:
    characters = []
    for _ in range(length):
        number, digit = divmod(number, _BASE)
        characters.append(ALPHABET[digit])
    return "".join(characters)


def _checked(body: str) -> str:
    """The body with its check character: the sum weighted by place, so that a swap of two characters changes it."""
    total = sum(place * _VALUE[character] for place, character in enumerate(body, start=1))
    return body + ALPHABET[total % _BASE]


def _grouped(prefix: str, body: str) -> str:
    groups = [body[start : start + 4] for start in range(0, len(body), 4)]
    return "-".join([prefix, *groups] if prefix else groups)
