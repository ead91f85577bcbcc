"""What lists and rules would have done to posts that are already there: totals, and samples to look at.

Nothing is decided by it. Posts may say what became of them (`"decided": "removed"`, any word); then each rule and entry
tells how often it meets which.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappush, heappushpop
from itertools import islice
from typing import Any

from anlanh.screening.engine import Screen, Verdict
from anlanh.screening.hits import Hit
from anlanh.screening.posts import BadLine, Post
from anlanh.screening.rules.book import Rule

SAMPLES = 5
MOST_ENTRIES = 100  # entries that are listed, most hits first
_BATCH = 500
_AROUND = 60  # characters shown on each side of what was found
_MOST_WORDS = 200  # characters of what was found


class Samples:
    """A fair sample of fixed size, the same whenever the posts are: those whose ids have the smallest digests."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: list[tuple[int, int, dict[str, Any]]] = []

    def offer(self, post: Post, hits: list[Hit]) -> None:
        """Takes the post in, if it belongs to the sample."""
        if not self._size:
            return
        digest = blake2b(post.id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        order = -int.from_bytes(digest, "big")
        if len(self._kept) == self._size and order <= self._kept[0][0]:
            return
        item = (order, len(self._kept), {"id": post.id, "words": words_of(post, hits), "text": excerpt(post, hits)})
        if len(self._kept) < self._size:
            heappush(self._kept, item)
        else:
            heappushpop(self._kept, item)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (shown for _, _, shown in sorted(self._kept, key=lambda item: item[0], reverse=True))


def words_of(post: Post, hits: list[Hit]) -> list[str]:
    """The words that were found, each once."""
    return list(dict.fromkeys(post.text[hit.start : hit.end][:_MOST_WORDS] for hit in hits if hit.end > hit.start))[:10]


def excerpt(post: Post, hits: list[Hit]) -> str:
    """The post around the first thing found, on one line."""
    first = next((hit for hit in hits if hit.end - hit.start < len(post.text)), None)
    start = max(0, first.start - _AROUND) if first else 0
    end = first.end + _AROUND if first else 2 * _AROUND
    text = " ".join(post.text[start : min(end, start + 400)].split())
    return f"{'…' if start else ''}{text}{'…' if end < len(post.text) else ''}"


@dataclass(slots=True)
class Tally:
    """What one rule or entry would have done.

    Attributes:
        posts: how many it was found in.
        alone: of those, how many verdicts would be another without it; for a rule in shadow, with it.
        decided: what had become of them, where the posts say so.
        samples: some of them.
    """

    posts: int = 0
    alone: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    samples: Samples = field(default_factory=lambda: Samples(SAMPLES))

    def add(self, post: Post, hits: list[Hit], *, alone: bool) -> None:
        """Counts one post."""
        self.posts += 1
        self.alone += alone
        if isinstance(decided := post.told.get("decided"), str):
            self.decided[decided[:60]] += 1
        self.samples.offer(post, hits)

    def to_dict(self) -> dict[str, Any]:
        """The form written out."""
        document: dict[str, Any] = {"posts": self.posts, "alone": self.alone}
        if self.decided:
            document["decided"] = dict(self.decided.most_common(20))
        return {**document, "samples": list(self.samples)}


class Backtest:
    """Judges past posts and counts.

    Args:
        screen: by the lists on trial.
        rules: those on trial; they are all listed, also when they are true of nothing.
        before: by the lists that count now; verdicts that would change are counted.
        samples: how many posts are shown of each.
    """

    def __init__(self, screen: Screen, rules: Iterable[Rule], before: Screen | None = None, samples: int = SAMPLES):
        self._screen, self._before, self._size = screen, before, samples
        self._book = {rule.id: rule for rule in rules}
        self.posts = self.bad_lines = 0
        self.verdicts: Counter[str] = Counter()
        self.rules = {name: self._tally() for name in self._book}
        self.entries: dict[tuple[str, str], Tally] = {}
        self.changes: dict[tuple[str, str], Tally] = {}

    def _tally(self) -> Tally:
        return Tally(samples=Samples(self._size))

    def run(self, posts: Iterable[Post | BadLine]) -> None:
        """Judges posts until there are none left."""
        stream = iter(posts)
        while batch := list(islice(stream, _BATCH)):
            good = [post for post in batch if isinstance(post, Post)]
            self.bad_lines += len(batch) - len(good)
            self.posts += len(good)
            verdicts = self._screen.judge(good)
            for post, verdict in zip(good, verdicts, strict=True):
                self._count(post, verdict)
            if self._before:
                for post, old, new in zip(good, self._before.judge(good), verdicts, strict=True):
                    self._compare(post, old, new)

    def _count(self, post: Post, verdict: Verdict) -> None:
        self.verdicts[verdict.verdict] += 1
        fired = [self._book[name] for name in verdict.rules]
        for rule in fired:
            without = [other for other in fired if other is not rule]
            changed = self._screen.decide(verdict.hits, without, verdict.notes) != verdict.verdict
            self.rules[rule.id].add(post, verdict.hits, alone=changed)
        for name in verdict.shadow:
            changed = self._screen.decide(verdict.hits, [*fired, self._book[name]], verdict.notes) != verdict.verdict
            self.rules[name].add(post, verdict.hits, alone=changed)
        found: dict[tuple[str, str], list[Hit]] = {}
        for hit in verdict.hits:
            found.setdefault((hit.kind, hit.entry), []).append(hit)
        for key, hits in found.items():
            others = [hit for hit in verdict.hits if (hit.kind, hit.entry) != key]
            changed = self._screen.decide(others, fired, verdict.notes) != verdict.verdict
            self.entries.setdefault(key, self._tally()).add(post, hits, alone=changed)

    def _compare(self, post: Post, old: Verdict, new: Verdict) -> None:
        if old.verdict != new.verdict:
            self.changes.setdefault((old.verdict, new.verdict), self._tally()).add(
                post, new.hits or old.hits, alone=True
            )

    def to_dict(self) -> dict[str, Any]:
        """The form written out: `anlanh screen backtest --json`."""
        listed = sorted(self.entries.items(), key=lambda item: (-item[1].posts, item[0]))
        document = {
            "posts": self.posts,
            "bad_lines": self.bad_lines,
            "verdicts": {name: self.verdicts[name] for name in ("pass", "review", "hold")},
            "rules": [
                {"id": name, "then": self._book[name].then, "shadow": self._book[name].shadow, **tally.to_dict()}
                for name, tally in self.rules.items()
            ],
            "entries": [
                {"kind": kind, "entry": entry, **tally.to_dict()} for (kind, entry), tally in listed[:MOST_ENTRIES]
            ],
            "more_entries": max(0, len(listed) - MOST_ENTRIES),
        }
        if self._before:
            document["changes"] = [
                {"from": old, "to": new, **_without_alone(tally)} for (old, new), tally in sorted(self.changes.items())
            ]
        return document


def _without_alone(tally: Tally) -> dict[str, Any]:
    return {name: value for name, value in tally.to_dict().items() if name != "alone"}
