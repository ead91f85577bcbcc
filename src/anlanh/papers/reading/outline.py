"""The tree of numbered items in the body of a document, whatever signs it numbers with."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.markers import KINDS, Marker, as_small_roman, damaged_one, joins_names, marker_of
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.primitives.clauses import POINT_LETTERS

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_CONTAINERS = ("part", "chapter", "section")
_FLAT = 400  # code points: a paragraph this long may hold items that are run together without punctuation between
_INLINE = re.compile(
    r"(?<=[.;:…”\"/,)])\s+(?=[\d(lI][\d.)/ ]{0,6}\S|\([ivx]{1,4}\)|[a-zđ] ?[)/.]\s|[IVX]{1,5}[./]\s|"
    r"[-–+•]\s+[A-ZĐÀ-Ỹ]|Điều \d)"
)
_INLINE_FLAT = re.compile(
    r"\s+(?=\d{1,2}(?:\.\d{1,2}){0,2}[.)/]?\s+[A-ZĐÀ-Ỹ“]|[a-zđ][)]\s+[A-ZĐÀ-Ỹ]|[-–+]\s+[A-ZĐÀ-Ỹ]|[IVX]{1,5}\.\s|"
    r"\([ivx]{1,4}\)|(?:Điều|ĐIỀU) \d{1,3}[a-zđ]?\.\s|(?:Chương|CHƯƠNG) [IVX\d]{1,5}\s)"
)
_CITING = re.compile(r"(?:Điều|khoản|điểm|Khoản|Điểm|mục|Mục|số|ngày|tháng|năm|quý|Quý|lần|thứ|Chương|hạng|và|,)$")


@dataclass(slots=True, eq=False)
class Node:
    """An item.

    Attributes:
        marker: its number or sign; None for a heading without one and for the root.
        path: as printed, from the top: `II.1.a`, `1.-2`.
        lead: its words after the sign, in its first paragraph.
        strong: whether it stood out as a heading.
        more: its further paragraphs, which have no sign of their own.
        children: the items below it, in order.
        notes: what was mended on the way, for the reader to check.
    """

    marker: Marker | None
    path: str
    lead: Mapped
    parent: "Node | None" = None
    strong: bool = False
    more: list[Paragraph] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child


class _Builder:
    """Takes paragraphs one by one; the stack holds the open item of each level."""

    def __init__(self, articles: bool) -> None:
        self.root = Node(None, "", Mapped.of(""))
        self.stack: list[Node] = [self.root]
        self.articles = articles
        self.counts: dict[tuple[int, str], int] = {}

    def expects(self, marker: Marker) -> bool:
        """Whether this mark goes on with a sequence that is open."""
        if marker.kind == "decimal":
            return any(
                node.marker
                and (
                    (node.marker.style == marker.style and (*marker.parents, marker.value - 1) == _whole(node.marker))
                    or (marker.value == 1 and _whole(node.marker) == marker.parents)
                )
                for node in self.stack
            )
        return any(
            node.marker and node.marker.style == marker.style and node.marker.value + 1 == marker.value
            for node in self.stack
        )

    def add(self, marker: Marker, lead: Mapped, strong: bool) -> Node:
        """Puts an item where its mark says that it belongs."""
        notes: list[str] = []
        marker = self._mended(marker, notes)
        parent = self._parent_for(marker)
        while self.stack[-1] is not parent:
            self.stack.pop()
        node = Node(marker, self._path(parent, marker), lead, parent, strong, notes=notes)
        parent.children.append(node)
        self.stack.append(node)
        return node

    def awaits_words(self) -> bool:
        """Whether the item added last is a mark alone on its line, so that the next paragraph is its words."""
        last = self.stack[-1]
        bare = last.marker is not None and last.marker.kind not in _CONTAINERS and not last.lead.text
        return bare and not last.more and not last.children

    def add_heading(self, paragraph: Paragraph) -> None:
        """Puts a heading without a mark beside the one before it, or below the Roman number or section it stands in."""
        position = next((i for i, node in enumerate(self.stack) if i and node.marker is None), None)
        if position is None:
            position = len(self.stack)
            while position > 1 and self.stack[position - 1].marker.kind not in (
                *_CONTAINERS,
                "article",
                "roman",
                "capital",
            ):
                position -= 1
        parent = self.stack[position - 1]
        del self.stack[position:]
        node = Node(None, parent.path, paragraph.body, parent, True)
        parent.children.append(node)
        self.stack.append(node)

    def _parent_for(self, marker: Marker) -> Node:
        top = self.stack[-1]
        if marker.kind == "decimal":
            found = self._decimal_parent(marker)
            if found:
                return found
        for node in reversed(self.stack[1:]):
            if node.marker and node.marker.style == marker.style:
                return node.parent
        if marker.value <= 1 and top.lead.text.endswith(":") and top.marker:
            return top
        position = len(self.stack) - 1
        while position > 0 and self._closed_by(self.stack[position], marker, position):
            position -= 1
        return self.stack[position]

    def _closed_by(self, node: Node, marker: Marker, position: int) -> bool:
        """Whether a mark of a style not open yet ends this item by custom, or goes below it."""
        if node.marker is None:
            return _RANK[marker.kind] <= _RANK["roman"]
        kind = node.marker.kind
        if kind == "capital" and marker.kind == "roman" and marker.value == 1:
            return False
        if kind == marker.kind:
            return marker.value != 1
        if marker.kind == "number" and kind == "letter" and marker.value == 1:
            return not any(above.marker and above.marker.kind == "number" for above in self.stack[:position])
        return _RANK[kind] > _RANK[marker.kind]

    def _decimal_parent(self, marker: Marker) -> Node | None:
        for node in reversed(self.stack[1:]):
            if not node.marker:
                continue
            if _whole(node.marker) == marker.parents:
                return node
            if node.marker.style == marker.style and node.marker.parents == marker.parents:
                return node.parent
        return None

    def _mended(self, marker: Marker, notes: list[str]) -> Marker:
        """A scan turns đ into d: a second d, or a d where đ is due, is đ."""
        last = next(
            (node.marker for node in reversed(self.stack) if node.marker and node.marker.style == marker.style), None
        )
        if marker.kind == "letter" and last and marker.printed == "d" == last.printed:
            notes.append("the second d) in a row was read as đ)")
            return Marker("letter", POINT_LETTERS.index("đ") + 1, "đ", marker.length, marker.style)
        return marker

    def _path(self, parent: Node, marker: Marker) -> str:
        if marker.kind in ("dash", "plus"):
            counted = parent
            while counted.marker is None and counted.parent is not None:
                counted = counted.parent  # a heading without a number does not start the count anew
            key = (id(counted), marker.kind)
            self.counts[key] = self.counts.get(key, 0) + 1
            label = ("-" if marker.kind == "dash" else "+") + str(self.counts[key])
        else:
            label = marker.printed
        if marker.kind in _CONTAINERS and self.articles:
            return parent.path
        if marker.kind == "article":
            return label
        above = parent
        if marker.kind == "decimal":
            while (above.marker is None and above.parent) or (
                above.marker
                and (above.marker.kind in ("number", "decimal", "article") or above.marker.printed == label[:1])
            ):
                above = above.parent
        return f"{above.path}.{label}" if above.path else label


def _whole(marker: Marker) -> tuple[int, ...]:
    return (*marker.parents, marker.value) if marker.kind in ("number", "decimal", "article", "roman") else ()


def outline_of(paragraphs: list[Paragraph], is_heading: Callable[[Paragraph], bool]) -> Node:
    """Builds the tree.

    Args:
        paragraphs: the body; table rows in it are left out. Those before the first item become the root's `more`.
        is_heading: whether a paragraph without a mark is a heading that gathers what follows it.
    """
    markers = [paragraph.marker for paragraph in paragraphs]
    builder = _Builder(any(marker and marker.kind == "article" for marker in markers))
    ones = _damaged_ones(paragraphs)
    for position, paragraph in enumerate(paragraphs):
        if paragraph.row:
            continue
        for piece in _pieces(paragraph, builder, paragraphs[position + 1 :]):
            marker = ones.get(position) if piece is paragraph else None
            marker = marker or _believed(piece, builder)
            if marker is None and builder.awaits_words():
                builder.stack[-1].lead, builder.stack[-1].strong = piece.body, piece.strong
            elif marker is None and is_heading(piece):
                builder.add_heading(piece)
            elif marker is None:
                builder.stack[-1].more.append(piece)
            else:
                lead = piece.body[marker.length :].strip()
                if lead.text or marker.kind not in ("dash", "plus"):
                    builder.add(marker, lead, piece.strong)
    return builder.root


def _believed(paragraph: Paragraph, builder: _Builder) -> Marker | None:
    """The mark of a paragraph, unless it stands alone against all sequence (a year at the start of a line, say)."""
    marker = paragraph.marker
    if marker is None:
        return None
    if marker.kind in ("dash", "plus", "article", *_CONTAINERS):
        return marker
    if marker.kind == "letter" and marker.style.endswith(".") and marker.value != 1 and not builder.expects(marker):
        return None
    if marker.kind == "letter" and marker.printed in ("i", "v", "x") and not builder.expects(marker):
        small = as_small_roman(marker)
        if marker.printed == "i" or builder.expects(small):
            return small
    if marker.kind == "number" and marker.value > 40 and not builder.expects(marker):
        return None
    return marker


def _damaged_ones(paragraphs: list[Paragraph]) -> dict[int, Marker]:
    """Positions where "l." or "I." stands for 1: the next mark of that style is a 2, and no II comes before it."""
    found: dict[int, Marker] = {}
    for position, paragraph in enumerate(paragraphs):
        one = damaged_one(paragraph.text)
        if one is None or paragraph.row:
            continue
        for later in paragraphs[position + 1 :]:
            marker = later.marker
            if marker is None or later.row:
                continue
            if marker.kind == "roman" or (marker.kind == "number" and marker.value == 1):
                break
            if marker.style == one.style:
                if marker.value == 2:
                    found[position] = one
                break
    return found


def _pieces(paragraph: Paragraph, builder: _Builder, later: list[Paragraph]) -> list[Paragraph]:
    """A paragraph cut where items are run together on one line, by marks that go on with a sequence."""
    text = paragraph.text
    pattern = _INLINE_FLAT if len(text) > _FLAT else _INLINE
    candidates = [
        (match.end(), marker)
        for match in pattern.finditer(text)
        if (marker := marker_of(text[match.end() : match.end() + 60]))
        and not _CITING.search(text[: match.start()][-8:])
    ]
    if not candidates:
        return [paragraph]
    cuts = _sequence(candidates, paragraph, builder, later)
    if not cuts:
        return [paragraph]
    bounds = [0, *cuts, len(text)]
    pieces = [paragraph.body[start:end].strip() for start, end in itertools.pairwise(bounds)]
    return [
        Paragraph(body, paragraph.strong and len(pieces) == 1, paragraph.after_blank) for body in pieces if body.text
    ]


def _sequence(
    candidates: list[tuple[int, Marker]], paragraph: Paragraph, builder: _Builder, later: list[Paragraph]
) -> list[int]:
    """Which candidates form sequences: each goes on with one that is open, or starts one that goes on."""
    open_values: dict[str, tuple[int, ...]] = {}
    for node in builder.stack[1:]:
        if node.marker:
            open_values[node.marker.style] = _sort_key(node.marker)
    own = paragraph.marker
    if own:
        open_values[own.style] = _sort_key(own)
    following = [marker for piece in later[:60] if not piece.row and (marker := piece.marker)]
    cuts = []
    candidates = [
        (position, as_small_roman(marker))
        if marker.kind == "letter"
        and marker.printed == "i"
        and any(other.kind == "small" and other.value == 2 for _, other in candidates[index + 1 :])
        else (position, marker)
        for index, (position, marker) in enumerate(candidates)
    ]
    dashes = sum(1 for _, marker in candidates if marker.kind in ("dash", "plus"))
    for index, (position, marker) in enumerate(candidates):
        if marker.kind in ("dash", "plus"):
            before = paragraph.text[max(0, position - 260) : position].rstrip()
            if before[-1:].isalpha() and joins_names(before):
                continue  # "Lao động - Thương binh và Xã hội" is one name
            lead_in = before.endswith(":")
            if lead_in or (dashes >= 2 and (cuts or own is None or own.kind != "dash")):
                cuts.append(position)
            continue
        rest = [other for _, other in candidates[index + 1 : index + 41]] + following
        last = open_values.get(marker.style)
        goes_on = last is not None and _sort_key(marker) == (*last[:-1], last[-1] + 1)
        starts = marker.value == 1 and any(
            other.style == marker.style and _sort_key(other) == (*_sort_key(marker)[:-1], 2) for other in rest[:40]
        )
        nested = (
            marker.kind == "decimal"
            and marker.value == 1
            and any(
                values == marker.parents
                for style, values in open_values.items()
                if style.startswith(("number", "decimal", "article"))
            )
        )
        if goes_on or starts or nested:
            cuts.append(position)
            open_values[marker.style] = _sort_key(marker)
    return cuts


def _sort_key(marker: Marker) -> tuple[int, ...]:
    return (*marker.parents, marker.value)
