"""The link by which a deployment without organisations gets its first one.

No organisation exists yet, so no row could own it: a digest of its token and when it ends stand in a file of the data
directory, which only the program's own user reads.
"""

import hmac
import json
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from anlanh.base import clock
from anlanh.base.identity.tokens import digest

FILE_NAME = "first-sign-up.json"


def keep(token: str, until: datetime) -> None:
    """Makes this the link that opens, in place of an earlier one.

    Args:
        token: what the link carries; only its digest is kept.
        until: when it stops opening, with a time zone.
    """
    content = json.dumps({"token_hash": digest(token), "expires_at": until.isoformat()})
    # Made for the owner alone, then moved over the earlier one: nobody ever reads half a file.
    handle, fresh = tempfile.mkstemp(dir=settings.ANLANH_DATA, prefix=FILE_NAME)
    with os.fdopen(handle, "w") as out:
        out.write(content)
    Path(fresh).replace(_file())


def opens(token: str) -> bool:
    """Whether a token is that of the link, and still in time."""
    try:
        kept = json.loads(_file().read_text())
    except FileNotFoundError:
        return False
    in_time = clock.now() < datetime.fromisoformat(kept["expires_at"])
    return hmac.compare_digest(kept["token_hash"], digest(token)) and in_time


def drop() -> None:
    """Ends the link."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.ANLANH_DATA) / FILE_NAME
