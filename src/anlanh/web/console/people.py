"""Colleagues as forms and lists name them."""

from anlanh.base.actor import Actor
from anlanh.base.identity.policy import capabilities_of
from anlanh.base.identity.queries import members

REVIEWING = frozenset({"cases.review", "cases.decide"})


def colleagues(actor: Actor) -> list[tuple[str, str]]:
    """Those who could take a case over, but for the actor: (ref, name), by name."""
    people = [
        (str(person.ref), person.name)
        for person in members(actor)
        if person.ref != actor.ref and capabilities_of(person.roles) & REVIEWING
    ]
    return sorted(people, key=lambda person: person[1])
