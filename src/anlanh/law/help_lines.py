"""Whom to call in danger: numbers of a country, each with where it is known from."""

import re
from dataclasses import dataclass

from anlanh.law.model import CERTAINTIES, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import text_pair

# danger: somebody may come to harm now · child: a child may
OCCASIONS = ("danger", "child")
_NUMBER = re.compile(r"[0-9]{2,12}")


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One number.

    Args:
        id: stable.
        number: as it is dialled.
        title: what a button that calls it says.
        occasions: when pages show it, of OCCASIONS.
        certainty: how sure the pack is of it.
        source: where it is known from.
    """

    id: str
    number: str
    title: Text
    occasions: tuple[str, ...]
    certainty: str
    source: Text


def help_line(node: Node) -> HelpLine:
    """One entry of `help-lines.yaml`."""
    with node.fields() as fields:
        number = fields.take("number")
        if not _NUMBER.fullmatch(number.text()):
            raise number.fault(f"'{number.text()}' is no number to dial", "write its digits alone, in quotes")
        return HelpLine(
            id=fields.take("id").text(),
            number=number.text(),
            title=text_pair(fields.take("title")),
            occasions=tuple(item.word(OCCASIONS, "occasion") for item in fields.take("for").items()),
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            source=text_pair(fields.take("source")),
        )
