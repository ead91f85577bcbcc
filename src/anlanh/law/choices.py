"""Where the law leaves room: ambiguities that the pack had to settle, rules in force together that differ, citations
that are wrong. Each is a choice that a lawyer signs; until then it is shown wherever it is used.
"""

from collections.abc import Collection
from dataclasses import dataclass

from anlanh.law.model import CERTAINTIES, InForce, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import clause_ref, in_force, listed, text_pair
from anlanh.primitives.clauses import ClauseRef

CHOICE_KINDS = ("conflict", "ambiguity", "citation")


@dataclass(frozen=True, slots=True)
class Choice:
    """One open question and how the pack answers it meanwhile.

    Args:
        id: stable.
        kind: one of CHOICE_KINDS.
        question: what the texts leave open.
        answer: what the pack does.
        between: the clauses concerned.
        parameters, duties: what in the pack it touches, by id.
        in_force: the days on which the question arises.
        certainty: how sure the reading of the texts is.
    """

    id: str
    kind: str
    question: Text
    answer: Text
    between: tuple[ClauseRef, ...]
    parameters: tuple[str, ...]
    duties: tuple[str, ...]
    in_force: InForce
    certainty: str


def choice(node: Node, parameters: Collection[str], duties: Collection[str]) -> Choice:
    """One entry of `choices.yaml`.

    Args:
        node: the entry.
        parameters, duties: the ids that the pack has.
    """
    with node.fields() as fields:
        with fields.take("in_force").fields() as period:
            days = in_force(period)
        return Choice(
            id=fields.take("id").text(),
            kind=fields.take("kind").word(CHOICE_KINDS, "kind of choice"),
            question=text_pair(fields.take("question")),
            answer=text_pair(fields.take("answer")),
            between=tuple(clause_ref(item) for item in listed(fields.maybe("between"))),
            parameters=tuple(item.word(parameters, "parameter") for item in listed(fields.maybe("parameters"))),
            duties=tuple(item.word(duties, "duty") for item in listed(fields.maybe("duties"))),
            in_force=days,
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
        )
