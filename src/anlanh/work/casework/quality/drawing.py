"""Which decisions are looked at again: worked out from the log and a secret, so that nobody can choose and anybody can
check.

The secret of a plan is drawn when the plan is set and bound at once by its digest in the log. A decision's act gets its
id when it is recorded, so who decides can neither know nor steer what comes out; and when the plan is followed by the
next, the secret is opened in the log, and whoever holds an export draws again.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

# all: every decision · routine: begun with a preset · newcomer: somebody's first so many · machine: a machine took part
KINDS = ("all", "routine", "ground", "measure", "newcomer", "machine")
_VALUED = ("ground", "measure", "newcomer")
SECRET_BYTES = 32


@dataclass(frozen=True)
class Facts:
    """What rules ask of a decision.

    Args:
        ground, measure: as decided.
        routine: begun with a preset.
        machine: a machine took part.
        nth: how many decisions this decider has made, this one included.
    """

    ground: str
    measure: str
    routine: bool
    machine: bool
    nth: int


@dataclass(frozen=True)
class SamplingRule:
    """So many of a hundred decisions of one kind.

    Args:
        kind: one of KINDS.
        percent: from 0 to 100.
        value: the ground, the measure, or for newcomers how many decisions; empty for the other kinds.
    """

    kind: str
    percent: int
    value: str = ""

    def fits(self, facts: Facts) -> bool:
        """Whether a decision is of the kind."""
        match self.kind:
            case "ground" | "measure":
                return self.value == getattr(facts, self.kind)
            case "newcomer":
                return facts.nth <= int(self.value)
            case "routine" | "machine":
                return getattr(facts, self.kind)
            case _:
                return True

    @property
    def word(self) -> str:
        """As acts keep it."""
        return ":".join([self.kind, *([self.value] if self.value else []), str(self.percent)])

    @classmethod
    def read(cls, word: str) -> "SamplingRule":
        """The rule of a word.

        Raises:
            ValueError: it is none.
        """
        kind, _, rest = word.partition(":")
        value, _, percent = rest.rpartition(":")
        rule = cls(kind, int(percent), value)
        if kind not in KINDS or bool(value) != (kind in _VALUED) or not 0 <= rule.percent <= 100:
            raise ValueError(f"no rule of sampling: {word!r}")
        if kind == "newcomer" and not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 10_000):
            raise ValueError(f"no number of decisions: {word!r}")
        return rule


def rule_for(rules: Iterable[SamplingRule], facts: Facts) -> SamplingRule | None:
    """The rule that takes most of such decisions; of equal ones the first. None where no rule fits."""
    fitting = [rule for rule in rules if rule.fits(facts)]
    return max(fitting, key=lambda rule: rule.percent, default=None)


def is_drawn(secret: bytes, act_id: uuid.UUID, percent: int) -> bool:
    """Whether the decision recorded by an act is among so many of a hundred: HMAC-SHA256 of the act's 16 bytes, its
    first eight read as a number below 2^64.
    """
    number = int.from_bytes(hmac.digest(secret, act_id.bytes, "sha256")[:8])
    return number * 100 < percent << 64


def digest_of(secret: bytes) -> str:
    """What the log holds of a secret until it is opened."""
    return hashlib.sha256(secret).hexdigest()
