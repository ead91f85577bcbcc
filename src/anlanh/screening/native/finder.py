"""Finds hits with the native core; what the core leaves open, the plain Python matchers settle."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from anlanh.screening.copies import LONGEST, THRESHOLD, ExactCopies
from anlanh.screening.domains import DOTS, DomainIndex
from anlanh.screening.finder import pieces, touches_cut
from anlanh.screening.hits import Hit, OpenLine, Seen, distinct
from anlanh.screening.lists import Lists
from anlanh.screening.models.scoring import Model
from anlanh.screening.native.asks import asks_for
from anlanh.screening.native.core import Core, _core, batch_of
from anlanh.screening.native.models import models_for
from anlanh.screening.phrases import as_written
from anlanh.screening.rules.grammar import Step


class Layer:
    """Lists with the core's indexes of them.

    Args:
        lists: what to look for; where they bring indexes of their own, those are used.
        core: makes the others.
    """

    def __init__(self, lists: Lists, core: Core) -> None:
        self.lists = lists
        self.indexes = (
            lists.kept.get("phrases") or phrase_index(lists, core),
            lists.kept.get("domains") or domain_index(lists),
            lists.kept.get("copies") or copy_index(lists, core),
        )
        self.counts = [_core.count(index) if index else 0 for index in self.indexes]
        self.names: Sequence[str] = getattr(lists.domains, "listed", None) or list(lists.domains.values())
        self.exact_copies = lists.kept.get("exact copies") or ExactCopies([text for _, text in lists.texts])


def phrase_index(lists: Lists, core: Core) -> Any:
    """The core's index of the phrases; None when there are none."""
    evasive = bytes(phrase.level == "evasive" for phrase in lists.phrases)
    return core.phrases((phrase.phrase for phrase in lists.phrases), evasive) if evasive else None


def domain_index(lists: Lists) -> Any:
    """The core's index of the host names; None when there are none."""
    return _core.domains(*batch_of(lists.domains), array("I", DOTS)) if lists.domains else None


def copy_index(lists: Lists, core: Core) -> Any:
    """The core's index of the decided texts; None when there are none."""
    return core.copies((text[: 2 * LONGEST] for _, text in lists.texts), THRESHOLD) if lists.texts else None


class NativeFinder:
    """Finds hits in texts. What is added later lies in a second layer, whose entries are counted after the first's.

    Args:
        lists: what to look for.
        core: shared by all who use the same readings.
    """

    def __init__(self, lists: Lists, core: Core | None = None) -> None:
        self._core = core or Core()
        self._take([Layer(one, self._core) for one in (lists, lists.added) if one])

    def with_added(self, lists: Lists) -> "NativeFinder":
        """A finder of this one's first lists and of those; the first are not indexed again."""
        finder = NativeFinder.__new__(NativeFinder)
        finder._core = self._core
        finder._take([self._layers[0], Layer(lists, self._core)])
        return finder

    def _take(self, layers: list[Layer]) -> None:
        self._layers = layers
        self._indexes = tuple(index for layer in layers for index in layer.indexes) + (None,) * (6 - 3 * len(layers))
        self._other_domains = DomainIndex(self)

    def __contains__(self, name: str) -> bool:
        """Whether a canonical host name is listed."""
        return self._domain_entry(name) is not None

    def find(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits of each text, in order of place."""
        if max(map(len, texts), default=0) > 2 * LONGEST:
            return [self._find_one(text) for text in texts]
        found: list[list[Hit]] = [[] for _ in texts]
        for place, hits in _gathered(self._scan(texts, self._indexes)).items():
            found[place] = hits
        return found

    def _find_one(self, text: str) -> list[Hit]:
        return distinct(self._find_long(text)) if len(text) > 2 * LONGEST else self.find([text])[0]

    def look(self, lines: bytes, *, compare_images: bool, asks: Any = None, models: tuple[Any, ...] = ()) -> Seen:
        """Reads lines of posts and looks for everything in them at once.

        Args:
            lines: as anlanh.screening.posts describes them.
            compare_images: leave posts with images to Python.
            asks: pass no post of which one of these rules may be true; made by `asks`.
            models: pass no post that one of these may flag; made by `models`.
        """
        passes, opened, *raw = self._core.scan_lines(
            self._indexes, lines, longest=2 * LONGEST, compare_images=compare_images, asks=asks, models=models
        )
        numbers = iter(memoryview(opened).cast("Q"))
        return Seen(passes, list(map(OpenLine, *[numbers] * 5)), tuple(raw))

    def asks(self, programs: Iterable[tuple[Step, ...]]) -> Any:
        """Rules that can be true of a post without hits, by their `bare` steps."""
        return asks_for(programs)

    def models(self, models: Iterable[Model]) -> tuple[Any, ...]:
        """Models as `look` takes them."""
        return models_for(models)

    def hits_of(self, seen: Seen, texts: Mapping[int, str]) -> dict[int, list[Hit]]:
        """The hits in lines that were seen, by number of line; `texts` are those of the lines where any were found."""
        return {number: [] for number in texts} | _gathered(self._settled(seen.raw, texts))

    def _find_long(self, text: str) -> Iterator[Hit]:
        phrases, domains, copies = self._indexes[::3], self._indexes[1::3], self._indexes[2::3]
        for start, piece in pieces(text):
            for _, hit in self._scan([piece], (phrases[0], domains[0], None, phrases[1], domains[1], None)):
                if not touches_cut(hit, start, piece, text):
                    yield hit._replace(start=start + hit.start, end=start + hit.end)
        if any(copies):
            *_, found, _ = self._core.scan((None, None, copies[0], None, None, copies[1]), [text[: 2 * LONGEST]])
            for copy in found:
                yield from self._copy_hits(text, *copy[1:])

    def _scan(self, texts: Sequence[str], indexes: tuple) -> Iterator[tuple[int, Hit]]:
        """(place of the text, hit) in no order."""
        if any(indexes):
            yield from self._settled(self._core.scan(indexes, texts), texts)

    def _settled(
        self, raw: tuple[bytes, bytes, list, bytes], texts: Sequence[str] | Mapping[int, str]
    ) -> Iterator[tuple[int, Hit]]:
        """What the core found, once Python has seen to what the core leaves open."""
        phrase_hits, domain_hits, copy_hits, deferred = raw
        for place, entry, start, end in _quadruples(phrase_hits):
            layer, own = self._layer_of(0, entry)
            phrase = layer.lists.phrases[own]
            if phrase.level != "exact" or as_written(texts[place][start:end]) == as_written(phrase.phrase):
                yield place, Hit(start, end, "phrase", phrase.id, 1.0)
        for place, entry, start, end in _quadruples(domain_hits):
            yield place, Hit(start, end, "domain", self._listed(entry), 1.0)
        for place, _, _, _ in _quadruples(deferred):
            for name in self._other_domains.find(texts[place]):
                yield (
                    place,
                    Hit(name.start, name.end, "domain", self._listed(self._domain_entry(name.domain)), name.score),
                )
        for place, *copy in copy_hits:
            for hit in self._copy_hits(texts[place], *copy):
                yield place, hit

    def _layer_of(self, kind: int, entry: int) -> tuple[Layer, int]:
        """The layer that an entry of the core belongs to, and its number in it."""
        first = self._layers[0]
        before = first.counts[kind]
        return (first, entry) if entry < before else (self._layers[1], entry - before)

    def _listed(self, entry: int) -> str:
        layer, own = self._layer_of(1, entry)
        return layer.names[own]

    def _domain_entry(self, name: str) -> int | None:
        content, before = name.encode("utf-8", "surrogatepass"), 0
        for layer in self._layers:
            index = layer.indexes[1]
            if index and (entry := _core.look_up_domain(index, content)) >= 0:
                return before + entry
            before += layer.counts[1]
        return None

    def _copy_hits(self, text: str, entry: int, same_letters: int, likeness: float) -> Iterator[Hit]:
        exact = []
        if same_letters:
            exact = [(layer, place) for layer in self._layers for place in layer.exact_copies.find(text)]
        for layer, place in exact:
            yield Hit(0, len(text), "copy", layer.lists.texts[place][0], 1.0)
        if entry and not exact:
            layer, own = self._layer_of(2, entry - 1)
            yield Hit(0, len(text), "near_copy", layer.lists.texts[own][0], round(likeness, 4))


def _gathered(found: Iterable[tuple[int, Hit]]) -> dict[int, list[Hit]]:
    """The hits of each place where there are any, in order."""
    hits: dict[int, list[Hit]] = {}
    for place, hit in found:
        hits.setdefault(place, []).append(hit)
    return {place: distinct(several) if len(several) > 1 else several for place, several in hits.items()}


def _quadruples(hits: bytes) -> Iterator[tuple[int, int, int, int]]:
    numbers = iter(memoryview(hits).cast("I"))
    return zip(numbers, numbers, numbers, numbers, strict=True)
