"""The program that draws the pages of one hostile picture or PDF anew: standard input to standard output, then gone.

Run as a script by `drawing`, isolated from the rest (`python -I`). Every limit is set before the first byte of the file
is read, and can't be raised again. What comes out is pixels alone: black is painted over them before they are encoded,
so nothing of what lay under it is left, and no metadata, layer, script, attachment or earlier version comes along.

The answer is a line of JSON, then the JPEG of each page one after the other; exit status 0 means that it is whole.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

from anlanh.base.files.preview_process import bind_limits

CPU_SECONDS = 40
MEMORY_BYTES = 1024 * 1024 * 1024
MOST_PAGES = 40
MOST_PIXELS = 40_000_000
DOTS_AN_INCH = 150
POINTS_AN_INCH = 72
JPEG_QUALITY = 88
BLOCK = 8  # a JPEG is coded in blocks of 8 x 8; black that fills whole blocks stays black to the last pixel

Place = tuple[float, float, float, float]


class Refused(Exception):
    """The file can't be drawn; the argument is the word for why."""


def main(form: str, wanted: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What is asked for.

    Args:
        form: "PDF", or how Pillow calls the kind of picture.
        wanted: `side`, the longest side of a page in pixels; `page`, the only page wanted, from 1, or None for all;
            `places`, page → rectangles as shares of its width and height, to be painted black; `turn`, by how many
            degrees to turn clockwise.

    Returns:
        Head and pages.

    Raises:
        Refused: saying why.
    """
    source = _pdf if form == "PDF" else _picture
    places = {int(number): rectangles for number, rectangles in wanted["places"].items()}
    sizes, pages = [], []
    count = 0
    for number, picture, inches in source(form, wanted["side"], wanted["page"]):
        count, drawn = max(count, number), picture
        if drawn is None:
            continue
        if wanted["turn"]:
            drawn, inches = drawn.rotate(-wanted["turn"], expand=True), _turned(inches, wanted["turn"])
        blacken(drawn, places.get(number, ()))
        out = io.BytesIO()
        drawn.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        pages.append(out.getvalue())
        sizes.append({"page": number, "pixels": drawn.size, "inches": inches, "bytes": len(pages[-1])})
    return {"count": count, "pages": sizes}, pages


def blacken(picture: Any, rectangles: Any) -> None:
    """Paints the places black, each widened to whole blocks so that not one pixel of its edge shines through."""
    for left, top, width, height in rectangles:
        box = (
            int(left * picture.width) // BLOCK * BLOCK,
            int(top * picture.height) // BLOCK * BLOCK,
            min(picture.width, -(-int((left + width) * picture.width + 1) // BLOCK) * BLOCK),
            min(picture.height, -(-int((top + height) * picture.height + 1) // BLOCK) * BLOCK),
        )
        if box[0] < box[2] and box[1] < box[3]:
            picture.paste((0, 0, 0), box)


def _turned(inches: Any, turn: int) -> Any:
    return inches[::-1] if inches and turn % 180 else inches


def _picture(form: str, side: int, _page: int | None) -> Iterator[tuple[int, Any, None]]:
    """The one page of a picture, upright, on white: what is see-through hides nothing. Of a moving one the first."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted below, after the JPEG decoder has been told how little is wanted
    try:
        picture = Image.open(sys.stdin.buffer, formats=[form])
        picture.draft("RGB", (side, side))
    except (OSError, ValueError, SyntaxError):
        raise Refused("damaged") from None
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("pixels")
    try:
        picture = ImageOps.exif_transpose(picture).convert("RGBA" if picture.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refused("damaged") from None
    picture.thumbnail((side, side))
    bare = Image.new("RGB", picture.size, "white")
    bare.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    yield 1, bare, None


def _pdf(_form: str, side: int, page: int | None) -> Iterator[tuple[int, Any, tuple[float, float] | None]]:
    """The pages of a PDF as they are printed; of those not asked for only that they are there."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as fault:
        locked = getattr(fault, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD
        raise Refused("password" if locked else "damaged") from None
    if not 0 < len(document) <= MOST_PAGES:
        raise Refused("pages" if len(document) else "damaged")
    document.init_forms()
    for number in range(1, len(document) + 1):
        if page not in (None, number):
            yield number, None, None
            continue
        try:
            sheet = document[number - 1]
            width, height = sheet.get_size()
            scale = min(DOTS_AN_INCH / POINTS_AN_INCH, side / max(width, height, 1))
            drawn = sheet.render(scale=scale, fill_color=(255, 255, 255, 255), rev_byteorder=True, prefer_bgrx=False)
            picture = drawn.to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ValueError):
            raise Refused("damaged") from None
        sheet.close()
        yield number, picture, (width / POINTS_AN_INCH, height / POINTS_AN_INCH)


if __name__ == "__main__":
    bind_limits(int(sys.argv[2]), CPU_SECONDS, MEMORY_BYTES)
    try:
        head, drawn_pages = main(sys.argv[1], json.loads(sys.argv[3]))
    except Refused as why:
        head, drawn_pages = {"fault": str(why)}, []
    except MemoryError:
        head, drawn_pages = {"fault": "pixels"}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for content in drawn_pages:
        sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
