"""Finds hits with the native core; what the core leaves open, the plain Python matchers settle."""

from array import array
from collections.abc import Iterator, Mapping, Sequence

from anlanh.screening.copies import LONGEST, THRESHOLD, ExactCopies
from anlanh.screening.domains import DOTS, DomainIndex
from anlanh.screening.finder import pieces, touches_cut
from anlanh.screening.hits import Hit, OpenLine, Seen, distinct
from anlanh.screening.lists import Lists
from anlanh.screening.native.core import Core, _core, batch_of
from anlanh.screening.phrases import as_written


class _ListedNames:
    """The names of the core's index, as the plain matcher asks for them."""

    def __init__(self, index: object) -> None:
        self._index = index

    def __contains__(self, name: str) -> bool:
        return _core.look_up_domain(self._index, name.encode("utf-8", "surrogatepass")) >= 0


class NativeFinder:
    """Finds hits in texts.

    Args:
        lists: what to look for.
        core: shared by all who use the same readings.
    """

    def __init__(self, lists: Lists, core: Core | None = None) -> None:
        self._lists = lists
        self._core = core or Core()
        evasive = bytes(phrase.level == "evasive" for phrase in lists.phrases)
        self._phrases = self._core.phrases((p.phrase for p in lists.phrases), evasive) if lists.phrases else None
        self._exact_words = {
            entry: as_written(phrase.phrase) for entry, phrase in enumerate(lists.phrases) if phrase.level == "exact"
        }
        self._names = list(lists.domains.values())
        self._domains = _core.domains(*batch_of(lists.domains), array("I", DOTS)) if lists.domains else None
        self._other_domains = DomainIndex(_ListedNames(self._domains))
        texts = [text for _, text in lists.texts]
        self._copies = self._core.copies((text[: 2 * LONGEST] for text in texts), THRESHOLD) if texts else None
        self._exact_copies = ExactCopies(texts)

    def find(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits of each text, in order of place."""
        found: list[list[Hit]] = [[] for _ in texts]
        short = [place for place, text in enumerate(texts) if len(text) <= 2 * LONGEST]
        for place, hit in self._scan([texts[place] for place in short], self._copies):
            found[short[place]].append(hit)
        if len(short) < len(texts):
            for place in set(range(len(texts))).difference(short):
                found[place].extend(self._find_long(texts[place]))
        return [distinct(hits) if len(hits) > 1 else hits for hits in found]

    def look(self, lines: bytes, *, compare_images: bool) -> Seen:
        """Reads lines of posts and looks for everything in them at once.

        Args:
            lines: as anlanh.screening.posts describes them.
            compare_images: leave posts with images open.
        """
        passes, opened, *raw = self._core.scan_lines(
            self._phrases, self._domains, self._copies, lines, longest=2 * LONGEST, compare_images=compare_images
        )
        numbers = iter(memoryview(opened).cast("Q"))
        return Seen(passes, list(map(OpenLine, *[numbers] * 5)), tuple(raw))

    def hits_of(self, seen: Seen, texts: Mapping[int, str]) -> dict[int, list[Hit]]:
        """The hits in lines that were seen, by number of line; `texts` are those of the lines where any were found."""
        found: dict[int, list[Hit]] = {number: [] for number in texts}
        for number, hit in self._settled(seen.raw, texts):
            found[number].append(hit)
        return {number: distinct(hits) if len(hits) > 1 else hits for number, hits in found.items()}

    def _find_long(self, text: str) -> Iterator[Hit]:
        for start, piece in pieces(text):
            for _, hit in self._scan([piece], None):
                if not touches_cut(hit, start, piece, text):
                    yield hit._replace(start=start + hit.start, end=start + hit.end)
        if self._copies is not None:
            *_, copies, _ = self._core.scan(None, None, self._copies, [text[: 2 * LONGEST]])
            for copy in copies:
                yield from self._copy_hits(text, *copy[1:])

    def _scan(self, texts: Sequence[str], copies: object) -> Iterator[tuple[int, Hit]]:
        """(place of the text, hit) in no order."""
        if self._phrases is None and self._domains is None and copies is None:
            return
        yield from self._settled(self._core.scan(self._phrases, self._domains, copies, texts), texts)

    def _settled(
        self, raw: tuple[bytes, bytes, list, bytes], texts: Sequence[str] | Mapping[int, str]
    ) -> Iterator[tuple[int, Hit]]:
        """What the core found, once Python has seen to what the core leaves open."""
        phrase_hits, domain_hits, copy_hits, deferred = raw
        phrases = self._lists.phrases
        for place, entry, start, end in _quadruples(phrase_hits):
            words = self._exact_words.get(entry)
            if words is None or as_written(texts[place][start:end]) == words:
                yield place, Hit(start, end, "phrase", phrases[entry].id, 1.0)
        for place, entry, start, end in _quadruples(domain_hits):
            yield place, Hit(start, end, "domain", self._names[entry], 1.0)
        for place, _, _, _ in _quadruples(deferred):
            for name in self._other_domains.find(texts[place]):
                yield place, Hit(name.start, name.end, "domain", self._lists.domains[name.domain], name.score)
        for place, *copy in copy_hits:
            for hit in self._copy_hits(texts[place], *copy):
                yield place, hit

    def _copy_hits(self, text: str, entry: int, same_letters: int, likeness: float) -> Iterator[Hit]:
        exact = self._exact_copies.find(text) if same_letters else ()
        for place in exact:
            yield Hit(0, len(text), "copy", self._lists.texts[place][0], 1.0)
        if entry and not exact:
            yield Hit(0, len(text), "near_copy", self._lists.texts[entry - 1][0], round(likeness, 4))


def _quadruples(hits: bytes) -> Iterator[tuple[int, int, int, int]]:
    numbers = iter(memoryview(hits).cast("I"))
    return zip(numbers, numbers, numbers, numbers, strict=True)
