"""Text that remembers where each of its characters came from, however often it is cleaned."""

import re
from array import array
from collections.abc import Callable, Iterator


class Mapped:
    """A text and, for each of its code points, the stretch of the original that it stands for.

    Immutable: `sub` and slicing give new ones. Slices and substitutions cost time linear in their length.
    """

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str, starts: array, ends: array) -> None:
        self.text, self.starts, self.ends = text, starts, ends

    @classmethod
    def of(cls, original: str) -> "Mapped":
        """The original itself, every code point standing for itself."""
        count = len(original)
        return cls(original, array("I", range(count)), array("I", range(1, count + 1)))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> "Mapped":
        return Mapped(self.text[part], self.starts[part], self.ends[part])

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Where a part of this text lies in the original.

        Args:
            start, end: code points of this text, as for a slice; by default all of it.

        Returns:
            start and end in the original; (0, 0) for an empty text.
        """
        end = len(self.text) if end is None else end
        if start >= end:
            where = self.starts[start] if start < len(self.text) else (self.ends[-1] if self.text else 0)
            return where, where
        return self.starts[start], self.ends[end - 1]

    def sub(self, pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str]) -> "Mapped":
        """Replaces like re.sub with plain replacements; what replaces a stretch stands for all of that stretch.

        A replacement that returns what it found leaves that stretch as it is.
        """
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
        done = 0
        for match in pattern.finditer(self.text):
            new = by if isinstance(by, str) else by(match)
            old = match[0]
            if new == old:
                continue
            first, last = match.span()
            pieces += (self.text[done:first], new)
            starts.extend(self.starts[done:first])
            ends.extend(self.ends[done:first])
            if new:
                origin, finish = self.span(first, last)
                starts.extend([origin] * len(new))
                ends.extend([finish] * len(new))
            done = last
        if not done and not pieces:
            return self
        pieces.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Mapped("".join(pieces), starts, ends)

    def strip(self) -> "Mapped":
        """Without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self[left:right] if left < right else self[0:0]

    def lines(self) -> Iterator["Mapped"]:
        """The lines, without their ends."""
        start = 0
        for match in re.finditer(r"\n", self.text):
            yield self[start : match.start()]
            start = match.end()
        yield self[start:]

    def __add__(self, other: "Mapped") -> "Mapped":
        return Mapped(self.text + other.text, self.starts + other.starts, self.ends + other.ends)


def gap(before: Mapped) -> Mapped:
    """One space to put between two pieces; it stands for nothing of its own, where the second begins."""
    where = before.starts[0:1]
    return Mapped(" ", where, where)
