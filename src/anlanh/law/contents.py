"""What a loaded pack holds, and the questions that are asked of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from anlanh.law.calendar import YearlyCalendar
from anlanh.law.choices import Choice
from anlanh.law.duties import Document, Duty
from anlanh.law.figures import Checklist, Form, Parameter, Sanction
from anlanh.law.help_lines import HelpLine
from anlanh.law.house_rules import HouseRule
from anlanh.law.model import ActorKind, Clause, ClockRule, Ground, InForce, Instrument, Text, lies_under
from anlanh.law.places import Body, Place, standing_on
from anlanh.law.procedures import Procedure
from anlanh.law.repeat_rules import RepeatRule
from anlanh.law.report_types import ReportType
from anlanh.primitives.clauses import ClauseRef


@dataclass(frozen=True)
class Pack:
    """The law of one country as data.

    Args:
        code: such as `vn`.
        title: for people.
        version: SHA-256 over the files' names and bytes, in hexadecimal; acts record it.
        zone: the time zone of its civil dates.
        instruments, clauses, grounds, clock_rules, actors, procedures: by number, reference, id, id, id and id.
        documents, duties, parameters, sanctions, checklists, forms, places, bodies, choices: by id.
        report_types, repeat_rules, help_lines, house_rules: by id.
        calendar: the working days of the years that the pack has.
        vocabulary: the closed sets of words by name, each word with its text.
        first_day: the first day on which an instrument is in force that the pack has clauses of.
        rules_by_event_and_actor: the clock rules, found by what happens to whom.
    """

    code: str
    title: Text
    version: str
    zone: ZoneInfo
    instruments: dict[str, Instrument]
    clauses: dict[ClauseRef, Clause]
    grounds: dict[str, Ground]
    clock_rules: dict[str, ClockRule]
    actors: dict[str, ActorKind]
    procedures: dict[str, Procedure]
    documents: dict[str, Document]
    duties: dict[str, Duty]
    parameters: dict[str, Parameter]
    sanctions: dict[str, Sanction]
    checklists: dict[str, Checklist]
    forms: dict[str, Form]
    places: dict[str, Place]
    bodies: dict[str, Body]
    choices: dict[str, Choice]
    report_types: dict[str, ReportType]
    repeat_rules: dict[str, RepeatRule]
    help_lines: dict[str, HelpLine]
    house_rules: dict[str, HouseRule]
    calendar: YearlyCalendar
    vocabulary: dict[str, dict[str, Text]]
    first_day: date
    rules_by_event_and_actor: Mapping[tuple[str, str], tuple[ClockRule, ...]]

    def rules_for(self, event: str, actor: str) -> tuple[ClockRule, ...]:
        """The rules that bind an actor of that kind, or of a kind it counts as, when the event happens."""
        return self.rules_by_event_and_actor.get((event, actor), ())

    def grounds_on(self, day: date) -> list[Ground]:
        """The grounds in force on the day of conduct, in the order of their references."""
        return sorted((g for g in self.grounds.values() if g.in_force.covers(day)), key=lambda ground: ground.ref)

    def counted_as(self, grounds: Iterable[ClauseRef]) -> frozenset[ClauseRef]:
        """The grounds themselves and every clause that they, or grounds under them, count as, step by step."""
        reached: set[ClauseRef] = set()
        waiting = list(grounds)
        while waiting:
            ref = waiting.pop()
            if ref not in reached:
                reached.add(ref)
                for ground in self.grounds.values():
                    if lies_under(ground.ref, ref):
                        waiting.extend(ground.counts_as)
        return frozenset(reached)

    def duties_on(self, day: date, actor: str | None = None, place: str | None = None) -> list[Duty]:
        """The duties in force on a day, in the order of their documents.

        Args:
            day: the civil day.
            actor: only those that bind this kind, or a kind it counts as; None for all.
            place: only those of the whole country, or of a province whose area lies in this one on that day.
        """
        return self.duties_during(day, day, actor, place)

    def duties_during(self, first: date, last: date, actor: str | None = None, place: str | None = None) -> list[Duty]:
        """The duties in force on at least one day of a period, in the order of their documents.

        Args:
            first, last: civil days, both included.
            actor: as for `duties_on`.
            place: as for `duties_on`; what stands there is asked for the last day on which the duty is in force.
        """
        kinds = {actor, *self.actors[actor].counts_as} if actor else None
        period = InForce(first, last, "read", "read")
        return [
            duty
            for duty in self.duties.values()
            if duty.in_force.overlaps(period)
            and (kinds is None or kinds.intersection(duty.actors))
            and (place is None or self._speaks_in(duty, place, min(last, duty.in_force.until or last)))
        ]

    def clocks_of(self, duty: Duty) -> list[ClockRule]:
        """The clock rules that measure a duty: those on its own clause, on what it rests on and on what came after."""
        bases = [basis.ref for basis in duty.bases]
        clauses = [ref for ref in (duty.clause, *bases, *duty.successors) if ref and ref.article]
        kinds = {kind for actor in duty.actors for kind in (actor, *self.actors[actor].counts_as)}
        kinds.update(kind.id for kind in self.actors.values() if kinds.intersection(kind.counts_as))
        return [
            rule
            for rule in self.clock_rules.values()
            if kinds.intersection(rule.actors) and any(lies_under(rule.clause, clause) for clause in clauses)
        ]

    def choices_on(self, day: date) -> list[Choice]:
        """The open questions that arise on a day."""
        return [choice for choice in self.choices.values() if choice.in_force.covers(day)]

    def _speaks_in(self, duty: Duty, place: str, day: date) -> bool:
        spoken_to = self.documents[duty.document].place
        return spoken_to is None or any(found.id == place for found in standing_on(self.places, spoken_to, day))


def index_rules(
    rules: Iterable[ClockRule], actors: Mapping[str, ActorKind]
) -> dict[tuple[str, str], tuple[ClockRule, ...]]:
    """The clock rules by event and kind of actor, those of kinds counted as included."""
    index: dict[tuple[str, str], list[ClockRule]] = {}
    listed = list(rules)
    for kind in actors.values():
        kinds = {kind.id, *kind.counts_as}
        for rule in listed:
            if kinds.intersection(rule.actors):
                for event in rule.events:
                    index.setdefault((event, kind.id), []).append(rule)
    return {key: tuple(found) for key, found in index.items()}
