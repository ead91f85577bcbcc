"""The board as its page shows it: filtered, grouped, each line with where to go next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.law.pack import Pack
from anlanh.primitives.dates import civil_date, parse_date
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board import wording
from anlanh.reporting.board.facts import Period, period_of
from anlanh.reporting.board.judging import DUE, LATE, OVERDUE, STATES, STRENGTHS, Board, Line
from anlanh.web.law_words import language

GROUPINGS: dict[str, Promise] = {
    "state": _("What needs attention first"),
    "source": _("Paper or instrument"),
    "area": _("Area of work"),
}

# area → the place where the work is done: its address, its words, the capability that opens it.
PLACES: dict[str, tuple[str, Promise, str]] = {
    "casework": ("console:queue", _("Open the queue"), "cases.view"),
    "registry": ("console:registry", _("Open the register"), "registry.view"),
    "portal": ("portal:home", _("Open the portal"), ""),
    "law": ("portal:law", _("Open the law book"), ""),
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for.

    Args:
        period: which days, as of when.
        as_of: the day in the address; None for now.
        known: the day in the address on which the law is taken as known; None for the day looked at.
        state, strength, area, source: one value each; empty for all.
        group: one of GROUPINGS.
    """

    period: Period
    as_of: date | None
    known: date | None
    state: str
    strength: str
    area: str
    source: str
    group: str

    def lets_through(self, line: Line) -> bool:
        """Whether a line is asked for."""
        return all(
            not wanted or wanted == given
            for wanted, given in (
                (self.state, line.state),
                (self.strength, line.item.strength),
                (self.area, line.item.area),
                (self.source, line.item.source),
            )
        )

    @property
    def narrowed(self) -> bool:
        """Whether some lines are left out."""
        return any((self.state, self.strength, self.area, self.source))

    @property
    def days(self) -> str:
        """The days for an address: `from=…&to=…`, and `as_of=…` and `known=…` where they are asked."""
        days = {"from": self.period.first, "to": self.period.last, "as_of": self.as_of, "known": self.known}
        return "&".join(f"{name}={day}" for name, day in days.items() if day)


@dataclass(frozen=True)
class Step:
    """Where to go next: the place and its words."""

    address: str
    title: str | Promise


@dataclass(frozen=True)
class Shown:
    """A line with its words and its next step."""

    line: Line
    title: str
    clause: str
    why: str
    beside: str
    step: Step
    address: str


@dataclass(frozen=True)
class Group:
    """Lines under one heading, with how many stand in each state."""

    title: str | Promise
    state: str
    lines: list[Shown]
    totals: list[tuple[str, int]]


def filters_of(query: Mapping[str, str]) -> Filters:
    """Reads the address; what is not given is the calendar year of today.

    Raises:
        BadInput: naming the field.
    """
    as_of, known = _day(query, "as_of"), _day(query, "known")
    today = as_of or civil_date(clock.now())
    first = _day(query, "from") or date(today.year, 1, 1)
    last = _day(query, "to") or date(max(first.year, today.year), 12, 31)
    return Filters(
        period=period_of(first, last, clock.now(), as_of, known),
        as_of=as_of,
        known=known,
        state=_word(query, "state", STATES),
        strength=_word(query, "strength", STRENGTHS),
        area=query.get("area", ""),
        source=query.get("source", ""),
        group=_word(query, "group", tuple(GROUPINGS)) or "state",
    )


def groups_of(actor: Actor, board: Board, filters: Filters, pack: Pack) -> list[Group]:
    """The lines asked for, what needs attention first on top of each group; groups by the same order."""
    lines = sorted(filter(filters.lets_through, board.lines), key=lambda line: line.rank)
    key: Callable[[Line], str] = {
        "state": lambda line: line.state,
        "source": lambda line: line.item.source,
        "area": lambda line: line.item.area,
    }[filters.group]
    parted: dict[str, list[Line]] = {}
    for line in lines:
        parted.setdefault(key(line), []).append(line)
    return [
        Group(
            title=_heading(filters.group, name, members[0], pack),
            state=name if filters.group == "state" else "",
            lines=[shown(actor, line, filters, pack) for line in members],
            totals=totals_of(members),
        )
        for name, members in parted.items()
    ]


def shown(actor: Actor, line: Line, filters: Filters, pack: Pack) -> Shown:
    """A line with its words."""
    address = f"{reverse('console:duty', args=[line.item.id])}?{filters.days}"
    return Shown(
        line=line,
        title=line.item.title.in_language(language()),
        clause=line.item.clause.in_language(language()),
        why=wording.why(line, pack),
        beside=wording.beside(line),
        step=next_step(actor, line, address),
        address=address,
    )


def next_step(actor: Actor, line: Line, address: str) -> Step:
    """Where the duty is seen to: the late cases, else the room of its area, else evidence on its own page."""
    if line.why == "clocks" and actor.can("cases.view") and line.state in (OVERDUE, DUE):
        state = "&state=overdue" if line.state == OVERDUE else ""
        return Step(f"{reverse('console:queue')}?view=all{state}", _("Open the cases"))
    if line.state in (OVERDUE, DUE, LATE) or line.why in ("unrecorded", "dates") or line.item.area not in PLACES:
        return Step(f"{address}#evidence", _("Give evidence") if actor.can("duties.prove") else _("See evidence"))
    name, title, capability = PLACES[line.item.area]
    if capability and not actor.can(capability):
        return Step(address, _("Look at it"))
    return Step(reverse(name), title)


def totals_of(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """State and number, without the states that nothing is in."""
    found = dict.fromkeys(STATES, 0)
    for line in lines:
        found[line.state] += 1
    return [(state, number) for state, number in found.items() if number]


def choices_of(board: Board, pack: Pack) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what the board has."""
    areas = {line.item.area for line in board.lines}
    sources = {line.item.source: line.item.source_title.in_language(language()) for line in board.lines}
    return {
        "states": [(state, str(wording.STATE_TITLES[state])) for state in STATES],
        "strengths": [(word, str(wording.STRENGTH_TITLES[word])) for word in STRENGTHS],
        "areas": [(word, area_title(word, pack)) for word in pack.vocabulary["areas"] if word in areas],
        "sources": list(sources.items()),
        "groupings": [(word, str(title)) for word, title in GROUPINGS.items()],
    }


def area_title(word: str, pack: Pack) -> str:
    """What an area is called."""
    title = pack.vocabulary["areas"][word].in_language(language())
    return title[:1].upper() + title[1:]


def _heading(group: str, name: str, line: Line, pack: Pack) -> str | Promise:
    if group == "state":
        return wording.STATE_TITLES[name]
    return line.item.source_title.in_language(language()) if group == "source" else area_title(name, pack)


def _day(query: Mapping[str, str], name: str) -> date | None:
    written = query.get(name, "").strip()
    if not written:
        return None
    try:
        return parse_date(written)
    except BadInput as fault:
        raise BadInput(fault.what, where=name, mend=fault.mend) from None


def _word(query: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """A word of the address; what nobody knows asks for nothing."""
    return query.get(name, "") if query.get(name, "") in known else ""
