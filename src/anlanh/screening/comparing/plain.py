"""An article in plain text: its title is the first line, its by-line and source stand at the ends."""

import re

from anlanh.primitives.errors import BadInput
from anlanh.screening.comparing.article import Article, Line, sort_lines
from anlanh.screening.comparing.lines import Kind, kind_of
from anlanh.screening.comparing.markup import MOST_TEXT, Box, Picture
from anlanh.screening.comparing.saying import author_in, names_in
from anlanh.screening.comparing.times import times_in

_LONGEST_TITLE = 300  # characters
_LABEL = re.compile(r"^(?:tiêu đề|tít|title)\s*[:：]\s*|^#+\s+", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:;]+[\"”’»)\]]*$")
_PICTURE = re.compile(
    r"!\[(?P<words>[^\]]{0,300})\]\(\s*(?P<address>[^)\s]{1,2000})[^)]{0,300}\)"
    r"|^\s*(?:\[(?:ảnh|hình|image)\s*:\s*)?(?P<alone>\S{1,2000}\.(?:jpe?g|png|gif|webp|avif|bmp))\]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def article_of_text(text: str, where: str) -> Article:
    """Reads an article from plain text.

    Raises:
        BadInput: it is longer than any article.
    """
    if len(text) > MOST_TEXT:
        raise BadInput(f"the text is longer than {MOST_TEXT} characters", where=where, mend="save the article alone")
    root = Box("", "", None)
    pictures = [
        Picture([found["address"] or found["alone"]], found["words"] or "", "", [], root, at)
        for at, found in enumerate(_PICTURE.finditer(text))
    ]
    paragraphs = [
        _lines(part)
        for part in re.split(r"\n[^\S\n]*\n", _PICTURE.sub("\n", text).replace("\r\n", "\n").replace("\r", "\n"))
    ]
    paragraphs = [lines for lines in paragraphs if lines]
    title = _take_title(paragraphs)
    lines = [line for paragraph in paragraphs for line in _joined(paragraph)]
    sentences, notes, links = sort_lines((Line(line, at) for at, line in enumerate(lines)), title)
    return Article(
        title=title,
        sentences=sentences,
        pictures=pictures,
        notes=notes,
        author=author_in(notes),
        names=names_in(notes),
        addresses=tuple(address for note in notes if note.kind is Kind.SOURCE for address in note.addresses),
        links=links,
        time=next((time for note in notes if note.kind is not Kind.SOURCE for time in times_in(note.text)), None),
    )


def _lines(part: str) -> list[str]:
    return [" ".join(line.split()) for line in part.split("\n") if line.strip()]


def _take_title(paragraphs: list[list[str]]) -> str | None:
    """Takes the title out: the first paragraph if it is short and no sentence, else its first line if that is one."""
    if not paragraphs:
        return None
    first = paragraphs[0]
    whole = " ".join(first)
    if label := _LABEL.match(first[0]):
        return first.pop(0)[label.end() :]
    more = len(paragraphs) > 1
    if more and len(whole) <= _LONGEST_TITLE and len(first) <= 3 and _may_be_title(whole, alone=len(first) == 1):
        del paragraphs[0]
        return whole
    if len(first) > 1 and len(first[0]) <= _LONGEST_TITLE and _stands_alone(first):
        return first.pop(0)
    return None


def _may_be_title(line: str, *, alone: bool) -> bool:
    if kind_of(line) is not Kind.TEXT:
        return False
    return not _ENDS_SENTENCE.search(line) or (alone and line[-1] in '?!…”"' and len(line) <= _LONGEST_TITLE // 2)


def _stands_alone(lines: list[str]) -> bool:
    """Whether the first of these lines is a title, not the beginning of a sentence that was wrapped."""
    title, following = lines[0], lines[1]
    if not _may_be_title(title, alone=False) or title.endswith(",") or following[0].islower():
        return False
    would_have_fitted = len(title) + 1 + len(following.split()[0]) <= max(map(len, lines[1:]))
    return len(following) > 120 or would_have_fitted


def _joined(lines: list[str]) -> list[str]:
    """The lines of a paragraph with wrapped ones put together; what speaks of the article stays on its own line."""
    found: list[str] = []
    kind = None
    for line in lines:
        before, kind = kind, kind_of(line)
        if found and kind is Kind.TEXT and before is Kind.TEXT and not _ENDS_SENTENCE.search(found[-1]):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found
