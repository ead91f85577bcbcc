"""Chains of places in a legal text: "điểm a, b khoản 1 và khoản 2 Điều 5", "Điều 5, khoản 1, điểm a", "khoản 1 đến khoản 4"."""

import re
from dataclasses import dataclass

from anlanh.primitives.clauses import POINT_LETTERS

_LETTER = rf"[{POINT_LETTERS}](?:[1-9])?(?![^\W_])"
_NUMBER = r"[1-9]\d{0,2}[a-zđ]?(?![^\W_])"
_SEPARATOR = r"\s*(?:,\s*(?:và|hoặc)?|;\s*(?:và)?|và|hoặc|đến|tới|[-–])\s*"


def _list_of(item: str) -> str:
    return rf"{item}(?:{_SEPARATOR}{item})*"


_TOKEN = re.compile(
    rf"(?<![^\W_])(?:các\s+|từ\s+)?(?:(?P<point>điểm)\s+(?P<points>{_list_of(_LETTER)})"
    rf"|(?P<clause>khoản)\s+(?P<clauses>{_list_of(_NUMBER)})"
    rf"|(?P<article>điều)\s+(?P<articles>{_list_of(_NUMBER)}))(?![^\W_])",
    re.IGNORECASE,
)
_SECTION_TOKEN = re.compile(
    rf"(?<![^\W_])(?:(?P<point>điểm)\s+(?P<points>{_LETTER})\s*,?\s*)?mục\s+(?P<section>[1-9]\d?|"
    rf"[IVX]{{1,4}})(?![^\W_])",
    re.IGNORECASE,
)
_GLUE = re.compile(r"\s*(?:,|;|và|hoặc|của|tại|thuộc|đến|tới|,\s*và)?\s*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:đến|tới|[-–])\s*", re.IGNORECASE)
_MOST = 60  # places in one range; a longer one is a damaged number


@dataclass(frozen=True, slots=True)
class Place:
    """Parts as printed; None where not given."""

    article: str | None
    clause: str | None
    point: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Places named together, and where."""

    start: int
    end: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    level: int  # 0 point, 1 clause, 2 article
    items: tuple[str, ...]
    start: int
    end: int


def chains_of(text: str) -> list[Chain]:
    """All chains of a text, in order. Chains without an article are left out: what they belong to is not said."""
    chains: list[Chain] = []
    run: list[_Token] = []
    for token in _tokens(text):
        if run and not _goes_on(text, run, token):
            chains += _chain(text, run)
            run = []
        run.append(token)
    return [*chains, *_chain(text, run), *_sections(text)]


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        if (
            match["article"]
            and match["article"].islower()
            and not re.search(
                r"(?:khoản [\w, ]+|điểm \w+ ?,?|tại|các|,|và) *$", text[max(0, match.start() - 20) : match.start()]
            )
        ):
            continue  # "điều 1" in small letters is seldom an article: "một trong những điều 1 ..."
        level = 0 if match["point"] else 1 if match["clause"] else 2
        written = match["points"] or match["clauses"] or match["articles"]
        tokens.append(_Token(level, tuple(_expanded(written, level)), match.start(), match.end()))
    return tokens


def _expanded(written: str, level: int) -> list[str]:
    """The items of a list, with "1 đến 4" told one by one."""
    parts = re.split(rf"({_SEPARATOR})", written.strip().lower())
    items: list[str] = []
    for position in range(0, len(parts), 2):
        item = parts[position]
        if position and _RANGE.fullmatch(parts[position - 1]):
            items += _between(items[-1], item, level)
        items.append(item)
    return items


def _between(first: str, last: str, level: int) -> list[str]:
    if level == 0:
        if len(first) != 1 or len(last) != 1:
            return []
        start, end = POINT_LETTERS.index(first), POINT_LETTERS.index(last)
        return list(POINT_LETTERS[start + 1 : end])
    if not (first.isdigit() and last.isdigit()) or not 0 < int(last) - int(first) <= _MOST:
        return []
    return [str(number) for number in range(int(first) + 1, int(last))]


def _goes_on(text: str, run: list[_Token], token: _Token) -> bool:
    return bool(_GLUE.fullmatch(text[run[-1].end : token.start]))


def _chain(text: str, run: list[_Token]) -> list[Chain]:
    if not any(token.level == 2 for token in run):
        return []
    places = (
        _largest_first(run) if run[0].level == 2 and len(run) > 1 and run[-1].level < 2 else _smallest_first(text, run)
    )
    return [Chain(run[0].start, run[-1].end, tuple(dict.fromkeys(places)))]


def _smallest_first(text: str, run: list[_Token]) -> list[Place]:
    """Points wait for their clause, clauses for their article; "Điều 5 đến Điều 8" is told one by one."""
    places: list[Place] = []
    points: tuple[str, ...] = ()
    waiting: list[tuple[str | None, str | None]] = []  # (clause, point)
    previous: _Token | None = None
    for token in run:
        ranged = (
            previous is not None
            and previous.level == token.level
            and _RANGE.fullmatch(text[previous.end : token.start].lower())
        )
        if token.level == 0:
            points += token.items
        elif token.level == 1:
            clauses = ((*_between(previous.items[-1], token.items[0], 1), *token.items)) if ranged else token.items
            for position, clause in enumerate(clauses):
                # Points go with the first clause after them: "điểm a, b khoản 1 và khoản 2".
                waiting += [(clause, point) for point in points] if points and position == 0 else [(clause, None)]
            points = ()
        else:
            articles = ((*_between(previous.items[-1], token.items[0], 2), *token.items)) if ranged else token.items
            waiting += [(None, point) for point in points]
            points = ()
            for position, article in enumerate(articles):
                parts = waiting if position == 0 and waiting else [(None, None)]
                places += [Place(article, clause, point) for clause, point in parts]
            waiting = []
        previous = token
    return places


def _largest_first(run: list[_Token]) -> list[Place]:
    """ "Điều 5, khoản 1, điểm a và điểm b; khoản 2"."""
    places: list[Place] = []
    article = clause = None
    for position, token in enumerate(run):
        below = run[position + 1].level < token.level if position + 1 < len(run) else False
        if token.level == 2:
            article, clause = token.items[-1], None
            places += [Place(item, None, None) for item in (token.items[:-1] if below else token.items)]
        elif token.level == 1:
            clause = token.items[-1]
            places += [Place(article, item, None) for item in (token.items[:-1] if below else token.items)]
        else:
            places += [Place(article, clause, item) for item in token.items]
    return places


def _sections(text: str) -> list[Chain]:
    """ "điểm d, mục 1" of a directive: it has sections in place of articles."""
    return [
        Chain(match.start(), match.end(), (Place(match["section"], None, match["points"] and match["points"].lower()),))
        for match in _SECTION_TOKEN.finditer(text)
        if match["point"]
    ]
