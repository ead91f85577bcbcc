"""Cleans the text of a document so that everything after may think in plain words, and keeps the way back.

What is met in practice: decomposed marks, odd spaces, HTML and markdown marks, words whose syllables are joined by
underscores, spaces before punctuation (both left by word segmenters), spaces inside words (left by scans).
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.mending import mend_split_words
from anlanh.papers.reading.restoring import restore
from anlanh.papers.reading.unfolding import unfold

_CLUSTER = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
_ODD_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_TAG = re.compile(r"<(/?)(\w{1,10})(?:\s[^<>\n]{0,300})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_TAG_NAMES = frozenset(
    [
        "p",
        "br",
        "b",
        "i",
        "u",
        "em",
        "strong",
        "div",
        "span",
        "sub",
        "sup",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "a",
        "font",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "img",
        "html",
        "body",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "blockquote",
        "small",
        "mark",
    ]
)
_LINE_TAGS = frozenset(["p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"])

_HEADING_MARK = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,500}\)")
_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!|>~/])")
_STRONG = re.compile(r"\*{2,3}|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(r"(?<=\S)\*|\*(?=\S)")
_LEADERS = re.compile(r"_{3,}")

_BROKEN_FORMULA = re.compile(  # fixed words of a head or foot that a narrow column broke
    r"CỘNG\s+H(?:OÀ|ÒA)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA(?:\s+VIỆT\s+NAM)?|ĐỘC\s+LẬP\s*[-–]\s*TỰ\s+DO\s*[-–]\s*HẠNH\s+PHÚC|"
    r"[ỦU][YỶ]\s+BAN\s+NHÂN\s+DÂN|"
    r"(?:TM|KT|TL)\.\s*\n\s*(?=\S)|^[ \t]*Số[ \t]*:[ \t]*\n\s*(?=\d+[/-])|,\s+ngày\s+\d{0,2}\s*tháng\s+\d{0,2}\s*năm\s+\d{4}|"
    r"Kính\s+gửi|Nơi\s+nhận",
    re.IGNORECASE | re.MULTILINE,
)
_JOINED = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
_ADDRESS = re.compile(r"@|://|www\.|\.\w{2,4}[/_]|_\w+\.(?:docx?|pdf|xlsx?|vn|com)\b")
_LONGEST_ADDRESS = 300  # code points
_BEFORE_STOP = re.compile(r"(?<=[\w)\]”\"’])(?: +| *\n *)(?=[,;:.!?](?:\s|$|[/.]))")
_BEFORE_CLOSE = re.compile(r"(?<=\S)[ \t]+(?=[)\]”])")
_AFTER_OPEN = re.compile(r"(?<=[(\[“])[ \t]+")
_SLASHED = re.compile(r"(?<=\d) +/ *(?=[\dA-ZĐ])|(?<=\d)/ +(?=\d|[A-ZĐ]{2})")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text, the text as read that it came from, and which lines stood out there.

    `text` holds the cleaned text with its way back; `emphasised` says of an offset in the text as read whether its line
    is a markdown heading or bold from end to end.
    """

    original: str
    text: Mapped
    damaged: bool

    def emphasised(self, offset: int) -> bool:
        """Whether the line around this offset of the text as read is a heading or wholly bold in markdown or HTML."""
        start = self.original.rfind("\n", 0, offset) + 1
        end = self.original.find("\n", offset)
        line = self.original[start : end if end >= 0 else len(self.original)].strip()
        if line.startswith("#"):
            return True
        opening = line.startswith(("**", "__", "<b>", "<strong>"))
        return opening and line.rstrip(":.").endswith(("**", "__", "</b>", "</strong>"))


def clean(original: str) -> Cleaned:
    """Cleans a text as read. Deterministic, linear, and the same for composed and decomposed text."""
    text = Mapped.of(original)
    text = text.sub(_LINE_END, "\n").sub(_CLUSTER, lambda match: unicodedata.normalize("NFC", match[0]))
    text = text.sub(_INVISIBLE, "").sub(_ODD_SPACE, " ")
    text = _without_markup(text)
    joints = _syllable_joints(text.text)
    text = text.sub(_JOINED, lambda match: " " if match.start() in joints else match[0])
    text = text.sub(_BEFORE_STOP, "").sub(_BEFORE_CLOSE, "").sub(_AFTER_OPEN, "").sub(_SLASHED, "/")
    text = restore(unfold(text))
    text = text.sub(_BROKEN_FORMULA, lambda match: match[0].replace("\n", " "))
    mended = mend_split_words(text)
    return Cleaned(original, mended, mended is not text)


def _without_markup(text: Mapped) -> Mapped:
    if "<" in text.text:
        text = text.sub(_TAG, lambda match: _tag(match))
    if "&" in text.text:
        text = text.sub(_ENTITY, lambda match: html.unescape(match[0]).replace("\xa0", " "))
    text = text.sub(_RULE, "").sub(_HEADING_MARK, "").sub(_QUOTE_MARK, "")
    if "](" in text.text:
        text = text.sub(_LINK, lambda match: match[1])
    text = text.sub(_LEADERS, " ").sub(_STRONG, "").sub(_EMPHASIS, "")
    return text.sub(_ESCAPE, lambda match: match[1])


def _tag(match: re.Match[str]) -> str:
    """A tag that ends a line becomes one, but in a table row (tabs on its line) a space: a row stays one line."""
    name = match[2].lower()
    if name not in _TAG_NAMES:
        return match[0]
    if name in ("td", "th"):
        return "\t" if match[1] else ""
    if name not in _LINE_TAGS or not (match[1] or name in ("br", "hr")):
        return ""
    whole = match.string
    start = whole.rfind("\n", 0, match.start()) + 1
    end = whole.find("\n", match.end())
    return " " if "\t" in whole[start : end if end >= 0 else len(whole)] else "\n"


def _syllable_joints(text: str) -> set[int]:
    """Where underscores join syllables: not inside a web address, an e-mail or a file name."""
    joints: set[int] = set()
    for word in re.finditer(r"\S+", text) if "_" in text else ():
        if "_" in word[0] and not (len(word[0]) < _LONGEST_ADDRESS and _ADDRESS.search(word[0])):
            joints.update(match.start() + word.start() for match in _JOINED.finditer(word[0]))
    return joints
