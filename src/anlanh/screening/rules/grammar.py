"""Reads a rule's expression, checks its types, and makes it a function of a post's facts.

    expression = both { "or" both }          both = turned { "and" turned }
    turned     = "not" turned | comparison   comparison = sum [ ("<" | "<=" | "==" | "!=" | ">=" | ">") sum
    sum        = product { ("+" | "-") product }                 | "in" ("(" text { "," text } ")" | entries) ]
    product    = value { "*" value }
    value      = number | text | "true" | "false" | signal | function "(" … ")" | "(" expression ")"

Functions: `any(entries)`, `count(entries)`, `count(entries, "prefix of the id")`, `score(entries)`, `known(signal)`.
"""

import difflib
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anlanh.screening.rules.signals import ENTRIES, KINDS, NUMBER, TEXT, TRUTH, TYPES, Facts
from anlanh.screening.rules.words import Word, fault, words_of

Run = Callable[[Facts], Any]
Step = tuple[Any, ...]  # what is done, and with what
_FALSE: tuple[Step, ...] = (("truth", False),)
_ZERO: tuple[Step, ...] = (("number", 0.0),)
_DEEPEST = 40
_COMPARISONS = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
_FUNCTIONS = ("any", "count", "score", "known")


@dataclass(frozen=True, slots=True)
class Term:
    """A part of an expression.

    Args:
        type: what it gives.
        run: gives it; None when it rests on something missing.
        column: where it starts.
        needs: for a truth: the kinds of hits without which it is false.
        zero: for a number: the kind of hits without which it is 0; "" when there is no such kind.
        constant: for a number: its value when it is written out.
        name: for a signal: its name.
    """

    type: str
    run: Run
    column: int
    needs: frozenset[str] = frozenset()
    zero: str = ""
    constant: float | None = None
    name: str = ""
    bare: tuple[Step, ...] = ()


def parse(expression: str) -> Term:
    """The expression as a term of type truth.

    Raises:
        BadInput: it is not well formed or mixes types; `where` is the column.
    """
    reader = _Reader(words_of(expression))
    term = _truth(reader.expression(), "a rule")
    if reader.word.kind != "end":
        raise fault(f"{reader.word.value!r} was not expected here", reader.word.column, "join conditions by and, or")
    return term


def _truth(term: Term, what: str) -> Term:
    if term.type != TRUTH:
        raise fault(f"{what} is true or false, and this is {_named(term.type)}", term.column, "compare it: … > 0")
    return term


def _of_type(term: Term, kind: str, what: str) -> Term:
    if term.type != kind:
        raise fault(
            f"{what} takes {_named(kind)}, and this is {_named(term.type)}", term.column, "compare like with like"
        )
    return term


def _named(kind: str) -> str:
    return {NUMBER: "a number", TEXT: "a text", TRUTH: "true or false", ENTRIES: "a list of entries"}[kind]


class _Reader:
    """Recursive descent over the words, one method for each line of the grammar."""

    def __init__(self, words: list[Word]) -> None:
        self._words, self._at, self._depth = words, 0, 0

    @property
    def word(self) -> Word:
        return self._words[self._at]

    def _take(self, *values: str) -> Word | None:
        word = self.word
        if word.kind in ("name", "sign") and word.value in values:
            self._at += 1
            return word
        return None

    def _expect(self, value: str) -> None:
        if not self._take(value):
            found = repr(self.word.value) if self.word.value else "the end"
            raise fault(f"{value!r} is expected and {found} found", self.word.column, f"write {value!r} here")

    def expression(self) -> Term:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise fault(f"nested deeper than {_DEEPEST} levels", self.word.column, "cut it into several rules")
        term = self._both()
        while self._take("or"):
            term = _either(_truth(term, "what or joins"), _truth(self._both(), "what or joins"))
        self._depth -= 1
        return term

    def _both(self) -> Term:
        term = self._turned()
        while self._take("and"):
            term = _both(_truth(term, "what and joins"), _truth(self._turned(), "what and joins"))
        return term

    def _turned(self) -> Term:
        turns, column = 0, self.word.column
        while self._take("not"):
            turns += 1
        term = self._comparison()
        if turns == 0:
            return term
        run = _truth(term, "what not turns").run
        bare = (*term.bare, *[("not",)] * (2 - turns % 2))
        if turns % 2:
            return Term(TRUTH, lambda facts: not run(facts), column, bare=bare)
        return Term(TRUTH, lambda facts: bool(run(facts)), column, bare=bare)

    def _comparison(self) -> Term:
        left = self._sum()
        if sign := self._take(*_COMPARISONS):
            term = _compared(left, sign, self._sum())
            if self.word.value in _COMPARISONS:
                raise fault("comparisons can't be chained", self.word.column, "write a < b and b < c")
            return term
        if self._take("in"):
            return self._member(_of_type(left, TEXT, "in"))
        return left

    def _member(self, left: Term) -> Term:
        word = self.word
        if not self._take("("):
            entries = _of_type(self._value(), ENTRIES, "in")
            kind, run = KINDS[entries.name], left.run
            return Term(
                TRUTH,
                lambda facts: run(facts) in facts.entries.get(kind, ()),
                left.column,
                frozenset({kind}),
                bare=_FALSE,
            )
        texts = set()
        while True:
            if self.word.kind != "text":
                raise fault("a list holds texts", self.word.column, 'write ("one", "two")')
            texts.add(self.word.value)
            self._at += 1
            if self._take(")"):
                break
            self._expect(",")
        run = left.run
        return Term(
            TRUTH, lambda facts: run(facts) in texts, word.column, bare=(*left.bare, ("in", tuple(sorted(texts))))
        )

    def _sum(self) -> Term:
        term = self._product()
        while sign := self._take("+", "-"):
            term = _calculated(term, sign, self._product())
        return term

    def _product(self) -> Term:
        term = self._value()
        while sign := self._take("*"):
            term = _calculated(term, sign, self._value())
        return term

    def _value(self) -> Term:
        word = self.word
        if self._take("("):
            term = self.expression()
            self._expect(")")
            return term
        if word.kind not in ("number", "text", "name"):
            found = repr(word.value) if word.value else "the end"
            raise fault(f"a value is expected and {found} found", word.column, "write a signal, a number or a text")
        self._at += 1
        if word.kind == "number":
            number = float(word.value)
            return Term(NUMBER, lambda facts: number, word.column, constant=number, bare=(("number", number),))
        if word.kind == "text" or word.value in ("true", "false"):
            value = word.value if word.kind == "text" else word.value == "true"
            kind = TEXT if word.kind == "text" else TRUTH
            return Term(kind, lambda facts: value, word.column, bare=((kind, value),))
        if word.value in _FUNCTIONS:
            return self._call(word)
        return _signal(word)

    def _call(self, function: Word) -> Term:
        self._expect("(")
        argument = self._value()
        prefix = ""
        if function.value == "count" and self._take(","):
            if self.word.kind != "text":
                raise fault("the beginning of an id is a text", self.word.column, 'write count(phrases, "scam-")')
            prefix = self.word.value
            self._at += 1
        self._expect(")")
        if function.value == "known":
            if "." not in argument.name and argument.name != "language":
                raise fault(
                    "known asks about what is told with a post", argument.column, "as in known(account.age_days)"
                )
            name = argument.name
            return Term(TRUTH, lambda facts: name in facts.values, function.column, bare=(("known", name),))
        return _over_entries(function, _of_type(argument, ENTRIES, function.value), prefix)


def _signal(word: Word) -> Term:
    name, kind = word.value, TYPES.get(word.value)
    if kind is None:
        near = difflib.get_close_matches(name, [*TYPES, *_FUNCTIONS], 1)
        raise fault(
            f"there is no signal {name!r}",
            word.column,
            f"did you mean {near[0]}" if near else f"known are {', '.join(TYPES)}",
        )
    if kind == ENTRIES:
        return Term(kind, lambda facts: facts.entries.get(KINDS[name], {}), word.column, name=name)
    return Term(kind, lambda facts: facts.values.get(name), word.column, name=name, bare=(("signal", name),))


def _over_entries(function: Word, argument: Term, prefix: str) -> Term:
    kind = KINDS[argument.name]
    if function.value == "any":
        return Term(TRUTH, lambda facts: bool(facts.entries.get(kind)), function.column, frozenset({kind}), bare=_FALSE)
    if function.value == "score":
        return Term(
            NUMBER,
            lambda facts: max(facts.entries.get(kind, {}).values(), default=0.0),
            function.column,
            zero=kind,
            bare=_ZERO,
        )
    return Term(
        NUMBER,
        lambda facts: sum(entry.startswith(prefix) for entry in facts.entries.get(kind, ())),
        function.column,
        zero=kind,
        bare=_ZERO,
    )


def _either(left: Term, right: Term) -> Term:
    a, b = left.run, right.run
    bare = (*left.bare, *right.bare, ("or",))
    return Term(TRUTH, lambda facts: bool(a(facts) or b(facts)), left.column, left.needs & right.needs, bare=bare)


def _both(left: Term, right: Term) -> Term:
    a, b = left.run, right.run
    bare = (*left.bare, *right.bare, ("and",))
    return Term(TRUTH, lambda facts: bool(a(facts) and b(facts)), left.column, left.needs | right.needs, bare=bare)


def _compared(left: Term, sign: Word, right: Term) -> Term:
    if left.type == ENTRIES:
        raise fault("a list of entries can't be compared", left.column, "use count(…), any(…) or score(…)")
    _of_type(right, left.type, sign.value)
    if left.type != NUMBER and sign.value not in ("==", "!="):
        raise fault(f"{sign.value} compares numbers", sign.column, "use == or !=")
    compare, a, b = _COMPARISONS[sign.value], left.run, right.run

    def run(facts: Facts) -> bool:
        x, y = a(facts), b(facts)
        return x is not None and y is not None and compare(x, y)

    needs = frozenset()
    if left.zero and right.constant is not None and not compare(0, right.constant):
        needs = frozenset({left.zero})
    elif right.zero and left.constant is not None and not compare(left.constant, 0):
        needs = frozenset({right.zero})
    return Term(TRUTH, run, left.column, needs, bare=(*left.bare, *right.bare, (sign.value,)))


def _calculated(left: Term, sign: Word, right: Term) -> Term:
    a, b = _of_type(left, NUMBER, sign.value).run, _of_type(right, NUMBER, sign.value).run
    calculate = {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign.value]

    def run(facts: Facts) -> float | None:
        x, y = a(facts), b(facts)
        return None if x is None or y is None else calculate(x, y)

    return Term(NUMBER, run, left.column, bare=(*left.bare, *right.bare, (sign.value,)))
