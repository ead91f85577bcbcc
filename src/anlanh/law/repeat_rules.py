"""After how many violations an account is locked, and for how long: which numbers of the law make one sentence.

Counting is a plain function of days, so that anybody who holds the list of violations can recount it. A count locks
nothing: it says what the law provides for, and a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anlanh.law.figures import Parameter, Value
from anlanh.law.model import ActorKind, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import text_pair


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many violations within so many days lead to a lock of some length.

    Args:
        count: how many.
        within_days: the days in which they count, the last one among them.
        length: how long the lock is.
    """

    count: Parameter
    within_days: int
    length: Parameter


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """What one clause provides for who violates again and again.

    Args:
        id: stable.
        title: for people.
        thresholds: any of them is enough.
        permanent: how many temporary locks lead to one without end; None where the clause says nothing of it.
    """

    id: str
    title: Text
    thresholds: tuple[Threshold, ...]
    permanent: Parameter | None

    def binds(self, kind: ActorKind) -> bool:
        """Whether the rule is for an actor of that kind, or of a kind that it counts as."""
        return any(not {kind.id, *kind.counts_as}.isdisjoint(row.count.actors) for row in self.thresholds)


@dataclass(frozen=True, slots=True)
class Count:
    """What one threshold comes to on a day.

    Args:
        threshold: which.
        needed: how many it asks for on that day, with clause and certainty.
        counted: the days of the violations that count, latest first.
        length: the length of the lock on that day; None where none is in force.
    """

    threshold: Threshold
    needed: Value
    counted: tuple[date, ...]
    length: Value | None

    @property
    def reached(self) -> bool:
        """Whether there are as many as it asks for."""
        return len(self.counted) >= (self.needed.low or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rule comes to on a day.

    Args:
        rule: which.
        counts: one for each threshold in force.
        locks: how many temporary locks stand.
        permanent_at: how many of them lead to a lock without end, on that day.
    """

    rule: RepeatRule
    counts: tuple[Count, ...]
    locks: int
    permanent_at: Value | None

    @property
    def reached(self) -> bool:
        """Whether any threshold is reached, or the locks are enough for one without end."""
        return self.permanent or any(count.reached for count in self.counts)

    @property
    def permanent(self) -> bool:
        """Whether the temporary locks are enough for one without end."""
        return self.permanent_at is not None and self.locks >= (self.permanent_at.low or 0) > 0


def standings(
    rules: Sequence[RepeatRule], kind: ActorKind, violations: Sequence[date], locks: Sequence[date], day: date
) -> list[Standing]:
    """What the rules for an actor come to.

    Args:
        rules: of the pack.
        kind: the organisation's.
        violations: the days of violations that stand, in any order.
        locks: the days of temporary locks that stand. A violation that was there before the last of them is spent: it
            led to that lock and is not counted for another one.
        day: as of which day; what comes after it does not count.

    Returns:
        one for each rule that binds the actor and has a threshold in force on that day.
    """
    known = sorted((one for one in violations if one <= day), reverse=True)
    imposed = [one for one in locks if one <= day]
    unspent = [one for one in known if not imposed or one > max(imposed)]
    found = []
    for rule in rules:
        if not rule.binds(kind):
            continue
        counts = tuple(filter(None, (_count(row, unspent, day) for row in rule.thresholds)))
        if counts:
            permanent_at = rule.permanent.on(day) if rule.permanent else None
            found.append(Standing(rule, counts, len(imposed), permanent_at))
    return found


def _count(threshold: Threshold, unspent: Sequence[date], day: date) -> Count | None:
    """None where the threshold is not in force on that day."""
    needed = threshold.count.on(day)
    if needed is None:
        return None
    first = day - timedelta(days=threshold.within_days - 1)
    return Count(threshold, needed, tuple(one for one in unspent if one >= first), threshold.length.on(day))


def repeat_rule(node: Node, parameters: Mapping[str, Parameter]) -> RepeatRule:
    """One entry of `repeat-rules.yaml`.

    Args:
        node: the entry.
        parameters: those that the pack has, by id.
    """
    with node.fields() as fields:
        permanent = fields.maybe("permanent")
        return RepeatRule(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            thresholds=tuple(_threshold(item, parameters) for item in fields.take("thresholds").items()),
            permanent=_parameter(permanent, parameters) if permanent else None,
        )


def _threshold(node: Node, parameters: Mapping[str, Parameter]) -> Threshold:
    with node.fields() as fields:
        days = fields.take("within_days")
        if days.integer() < 1:
            raise days.fault("violations are counted within no day at all", "give at least one day")
        return Threshold(
            count=_parameter(fields.take("count"), parameters),
            within_days=days.integer(),
            length=_parameter(fields.take("length"), parameters),
        )


def _parameter(node: Node, parameters: Mapping[str, Parameter]) -> Parameter:
    return parameters[node.word(parameters, "parameter")]
