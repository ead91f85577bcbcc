"""The second axis of time: not only what was in force on a day, but what could be known of it then.

An instrument is known from its publication on. Before what ends a text was published, the text had no end.
So "the law of 1 December 2024 as known on 1 June 2024" still has Decree 72/2013, without an end, and nothing of the
decree that replaced it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from anlanh.law.contents import Pack, index_rules
from anlanh.law.figures import Parameter
from anlanh.law.model import InForce, Instrument

Dated = TypeVar("Dated")


def as_known(pack: Pack, day: date) -> Pack:
    """The pack as one could have known it on a day.

    Args:
        pack: the law.
        day: the civil day of knowing; any day, also one before every instrument.

    Returns:
        a pack without what was not yet published and without ends that were not yet known. Vocabulary, actors,
        procedures, calendar, places and bodies stay as they are.
    """
    known = {number for number, instrument in pack.instruments.items() if instrument.known_since <= day}
    rules = {rule.id: _unended(rule, known) for rule in pack.clock_rules.values() if rule.clause.instrument in known}
    return replace(
        pack,
        instruments={
            number: _unended_instrument(instrument, known)
            for number, instrument in pack.instruments.items()
            if number in known
        },
        clauses={ref: _unended(clause, known) for ref, clause in pack.clauses.items() if ref.instrument in known},
        grounds={
            ground.id: _unended(ground, known) for ground in pack.grounds.values() if ground.ref.instrument in known
        },
        clock_rules=rules,
        documents=_begun(pack.documents.values(), known, day),
        duties={
            duty.id: replace(duty, successors=tuple(ref for ref in duty.successors if ref.instrument in known))
            for duty in _begun(pack.duties.values(), known, day).values()
        },
        parameters={
            parameter.id: known_parameter
            for parameter in pack.parameters.values()
            if (known_parameter := _known_parameter(parameter, known)).values
        },
        sanctions=_published(pack.sanctions.values(), known),
        checklists=_published(pack.checklists.values(), known),
        forms=_published(pack.forms.values(), known),
        choices={
            choice.id: _unended(choice, known)
            for choice in pack.choices.values()
            if all(ref.instrument in known for ref in choice.between)
        },
        rules_by_event_and_actor=index_rules(rules.values(), pack.actors),
    )


def _begun(entries: Iterable[Dated], known: set[str], day: date) -> dict[str, Dated]:
    """Documents and duties are known from their own first day on; some have no number to be published under."""
    return {entry.id: _unended(entry, known) for entry in entries if entry.in_force.since <= day}


def _published(entries: Iterable[Dated], known: set[str]) -> dict[str, Dated]:
    return {entry.id: _unended(entry, known) for entry in entries if entry.clause.instrument in known}


def _known_parameter(parameter: Parameter, known: set[str]) -> Parameter:
    return replace(
        parameter,
        values=tuple(_unended(value, known) for value in parameter.values if value.clause.instrument in known),
    )


def _unended(entry: Dated, known: set[str]) -> Dated:
    days = entry.in_force
    if days.ended_by is None or days.ended_by in known:
        return entry
    return replace(entry, in_force=InForce(days.since, None, days.since_certainty, None))


def _unended_instrument(instrument: Instrument, known: set[str]) -> Instrument:
    """Neither the end nor the successors that were not yet published."""
    return replace(
        _unended(instrument, known),
        replaced_by=tuple(number for number in instrument.replaced_by if number in known),
    )
