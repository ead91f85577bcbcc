"""Reads HTML as it is found in the wild, in time that grows with its length and never with how it is broken.

It gives what a comparison needs, in document order: blocks of text with their links, and pictures, each in the boxes
that hold it. Nothing is run, fetched or looked up.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from anlanh.primitives.errors import BadInput

MOST_TAGS = 100_000
MOST_TEXT = 2_000_000  # code points
_DEEPEST = 100  # boxes; what is nested deeper lies in the last of them
_MOST_OPEN = 8  # elements inside a block that are followed at a time
_LONGEST_ATTRIBUTE = 4000

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*)")
_STOP = re.compile(r">|=\s*([\"'])")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_SPACES = re.compile(r"[^\S\n]+")

_RAW = frozenset({"script", "style", "template", "svg", "math", "iframe", "object", "textarea", "title", "noembed"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "label", "mark", "nobr", "q", "ruby", "rt", "rp", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var",
    }
)  # fmt: skip
_CLOSES_ITSELF = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
_MARKS = ("class", "id", "itemprop", "rel", "role", "data-role", "data-type")


class Box:
    """An element that holds blocks: a division, a list, a paragraph.

    Attributes:
        tag: its name; `` for the root.
        marks: what its attributes say it is for, in lower case.
        parent: the box around it.
        hidden: whether its page hides it.
    """

    __slots__ = ("hidden", "marks", "parent", "tag")

    def __init__(self, tag: str, marks: str, parent: "Box | None", *, hidden: bool = False) -> None:
        self.tag, self.marks, self.parent, self.hidden = tag, marks, parent, hidden

    def line(self) -> Iterator["Box"]:
        """The box and those around it, from the inside out."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class Link(NamedTuple):
    """One link of a block: where it leads and its words."""

    address: str
    text: str


@dataclass(slots=True)
class Block:
    """A run of text that no other block interrupts; line breaks in it are kept.

    Args:
        box: the innermost box around it.
        text: with single spaces.
        links: in it.
        parts: (marks, text) of elements inside that say what they are for.
        at: its place among blocks and pictures.
    """

    box: Box
    text: str
    links: list[Link]
    parts: list[tuple[str, str]]
    at: int


@dataclass(slots=True)
class Picture:
    """Args:
    addresses: as written, the likeliest first; one that is loaded later stands before its placeholder.
    words: what stands in its place for those who don't see it.
    marks: what its attributes say it is for.
    sides: width and height as written, where they are numbers.
    box: the innermost box around it.
    at: its place among blocks and pictures.
    """

    addresses: list[str]
    words: str
    marks: str
    sides: list[int]
    box: Box
    at: int


@dataclass(slots=True)
class Page:
    """A page as far as a comparison needs it.

    Attributes:
        blocks, pictures: in document order.
        metas: name or property in lower case -> content, the first of each.
        canonical: the address the page gives itself.
        base: the address that relative ones start from.
        title: of the window.
        data: the content of its JSON-LD scripts.
    """

    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    base: str = ""
    title: str = ""
    data: list[str] = field(default_factory=list)


def read_markup(markup: str, where: str) -> Page:
    """Reads HTML.

    Args:
        markup: decoded.
        where: what to call it in errors.

    Raises:
        BadInput: more tags or more text than any article has.
    """
    reader = _Reader(where)
    reader.read(markup)
    return reader.page


class _Reader:
    """Builds a page from tags and text as they come."""

    def __init__(self, where: str) -> None:
        self.page = Page()
        self._where = where
        self._box = Box("", "", None)
        self._depth = self._beyond = 0  # boxes around this place, and how many more were not kept
        self._text: list[str] = []
        self._links: list[Link] = []
        self._parts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, str, int]] = []  # tag, address, marks, where its text starts
        self._length = self._at = self._tags = 0

    def read(self, markup: str) -> None:
        scan = _Scan(markup)
        at = 0
        while True:
            start = markup.find("<", at)
            if start < 0:
                self._say(markup[at:])
                break
            if start > at:
                self._say(markup[at:start])
            if markup.startswith("<!--", start):
                at = scan.after("-->", start + 4)
            elif markup.startswith(("<!", "<?"), start):
                at = scan.after(">", start + 2)
            elif name := _NAME.match(markup, start + 1):
                at = self._tag(markup, scan, name)
            else:
                self._say("<")
                at = start + 1
        self._end_block()

    def _tag(self, markup: str, scan: "_Scan", name: re.Match[str]) -> int:
        """Takes one tag; gives the place behind it, and behind what it holds where that is not for reading."""
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise BadInput(
                f"the page has more than {MOST_TAGS} tags", where=self._where, mend="save the article's own page"
            )
        tag = name[1].lower()
        end = scan.end_of_tag(name.end())
        if name[0].startswith("/"):
            self._close(tag)
            return end
        attributes = _attributes(markup[name.end() : end])
        if tag not in _RAW:
            self._start(tag, attributes)
            return end
        inside = scan.closing(tag, end)
        if tag == "title" and not self.page.title:
            self.page.title = _one_line(html.unescape(markup[end:inside]))
        elif tag == "script" and "ld+json" in attributes.get("type", ""):
            self.page.data.append(markup[end:inside])
        return scan.end_of_tag(inside + 2) if inside < len(markup) else inside

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._text.append("\n")
        elif tag == "img" or (tag == "input" and attributes.get("type") == "image"):
            self._picture(attributes)
        elif tag in ("meta", "link", "base"):
            self._head(tag, attributes)
        elif tag in _VOID:
            if tag == "hr":
                self._end_block()
        elif tag in _INLINE:
            address = attributes.get("href", "") if tag == "a" else ""
            marks = _marks(attributes)
            if tag == "a":
                self._close_inline(tag)
            elif tag == "time" and attributes.get("datetime"):
                self.page.metas.setdefault("time", attributes["datetime"])
            if (address or marks) and len(self._open) < _MOST_OPEN:
                self._open.append((tag, address, marks, len(self._text)))
        else:
            self._open_box(tag, attributes)

    def _open_box(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_block()
        if self._box.tag == "p":
            self._leave(self._box)
        if tag in _CLOSES_ITSELF and self._box.tag == tag:
            self._leave(self._box)
        if self._depth >= _DEEPEST:
            self._beyond += 1
            return
        style = attributes.get("style", "").replace(" ", "").lower()
        hidden = "hidden" in attributes or "display:none" in style or attributes.get("aria-hidden") == "true"
        self._box = Box(tag, _marks(attributes), self._box, hidden=hidden or self._box.hidden)
        self._depth += 1

    def _close(self, tag: str) -> None:
        if tag in _INLINE:
            self._close_inline(tag)
            return
        if tag in _VOID:
            return
        self._end_block()
        if self._beyond:
            self._beyond -= 1
            return
        for box in self._box.line():
            if box.tag == tag:
                self._leave(box)
                return

    def _leave(self, box: Box) -> None:
        for inner in self._box.line():
            self._depth -= 1
            if inner is box:
                break
        self._box = box.parent or box

    def _close_inline(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                self._finish(self._open.pop(place))
                return

    def _finish(self, element: tuple[str, str, str, int]) -> None:
        _, address, marks, start = element
        text = _one_line("".join(self._text[start:]))
        if address:
            self._links.append(Link(address[:_LONGEST_ATTRIBUTE], text))
        if marks and text:
            self._parts.append((marks, text))

    def _say(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise BadInput(
                f"the text is longer than {MOST_TEXT} characters", where=self._where, mend="save the article alone"
            )
        self._text.append(html.unescape(text).replace("\n", " "))

    def _end_block(self) -> None:
        for element in self._open:
            self._finish(element)
        lines = [_SPACES.sub(" ", line).strip() for line in "".join(self._text).split("\n")]
        text = "\n".join(filter(None, lines))
        if text:
            self.page.blocks.append(Block(self._box, text, self._links, self._parts, self._at))
            self._at += 1
        self._text, self._links, self._parts = [], [], []
        self._open = [(tag, address, marks, 0) for tag, address, marks, _ in self._open]

    def _picture(self, attributes: dict[str, str]) -> None:
        addresses = [attributes[name] for name in _LATER if attributes.get(name)]
        addresses = [_largest(address) for address in addresses if address.strip()]
        if not addresses:
            return
        sides = [int(attributes[side]) for side in ("width", "height") if attributes.get(side, "").isdecimal()
                 and len(attributes[side]) < 6]  # fmt: skip
        words = _one_line(html.unescape(attributes.get("alt", "") or attributes.get("title", "")))
        self.page.pictures.append(Picture(addresses, words, _marks(attributes), sides, self._box, self._at))
        self._at += 1

    def _head(self, tag: str, attributes: dict[str, str]) -> None:
        page = self.page
        if tag == "base":
            page.base = page.base or attributes.get("href", "")
        elif tag == "link":
            if "canonical" in attributes.get("rel", "").lower():
                page.canonical = page.canonical or attributes.get("href", "")
        else:
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            page.metas.setdefault(name.lower(), _one_line(attributes.get("content", "")))


# Where pages keep a picture's address: those that are loaded when they come into view first.
_LATER = ("data-original", "data-src", "data-lazy-src", "data-srcset", "src", "srcset")


class _Scan:
    """Searches that never look twice for what is not there, so that broken markup costs no more than other markup."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._missing: set[str] = set()

    def after(self, sign: str, at: int) -> int:
        """The place behind the next such sign; the end when there is none."""
        if sign not in self._missing:
            found = self._markup.find(sign, at)
            if found >= 0:
                return found + len(sign)
            self._missing.add(sign)
        return len(self._markup)

    def end_of_tag(self, at: int) -> int:
        """The place behind the tag whose attributes begin here; a quoted value may hold the sign that ends tags."""
        while stop := _STOP.search(self._markup, at):
            quote = stop[1]
            if not quote:
                return stop.end()
            at = stop.end() if quote in self._missing else self._after_quote(quote, stop.end())
        return len(self._markup)

    def _after_quote(self, quote: str, at: int) -> int:
        found = self._markup.find(quote, at)
        if found >= 0:
            return found + 1
        self._missing.add(quote)
        return at

    def closing(self, tag: str, at: int) -> int:
        """Where the element ends whose content is not read."""
        if tag not in self._missing:
            if found := re.compile(f"</{tag}\\b", re.IGNORECASE).search(self._markup, at):
                return found.start()
            self._missing.add(tag)
        return len(self._markup)


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written[: 1 << 20]):
        found.setdefault(name.lower(), html.unescape(double or single or bare).strip())
    return found


def _marks(attributes: dict[str, str]) -> str:
    return " ".join(attributes[name].lower() for name in _MARKS if attributes.get(name))[:400]


def _largest(address: str) -> str:
    """The first address of a list for several widths, or the address itself."""
    if address.startswith("data:") or not re.search(r"\s\d+(?:\.\d+)?[wx]\s*(?:,|$)", address):
        return address.strip()
    choices = [choice.split() for choice in re.split(r",\s+", address) if choice.strip()]
    return max(choices, key=lambda choice: _width(choice[-1]))[0]


def _width(written: str) -> float:
    try:
        return float(written[:-1])
    except ValueError:
        return 0.0


def _one_line(text: str) -> str:
    return " ".join(text.split())
