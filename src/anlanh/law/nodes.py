"""YAML read as located values: every complaint names the file and the line, and nothing is guessed.

Values are taken from the node graph and not from YAML's own typing, so that `16.10` stays a clause number, `no` stays a
word and a date is a date only where one is asked for.
"""

import difflib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Self

import yaml

from anlanh.primitives.errors import BadInput

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same graph, read more slowly
    from yaml import SafeLoader as _Loader

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INTEGER = re.compile(r"0|[1-9]\d{0,8}")


class Node:
    """One value of a file, with where it stands."""

    def __init__(self, node: yaml.Node, label: str) -> None:
        self._node, self._label = node, label

    @property
    def where(self) -> str:
        """File and line, counted from 1."""
        return f"{self._label}:{self._node.start_mark.line + 1}"

    def fault(self, what: str, mend: str) -> BadInput:
        """The error to raise about this value."""
        return BadInput(what, where=self.where, mend=mend)

    def text(self) -> str:
        """A non-empty text; folded lines are joined by single spaces."""
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.fault("a text is expected here", "write one value, not a list or a mapping")
        value = " ".join(self._node.value.split())
        if not value:
            raise self.fault("the value is empty", "write a value or leave the key out")
        return value

    def word(self, allowed: Iterable[str], kind: str) -> str:
        """A text that is one of a closed set.

        Args:
            allowed: the words of the set.
            kind: what such a word is called in an error, such as "event".
        """
        value = self.text()
        known = sorted(allowed)
        if value not in known:
            raise self.fault(f"unknown {kind} '{value}'", hint(value, known))
        return value

    def date(self) -> date:
        """A civil date, written 2024-12-25."""
        value = self.text()
        try:
            if _DATE.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.fault(f"'{value}' is not a date", "write year-month-day, such as 2024-12-25")

    def integer(self) -> int:
        """A whole number from 0 up."""
        value = self.text()
        if not _INTEGER.fullmatch(value):
            raise self.fault(f"'{value}' is not a whole number", "write digits only")
        return int(value)

    def flag(self) -> bool:
        """true or false, and no other spelling."""
        value = self.text()
        if value not in ("true", "false"):
            raise self.fault(f"'{value}' is neither true nor false", "write true or false")
        return value == "true"

    def items(self) -> "list[Node]":
        """The members of a list that has some."""
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fault("a list is expected here", "begin each member with a dash")
        if not self._node.value:
            raise self.fault("the list is empty", "add a member or leave the key out")
        return [Node(member, self._label) for member in self._node.value]

    def fields(self) -> "Fields":
        """The keys of a mapping; use it in a `with`, which refuses keys that nobody took."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault("a mapping is expected here", "write keys and values")
        return Fields(self, self._node, self._label)


class Fields:
    """The keys of one mapping. Leaving the `with` block refuses what was not taken."""

    def __init__(self, node: Node, mapping: yaml.MappingNode, label: str) -> None:
        self.node = node
        self._values: dict[str, Node] = {}
        self._keys: dict[str, Node] = {}
        self._taken: list[str] = []
        for key_node, value_node in mapping.value:
            key_at = Node(key_node, label)
            key = key_at.text()
            if key in self._values:
                raise key_at.fault(f"key '{key}' is written twice", "keep one of the two")
            self._keys[key] = key_at
            self._values[key] = Node(value_node, label)

    def take(self, key: str) -> Node:
        """The value of a key that must be there."""
        value = self.maybe(key)
        if value is None:
            raise self.node.fault(f"key '{key}' is missing", "add it")
        return value

    def maybe(self, key: str) -> Node | None:
        """The value of a key that may be left out."""
        self._taken.append(key)
        return self._values.get(key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            return
        for key, at in self._keys.items():
            if key not in self._taken:
                raise at.fault(f"unknown key '{key}'", hint(key, sorted(set(self._taken))))


def hint(given: str, known: list[str]) -> str:
    """What to write instead of an unknown word: the nearest known one, or all when they are few."""
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.7)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known: {', '.join(known)}" if len(known) <= 40 else "see the list in the pack"


def read_file(path: Path, label: str) -> Node:
    """Reads one YAML document.

    Args:
        path: the file.
        label: what the file is called in errors.

    Raises:
        BadInput: not UTF-8, not YAML, empty, or more than one document.
    """
    try:
        root = yaml.compose(path.read_bytes().decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError as fault:
        raise BadInput("the file is not UTF-8", where=label, mend="save it as UTF-8") from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"{label}:{mark.line + 1}" if mark else label
        raise BadInput("not one YAML document", where=where, mend="check indentation, colons and quotes") from fault
    if root is None:
        raise BadInput("the file is empty", where=label, mend="write the entries or delete the file")
    return Node(root, label)
