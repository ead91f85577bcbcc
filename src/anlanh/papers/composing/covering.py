"""Which letters the fonts of papers have. PDF/A forbids a letter without a shape, so others are named by their numbers."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
_PLAIN_TABLE, _WIDE_TABLE = 4, 12  # the two layouts of a font's table of letters that are in use


def printable(text: str) -> str:
    """The text with only letters that can be printed: 😀 becomes [U+1F600], a control character goes.

    Line ends stay. Letters are composed first, since composed ones are those that the fonts have.
    """
    return "".join(map(_printable, unicodedata.normalize("NFC", text)))


def _printable(letter: str) -> str:
    if letter in "\n\t":
        return letter
    if unicodedata.category(letter).startswith("C"):  # unseen ones too: they turn lines round and hide in names
        return ""
    return letter if ord(letter) in _covered() else f"[U+{ord(letter):04X}]"


@cache
def _covered() -> frozenset[int]:
    """What all faces have, so that bold and slanted words are printed like others."""
    faces = [frozenset(_letters(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*faces) if faces else frozenset()


def _letters(font: bytes) -> Iterator[int]:
    """The code points of a font, from its `cmap` table (OpenType 1.9, formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, start + 2)
    for at in range(subtables):
        _platform, _encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * at)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == _PLAIN_TABLE:
            yield from _plain(font, start + offset)
        elif form == _WIDE_TABLE:
            yield from _wide(font, start + offset)


def _plain(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * twice)
    offsets_at = at + 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets_at + 2 * index + offset + 2 * (code - first))
            if glyph and (glyph + delta) & 0xFFFF:
                yield code


def _wide(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    for group in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * group)
        yield from range(first + (not glyph), last + 1)
