"""The vocabulary of acts: every type is declared with each of its fields, before anything can be recorded under it."""

import hashlib
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import format_instant

# A clear string is a word from a vocabulary, never prose: no spaces, bounded.
_CODE = re.compile(r"[A-Za-z0-9_.:/\-ĐđÀ-ỹ]{1,120}\Z")


ANY_SUBJECT = "*"


class UndeclaredField(Exception):
    """An act was recorded with a field its type does not declare, or with a value of another kind."""


def code(value: Any) -> str:
    """A word from some vocabulary: a measure, a state, a rule's id, a digest."""
    if not isinstance(value, str) or not _CODE.match(value):
        raise TypeError("must be a code word without spaces, at most 120 characters")
    return value


def count(value: Any) -> int:
    """A whole number, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError("must be a whole number, zero or more")
    return value


def flag(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def instant(value: Any) -> str:
    """A point in time, written with the Vietnamese offset."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError("must be a time with offset")
    return format_instant(value)


def day(value: Any) -> str:
    """A civil date."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError("must be a civil date")
    return value.isoformat()


def reference(value: Any) -> str:
    """The random id of a row or person."""
    if not isinstance(value, uuid.UUID):
        raise TypeError("must be an identifier")
    return str(value)


def clause(value: Any) -> str:
    """A clause reference."""
    return str(value if isinstance(value, ClauseRef) else ClauseRef.parse(value))


def codes(value: Any) -> list[str]:
    """Several code words, in the order given."""
    if not isinstance(value, (list, tuple)):
        raise TypeError("must be a list of code words")
    return [code(item) for item in value]


@dataclass(frozen=True)
class ActType:
    """One type of act.

    Args:
        name: `subject.verb` in the past tense.
        subject: the kind of row whose history the act belongs to; `ANY_SUBJECT` for an act about any history.
        clear: field → kind (a function above); what figures are computed from, readable for ever.
        committed: fields of which the log holds only a salted digest; their values can be erased.
        version: raised when the fields change.
        title: what pages call the act, by language.
    """

    name: str
    subject: str
    title: Mapping[str, str]
    clear: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    committed: frozenset[str] = frozenset()
    version: int = 1

    def encode_clear(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The clear fields in the form the leaf holds.

        Raises:
            UndeclaredField: an unknown name, or a value that its kind refuses.
        """
        encoded = {}
        for name, value in values.items():
            if name not in self.clear:
                raise UndeclaredField(f"{self.name} declares no clear field {name!r}")
            if value is None:
                continue
            try:
                encoded[name] = self.clear[name](value)
            except (TypeError, ValueError) as fault:
                raise UndeclaredField(f"{self.name}.{name} {fault}") from None
        return encoded

    def check_committed(self, values: Mapping[str, Any]) -> None:
        """Refuses committed fields that the type does not declare.

        Raises:
            UndeclaredField: naming them.
        """
        unknown = set(values) - self.committed - {"backdating_reason"}
        if unknown:
            raise UndeclaredField(f"{self.name} declares no committed field {', '.join(sorted(unknown))}")


_types: dict[str, ActType] = {}


def declare(*types: ActType) -> None:
    """Adds types to the vocabulary; a name can be declared once."""
    for act_type in types:
        if _types.get(act_type.name, act_type) != act_type:
            raise ValueError(f"act type {act_type.name} is declared twice")
        _types[act_type.name] = act_type


def act_type(name: str) -> ActType:
    """The declared type of that name.

    Raises:
        UndeclaredField: when there is none.
    """
    try:
        return _types[name]
    except KeyError:
        raise UndeclaredField(f"no act type {name!r} is declared") from None


def all_types() -> dict[str, ActType]:
    """The whole vocabulary, by name."""
    return dict(_types)


def commitment(salt: bytes, value: Any) -> str:
    """The digest that stands for an erasable value: SHA-256 over 16 random bytes and the value's canonical bytes."""
    return "sha256:" + hashlib.sha256(salt + canonical_bytes(value)).hexdigest()
