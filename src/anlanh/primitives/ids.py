"""Identifiers. Rows get time-ordered UUIDs (RFC 9562 version 7); people get random ones, which tell nothing."""

import os
import time
import uuid


def new_id() -> uuid.UUID:
    """A version 7 UUID: sorts by the millisecond it was made in, 74 random bits behind it."""
    stamp = (time.time_ns() // 1_000_000) & ((1 << 48) - 1)
    tail = int.from_bytes(os.urandom(10), "big")
    value = (stamp << 80) | (0x7 << 76) | ((tail >> 68) << 64) | (0b10 << 62) | (tail & ((1 << 62) - 1))
    return uuid.UUID(int=value)


def new_person_ref() -> uuid.UUID:
    """A random identifier for a person inside one organisation; erasing its mapping makes the person unknown."""
    return uuid.uuid4()
