"""Doing a thing once for a key: the answer is stored in the transaction that does it.

Two requests with one key can't both do it: the second waits for the first at the database's unique index and then
finds its answer. If the first fails, nothing of it remains, its claim to the key included. Answers can hold secrets (a
report's tracking secret, say), so they are encrypted under the key itself, of which only a digest is stored.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction

from anlanh.base import clock
from anlanh.base.idempotency.models import Answer
from anlanh.primitives.errors import BadInput

KEPT_FOR = timedelta(hours=24)
SHORTEST_KEY, LONGEST_KEY = 16, 128
_NONCE_BYTES = 12

_CLAIM = """
    INSERT INTO idempotency_answer (scope, key, request_digest, status, body, claimed_at, expires_at)
    VALUES (%s, %s, %s, 0, %s, %s, %s)
    ON CONFLICT (scope, key) DO UPDATE SET
        request_digest = EXCLUDED.request_digest, status = 0, body = EXCLUDED.body,
        claimed_at = EXCLUDED.claimed_at, expires_at = EXCLUDED.expires_at
    WHERE idempotency_answer.expires_at <= EXCLUDED.claimed_at
    RETURNING id
"""


class OtherRequest(BadInput):
    """The key was used before, for a request that said something else."""


@dataclass(frozen=True)
class Kept:
    """An answer: HTTP status and body, and whether it was given before."""

    status: int
    body: bytes
    replayed: bool = False


def once(scope: str, key: str, request: bytes, work: Callable[[], tuple[int, bytes]]) -> Kept:
    """Does the work, unless the caller had it done under this key within the last 24 hours; then gives that answer.

    Args:
        scope: whose key it is; keys of different scopes never meet.
        key: the caller's; 16 to 128 visible characters, random, a new one for each thing to be done.
        request: everything that the answer depends on: operation and body.
        work: does it and gives status and body; run inside a transaction that is rolled back if it raises.

    Raises:
        BadInput: no usable key.
        OtherRequest: the key was used for another request.
    """
    _check(key)
    cipher_key, name = _derived(scope, key)
    digest = hashlib.sha256(request).digest()
    with transaction.atomic():
        claimed = _claim(scope, name, digest)
        if claimed is None:
            return _again(scope, name, digest, cipher_key)
        status, body = work()
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + AESGCM(cipher_key).encrypt(nonce, body, digest)
        Answer.objects.filter(id=claimed).update(status=status, body=sealed)
    return Kept(status, body)


def clean_up() -> int:
    """Removes the answers whose time is over; how many there were."""
    removed, _ = Answer.objects.filter(expires_at__lte=clock.now()).delete()
    return removed


def _claim(scope: str, name: str, digest: bytes) -> int | None:
    """The id of the row that is ours now, or None where another request holds the key."""
    moment = clock.now()
    values = [scope, name, digest, b"", moment, moment + KEPT_FOR]
    adapted = [
        *values[:4],
        *(connection.ops.adapt_datetimefield_value(value) for value in values[4:]),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, adapted)
        row = cursor.fetchone()
    return row[0] if row else None


def _again(scope: str, name: str, digest: bytes, cipher_key: bytes) -> Kept:
    answer = Answer.objects.get(scope=scope, key=name)
    if not hmac.compare_digest(bytes(answer.request_digest), digest):
        raise OtherRequest(
            "this key was used for another request", where="Idempotency-Key", mend="use a new key for a new request"
        )
    sealed = bytes(answer.body)
    body = AESGCM(cipher_key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], digest)
    return Kept(answer.status, body, replayed=True)


def _check(key: str) -> None:
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY or not all("!" <= char <= "~" for char in key):
        raise BadInput(
            f"the key is not {SHORTEST_KEY} to {LONGEST_KEY} visible ASCII characters",
            where="Idempotency-Key",
            mend="send a random UUID",
        )


def _derived(scope: str, key: str) -> tuple[bytes, str]:
    """The key to the answer, and the name it is stored under; neither leads to the other."""
    secret = settings.SECRET_KEY.encode()
    given = f"{scope}\n{key}".encode()
    return hmac.digest(secret, b"answer\n" + given, "sha256"), hmac.digest(secret, b"name\n" + given, "sha256").hex()
