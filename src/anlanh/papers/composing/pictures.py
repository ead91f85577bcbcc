"""Pictures joined to one PDF/A, a page each: photographs of a paper, and pages that were drawn anew."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("pictures.typ")
_STANDARD = "a-2b"
_POINTS_AN_INCH = 72
_A4 = (8.27, 11.69)  # inches
_SMALLEST, _LARGEST = 36.0, 14_000.0  # points that a page of a PDF can measure


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Args:
        jpeg: its picture, which goes into the PDF as it is, to the byte.
        pixels: width and height of the picture.
        inches: width and height of the page; None lays the picture out to the size of A4, upright or across.
    """

    jpeg: bytes
    pixels: tuple[int, int]
    inches: tuple[float, float] | None = None

    def points(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        if self.inches:
            width, height = self.inches
        else:
            short, long = _A4
            room = (short, long) if self.pixels[0] <= self.pixels[1] else (long, short)
            scale = min(room[0] / self.pixels[0], room[1] / self.pixels[1])
            width, height = self.pixels[0] * scale, self.pixels[1] * scale
        return tuple(min(max(side * _POINTS_AN_INCH, _SMALLEST), _LARGEST) for side in (width, height))


def pdf_of_sheets(sheets: Sequence[Sheet], title: str) -> bytes:
    """The sheets as PDF/A-2b. The same sheets under the same title give the same bytes."""
    with tempfile.TemporaryDirectory(prefix="anlanh-sheets-") as folder:
        laid_out = []
        for number, sheet in enumerate(sheets, start=1):
            width, height = sheet.points()
            name = f"{number}.jpg"
            (Path(folder) / name).write_bytes(sheet.jpeg)
            laid_out.append({"name": name, "width": width, "height": height})
        compiler = typst.Compiler(_template(), root=folder, ignore_system_fonts=True)
        inputs = {"sheets": json.dumps(laid_out), "title": title}
        return compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARD, timestamp=0)


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
