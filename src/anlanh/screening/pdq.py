"""PDQ, the perceptual image hash of ThreatExchange ("The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
Algorithm", 2019), in plain Python: a box filter twice along rows and columns, 64 × 64 samples, the 16 × 16 lowest
frequencies but the constant one, each compared with their median.

A hash is an integer of 256 bits; its written form is 64 hexadecimal digits, highest bit first.
"""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from anlanh.primitives.errors import BadInput

BITS = 256
DISTANCE = 31  # bits; at most so many may differ for two images to be the same picture
POOREST = 50  # quality; the hash of a plainer image says too little to be compared

_SAMPLES, _FREQUENCIES = 64, 16
_COSINES = [
    [
        math.sqrt(2 / _SAMPLES) * math.cos(math.pi / 2 / _SAMPLES * (i + 1) * (2 * j + 1))
        for j in range(_SAMPLES)
    ]
    for i in range(_FREQUENCIES)
]  # fmt: skip


class Fingerprint(NamedTuple):
    """An image's hash and its quality: 0 for one plain colour … 100."""

    hash: int
    quality: int


def parse_hash(written: str) -> int:
    """Raises:
    BadInput: it is not 64 hexadecimal digits.
    """
    if len(written) != BITS // 4 or not all(c in "0123456789abcdefABCDEF" for c in written):
        raise BadInput(f"{written[:70]!r} is not a PDQ hash", mend="write its 64 hexadecimal digits")
    return int(written, 16)


def fingerprint(rgb: bytes, width: int, height: int) -> Fingerprint:
    """The fingerprint of an image.

    Args:
        rgb: three bytes for each pixel, row by row.
        width, height: pixels.
    """
    luma = [0.299 * r + 0.587 * g + 0.114 * b for r, g, b in zip(rgb[::3], rgb[1::3], rgb[2::3], strict=True)]
    rows: Sequence[Sequence[float]] = [luma[at : at + width] for at in range(0, width * height, width)]
    for _ in range(2):
        rows = [_box(row, -(-width // 128)) for row in rows]
        rows = list(zip(*(_box(column, -(-height // 128)) for column in zip(*rows, strict=True)), strict=True))
    across = [int((i + 0.5) * width / _SAMPLES) for i in range(_SAMPLES)]
    down = [int((i + 0.5) * height / _SAMPLES) for i in range(_SAMPLES)]
    samples = [[rows[y][x] for x in across] for y in down]
    return Fingerprint(_hash(samples), _quality(samples))


def _box(values: Sequence[float], width: int) -> list[float]:
    """Each value's mean with its neighbours; windows are cut off at the ends."""
    ahead = (width + 2) // 2
    behind = width - ahead
    sums = [0.0, *accumulate(values)]
    count = len(values)
    means = []
    for at in range(count):
        first, last = max(0, at - behind), min(count, at + ahead)
        means.append((sums[last] - sums[first]) / (last - first))
    return means


def _quality(samples: list[list[float]]) -> int:
    """How much changes between neighbouring samples."""
    down = pairwise(samples)
    total = sum(abs(int((u - v) * 100 / 255)) for upper, lower in down for u, v in zip(upper, lower, strict=True))
    total += sum(abs(int((u - v) * 100 / 255)) for row in samples for u, v in pairwise(row))
    return min(100, total // 90)


def _hash(samples: list[list[float]]) -> int:
    columns = list(zip(*samples, strict=True))
    half = [[_dot(cosines, column) for column in columns] for cosines in _COSINES]
    values = [_dot(row, cosines) for row in half for cosines in _COSINES]
    median = sorted(values)[BITS // 2 - 1]
    return sum(1 << bit for bit, value in enumerate(values) if value > median)


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
