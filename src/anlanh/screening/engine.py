"""Screening: posts in, verdicts out, by the lists of one directory."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.allowing import Filter
from anlanh.screening.choice import ReadsLines, finder_for, images_for
from anlanh.screening.hits import Hit, Seen
from anlanh.screening.images import Hashes, read_fingerprint
from anlanh.screening.lists import Lists
from anlanh.screening.pdq import BITS
from anlanh.screening.posts import Post
from anlanh.screening.rules.book import HOLD, REVIEW, Rule
from anlanh.screening.rules.signals import Facts, told_with
from anlanh.screening.rules.windows import Windows
from anlanh.screening.shorteners import is_shortener, short_links

PASS = "pass"  # noqa: S105
_LINK = re.compile(r"https?://", re.IGNORECASE | re.ASCII)


class Verdict(NamedTuple):
    """What screening says of a post.

    Args:
        id: the post's.
        hits: what was found, in order of place.
        rules: ids of the rules that are true of it.
        verdict: `pass`, `review` (a person should look) or `hold` (not shown until a person has looked).
        notes: what could not be looked at and why.
        shadow: ids of the rules that are true of it and do not count yet.
    """

    id: str
    hits: list[Hit]
    rules: list[str]
    verdict: str
    notes: list[str]
    shadow: list[str] = []

    def to_dict(self) -> dict[str, Any]:
        """The form written out; see the contract of `anlanh screen`."""
        document = {
            "id": self.id,
            "hits": [hit.to_dict() for hit in self.hits],
            "rules": self.rules,
            "verdict": self.verdict,
        }
        if self.notes:
            document["notes"] = self.notes
        if self.shadow:
            document["shadow"] = self.shadow
        return document


class Screen:
    """Judges posts by lists.

    Args:
        lists: what to look for.
        plain: use the plain Python matchers even where the native core is installed.
        before: a screen that this one takes the place of: counts in a window of time go on.
    """

    def __init__(self, lists: Lists, *, plain: bool = False, before: "Screen | None" = None) -> None:
        self._lists, self._plain = lists, plain
        self._finder = finder_for(lists, plain=plain)
        self._images = images_for(Hashes(lists.images), plain=plain, kept=lists.kept.get("images"))
        self._allowed = Filter(lists.allowed, lists.images) if lists.allowed else None
        self._windows = (before and before._windows) or Windows() if lists.rules.asks_for_counts() else None
        self._counts_short_links = lists.rules.asks_for("short_links")
        reader = self.line_reader()
        self._asks = reader.asks(rule.when.bare for rule in lists.rules.without_hits()) if reader else None
        self._models = reader.models(lists.models) if reader else ()

    def judge(self, posts: Sequence[Post]) -> list[Verdict]:
        """One verdict for each post, in their order."""
        if self._windows:
            posts = [self._windows.counted(post) for post in posts]
        found = self._finder.find([post.text for post in posts])
        return [self.verdict(post, hits) for post, hits in zip(posts, found, strict=True)]

    def line_reader(self) -> ReadsLines | None:
        """Who reads whole lines and passes posts without hits; None where posts must be judged one after another."""
        return self._finder if isinstance(self._finder, ReadsLines) and not self._windows else None

    def look(self, reader: ReadsLines, lines: bytes) -> Seen:
        """What the reader sees in lines of posts: it passes those that can come to nothing else."""
        return reader.look(lines, compare_images=bool(self._lists.images), asks=self._asks, models=self._models)

    def verdict(self, post: Post, hits: list[Hit], *, score: bool = True) -> Verdict:
        """What the hits in a post's text, its images and the rules come to.

        Args:
            post: judged.
            hits: in its text.
            score: ask the models; False when they surely flag nothing.
        """
        notes: list[str] = []
        if post.images and self._lists.images:
            hits = [*hits, *self._image_hits(post, notes)]
        for model in self._lists.models if score else ():
            hits = [*hits, *model.hits(post.text)]
        if hits and self._allowed:
            hits = self._allowed.without(post.text, hits)
        fired = self._fired(post, hits)
        counted = [rule for rule in fired if not rule.shadow]
        shadow = [rule.id for rule in fired if rule.shadow]
        return Verdict(post.id, hits, [rule.id for rule in counted], self.decide(hits, counted, notes), notes, shadow)

    def _image_hits(self, post: Post, notes: list[str]) -> Iterator[Hit]:
        for path in post.images:
            try:
                wanted = read_fingerprint(Path(path), plain=self._plain).hash
            except (BadInput, ValueError) as fault:
                notes.append(" ".join(str(fault).split()))
                continue
            for entry, distance in self._images.find(wanted):
                yield Hit(0, 0, "image", self._lists.images[entry][0], round(1 - distance / BITS, 4), path)

    def _fired(self, post: Post, hits: list[Hit]) -> list[Rule]:
        rules = self._lists.rules
        if not rules.rules or (not hits and not rules.without_hits()):
            return []
        facts = Facts(values=told_with(post.told))
        facts.values["length"] = len(post.text)
        facts.values["links"] = len(_LINK.findall(post.text))
        if self._counts_short_links:
            facts.values["short_links"] = short_links(post.text)
        for hit in hits:
            entries = facts.entries.setdefault(hit.kind, {})
            entries[hit.entry] = max(hit.score, entries.get(hit.entry, 0.0))
        return rules.fired(facts)

    def decide(self, hits: list[Hit], fired: list[Rule], notes: list[str]) -> str:
        """The verdict on what was found.

        Holds only on fraud and malware domains, exact decided copies, and images on a ground that may hold.
        What could not be looked at is a person's, never silently passed.
        """
        if any(self._may_hold(hit, fired) for hit in hits):
            return HOLD
        return REVIEW if hits or fired or notes else PASS

    def _may_hold(self, hit: Hit, fired: list[Rule]) -> bool:
        """Whether a hit is enough to hold a post; a rule's ground stands in for one that the list does not name."""
        if hit.kind == "copy":
            return True
        if hit.kind not in ("domain", "image"):
            return False
        if hit.kind == "domain" and (hit.score < 1.0 or is_shortener(hit.entry)):
            return False
        ground = self._lists.grounds.get((hit.kind, hit.entry))
        return ground.may_hold(hit.kind) if ground else any(rule.may_hold(hit.kind) for rule in fired)
