"""The words of a rule, each with its column."""

import re
from typing import NamedTuple

from anlanh.primitives.errors import BadInput

LONGEST = 2000  # characters

_WORD = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?)|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<name>[a-z_]+(?:\.[a-z_]+)*)|(?P<sign><=|>=|==|!=|[<>()+*,-])"
)


class Word(NamedTuple):
    """Args:
    kind: `number`, `text`, `name`, `sign`, or `end`.
    value: as written; a text without its quotes.
    column: counted from 1.
    """

    kind: str
    value: str
    column: int


def fault(what: str, column: int, mend: str) -> BadInput:
    """The error about a place in an expression."""
    return BadInput(what, where=f"column {column}", mend=mend)


def words_of(expression: str) -> list[Word]:
    """Cuts an expression into words; the last one is of the kind `end`.

    Raises:
        BadInput: a character that belongs to no word, or an expression that is too long.
    """
    if len(expression) > LONGEST:
        raise fault(f"the rule is longer than {LONGEST} characters", LONGEST, "cut it into several rules")
    words, place = [], 0
    while place < len(expression):
        match = _WORD.match(expression, place)
        if match is None:
            mend = 'use names, numbers, "texts", and or not in, < <= == != >= >'
            raise fault(f"{expression[place]!r} has no meaning here", place + 1, mend)
        if match.lastgroup != "space":
            value = match[0][1:-1] if match.lastgroup == "text" else match[0]
            words.append(Word(match.lastgroup, value, place + 1))
        place = match.end()
    return [*words, Word("end", "", len(expression) + 1)]
