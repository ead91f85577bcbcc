"""Finds hits in texts with the plain Python matchers."""

from collections.abc import Iterator, Sequence

from anlanh.screening.copies import CopyIndex
from anlanh.screening.domains import DomainIndex
from anlanh.screening.hits import Hit, distinct
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import PhraseIndex, confirmed, keys_of

_PIECE = 1 << 18  # code points
_OVERLAP = 1 << 12  # code points; what is drawn out further than this across a cut is not found


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """(offset, part) of a text: a very long one in overlapping parts, so that memory stays bounded."""
    if len(text) <= _PIECE:
        yield 0, text
        return
    for start in range(0, max(1, len(text) - _OVERLAP), _PIECE - _OVERLAP):
        yield start, text[start : start + _PIECE]


def touches_cut(hit: Hit, offset: int, piece: str, text: str) -> bool:
    """Whether a hit begins or ends where a part was cut out: there only the neighbouring part sees whole words."""
    return (hit.start == 0 and offset > 0) or (hit.end == len(piece) and offset + len(piece) < len(text))


class Finder:
    """Finds hits in texts with the plain Python indexes.

    Args:
        lists: what to look for.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._phrases = PhraseIndex([keys_of(phrase) for phrase in lists.phrases])
        self._domains = DomainIndex(set(lists.domains))
        self._copies = CopyIndex([text for _, text in lists.texts])

    def find(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits of each text, in order of place."""
        return [distinct(self._hits(text)) for text in texts]

    def _hits(self, text: str) -> Iterator[Hit]:
        for start, piece in pieces(text):
            for hit in self._inside(piece):
                if not touches_cut(hit, start, piece, text):
                    yield hit._replace(start=start + hit.start, end=start + hit.end)
        yield from self._whole(text)

    def _inside(self, text: str) -> Iterator[Hit]:
        phrases = self._lists.phrases
        for place in confirmed(self._phrases.find(text), phrases, text):
            yield Hit(place.start, place.end, "phrase", phrases[place.entry].id, 1.0)
        for found in self._domains.find(text):
            yield Hit(found.start, found.end, "domain", self._lists.domains[found.domain], found.score)

    def _whole(self, text: str) -> Iterator[Hit]:
        for kind, entry, score in self._copies.find(text):
            yield Hit(0, len(text), kind, self._lists.texts[entry][0], round(score, 4))
