"""Filters over blocks of posts, made by the native core; host names that it leaves open are read in Python."""

from array import array
from collections.abc import Sequence

from anlanh.screening.domains import DOTS
from anlanh.screening.finder import pieces
from anlanh.screening.native.core import Core, _core
from anlanh.screening.sweeping.keys import Ask, NamesAsked, name_keys, text_key


class BlockKeys:
    """Makes filters.

    Args:
        bits: of a filter for each key.
        probes: bits that are set for a key.
    """

    def __init__(self, bits: int, probes: int) -> None:
        self._core, self._bits, self._probes = Core(), bits, probes
        self._dots, self._names = array("I", DOTS), NamesAsked()

    def filter(self, texts: Sequence[str]) -> bytes:
        """The filter of a block of texts."""
        parts = [piece for text in texts for _, piece in pieces(text)]
        found, deferred = self._core.block_keys(self._dots, parts)
        keys = {text_key(text) for text in texts}
        for place in memoryview(deferred).cast("I")[::4]:
            keys |= name_keys(parts[place], self._names)
        return _core.make_filter(found + array("Q", keys).tobytes(), self._bits, self._probes)


class BlockAsks:
    """Questions to blocks, asked of each filter at once.

    Args:
        asks: the questions.
        probes: as for BlockKeys.
    """

    def __init__(self, asks: Sequence[Ask], probes: int) -> None:
        self._keys, self._counts, self._probes = array("Q"), array("I"), probes
        for ask in asks:
            self._keys.extend(ask.keys)
            self._counts.extend((len(ask.keys), ask.least))

    def any_may_hold(self, held: memoryview | bytes) -> bool:
        """Whether a block with this filter may hold what one of them asks for."""
        return _core.may_hold_any(held, self._keys, self._counts, self._probes)
