"""Reads a file of `procedures/` and refuses tables that lead nowhere."""

from collections.abc import Iterable
from typing import TypeVar

from anlanh.law.model import CERTAINTIES, Text
from anlanh.law.nodes import Fields, Node
from anlanh.law.procedures import (
    PUBLIC_PHASES,
    AppealWindow,
    Confirmation,
    CounterNotice,
    Hold,
    Phase,
    Procedure,
    SecondPerson,
    Talk,
    Transition,
    Withholding,
)
from anlanh.law.readers import clause_ref, text_pair, text_pair_or_none

Hours = TypeVar("Hours", Confirmation, Hold)

# A window shorter than this must name the clause that sets it.
_SHORTEST_CHOSEN_WINDOW = 30


def procedure(node: Node, words: dict[str, dict[str, Text]]) -> Procedure:
    """One file of `procedures/`.

    Args:
        node: the file's root.
        words: the pack's closed vocabularies by name.
    """
    with node.fields() as fields:
        second, talk, withholding = (fields.maybe(name) for name in ("second_person", "talk", "withholding"))
        sealed = fields.maybe("sealed")
        confirmation, hold = fields.maybe("confirmation"), fields.maybe("hold")
        counter = fields.maybe("counter_notice")
        phases = {phase.name: phase for phase in map(_phase, fields.take("phases").items())}
        rows = fields.take("transitions").items()
        table = Procedure(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            subject=text_pair(fields.take("subject")),
            opens=fields.take("opens").word(words["acts"], "act"),
            initial=fields.take("initial").word(phases, "phase"),
            phases=phases,
            transitions=tuple(_transition(row, phases, words) for row in rows),
            appeal=_appeal(fields.take("appeal")),
            second_person=_second_person(second) if second else None,
            talk=_talk(talk, words) if talk else None,
            withholding=_withholding(withholding) if withholding else None,
            sealed=sealed.flag() if sealed else False,
            unverified=text_pair_or_none(fields.maybe("unverified")),
            confirmation=_hours(confirmation, Confirmation) if confirmation else None,
            hold=_hours(hold, Hold) if hold else None,
            also_opens=_words(fields, "also_opens", words["acts"], "act"),
            counter_notice=_counter_notice(counter) if counter else None,
        )
    _check_rows_differ(table, rows)
    _check_ways(table, node)
    return table


def _phase(node: Node) -> Phase:
    with node.fields() as fields:
        terminal = fields.maybe("terminal")
        return Phase(
            name=fields.take("name").text(),
            title=text_pair(fields.take("title")),
            public=fields.take("public").word(PUBLIC_PHASES, "public phase"),
            terminal=terminal.flag() if terminal else False,
        )


def _transition(node: Node, phases: dict[str, Phase], words: dict[str, dict[str, Text]]) -> Transition:
    with node.fields() as fields:
        target, outcome = fields.maybe("to"), fields.maybe("outcome")
        undoable, reopens = fields.maybe("undoable"), fields.maybe("reopens")
        return Transition(
            act=fields.take("act").word(words["acts"], "act"),
            outcome=outcome.text() if outcome else "",
            sources=_words(fields, "from", phases, "phase"),
            target=target.word(phases, "phase") if target else None,
            who=_words(fields, "who", words["capabilities"], "capability"),
            needs=_words(fields, "needs", words["needs"], "need"),
            starts=_words(fields, "starts", words["events"], "event"),
            stops=_words(fields, "stops", words["obligations"], "obligation"),
            notifies=_words(fields, "notifies", words["notified"], "person to notify"),
            undoable=undoable.flag() if undoable else False,
            reopens=reopens.flag() if reopens else False,
        )


def _words(fields: Fields, key: str, allowed: Iterable[str], kind: str) -> tuple[str, ...]:
    """A list of words; `from` and `who` must be there, the others may be left out."""
    node = fields.take(key) if key in ("from", "who") else fields.maybe(key)
    return tuple(item.word(allowed, kind) for item in node.items()) if node else ()


def _appeal(node: Node) -> AppealWindow:
    with node.fields() as fields:
        days_node, clause_node = fields.take("days"), fields.maybe("clause")
        days = days_node.integer()
        if days < _SHORTEST_CHOSEN_WINDOW and clause_node is None:
            raise days_node.fault(
                f"an appeal window of {days} days without a clause",
                f"name the clause that sets it, or give at least {_SHORTEST_CHOSEN_WINDOW} days",
            )
        return AppealWindow(
            days=days,
            answer_days=fields.take("answer_days").integer(),
            clause=clause_ref(clause_node) if clause_node else None,
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(fields.take("note")),
        )


def _talk(node: Node, words: dict[str, dict[str, Text]]) -> Talk:
    with node.fields() as fields:
        clause_node = fields.maybe("clause")
        pauses = _words(fields, "pauses", words["obligations"], "obligation")
        if pauses and clause_node is None:
            raise node.fault("clocks pause without a clause", "name the clause that lets them, or leave 'pauses' out")
        return Talk(
            pauses=pauses,
            answer_days=fields.take("answer_days").integer(),
            clause=clause_ref(clause_node) if clause_node else None,
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(fields.take("note")),
        )


def _second_person(node: Node) -> SecondPerson:
    with node.fields() as fields:
        return SecondPerson(
            measures=tuple(item.text() for item in fields.take("measures").items()),
            over_days=fields.take("over_days").integer(),
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(fields.take("note")),
        )


def _hours(node: Node, kind: type[Hours]) -> Hours:
    with node.fields() as fields:
        return kind(
            hours=fields.take("hours").integer(),
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(fields.take("note")),
        )


def _counter_notice(node: Node) -> CounterNotice:
    with node.fields() as fields:
        return CounterNotice(
            days=fields.take("days").integer(),
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(fields.take("note")),
            statement=text_pair(fields.take("statement")),
        )


def _withholding(node: Node) -> Withholding:
    with node.fields() as fields:
        return Withholding(
            days=fields.take("days").integer(),
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(fields.take("note")),
        )


def _check_rows_differ(table: Procedure, rows: list[Node]) -> None:
    seen = set()
    for row, node in zip(table.transitions, rows, strict=True):
        for source in row.sources:
            key = (source, row.act, row.outcome)
            if key in seen:
                raise node.fault(f"two rows for '{row.act}' in phase '{source}'", "merge them or give outcomes")
            seen.add(key)


def _check_ways(table: Procedure, node: Node) -> None:
    """Every phase can be reached, an end can be reached from every phase, and nothing leads out of an end but rows that
    say so.
    """
    rows = [row for row in table.transitions if not row.reopens]
    steps = {(source, row.leads_to(source)) for row in rows for source in row.sources}
    ends = {phase.name for phase in table.phases.values() if phase.terminal}
    for source, target in sorted(steps):
        if source in ends and target != source:
            raise node.fault(f"terminal phase '{source}' leads to '{target}'", "remove the row or 'terminal'")
    reached = _closure({table.initial}, steps)
    for phase in (name for name in table.phases if name not in reached):
        raise node.fault(f"phase '{phase}' can't be reached", "add a transition that leads to it, or remove it")
    ending = _closure(ends, {(target, source) for source, target in steps})
    for phase in (name for name in table.phases if name not in ending):
        raise node.fault(f"no end can be reached from phase '{phase}'", "add a transition that leads on")


def _closure(start: set[str], steps: set[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while True:
        more = {target for source, target in steps if source in reached} - reached
        if not more:
            return reached
        reached |= more
