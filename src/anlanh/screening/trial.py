"""What lists must pass before they count: all names its ground, lawful writing and links of everybody are left alone.

That a ground is not one of safeguard 3 is seen whenever lists are read, wherever they come from. A list that is only
tried need not pass; one on which people's posts are looked at by others must.
"""

from collections.abc import Iterator
from typing import NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.lawful_sample import SAMPLE
from anlanh.screening.lists import Lists
from anlanh.screening.posts import Post
from anlanh.screening.shorteners import SHORTENERS

_SHOWN = 80  # characters of the words that were hit


class Objection(NamedTuple):
    """One entry or rule that would have sent lawful writing to a person.

    Args:
        kind: kind of the hit, or `rule`.
        entry: the entry's or rule's id.
        writing: what sort of writing: `criticism`, `satire` or `news`.
        words: the words that were hit; the whole text for a rule.
        text: the text they stand in.
    """

    kind: str
    entry: str
    writing: str
    words: str
    text: str


class Lacking(NamedTuple):
    """Entries or a rule without a ground: how many, the first one's id, and its file and line."""

    count: int
    entry: str
    where: str


def objections(screen: Screen) -> list[Objection]:
    """What the sample of lawful writing would have been hit by, in the sample's order; rules in shadow too."""
    found = []
    for writing, texts in SAMPLE.items():
        for text, verdict in zip(texts, screen.judge([Post("", text) for text in texts]), strict=True):
            found += [Objection(hit.kind, hit.entry, writing, text[hit.start : hit.end], text) for hit in verdict.hits]
            found += [Objection("rule", rule, writing, text, text) for rule in (*verdict.rules, *verdict.shadow)]
    return found


def without_ground(lists: Lists) -> list[Lacking]:
    """What names no ground: of each list all entries together, and each rule. Models that name none can't be read."""
    found = [Lacking(*one) for part in (lists, lists.added) if part for one in part.ungrounded.values()]
    return found + [Lacking(1, f"rule {rule.id}", rule.where) for rule in lists.rules.rules if not rule.ground]


def shorteners_in(lists: Lists) -> list[str]:
    """Hosts on the list of domains whose links lead to anybody's pages."""
    parts = [part.domains for part in (lists, lists.added) if part]
    return sorted(name for name in SHORTENERS if any(name in domains for domains in parts))


def demand_valid(lists: Lists, screen: Screen) -> None:
    """Lets lists pass that may count.

    Args:
        lists: as read.
        screen: that judges by them.

    Raises:
        BadInput: an entry or rule names no ground, or hits lawful writing; the first fault.
    """
    for fault in faults_of(lists, screen):
        raise fault


def faults_of(lists: Lists, screen: Screen) -> Iterator[BadInput]:
    """Everything for which the lists can't count."""
    for one in without_ground(lists):
        more = f" and {one.count - 1} more" if one.count > 1 else ""
        yield BadInput(
            f"{one.entry}{more} names no ground",
            where=one.where,
            mend="write the clause that each rests on, or take them out",
        )
    for name in shorteners_in(lists):
        yield BadInput(
            f"{name} is a shortener: its links lead to anybody's pages",
            where="domains.txt",
            mend="take it out, and count such links by a rule: short_links > 0",
        )
    for one in objections(screen):
        words = one.words if len(one.words) <= _SHOWN else f"{one.words[:_SHOWN]}…"
        yield BadInput(
            f"it hits lawful {one.writing}: “{words}”",
            where=f"{one.kind} {one.entry}",
            mend="make it narrower, allow the words around it (allowed.tsv), or take it out",
        )
