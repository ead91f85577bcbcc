"""Takes out of what was found what must never be a hit."""

from collections.abc import Sequence

from anlanh.primitives.errors import BadInput
from anlanh.screening.allowed import Allowed
from anlanh.screening.domains import canonical_domain
from anlanh.screening.finder import pieces
from anlanh.screening.hits import Hit
from anlanh.screening.phrases import PhraseIndex, keys_of


class Filter:
    """Takes out of a post's hits what is allowed.

    Args:
        allowed: what is.
        images: (id, hash) of the list of images.
    """

    def __init__(self, allowed: Allowed, images: Sequence[tuple[str, int]]) -> None:
        self._allowed = allowed
        self._phrases = PhraseIndex([keys_of(phrase) for phrase in allowed.phrases])
        listed = images if allowed.images else ()
        self._images = {name for name, known in listed if allowed.allows_image(known)}

    def without(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that are not allowed, in their order."""
        spans: list[tuple[int, int]] | None = None
        left = []
        for hit in hits:
            if hit.kind == "phrase" and self._allowed.phrases:
                spans = self._spans(text) if spans is None else spans
                if any(start <= hit.start and hit.end <= end for start, end in spans):
                    continue
            elif (hit.kind == "domain" and self._allows_host(text[hit.start : hit.end])) or (
                hit.kind == "image" and hit.entry in self._images
            ):
                continue
            left.append(hit)
        return left

    def _allows_host(self, written: str) -> bool:
        try:
            return self._allowed.allows_domain(canonical_domain(written))
        except BadInput:
            return False

    def _spans(self, text: str) -> list[tuple[int, int]]:
        found = []
        for offset, piece in pieces(text):
            found += [(offset + place.start, offset + place.end) for place in self._phrases.find(piece)]
        return found
