"""An article on a page: what of the page is the article, and what its page tells machines about it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from anlanh.screening.comparing.article import Article, Line, sort_lines
from anlanh.screening.comparing.lines import Kind, Note, addresses_in, kind_of
from anlanh.screening.comparing.markup import Block, Box, Page, Picture
from anlanh.screening.comparing.saying import author_in, names_in
from anlanh.screening.comparing.sentences import words_of
from anlanh.screening.comparing.times import Stated, read_instant, stated, times_in


def _marked(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_-])")


_NOISE_TAGS = frozenset(
    {"nav", "aside", "form", "button", "select", "dialog", "noscript", "menu", "fieldset", "video", "audio"}
)
_NOISE = _marked(
    r"nav\w*|menu\w*|breadcrumbs?|side-?bar\w*|comments?\w*|binh-?luan|shares?|sharing|social\w*|relate\w*|lien-?quan|tin-?khac"
    r"|tin-?moi|tin-?lien\w*|tinlienquan|most|popular|recommend\w*|suggest\w*|ads?|advert\w*|adsbygoogle|banner\w*|quang-?cao|qc|promo\w*|sponsor\w*"
    r"|newsletter|subscribe|tags?|taglist|tag-?list|keywords?|pagination|pager|toolbar|popup|modal|cookies?|login|search\w*|widget"
    r"|rating|vote|read-?more|xem-?them|doc-?them|box-?tin|copyright|skip|sticky|toc|most-?view|hot-?news|footer|site-?header|top-?bar|logo"
)
_SOURCE = _marked(r"source\w*|nguon\w*|link-?goc|bai-?goc|credit-?source|via")
_BY = _marked(r"authors?\w*|by-?line|tac-?gia|nguoi-?viet|signature|writer|reporter|vcard|creator")
_TIME = _marked(r"time\w*|date\w*|published\w*|publish-?date|ngay\w*|datepublished|meta-?date|article-?date")
_CAPTION = _marked(
    r"caption\w*|photocms_caption|chu-?thich|image-?desc\w*|img-?desc|wp-caption-text|figcaption|photo-?credit"
)
_TITLE = _marked(
    r"headline|(?:article|entry|post|news|detail|main|page)?-?_?title(?:-?(?:detail|news|article|post))?|tieu-?de\w*"
)
_CAPTION_TAGS = frozenset({"figcaption", "caption"})
_BODY = _marked(
    r"articlebody|article-?(?:body|content|detail)|(?:entry|post|news|detail|content|main|single|singular|cms|story|fck|the-article)"
    r"-?(?:content|body|detail|text)|fck_detail|detail__content|content__body|noi-?dung\w*|chi-?tiet\w*|maincontent|cms-?body|afcbc-body"
)
_BODY_TAGS = frozenset({"article", "main"})
_SMALL_PICTURE = _marked(r"logo\w*|icon\w*|avatar\w*|sprite|emoji\w*|pixel|tracking|spacer|blank|loading|ads?|banner")
_SMALLEST_SIDE = 60  # pixels
_MOST_LINKED = 0.8  # share of a block's text that is links
_SHARED = 0.4  # of the page's text: a box with so much of it is not beside the article, whatever it is called
_ENOUGH = 0.5  # of the page's text: a box that says it holds the article must have so much
_TITLE_PARTS = re.compile(r"\s+[|–—:»-]\s+|\s*\|\s*")
_LARGEST_DATA = 200_000
_MOST_MARKED = 0.6  # share of a line whose parts say what they are for
_MOST_NOTED = 400  # characters of a line, or of a box, that speaks of the article

Weights = defaultdict[Box | None, int]


def article_of_page(page: Page) -> Article:
    """The article of a page: without menus, related articles, comments, advertisements and the like."""
    told = _told(page)
    weights = _weights(page)
    total = weights.get(None, 0)
    noise = _Noise(weights, total)
    title_block = _title_block(page)
    blocks = [block for block in page.blocks if not block.box.hidden and not noise.holds(block)]
    region = _region(blocks, weights, total)
    first = min((block.at for block in blocks if _within(block.box, region)), default=0)
    start = title_block.at if title_block else -1
    inside = [
        block for block in blocks
        if block is not title_block and (_within(block.box, region) or start < block.at < first)
    ]  # fmt: skip
    title = title_block.text.replace("\n", " ") if title_block else _title_told(page, told)
    lines = [line for block in inside for line in _lines(block, weights)]
    sentences, notes, links = sort_lines(lines, title)
    notes += _notes_elsewhere(page, {block.at for block in inside}, noise, weights)
    own = [page.canonical, page.metas.get("og:url", ""), _text(told.get("url")), _text(told.get("mainEntityOfPage"))]
    addresses = tuple(dict.fromkeys(address for address in own if "/" in address))
    return Article(
        title=title or None,
        sentences=sentences,
        pictures=[*_pictures(page, region, start, first, noise)],
        notes=notes,
        author=_author(page, told) or author_in(notes),
        names=_names(page, told, addresses) or names_in(notes),
        addresses=addresses,
        host=next((host for address in addresses if (host := _host(address))), ""),
        links=links,
        time=_time(page, told, notes),
    )


class _Noise:
    """Which boxes stand beside the article, not in it."""

    def __init__(self, weights: Weights, total: int) -> None:
        self._weights, self._most = weights, _SHARED * total
        self._known: dict[Box, bool] = {}

    def holds(self, block: Block | Picture) -> bool:
        """Whether a block or picture stands in such a box."""
        return self._is_noise(block.box)

    def _is_noise(self, box: Box) -> bool:
        for around in box.line():
            if around not in self._known:
                self._known[around] = self._says_noise(around) and self._weights.get(around, 0) <= self._most
            if self._known[around]:
                return True
        return False

    def _says_noise(self, box: Box) -> bool:
        if _SOURCE.search(box.marks) or _BY.search(box.marks):
            return False
        if box.tag in _NOISE_TAGS or (box.marks and _NOISE.search(box.marks)):
            return True
        if box.tag == "footer":
            return not any(around.tag in _BODY_TAGS for around in box.line())
        return box.tag == "header" and not any(around.tag in _BODY_TAGS for around in box.line()) and box.marks != ""


def _weights(page: Page) -> Weights:
    """How much plain text each box holds, and under None all of it; links weigh nothing."""
    weights: Weights = defaultdict(int)
    for block in page.blocks:
        plain = max(0, len(block.text) - sum(len(link.text) for link in block.links))
        if block.box.hidden or plain < 2:
            continue
        for box in block.box.line():
            weights[box] += plain
        weights[None] += plain
    return weights


def _region(blocks: list[Block], weights: Weights, total: int) -> Box | None:
    """The smallest box that says it holds the article and holds most of the text; None when the page names none."""
    best: tuple[int, Box] | None = None
    seen: set[Box] = set()
    kept = sum(max(0, len(block.text) - sum(len(link.text) for link in block.links)) for block in blocks) or total
    for block in blocks:
        for box in block.box.line():
            if box in seen:
                break
            seen.add(box)
            names_it = box.tag in _BODY_TAGS or bool(_BODY.search(box.marks))
            enough = names_it and weights[box] >= _ENOUGH * kept
            if enough and (best is None or weights[box] < best[0]):
                best = weights[box], box
    return best[1] if best else None


def _within(box: Box, region: Box | None) -> bool:
    return region is None or any(around is region for around in box.line())


def _title_block(page: Page) -> Block | None:
    """The heading of the article: of several, the one most like what the page tells machines."""
    headings = [
        block for block in page.blocks if not block.box.hidden and any(box.tag == "h1" for box in block.box.line())
    ]
    if not headings:
        return _smaller_heading(page)
    if len(headings) == 1:
        return headings[0]
    told = set(words_of(page.metas.get("og:title") or page.title))
    return max(headings, key=lambda block: (_likeness(told, words_of(block.text)), len(block.text) > 20, -block.at))


def _smaller_heading(page: Page) -> Block | None:
    """On a page without a first heading: what is marked as the title, or says it, or is the heading before the text."""
    told = words_of(_title_told(page, _told(page)))
    for block in page.blocks:
        if block.box.hidden or len(block.text) > _MOST_NOTED or block.links:
            continue
        if _TITLE.search(block.box.marks) or (told and words_of(block.text) == told):
            return block
    first = next((block for block in page.blocks if block.box.tag in ("h2", "h3", "h4", "p") and not block.links), None)
    return first if first and first.box.tag != "p" and not told else None


def _likeness(told: set[str], words: list[str]) -> float:
    return len(told.intersection(words)) / (len(told.union(words)) or 1)


def _title_told(page: Page, told: Mapping[str, Any]) -> str:
    """The title that the page tells machines, without the name of the site."""
    title = page.metas.get("og:title") or page.metas.get("twitter:title") or _text(told.get("headline")) or page.title
    parts = _TITLE_PARTS.split(title)
    site = words_of(page.metas.get("og:site_name", ""))
    last = words_of(parts[-1])
    if len(parts) > 1 and (last == site or "|" in title or _sounds_like_site(parts[-1])):
        return title[: title.rindex(parts[-1])].rstrip(" |–—:»-")
    return title


def _sounds_like_site(name: str) -> bool:
    return bool(
        re.search(
            r"\.(?:vn|com|net)\b|^(?:báo|tạp chí|đài|trang|cổng)\s|\b(?:online|news)$", name.strip(), re.IGNORECASE
        )
    )


def _lines(block: Block, weights: Weights) -> Iterator[Line]:
    """The lines of a block, with what their page says they are for."""
    kind = _kind(block, weights)
    linked = sum(len(link.text) for link in block.links)
    if kind is None and block.links and linked >= _MOST_LINKED * len(block.text):
        kind = None if _leads_out(block) else Kind.MORE
    parts = block.text.split("\n")
    for text in parts:
        addresses = tuple(link.address for link in block.links if len(parts) == 1 or not link.text or link.text in text)
        yield Line(text, block.at, kind, addresses)


def _leads_out(block: Block) -> bool:
    """Whether a block that is nothing but links says that they are the source."""
    return bool(re.match(r"\W*(?:nguồn|theo|link|xem bài gốc|bài gốc|https?:)", block.text, re.IGNORECASE))


def _kind(block: Block, weights: Weights) -> Kind | None:
    near = list(islice(block.box.line(), 3))
    marks = [box.marks for box in near if box.marks and weights[box] <= _MOST_NOTED]
    if any(box.tag in _CAPTION_TAGS for box in block.box.line()) or any(map(_CAPTION.search, marks)):
        return Kind.CAPTION
    if len(block.text) > _MOST_NOTED:
        return None
    told = {}
    for pattern, kind in ((_SOURCE, Kind.SOURCE), (_BY, Kind.BY), (_TIME, Kind.TIME)):
        if any(map(pattern.search, marks)) and not (kind is Kind.TIME and not _tells_time(block.text)):
            return kind
        told[kind] = sum(len(text) for part, text in block.parts if pattern.search(part))
    if sum(told.values()) < _MOST_MARKED * len(block.text):
        return None
    return next(kind for kind, length in told.items() if length)


def _tells_time(text: str) -> bool:
    return len(text) <= 120 and any(True for _ in times_in(text))


def _notes_elsewhere(page: Page, inside: set[int], noise: _Noise, weights: Weights) -> Iterator[Note]:
    """What is said of the article outside it: lines that name the source or author; in a foot only the source."""
    for block in page.blocks:
        if block.at in inside or block.box.hidden or len(block.text) > _MOST_NOTED:
            continue
        beside = noise.holds(block)
        if beside and not any(box.tag == "footer" for box in block.box.line()):
            continue
        for line in _lines(block, weights):
            kind = line.kind or kind_of(line.text, linked=bool(line.addresses))
            if kind is Kind.SOURCE or (not beside and kind in (Kind.BY, Kind.TIME)):
                yield Note(kind, line.text, line.at, (*line.addresses, *addresses_in(line.text)))


def _pictures(page: Page, region: Box | None, start: int, first: int, noise: _Noise) -> Iterator[Picture]:
    seen: set[str] = set()
    for picture in page.pictures:
        inside = _within(picture.box, region) or _beside(picture.box, region)
        near = (inside and (region is not None or picture.at > start)) or start < picture.at < first
        small = any(side < _SMALLEST_SIDE for side in picture.sides) or _SMALL_PICTURE.search(picture.marks)
        in_noscript = any(box.tag == "noscript" for box in picture.box.line())
        if not near or small or picture.box.hidden or in_noscript or noise.holds(picture):
            continue
        if picture.addresses[0] not in seen:
            seen.add(picture.addresses[0])
            yield picture


def _beside(box: Box, region: Box | None) -> bool:
    """Whether a box, or the paragraph or figure that it is, stands right where the article's box does."""
    if region is None:
        return False
    around = next((one for one in box.line() if one.tag not in ("p", "figure", "picture", "center")), None)
    return around is region.parent


def _told(page: Page) -> dict[str, Any]:
    """What the page tells machines of its article in JSON-LD; empty when it tells nothing that can be read."""
    for data in page.data:
        try:
            value = json.loads(data[:_LARGEST_DATA], strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            kinds = item.get("@type")
            if "Article" in str(kinds)[:200] or "BlogPosting" in str(kinds)[:200]:
                return item
    return {}


def _items(value: object, depth: int = 3) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for item in value[:50]:
            yield from _items(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        yield from _items(value.get("@graph"), depth - 1) if depth else ()


def _text(value: object) -> str:
    """A name or address out of JSON-LD, where things may be texts, objects or lists."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url") or ""
    return " ".join(value.split())[:400] if isinstance(value, str) else ""


def _author(page: Page, told: Mapping[str, Any]) -> str:
    named = [page.metas.get("author", ""), page.metas.get("article:author", ""), _text(told.get("author"))]
    site = {tuple(words_of(name)) for name in (page.metas.get("og:site_name", ""), _text(told.get("publisher")))}
    host = _host(page.canonical)
    for name in named:
        words = words_of(name)
        if words and len(words) <= 8 and "://" not in name and tuple(words) not in site and "".join(words) not in host:
            return name
    return ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _names(page: Page, told: Mapping[str, Any], addresses: tuple[str, ...]) -> tuple[str, ...]:
    named = [
        page.metas.get("og:site_name", ""), _text(told.get("publisher")), page.metas.get("application-name", ""),
        *(_host(address) for address in addresses),
    ]  # fmt: skip
    return tuple(dict.fromkeys(filter(None, named)))


def _time(page: Page, told: Mapping[str, Any], notes: list[Note]) -> Stated | None:
    for name in ("article:published_time", "datepublished", "pubdate", "publishdate", "date", "dc.date"):
        if instant := read_instant(page.metas.get(name, "")):
            return stated(instant)
    if instant := read_instant(_text(told.get("datePublished"))):
        return stated(instant)
    lines = [note.text for kind in (Kind.TIME, Kind.BY) for note in notes if note.kind is kind]
    if found := next((time for text in lines for time in times_in(text)), None):
        return found
    instant = read_instant(page.metas.get("time", ""))
    return stated(instant) if instant else None
