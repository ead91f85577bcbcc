"""Who calls: a machine with its key, a reporter with the secret of a report, or the public."""

import hashlib
from datetime import datetime, timedelta

from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.identity.queries import actor_for_bearer

REMEMBERED_FOR = timedelta(seconds=2)  # how long a revoked key may still be answered by another process
_MOST_REMEMBERED = 1000
_REPORT_SCHEME = "report"

PUBLIC = "public"  # stands for a caller without a key; truthy, since the framework takes anything else for a refusal

_remembered: dict[bytes, tuple[datetime, Actor]] = {}


class MachineKey(HttpBearer):
    """The key of a machine, as `Authorization: Bearer`; for operations that need a capability.

    Args:
        capability: what the key must carry.
    """

    def __init__(self, capability: str) -> None:
        super().__init__()
        self.capability = capability

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The machine behind the key.

        Raises:
            NotAllowed: the key lacks the capability.
        """
        actor = actor_for_key(token)
        if actor:
            actor.require(self.capability)
        return actor


class KeyOrPublic(HttpBearer):
    """The key of a machine, or none at all; a key that is not valid is refused, never taken for none."""

    def __call__(self, request: HttpRequest) -> Actor | str | None:
        if "Authorization" not in request.headers:
            return PUBLIC
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The machine behind the key."""
        return actor_for_key(token)


class ReportSecret(APIKeyHeader):
    """The secret told with the reference, as `X-Report-Secret` or `Authorization: Report`; never in an address."""

    param_name = "X-Report-Secret"

    def __call__(self, request: HttpRequest) -> str | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == _REPORT_SCHEME:
            return secret.strip() or None
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        """The secret as sent; whether it opens anything is for casework to say."""
        return key or None


def actor_for_key(secret: str) -> Actor | None:
    """The machine that holds a key, looked up at most every two seconds; unknown keys are not remembered."""
    moment = clock.now()
    digest = hashlib.sha256(secret.encode()).digest()
    known_until, actor = _remembered.get(digest, (moment, None))
    if moment < known_until:
        return actor
    actor = actor_for_bearer(secret)
    if actor is None:
        _remembered.pop(digest, None)
        return None
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[digest] = (moment + REMEMBERED_FOR, actor)
    return actor
