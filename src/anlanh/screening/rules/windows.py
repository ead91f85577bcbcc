"""Counts in a window of time, made from the posts as they pass: how many by one account, how many of the same text."""

from collections import Counter, deque
from datetime import datetime
from hashlib import blake2b

from anlanh.primitives.folding import fold_search
from anlanh.screening.posts import Post

SECONDS = 3600
_MOST = 1_000_000  # posts remembered; the oldest are forgotten first
_LONGEST_TEXT = 2000  # code points by which texts are told apart
_SHORTEST_TEXT = 20  # letters; shorter texts are alike by chance

Key = tuple[str, bytes]


class Windows:
    """Tells with each post how many came before it within an hour, itself counted.

    Only posts that say when they were made (`at`, ISO 8601 with offset) are counted. They come in order of time, or
    nearly so: one that comes late is counted where it comes.
    """

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._seen: deque[tuple[float, Key]] = deque()
        self._counts: Counter[Key] = Counter()
        self._now = float("-inf")

    def counted(self, post: Post) -> Post:
        """The post with `window.posts` (of its account) and `window.copies` (of its text), unless it tells its own."""
        at = _seconds_of(post.told.get("at"))
        if at is None:
            return post
        self._forget_before(max(at, self._now) - self._seconds)
        self._now = max(at, self._now)
        counts = {}
        for name, key in _keys_of(post):
            self._seen.append((self._now, key))
            self._counts[key] += 1
            counts[name] = self._counts[key]
        told = post.told.get("window")
        return post._replace(told={**post.told, "window": {**counts, **(told if isinstance(told, dict) else {})}})

    def _forget_before(self, moment: float) -> None:
        while self._seen and (self._seen[0][0] <= moment or len(self._seen) > 2 * _MOST):
            _, key = self._seen.popleft()
            self._counts[key] -= 1
            if not self._counts[key]:
                del self._counts[key]


def _keys_of(post: Post) -> list[tuple[str, Key]]:
    keys: list[tuple[str, Key]] = []
    account = post.told.get("account")
    name = account.get("id") if isinstance(account, dict) else None
    if isinstance(name, str) and name:
        keys.append(("posts", ("account", _digest(name))))
    letters = fold_search(post.text[:_LONGEST_TEXT])
    if len(letters) >= _SHORTEST_TEXT:
        keys.append(("copies", ("text", _digest(letters))))
    return keys


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _seconds_of(written: object) -> float | None:
    if not isinstance(written, str):
        return None
    try:
        moment = datetime.fromisoformat(written)
        return moment.timestamp() if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
