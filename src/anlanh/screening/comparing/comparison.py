"""Compares an article with the source it repeats, and says which rules on repeating the result speaks to."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from anlanh.screening.comparing import wording
from anlanh.screening.comparing.alignment import Alignment, align
from anlanh.screening.comparing.article import Article
from anlanh.screening.comparing.pictures import missing
from anlanh.screening.comparing.sentences import words_of
from anlanh.screening.comparing.sources import Source, credited, source_of
from anlanh.screening.comparing.times import Stated, instant_of, stated
from anlanh.screening.comparing.wording import Finding

# The directive's rules for sites that repeat news, by their ids in the law pack.
OWN_ARTICLES, SOURCES, TITLES, CUTTING = "BD.5.2.a", "BD.5.2.b", "BD.5.2.c", "BD.5.2.d"
_FEWEST_TITLE_WORDS = 3  # by which a title is known at the beginning of a text


@dataclass(frozen=True, slots=True)
class NotBefore:
    """How long after its source an article may be repeated at the earliest.

    Args:
        ground: the clause that says so.
        minutes: how long.
    """

    ground: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out.

    Args:
        titles: of the original and of the copy.
        title_changed: whether they differ in more than letter case and typographic signs.
        text: which words and sentences were kept, cut and added.
        images_missing, images_added: addresses as written.
        source: what the copy says of its source.
        minutes_after: from the original's publication to the copy's; None where a time is unknown.
        findings: what a person should look at.
    """

    titles: tuple[str | None, str | None]
    title_changed: bool
    text: Alignment
    images_missing: list[str]
    images_added: list[str]
    source: Source
    minutes_after: int | None
    findings: list[Finding]

    def to_dict(self, lang: str = "vi") -> dict[str, Any]:
        """The form written out; see the contract of `anlanh compare`."""
        original, copy = self.titles
        return {
            "title": {"changed": self.title_changed, "original": original, "copy": copy},
            "text": {"kept": self.text.kept, "cut": self.text.cut, "added": self.text.added},
            "images": {"missing": self.images_missing, "added": self.images_added},
            "source": self.source._asdict(),
            "minutes_after": self.minutes_after,
            "findings": [{"ground": one.ground, "why": one.why.in_language(lang)} for one in self.findings],
        }


def compare(
    original: Article,
    copy: Article,
    *,
    original_at: datetime | None = None,
    copy_at: datetime | None = None,
    not_before: NotBefore | None = None,
) -> Comparison:
    """Compares a copy with its original.

    Args:
        original, copy: both sides.
        original_at, copy_at: when each was published; else what each says itself. A copy that tells the original's time
            alone says nothing of its own.
        not_before: how soon the law lets an article be repeated on the copy's day; None where it does not say.
    """
    original, copy = _titled(original, copy), _titled(copy, original)
    titles = (original.title, copy.title)
    text = align(original.sentences, [credited(sentence, original) for sentence in copy.sentences])
    images_missing, images_added = missing(original.pictures, copy.pictures)
    source = source_of(original, copy, stated(original_at) if original_at else None)
    after = _minutes(original_at or _instant(original.time), copy_at or _own_time(copy, original))
    changed = _title_key(titles[0]) != _title_key(titles[1])
    findings = []
    if changed:
        findings.append(wording.title_changed(TITLES, *titles))
    if text.cut:
        findings.append(wording.text_cut(CUTTING, text))
    if images_missing:
        findings.append(wording.images_missing(CUTTING, images_missing))
    if lacking := _lacking(source, original):
        findings.append(wording.source_lacking(SOURCES, lacking))
    if text.new or (text.added and not text.cut):
        findings.append(wording.text_added(OWN_ARTICLES, text))
    if not_before and after is not None and after < not_before.minutes:
        findings.append(wording.too_early(not_before.ground, after, not_before.minutes))
    return Comparison(titles, changed, text, images_missing, images_added, source, after, findings)


def _titled(article: Article, other: Article) -> Article:
    """An article whose title could not be told from its text, when its text begins with the other side's title."""
    heading = words_of(other.title or "")
    if article.title or not article.sentences or len(heading) < _FEWEST_TITLE_WORDS:
        return article
    words = article.sentences[0].split(" ")
    for count in range(1, len(words) + 1):
        found = words_of(" ".join(words[:count]))
        if found == heading:
            rest = [" ".join(words[count:])] if words[count:] else []
            return replace(article, title=" ".join(words[:count]), sentences=[*rest, *article.sentences[1:]])
        if found != heading[: len(found)]:
            break
    return article


def published_at(article: Article) -> datetime | None:
    """When an article says it was published; None unless it says to the minute."""
    return _instant(article.time)


def _own_time(copy: Article, original: Article) -> datetime | None:
    """When the copy says that it was published itself; a copy that repeats the original's time does not say."""
    own = _instant(copy.time)
    return None if own == _instant(original.time) else own


def _instant(time: Stated | None) -> datetime | None:
    return instant_of(time) if time else None


def _minutes(first: datetime | None, second: datetime | None) -> int | None:
    return int((second - first).total_seconds() // 60) if first and second else None


def _title_key(title: str | None) -> tuple[list[str], str]:
    """What makes a title another one: its words, and whether it asks or exclaims."""
    asking = re.sub(r"[^?!]", "", unicodedata.normalize("NFKC", title or ""))
    return words_of(title or ""), "".join(sorted(set(asking)))


def _lacking(source: Source, original: Article) -> list[str]:
    """What the copy should say of its source and does not; an author only where the original names one."""
    return [
        name for name, said in source._asdict().items() if not said and (name != "author" or original.author)
    ]  # fmt: skip
