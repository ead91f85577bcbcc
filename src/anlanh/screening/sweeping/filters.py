"""Filters over blocks of posts: sets of keys that never forget one, and sometimes hold one too many.

They are Bloom filters of twelve bits for each key. The native core makes the same bytes as plain Python.
"""

from collections.abc import Callable, Sequence

from anlanh.screening.native.core import is_installed
from anlanh.screening.sweeping.keys import Ask, keys_of_texts

BITS_FOR_EACH = 12
PROBES = 5  # with twelve bits for each key, one block in two hundred answers yes for a key it does not hold

MakesFilter = Callable[[Sequence[str]], bytes]


def filters_for(*, plain: bool = False) -> MakesFilter:
    """What makes the filter of a block of texts, the fastest there is.

    Args:
        plain: plain Python whatever is installed.
    """
    if plain or not is_installed():
        return lambda texts: filter_of(keys_of_texts(texts))
    from anlanh.screening.native.blocks import BlockKeys

    return BlockKeys(BITS_FOR_EACH, PROBES).filter


def asker_for(asks: Sequence[Ask], *, plain: bool = False) -> Callable[[memoryview | bytes], bool]:
    """What says of a filter whether its block may hold what one of the questions asks for.

    Args:
        asks: the questions.
        plain: plain Python whatever is installed.
    """
    if plain or not is_installed():
        return lambda held: any(may_hold(held, ask) for ask in asks)
    from anlanh.screening.native.blocks import BlockAsks

    return BlockAsks(asks, PROBES).any_may_hold


def filter_of(keys: set[int]) -> bytes:
    """The filter that holds these keys."""
    size = max(64, BITS_FOR_EACH * len(keys))
    held = bytearray((size + 7) // 8)
    size = 8 * len(held)
    for key in keys:
        place, step = key & 0xFFFFFFFF, key >> 32 | 1
        for _ in range(PROBES):
            place = (place + step) % size
            held[place >> 3] |= 1 << (place & 7)
    return bytes(held)


def holds(held: memoryview | bytes, key: int) -> bool:
    """Whether a filter may hold a key."""
    size = 8 * len(held)
    place, step = key & 0xFFFFFFFF, key >> 32 | 1
    for _ in range(PROBES):
        place = (place + step) % size
        if not held[place >> 3] >> (place & 7) & 1:
            return False
    return True


def may_hold(held: memoryview | bytes, ask: Ask) -> bool:
    """Whether a block with this filter may hold what is asked for."""
    missing = len(ask.keys) - ask.least
    for key in ask.keys:
        if not holds(held, key):
            missing -= 1
            if missing < 0:
                return False
    return True
