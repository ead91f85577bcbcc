"""Legal citations, down to article, clause and point, with short names resolved inside the document.

A citation is read in two passes: first every mention of an instrument (a number, a law's name, a short form), then every
chain of places ("điểm a, b khoản 1 và khoản 2 Điều 5") and the instrument that it belongs to.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from anlanh.papers.reading.instruments import Mention, Names, mentions_of
from anlanh.papers.reading.places import Place, chains_of
from anlanh.primitives.clauses import POINT_LETTERS

_BRIDGE = re.compile(  # what may stand between "Điều 12" and the instrument it belongs to
    r"(?:\s*[.,:;]?\s*(?:[“\"][^“”\"]{0,200}[”\"]|[^“”\"\n;:.]{0,140}?)\s*,?\s*(?:mục \d[^,]{0,40},\s*)?|\s*(?:,|của|"
    r"tại|thuộc|trong|ở)?\s*)$",
    re.IGNORECASE,
)
_OWN_DOCUMENT = re.compile(
    r"\s*,?\s*(?:của |tại |trong )?(?P<kind>Luật|Bộ luật|Nghị định|Thông tư(?: liên tịch)?|Quyết định|Quy chế|Quy định|Chỉ "
    r"thị|Kế hoạch|Nghị quyết|Pháp lệnh|Điều lệ|Điều|khoản|Công văn) này(?![^\W_])",
    re.IGNORECASE,
)
_LAWS = frozenset(["luật", "bộ luật", "nghị định", "thông tư", "pháp lệnh"])
_BARE_KIND = re.compile(r"\s*(?:của |tại )?(?P<kind>Luật|Nghị định|Thông tư)(?=\s*(?:[.,;)]|và |để |về |quy |$))")
_REPLACED = re.compile(r"(?:thay thế|bãi bỏ|hết hiệu lực|sửa đổi)[^.;]{0,120}$", re.IGNORECASE)
_OWN_ARTICLE = re.compile(r"^Điều \d{1,3}[a-zđ]?\s*[.:]", re.MULTILINE | re.IGNORECASE)
_ARTICLE_HEADING = re.compile(r"Điều (\d{1,3}[a-zđ]?)[.:](?=\s)")
_JOINED = re.compile(r"\s*(?:,|của|tại|thuộc|và|trong|-|–)?\s*(?:các\s+)?", re.IGNORECASE)
_OTHER_TEXT = re.compile(
    r"\s*,?\s*(?:của\s+)?(?:Quy chế|Điều lệ|Quy định(?= ban hành)|dự thảo|Đề án|Hiến pháp|Công ước|Hiệp định)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Citation:
    """One place of one instrument, however often it is cited.

    Attributes:
        instrument: its number as printed (`72/2013/NĐ-CP`), or its name where no number is known (`Luật Báo chí`).
        article, clause, point: parts as printed; all None for the whole instrument.
        spans: where it is cited, in code points of the text as read.
        confidence: 0 to 1.
        notes: what a reader should check.
    """

    instrument: str
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0
    notes: list[str] = field(default_factory=list)

    def to_tuple(self) -> tuple[str, str | None, str | None, str | None]:
        """Instrument, article, clause, point: what makes it one citation."""
        return self.instrument, self.article, self.clause, self.point


@dataclass(frozen=True, slots=True)
class Found:
    """A citation at a stretch of the text that was searched."""

    mention: Mention
    place: Place | None
    start: int
    end: int
    confidence: float
    note: str = ""


def citations_in(text: str, names: Names, own_kind: str | None = None) -> list[Found]:
    """All citations of a text, in order.

    Args:
        text: cleaned text of the whole document, single spaced within lines.
        names: short names that other sources know; those defined in the text come first.
        own_kind: of the paper itself, in small letters: what "this decree" means in a decree.
    """
    mentions = mentions_of(text, names)
    found: list[Found] = []
    used: set[int] = set()
    own_articles = {"1", "2"} <= set(_ARTICLE_HEADING.findall(text))  # the paper itself is set in articles
    for chain in chains_of(text):
        bound = _bind(text, chain.start, chain.end, mentions, own_kind)
        heading = own_articles and _ARTICLE_HEADING.match(text, chain.start)
        if bound is None or heading or (bound[1] < 0.85 and _is_own_place(text, chain.start, own_articles)):
            continue
        mention, confidence, note = bound
        if confidence >= 0.85:
            used.add(mention.start)
        start, end = min(chain.start, mention.start) if confidence >= 0.85 else chain.start, chain.end
        after = max(end, mention.end) if confidence >= 0.85 else end
        for place in chain.places if own_articles else _with_quoted_parts(text, chain.places, after):
            found.append(
                Found(mention, place, start, max(end, mention.end) if confidence >= 0.85 else end, confidence, note)
            )
    for mention in mentions:
        if mention.start not in used:
            found.append(Found(mention, None, mention.start, mention.end, mention.confidence))
    return sorted(found, key=lambda item: (item.start, item.end))


def merged(found: Iterable[Found], span_of) -> list[Citation]:
    """One citation for each place, in order of first appearance.

    Args:
        span_of: turns start and end of the searched text into those of the text as read.
    """
    by_key: dict[tuple, Citation] = {}
    for item in found:
        place = item.place or Place(None, None, None)
        citation = Citation(item.mention.instrument, place.article, place.clause, place.point)
        known = by_key.setdefault(citation.to_tuple(), citation)
        confidence = min(item.confidence, item.mention.confidence)
        known.confidence = confidence if not known.spans else max(known.confidence, confidence)
        known.spans.append(span_of(item.start, item.end))
        for note in filter(None, (item.note, item.mention.note)):
            if note not in known.notes:
                known.notes.append(note)
    return list(by_key.values())


def _bind(
    text: str, start: int, end: int, mentions: list[Mention], own_kind: str | None
) -> tuple[Mention, float, str] | None:
    """The instrument that a chain of places belongs to: right after it, right before it, or the one spoken of last."""
    index = bisect_left(mentions, end, key=lambda mention: mention.start)
    following = mentions[index] if index < len(mentions) else None
    index = bisect_right(mentions, start, key=lambda mention: mention.end)
    previous = mentions[index - 1] if index else None
    own = _OWN_DOCUMENT.match(text, end)
    if own and previous and own_kind not in (None, own["kind"].lower()) and own["kind"].lower() in _LAWS:
        # "Nghị định này" in a directive is the decree spoken of.
        same = next((each for each in reversed(mentions[:index]) if each.kind == own["kind"].lower()), None)
        if same:
            return same, 0.8, "“này” taken for the instrument spoken of"
    if own:
        # Inside a quotation "this law" is the law quoted; elsewhere the paper itself, which is no citation.
        if previous and _inside_quotation(text, previous.end, start):
            return previous, 0.8, "“này” inside a quotation: taken for the instrument quoted"
        return None
    bare = _BARE_KIND.match(text, end)
    if bare and not (following and following.start < bare.end()):
        named = Counter(each.instrument for each in mentions if each.kind in (bare["kind"].lower(), ""))
        spoken_of = [each for each in mentions[:index] if each.kind == bare["kind"].lower()]
        if spoken_of:  # "Điều 25 Nghị định": the one that the paper names most
            most = max(spoken_of, key=lambda each: named[each.instrument])
            return most, 0.8, "no number: taken for the one that the paper names most"
    if _OTHER_TEXT.match(text, end) and not (following and following.start - end < 12):
        return None
    if following and following.start - end <= 220 and "\n" not in text[end : following.start].strip("\n"):
        between = text[end : following.start]
        if _JOINED.fullmatch(between):
            return following, 0.98, ""
        if _BRIDGE.fullmatch(between) and not re.search(r"(?:Điều|khoản) \d", between):
            if previous and _JOINED.fullmatch(text[previous.end : start]):
                return previous, 0.95, ""
            if re.match(r"\s*[.,:]?\s*[“\"]|\s*\.\s", between) or re.search(r",\s*$", between):
                return following, 0.9, ""
    if previous and _JOINED.fullmatch(
        re.sub(
            r"\([^()]*\)|ngày [\d/.]+(?: tháng \d+ năm \d+)?|(?:của|năm) [^,;.]{1,60}", "", text[previous.end : start]
        )
    ):
        return previous, 0.9, ""
    while previous and index > 1 and _REPLACED.search(text[max(0, previous.start - 140) : previous.start]):
        index -= 1  # what is replaced is not what is spoken of
        previous = mentions[index - 1]
    if previous and start - previous.end < 1200:
        confidence = 0.75 if start - previous.end < 400 else 0.6
        return previous, confidence, "no instrument named: taken for the one spoken of last"
    return None


def _with_quoted_parts(text: str, places: tuple[Place, ...], after: int) -> tuple[Place, ...]:
    """ "Điều 26, Luật …: “2. … b) …”": the clauses and points quoted right after a bare article are what is cited."""
    if len(places) != 1 or places[0].clause or places[0].point or not places[0].article:
        return places
    line_end = text.find("\n", after)
    passage = text[after : line_end if line_end >= 0 else len(text)][:3000]
    stop = re.compile(r"(?:^|[\s“(])(?:Điều|Khoản \d|Điểm [a-zđ],|Chỉ thị số|Nghị định số) ?\d?").search(passage, 3)
    passage = passage[: stop.start()] if stop else passage
    if not re.match(r"[^\d“\"]{0,60}[:.]?\s*[“\"]?\s*(?:\.\.\.|…)?\s*[1-9]\. ", passage):
        return places
    quoted: list[Place] = []
    clause = None
    for match in re.finditer(
        rf"(?<=[\s“\".…])(?:([1-9]\d?)\. (?=[A-ZĐÀ-Ỹ])|([{POINT_LETTERS}])\) (?=[A-ZĐÀ-Ỹ]))", f" {passage}"
    ):
        if match[1]:
            clause = match[1]
            quoted.append(Place(places[0].article, clause, None))
        elif clause:
            if quoted and quoted[-1].point is None:
                quoted.pop()
            quoted.append(Place(places[0].article, clause, match[2]))
    return tuple(quoted) or places


def _is_own_place(text: str, start: int, own_articles: bool) -> bool:
    """Whether a place without an instrument is the paper's own: its heading, "Như Điều 4", or one of its articles."""
    if own_articles or text[max(0, start - 5) : start].lower().endswith("như "):
        return True
    return bool(_OWN_ARTICLE.match(text, start)) and (start == 0 or text[start - 1] == "\n")


def _inside_quotation(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return between.count("“") > between.count("”") or between.count('"') % 2 == 1
