"""Which matchers answer: the native core where it was built, else plain Python, which gives the same answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from anlanh.screening.finder import Finder
from anlanh.screening.hits import Hit, Seen
from anlanh.screening.images import ImageIndex
from anlanh.screening.lists import Lists
from anlanh.screening.models.scoring import Model
from anlanh.screening.native.core import is_installed
from anlanh.screening.rules.grammar import Step


class FindsHits(Protocol):
    """Finds hits in texts."""

    def find(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits of each text, in order of place."""
        ...


@runtime_checkable
class ReadsLines(Protocol):
    """Reads whole lines of posts, and passes those in which nothing is found."""

    def look(self, lines: bytes, *, compare_images: bool, asks: Any = None, models: tuple[Any, ...] = ()) -> Seen:
        """What is seen in the lines at once."""
        ...

    def asks(self, programs: Iterable[tuple[Step, ...]]) -> Any:
        """Rules that can be true of a post without hits, as `look` takes them."""
        ...

    def models(self, models: Iterable[Model]) -> tuple[Any, ...]:
        """Models as `look` takes them."""
        ...

    def hits_of(self, seen: Seen, texts: Mapping[int, str]) -> dict[int, list[Hit]]:
        """The hits in lines where any were found."""
        ...


class FindsImages(Protocol):
    """Finds known images by their hashes."""

    def find(self, wanted: int) -> Iterator[tuple[int, int]]:
        """(entry, how many bits differ) of every image near enough."""
        ...


def finder_for(lists: Lists, *, plain: bool = False) -> FindsHits:
    """The fastest finder there is.

    Args:
        lists: what to look for.
        plain: plain Python whatever is installed.
    """
    if plain or not is_installed():
        return Finder(lists)
    from anlanh.screening.native.finder import NativeFinder

    return NativeFinder(lists)


def images_for(hashes: Sequence[int], *, plain: bool = False, kept: object = None) -> FindsImages:
    """The fastest index of images there is.

    Args:
        hashes: of known images.
        plain: as for finder_for.
        kept: an index of the first of them that was opened from a file.
    """
    if plain or not is_installed():
        return ImageIndex(hashes)
    from anlanh.screening.native.images import NativeImageIndex

    return NativeImageIndex(hashes, kept)
