"""The numbers that Word prints before paragraphs, which are not in the paragraphs themselves."""

from collections import defaultdict
from typing import TYPE_CHECKING

from anlanh.primitives.clauses import POINT_LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts as Word does: each list has levels, each level a format, a text such as `%1.%2.` and a start."""

    def __init__(self) -> None:
        self.abstract_of: dict[str, str] = {}
        self.levels: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)

    @classmethod
    def of(cls, xml: bytes, where: str) -> "Numbering":
        """Reads numbering.xml; empty bytes give a numbering that prints nothing."""
        numbering = cls()
        if xml:
            from anlanh.papers.files.word import parse_safely

            reader = _Reader(numbering)
            parse_safely(xml, reader.start, reader.end, lambda _: None, where)
        return numbering

    def next(self, number: str, level: str, style: str) -> str:
        """What is printed before the next paragraph of this list and level; empty for a paragraph in no list."""
        if number in ("", "0"):
            return ""
        abstract = self.abstract_of.get(number, "")
        depth = int(level) if level.isdigit() else 0
        definition = self.levels.get(abstract, {}).get(depth, {})
        kind = definition.get("numFmt", "decimal")
        if kind == "none":
            return ""
        if kind == "bullet":
            return "+ " if definition.get("lvlText", "") == "+" else "- "
        counts = self.counts[abstract or number]
        start = definition.get("start", "1")
        counts[depth] = counts.get(depth, (int(start) if start.isdigit() else 1) - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        text = definition.get("lvlText", f"%{depth + 1}.")
        for other in range(depth + 1):
            other_kind = self.levels.get(abstract, {}).get(other, {}).get("numFmt", "decimal")
            text = text.replace(f"%{other + 1}", _written(counts.get(other, 1), other_kind))
        return f"{text} " if text else ""


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.abstract = self.number = ""
        self.level = -1

    def start(self, tag: str, attributes: "Mapping[str, str]") -> None:
        name, value = tag.removeprefix(_W), attributes.get(f"{_W}val", "")
        if name == "abstractNum":
            self.abstract = attributes.get(f"{_W}abstractNumId", "")
        elif name == "num":
            self.number = attributes.get(f"{_W}numId", "")
        elif name == "abstractNumId" and self.number:
            self.numbering.abstract_of[self.number] = value
        elif name == "lvl":
            depth = attributes.get(f"{_W}ilvl", "")
            self.level = int(depth) if depth.isdigit() else -1
            if self.abstract and not self.number:
                self.numbering.levels[self.abstract][self.level] = {}
        elif name in ("numFmt", "lvlText", "start") and self.abstract and not self.number:
            self.numbering.levels[self.abstract].setdefault(self.level, {})[name] = value

    def end(self, tag: str) -> None:
        name = tag.removeprefix(_W)
        if name == "abstractNum":
            self.abstract = ""
        elif name == "num":
            self.number = ""


def _written(value: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letters = "abcdefghijklmnopqrstuvwxyz"
        letter = letters[(value - 1) % 26]
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        text = ""
        for amount, sign in _ROMANS:
            while value >= amount:
                text += sign
                value -= amount
        return text.upper() if kind == "upperRoman" else text
    if kind == "vietnameseCounting":
        return POINT_LETTERS[(value - 1) % len(POINT_LETTERS)]
    return f"{value:02}" if kind == "decimalZero" else str(value)
