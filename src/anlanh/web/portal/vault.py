"""What a visitor typed, kept in the session sealed with the installation's key: the database alone tells nothing."""

import base64
import hashlib
import json
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from anlanh.base import clock


def put(request: HttpRequest, name: str, value: object) -> None:
    """Seals a value made of what JSON knows, and keeps it in the session under the name."""
    moment = int(clock.now().timestamp())
    request.session[name] = _box().encrypt_at_time(json.dumps(value).encode(), moment).decode()


def get(request: HttpRequest, name: str, *, within: timedelta) -> object | None:
    """The value kept under the name, or None when there is none or it was put there longer ago than `within`."""
    sealed = request.session.get(name)
    if not isinstance(sealed, str):
        return None
    try:
        opened = _box().decrypt_at_time(sealed.encode(), int(within.total_seconds()), int(clock.now().timestamp()))
    except InvalidToken:
        del request.session[name]
        return None
    return json.loads(opened)


def drop(request: HttpRequest, name: str) -> None:
    """Forgets what is kept under the name."""
    request.session.pop(name, None)


def _box() -> Fernet:
    key = hashlib.sha256(b"portal session " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
