"""Images compared with hashes of known ones."""

import stat
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anlanh.primitives.errors import BadInput
from anlanh.screening.native.core import is_installed
from anlanh.screening.pdq import DISTANCE, POOREST, Fingerprint, fingerprint

if TYPE_CHECKING:
    from PIL import Image

LARGEST_FILE = 64 << 20  # bytes
MOST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_TWIN_SIDE = 512  # pixels; the plain Python hash first shrinks what is larger, which changes a few bits


class Hashes(Sequence[int]):
    """Just the hashes of listed images, of which there may be millions.

    Args:
        images: (id, hash).
    """

    def __init__(self, images: Sequence[tuple[str, int]]) -> None:
        self._images = images

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, number: int) -> int:  # type: ignore[override]
        return self._images[number][1]


class ImageIndex:
    """Finds images within PDQ's distance by comparing with each: enough for some thousands.

    Args:
        hashes: of known images; they are known by their place in it.
    """

    def __init__(self, hashes: Sequence[int]) -> None:
        self._hashes = hashes

    def find(self, wanted: int) -> Iterator[tuple[int, int]]:
        """(entry, how many bits differ) of every image near enough."""
        for entry, known in enumerate(self._hashes):
            distance = (known ^ wanted).bit_count()
            if distance <= DISTANCE:
                yield entry, distance


def read_fingerprint(path: Path, *, plain: bool = False) -> Fingerprint:
    """The fingerprint of an image file.

    Args:
        path: of the file.
        plain: hash in plain Python, which first shrinks what is large, even where the native core is installed.

    Raises:
        BadInput: it can't be read, is too large, is not an image, or is too plain to be compared.
    """
    image = _pixels(path)
    if plain or not is_installed():
        image.thumbnail((_TWIN_SIDE, _TWIN_SIDE), reducing_gap=None)
        found = fingerprint(image.tobytes(), image.width, image.height)
    else:
        from anlanh.screening.native.images import native_fingerprint

        found = native_fingerprint(image.tobytes(), image.width, image.height)
    if found.quality < POOREST:
        raise BadInput(
            f"the image is too plain to be compared (quality {found.quality})",
            where=str(path),
            mend="let a person look at it",
        )
    return found


def _pixels(path: Path) -> "Image.Image":
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise BadInput("images need Pillow", where=str(path), mend="install Pillow") from None
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise BadInput("not a file", where=str(path), mend="name an image file")
        if facts.st_size > LARGEST_FILE:
            raise BadInput(
                f"the file is larger than {LARGEST_FILE >> 20} MB", where=str(path), mend="let a person look at it"
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here, before anything is unpacked
            with Image.open(path, formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise BadInput("the image has too many pixels", where=str(path), mend="let a person look at it")
                return image.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise BadInput("not an image that can be read", where=str(path), mend="let a person look at it") from None
    except BadInput:
        raise
    except FileNotFoundError:
        raise BadInput("there is no such file", where=str(path), mend="check the path") from None
    except Exception as error:  # decoders of broken files raise what they like
        raise BadInput(
            f"the image can't be read ({type(error).__name__})", where=str(path), mend="let a person look at it"
        ) from None
