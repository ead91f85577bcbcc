"""Rules that can be true of posts in which nothing was found, as programs for the native core to run over lines.

What the core answers is `surely not` or `perhaps`; where it says perhaps, the rules are asked in Python as ever.
"""

from array import array
from collections.abc import Iterable
from typing import Any

from anlanh.screening.native.core import _core, batch_of
from anlanh.screening.rules.grammar import Step
from anlanh.screening.rules.signals import NUMBER, TEXT, TRUTH, TYPES

# In the order of their numbers in native/asking.h.
_DEEDS = {
    deed: number
    for number, deed in enumerate(
        ("number", "text", "truth", "signal", "known", "+", "-", "*", "<", "<=", "==", "!=", ">=", ">", "and", "or",
         "not", "in", "texts", "rule")
    )
}  # fmt: skip
_KINDS = {NUMBER: 1, TEXT: 2, TRUTH: 3}
_OF_THE_TEXT = {"length": 4, "links": 5, "short_links": 6}


def asks_for(programs: Iterable[tuple[Step, ...]]) -> Any:
    """The core's handle of rules: their `bare` steps. None when there are none."""
    made = _Programs()
    for steps in programs:
        for step in steps:
            made.add(*step)
        made.do("rule")
    return made.handle() if made.code else None


class _Programs:
    def __init__(self) -> None:
        self.code = array("I")
        self._numbers = array("d")
        self._texts: list[str] = []
        self._signals: dict[str, int] = {}

    def do(self, deed: str, what: int = 0) -> None:
        self.code.extend((_DEEDS[deed], what))

    def add(self, deed: str, what: Any = None) -> None:
        """One step, with what it takes."""
        if deed == "number":
            self.do(deed, len(self._numbers))
            self._numbers.append(what)
        elif deed == "text":
            self.do(deed, self._text(what))
        elif deed == "truth":
            self.do(deed, int(what))
        elif deed in ("signal", "known"):
            self.do(deed, self._signals.setdefault(what, len(self._signals)))
        elif deed == "in":
            self.do(deed, len(what))
            for text in what:
                self.do("texts", self._text(text))
        else:
            self.do(deed)

    def _text(self, text: str) -> int:
        self._texts.append(text)
        return len(self._texts) - 1

    def handle(self) -> Any:
        names = bytearray()
        for name in self._signals:
            room, _, key = name.rpartition(".")
            kind = _OF_THE_TEXT.get(name) or _KINDS[TYPES[name]]
            names += bytes([kind]) + f"{room}\0{key}\0".encode()
        return _core.asks(bytes(names), self._numbers, *batch_of(self._texts), self.code)
