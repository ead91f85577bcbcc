"""What a model sees of a text: words as written and words and letters as folded, each hashed to a number."""

import re
import unicodedata
from itertools import pairwise
from zlib import crc32

from anlanh.primitives.folding import fold

LONGEST = 20_000  # code points; what follows is not looked at
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_LENGTHS = (3, 4, 5)  # bytes of a run of letters


def features_of(text: str, bits: int) -> list[int]:
    """The features of a text, each once, in ascending order.

    Args:
        text: as posted.
        bits: there are two to the power of so many.
    """
    text = text[:LONGEST]
    mask = (1 << bits) - 1
    written = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    folded = _WORD.findall(fold(text))
    found = {crc32(f"w{word}".encode("utf-8", "surrogatepass")) for word in written}
    found.update(crc32(f"f{word}".encode("utf-8", "surrogatepass")) for word in folded)
    found.update(crc32(f"b{first} {second}".encode("utf-8", "surrogatepass")) for first, second in pairwise(folded))
    letters = f" {' '.join(folded)} ".encode("utf-8", "surrogatepass")
    for length in _LENGTHS:
        found.update([crc32(letters[at : at + length]) for at in range(len(letters) - length + 1)])
    return sorted({value & mask for value in found})
