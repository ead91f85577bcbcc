"""Images compared by the native core."""

from collections.abc import Iterator, Sequence
from typing import Any

from anlanh.screening.native.core import _core
from anlanh.screening.pdq import DISTANCE, Fingerprint


class NativeImageIndex:
    """Finds images within PDQ's distance among millions.

    Args:
        hashes: of known images; they are known by their place in it.
        kept: an index of the first of them.
    """

    def __init__(self, hashes: Sequence[int], kept: Any = None) -> None:
        self._layers = [(0, kept)] if kept else []
        before = _core.count(kept) if kept else 0
        if before < len(hashes) or not kept:
            rest = (hashes[place] for place in range(before, len(hashes)))
            self._layers.append((before, image_index(b"".join(known.to_bytes(32, "little") for known in rest))))

    def find(self, wanted: int) -> Iterator[tuple[int, int]]:
        """(entry, how many bits differ) of every image near enough, in order of entries."""
        for before, index in self._layers:
            for entry, distance in sorted(_core.find_images(index, wanted.to_bytes(32, "little"), DISTANCE)):
                yield before + entry, distance


def image_index(hashes: bytes) -> Any:
    """The core's index of hashes of 32 bytes each, lowest byte first."""
    return _core.images(hashes)


def native_fingerprint(rgb: bytes, width: int, height: int) -> Fingerprint:
    """The fingerprint of an image; arguments as for anlanh.screening.pdq.fingerprint."""
    made, quality = _core.fingerprint(rgb, width, height)
    return Fingerprint(int.from_bytes(made, "little"), quality)
