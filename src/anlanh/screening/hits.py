"""What screening finds: one hit is one entry of one list at one place of a post."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from anlanh.screening.shorteners import is_shortener


class Hit(NamedTuple):
    """Args:
    start, end: code-point offsets in the original text; 0 and 0 for an image.
    kind: `phrase`, `domain`, `copy`, `near_copy` or `image`.
    entry: the entry's id in its list.
    score: 1.0 is the thing itself; less is how alike it is.
    image: the path of the post's image, for an image.
    """

    start: int
    end: int
    kind: str
    entry: str
    score: float
    image: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The form written out; see the contract of `anlanh screen`."""
        document = {"kind": self.kind, "entry": self.entry, "start": self.start, "end": self.end, "score": self.score}
        if self.image:
            document["image"] = self.image
        if self.is_shortener:
            document["shortener"] = True
        return document

    @property
    def is_shortener(self) -> bool:
        """Whether it is a host whose links lead to anybody's pages."""
        return self.kind == "domain" and is_shortener(self.entry)


def distinct(hits: Iterable[Hit]) -> list[Hit]:
    """In order of place, each entry once where its hits overlap: the longest, then the surest, stands for them."""
    kept: list[Hit] = []
    last: dict[tuple[str, str], Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, -hit.score, hit.kind, hit.entry)):
        before = last.get((hit.kind, hit.entry))
        if before is not None and hit.start < before.end:
            continue
        last[hit.kind, hit.entry] = hit
        kept.append(hit)
    return kept


class OpenLine(NamedTuple):
    """A line that Python must look at.

    Args:
        number: of the line, counted from 0.
        start, end: where it stands among the lines.
        seen: 0 when what it is must be seen; else it is a post that was looked through: 1 when a model may flag it,
            2 when surely none does.
        at: where its verdict belongs among those of the posts without hits.
    """

    number: int
    start: int
    end: int
    seen: int
    at: int


class Seen(NamedTuple):
    """What the core saw in lines of posts.

    Args:
        passes: the verdict lines of posts in which nothing was found.
        open: the other lines.
        raw: the hits in them, yet to be settled.
    """

    passes: bytes
    open: list[OpenLine]
    raw: tuple[bytes, bytes, list, bytes]
