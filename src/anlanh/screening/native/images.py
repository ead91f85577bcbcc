"""Images compared by the native core."""

from collections.abc import Iterator, Sequence

from anlanh.screening.native.core import _core
from anlanh.screening.pdq import DISTANCE, Fingerprint


class NativeImageIndex:
    """Finds images within PDQ's distance among millions.

    Args:
        hashes: of known images; they are known by their place in it.
    """

    def __init__(self, hashes: Sequence[int]) -> None:
        self._index = _core.images(b"".join(known.to_bytes(32, "little") for known in hashes))

    def find(self, wanted: int) -> Iterator[tuple[int, int]]:
        """(entry, how many bits differ) of every image near enough, in order of entries."""
        yield from sorted(_core.find_images(self._index, wanted.to_bytes(32, "little"), DISTANCE))


def native_fingerprint(rgb: bytes, width: int, height: int) -> Fingerprint:
    """The fingerprint of an image; arguments as for anlanh.screening.pdq.fingerprint."""
    made, quality = _core.fingerprint(rgb, width, height)
    return Fingerprint(int.from_bytes(made, "little"), quality)
