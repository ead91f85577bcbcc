"""Identifiers. Rows get time-ordered UUIDs (RFC 9562 version 7); people get random ones, which tell nothing."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0  # the latest moment that an id of this process carries, in 4096ths of a millisecond


def new_id() -> uuid.UUID:
    """A version 7 UUID: sorts by when it was made, those of one process strictly so; 62 random bits behind it."""
    global _last
    with _lock:
        _last = moment = max((time.time_ns() << 12) // 1_000_000, _last + 1)
    stamp, fraction = (moment >> 12) & ((1 << 48) - 1), moment & 0xFFF
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=(stamp << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | tail)


def new_person_ref() -> uuid.UUID:
    """A random identifier for a person inside one organisation; erasing its mapping makes the person unknown."""
    return uuid.uuid4()
