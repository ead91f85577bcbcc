"""Screening: posts in, verdicts out, by the lists of one directory."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anlanh.primitives.errors import BadInput
from anlanh.screening.copies import CopyIndex, copies_in
from anlanh.screening.domains import DomainIndex
from anlanh.screening.hits import Hit, distinct
from anlanh.screening.images import ImageIndex, read_fingerprint
from anlanh.screening.lists import Lists
from anlanh.screening.pdq import BITS
from anlanh.screening.phrases import PhraseIndex, confirmed
from anlanh.screening.posts import Post
from anlanh.screening.rules.book import HOLD, REVIEW, Rule
from anlanh.screening.rules.signals import Facts, told_with

PASS = "pass"  # noqa: S105
_PIECE = 1 << 18  # code points
_OVERLAP = 1 << 12  # code points; what is drawn out further than this across a cut is not found
_LINK = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What screening says of a post.

    Args:
        id: the post's.
        hits: what was found, in order of place.
        rules: ids of the rules that are true of it.
        verdict: `pass`, `review` (a person should look) or `hold` (not shown until a person has looked).
        notes: what could not be looked at and why.
    """

    id: str
    hits: list[Hit]
    rules: list[str]
    verdict: str
    notes: list[str]

    def to_dict(self) -> dict[str, Any]:
        """The form written out; see the contract of `anlanh screen`."""
        document = {
            "id": self.id,
            "hits": [hit.to_dict() for hit in self.hits],
            "rules": self.rules,
            "verdict": self.verdict,
        }
        return {**document, "notes": self.notes} if self.notes else document


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
        self._phrases = PhraseIndex(lists.phrase_keys)
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
        for entry, score in copies_in(self._copies, text):
            kind = "copy" if self._copies.exact(text) else "near_copy"
            yield Hit(0, len(text), kind, self._lists.texts[entry][0], round(score, 4))


class Screen:
    """Judges posts by lists.

    Args:
        lists: what to look for.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._finder = Finder(lists)
        self._images = ImageIndex([known for _, known in lists.images])

    def judge(self, posts: Sequence[Post]) -> list[Verdict]:
        """One verdict for each post, in their order."""
        found = self._finder.find([post.text for post in posts])
        return [self._verdict(post, hits) for post, hits in zip(posts, found, strict=True)]

    def _verdict(self, post: Post, hits: list[Hit]) -> Verdict:
        notes: list[str] = []
        if post.images and self._lists.images:
            hits = [*hits, *self._image_hits(post, notes)]
        fired = self._fired(post, hits)
        return Verdict(post.id, hits, [rule.id for rule in fired], self._decide(hits, fired, notes), notes)

    def _image_hits(self, post: Post, notes: list[str]) -> Iterator[Hit]:
        for path in post.images:
            try:
                wanted = read_fingerprint(Path(path)).hash
            except (BadInput, ValueError) as fault:
                notes.append(" ".join(str(fault).split()))
                continue
            for entry, distance in self._images.find(wanted):
                yield Hit(0, 0, "image", self._lists.images[entry][0], round(1 - distance / BITS, 4), path)

    def _fired(self, post: Post, hits: list[Hit]) -> list[Rule]:
        rules = self._lists.rules
        if not rules.rules or (not hits and not rules.asks_without_hits()):
            return []
        facts = Facts(values=told_with(post.told))
        facts.values["length"] = len(post.text)
        facts.values["links"] = len(_LINK.findall(post.text))
        for hit in hits:
            entries = facts.entries.setdefault(hit.kind, {})
            entries[hit.entry] = max(hit.score, entries.get(hit.entry, 0.0))
        return rules.fired(facts)

    def _decide(self, hits: list[Hit], fired: list[Rule], notes: list[str]) -> str:
        """Holds only on fraud and malware domains, exact decided copies, and images on a ground that may hold.

        What could not be looked at is a person's, never silently passed.
        """
        asked = any(rule.then == HOLD for rule in fired)
        if any(self._may_hold(hit, asked) for hit in hits):
            return HOLD
        return REVIEW if hits or fired or notes else PASS

    def _may_hold(self, hit: Hit, asked: bool) -> bool:
        """Whether a hit is enough to hold a post; a rule that asks stands in for a ground the list does not name."""
        if hit.kind == "copy":
            return True
        if hit.kind not in ("domain", "image") or (hit.kind == "domain" and hit.score < 1.0):
            return False
        ground = self._lists.grounds.get((hit.kind, hit.entry))
        return ground.may_hold if ground else asked
