"""Places and public bodies as dated data, so that an order, a report or a licence of any day finds today's body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from anlanh.law.model import InForce, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import in_force, listed, text_or_empty, text_pair, text_pair_or_none

PLACE_KINDS = ("country", "city", "province")


class Succeeded(Protocol):
    """Something that lasts for a time and is followed by others of its kind."""

    id: str
    in_force: InForce

    @property
    def successor_ids(self) -> tuple[str, ...]:
        """The ids of what follows it."""


Kind = TypeVar("Kind", bound=Succeeded)


@dataclass(frozen=True, slots=True)
class Place:
    """A province or a city of its rank, with the days on which it is there within these bounds.

    A province that takes in others keeps its name and gets a new entry, since what "the province" means has changed.
    """

    id: str
    title: Text
    kind: str
    in_force: InForce
    successors: tuple[str, ...]

    @property
    def successor_ids(self) -> tuple[str, ...]:
        """The ids of the places that its area lies in afterwards."""
        return self.successors


@dataclass(frozen=True, slots=True)
class Succession:
    """The body that takes a matter over; `matter` is None when it takes over everything."""

    body: str
    matter: Text | None


@dataclass(frozen=True, slots=True)
class Body:
    """A public body, or a kind of them that every province has one of.

    Args:
        id: stable.
        title: its name on those days.
        actor: its kind of actor.
        part_of: the body it belongs to; empty when to none.
        in_force: the days on which it exists.
        successors: who took over what.
        note: what is not verified.
    """

    id: str
    title: Text
    actor: str
    part_of: str
    in_force: InForce
    successors: tuple[Succession, ...]
    note: Text | None

    @property
    def successor_ids(self) -> tuple[str, ...]:
        """The ids of the bodies that took over."""
        return tuple(step.body for step in self.successors)


def standing_on(entries: Mapping[str, Kind], identifier: str, day: date) -> tuple[Kind, ...]:
    """What stands on a day in the place of an entry: itself, or those that followed it, step by step.

    Args:
        entries: places or bodies by id.
        identifier: the one asked about; of any time.
        day: a day in or after its own time.

    Returns:
        one, several (a ministry divided), or none when the entry had not begun or ended without successor.
    """
    entry = entries[identifier]
    if entry.in_force.covers(day):
        return (entry,)
    if day < entry.in_force.since:
        return ()
    found: dict[str, Kind] = {}
    for successor in entry.successor_ids:
        for standing in standing_on(entries, successor, day):
            found[standing.id] = standing
    return tuple(found.values())


def predecessors(entries: Mapping[str, Kind], identifier: str) -> tuple[Kind, ...]:
    """The entries that were followed directly by this one."""
    return tuple(entry for entry in entries.values() if identifier in entry.successor_ids)


def place(node: Node) -> Place:
    """One entry of `places.yaml`."""
    with node.fields() as fields:
        with fields.take("in_force").fields() as period:
            days = in_force(period)
        return Place(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            kind=fields.take("kind").word(PLACE_KINDS, "kind of place"),
            in_force=days,
            successors=tuple(item.text() for item in listed(fields.maybe("successors"))),
        )


def body(node: Node, actors: Iterable[str]) -> Body:
    """One entry of `bodies.yaml`.

    Args:
        node: the entry.
        actors: the pack's kinds of actor.
    """
    with node.fields() as fields:
        with fields.take("in_force").fields() as period:
            days = in_force(period)
        return Body(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            actor=fields.take("actor").word(actors, "actor"),
            part_of=text_or_empty(fields.maybe("part_of")),
            in_force=days,
            successors=tuple(_succession(item) for item in listed(fields.maybe("successors"))),
            note=text_pair_or_none(fields.maybe("note")),
        )


def _succession(node: Node) -> Succession:
    with node.fields() as fields:
        matter = fields.maybe("matter")
        return Succession(fields.take("body").text(), text_pair(matter) if matter else None)


def check_successions(entries: Mapping[str, Kind], nodes: Mapping[str, Node]) -> None:
    """Refuses successors that are not in the list, or do not stand on the day after; so nothing leads in a circle.

    Args:
        entries: places or bodies by id.
        nodes: where each stands, for the error.
    """
    for entry in entries.values():
        last = entry.in_force.until
        if entry.successor_ids and last is None:
            raise nodes[entry.id].fault(f"'{entry.id}' has successors and no end", "write its last day")
        for successor in entry.successor_ids:
            if successor not in entries:
                raise nodes[entry.id].fault(f"'{successor}' is not in the list", "add it or correct the id")
            following = last + timedelta(days=1)
            if not entries[successor].in_force.covers(following):
                raise nodes[entry.id].fault(f"successor '{successor}' is not there on {following}", "correct the days")
