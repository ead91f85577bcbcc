"""Reads the files of `parameters/`, `sanctions/`, `checklists/` and `forms/`."""

from collections.abc import Mapping
from itertools import pairwise

from anlanh.law.figures import FIELD_KINDS, Checklist, Form, FormField, Parameter, Sanction, Value
from anlanh.law.model import CERTAINTIES, Instrument, Text
from anlanh.law.nodes import Fields, Node
from anlanh.law.readers import clause_ref, flag, listed, own_days, positive, text_or_empty, text_pair, word_list
from anlanh.primitives.clauses import ClauseRef

Words = Mapping[str, Mapping[str, Text]]
Instruments = Mapping[str, Instrument]
_SUBJECTS = ("organisation", "individual")


def parameter(node: Node, words: Words, instruments: Instruments) -> Parameter:
    """One entry of a file of `parameters/`; values of one parameter may not overlap in time."""
    with node.fields() as fields:
        note = fields.maybe("note")
        value_nodes = fields.take("values").items()
        values = sorted((_value(item, instruments) for item in value_nodes), key=lambda value: value.in_force.since)
        for earlier, later in pairwise(values):
            if earlier.in_force.overlaps(later.in_force):
                raise node.fault(
                    f"two values in force on {later.in_force.since}",
                    "end the earlier one, or give the other clause a parameter of its own and write a conflict",
                )
        return Parameter(
            id=fields.take("id").text(),
            topic=fields.take("topic").text(),
            title=text_pair(fields.take("title")),
            unit=fields.take("unit").word(words["units"], "unit"),
            actors=word_list(fields.maybe("actors"), words["actors"], "actor"),
            values=tuple(values),
            note=text_pair(note) if note else None,
        )


def sanction(node: Node, words: Words, instruments: Instruments) -> Sanction:
    """One entry of a file of `sanctions/`."""
    with node.fields() as fields:
        ref, instrument = _clause(fields, instruments)
        low_node, high_node = fields.take("low"), fields.take("high")
        low, high = positive(low_node), positive(high_node)
        if high < low:
            raise high_node.fault(f"the highest fine {high} is below the lowest {low}", "correct one of the two")
        other, extra = fields.maybe("other_percent"), fields.maybe("extra")
        return Sanction(
            id=fields.take("id").text(),
            clause=ref,
            conduct=text_pair(fields.take("conduct")),
            low=low,
            high=high,
            subject=fields.take("subject").word(_SUBJECTS, "subject"),
            other=positive(other) if other else None,
            extra=text_pair(extra) if extra else None,
            in_force=own_days(fields.maybe("in_force"), instrument),
            certainty=_certainty(fields),
            grounds=tuple(clause_ref(item) for item in listed(fields.maybe("answers"))),
        )


def checklist(node: Node, words: Words, instruments: Instruments) -> Checklist:
    """One entry of a file of `checklists/`."""
    with node.fields() as fields:
        ref, instrument = _clause(fields, instruments)
        return Checklist(
            id=fields.take("id").text(),
            topic=fields.take("topic").text(),
            title=text_pair(fields.take("title")),
            clause=ref,
            items=tuple(text_pair(item) for item in listed(fields.maybe("items"))),
            complete=flag(fields.maybe("complete"), default=True),
            in_force=own_days(fields.maybe("in_force"), instrument),
            certainty=_certainty(fields),
        )


def form(node: Node, words: Words, instruments: Instruments) -> Form:
    """One entry of a file of `forms/`."""
    with node.fields() as fields:
        ref, instrument = _clause(fields, instruments)
        note = fields.maybe("note")
        certainty = _certainty(fields)
        seen: set[str] = set()
        return Form(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            clause=ref,
            actors=word_list(fields.take("actors"), words["actors"], "actor"),
            recipients=word_list(fields.take("to"), words["recipients"], "recipient"),
            fields=tuple(_field(item, certainty, seen) for item in listed(fields.maybe("fields"))),
            complete=flag(fields.maybe("complete"), default=True),
            numbered=flag(fields.maybe("numbered"), default=False),
            in_force=own_days(fields.maybe("in_force"), instrument),
            certainty=certainty,
            note=text_pair(note) if note else None,
        )


def _field(node: Node, certainty: str, seen: set[str]) -> FormField:
    with node.fields() as fields:
        identifier = fields.take("id").text()
        if identifier in seen:
            raise node.fault(f"field '{identifier}' is given twice", "keep one of the two")
        seen.add(identifier)
        own = fields.maybe("certainty")
        return FormField(
            id=identifier,
            title=Text(vi=fields.take("vi").text(), en=fields.take("en").text()),
            kind=fields.take("kind").word(FIELD_KINDS, "kind of field"),
            group=text_or_empty(fields.maybe("each")),
            certainty=own.word(CERTAINTIES, "certainty") if own else certainty,
        )


def _value(node: Node, instruments: Instruments) -> Value:
    with node.fields() as fields:
        ref, instrument = _clause(fields, instruments)
        exact, low, high = fields.maybe("is"), fields.maybe("at_least"), fields.maybe("at_most")
        if (exact is None) == (low is None and high is None):
            raise node.fault(
                "a value without a number, or with two kinds of them", "give 'is', or at_least and at_most"
            )
        return Value(
            low=_number(exact or low),
            high=_number(exact or high),
            clause=ref,
            in_force=own_days(fields.maybe("in_force"), instrument),
            certainty=_certainty(fields),
        )


def _number(node: Node | None) -> int | None:
    return node.integer() if node else None


def _certainty(fields: Fields) -> str:
    return fields.take("certainty").word(CERTAINTIES, "certainty")


def _clause(fields: Fields, instruments: Instruments) -> tuple[ClauseRef, Instrument]:
    node = fields.take("clause")
    ref = clause_ref(node)
    if ref.instrument not in instruments:
        raise node.fault(f"the pack has no instrument '{ref.instrument}'", "add it to instruments/")
    return ref, instruments[ref.instrument]
