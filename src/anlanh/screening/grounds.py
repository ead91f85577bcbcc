"""Which grounds screening may rest on (safeguard 3). The law is asked through a function that the caller brings."""

from collections.abc import Callable
from dataclasses import dataclass

from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput

# Kind of hit -> categories of grounds on which it may hold a post before a person has looked.
HOLDING = {"domain": frozenset({"fraud", "malware"}), "image": frozenset({"child"})}


@dataclass(frozen=True, slots=True)
class GroundFacts:
    """What the law pack says of a ground.

    Args:
        ref: the ground as written, such as `72/2013/NĐ-CP/5.1.đ`; empty when an entry names none.
        category: such as `fraud`.
        screening_allowed: False for national security and criticism of public bodies.
    """

    ref: str
    category: str
    screening_allowed: bool

    def may_hold(self, kind: str) -> bool:
        """Whether a hit of this kind on this ground may hold a post."""
        return self.category in HOLDING.get(kind, ())


Grounds = Callable[[ClauseRef], GroundFacts | None]
NO_GROUND = GroundFacts("", "", True)


def checked_ground(written: str, grounds: Grounds, where: str) -> GroundFacts:
    """The ground an entry names; NO_GROUND when it names none.

    Raises:
        BadInput: it is not a clause, not a ground, or one that screening must not look for.
    """
    if not written:
        return NO_GROUND
    try:
        facts = grounds(ClauseRef.parse(written))
    except BadInput as fault:
        raise BadInput(fault.what, where=where, mend=fault.mend) from None
    if facts is None:
        raise BadInput(f"{written} is not a ground of the law pack", where=where, mend="name a ground it holds")
    if not facts.screening_allowed:
        raise BadInput(
            f"screening must not look for the ground {written}", where=where,
            mend="take the entry out: such grounds come only from an order or a person's decision",
        )  # fmt: skip
    return facts
