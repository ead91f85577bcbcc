"""Drawing again from acts alone: whether just those decisions were looked at twice that the secret says.

`check` takes leaves as the log holds them, in any order, and reads nothing else.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anlanh.work.casework.naming import as_word
from anlanh.work.casework.quality.drawing import Facts, SamplingRule, digest_of, is_drawn, rule_for

NEEDED = ("sampling.set", "quality.drawn", "decision.made", "decision.withdrawn")


@dataclass(frozen=True)
class Checked:
    """What drawing again gave for one plan.

    Args:
        version: of the plan.
        decisions: how many were made while it held, those taken back not counted.
        drawn: how many of them should have been drawn.
        missing: acts of decisions that should have been and were not.
        unasked: acts of decisions that were and should not have been.
        bound: the opened secret is the one that the plan's act bound.
    """

    version: int
    decisions: int
    drawn: int
    missing: tuple[uuid.UUID, ...]
    unasked: tuple[uuid.UUID, ...]
    bound: bool

    @property
    def holds(self) -> bool:
        """Whether everything is as it has to be."""
        return self.bound and not self.missing and not self.unasked


def check(leaves: Iterable[Mapping[str, Any]], version: int) -> Checked | None:
    """Draws again for a plan; None while it holds, as its secret is not opened yet, or where there is none.

    Args:
        leaves: every act of the types NEEDED.
        version: of the plan.
    """
    ordered = sorted(leaves, key=lambda leaf: (leaf["recorded_at"], leaf["id"]))
    plans = [leaf for leaf in ordered if leaf["type"] == "sampling.set"]
    plan = next((leaf for leaf in plans if leaf["clear"]["version"] == version), None)
    following = next((leaf for leaf in plans if leaf["clear"].get("opened_version") == version), None)
    if plan is None or following is None:
        return None
    secret = bytes.fromhex(following["clear"]["opened_secret"])
    rules = [SamplingRule.read(word) for word in plan["clear"].get("rules", [])]
    withdrawn = {leaf["clear"]["decision"] for leaf in ordered if leaf["type"] == "decision.withdrawn"}
    looked_at = {leaf["clear"]["decision"] for leaf in ordered if leaf["type"] == "quality.drawn"}
    made: Counter[str | None] = Counter()
    counted, expected, found, act_of = 0, set(), set(), {}
    for leaf in ordered:
        if leaf["type"] != "decision.made":
            continue
        made[leaf["actor"]["ref"]] += 1
        decision = leaf["clear"]["decision"]
        act_of[decision] = uuid.UUID(leaf["id"])
        inside = plan["recorded_at"] <= leaf["recorded_at"] < following["recorded_at"]
        if not inside or decision in withdrawn:
            continue
        counted += 1
        rule = rule_for(rules, facts_of(leaf["clear"], made[leaf["actor"]["ref"]]))
        if rule is not None and is_drawn(secret, uuid.UUID(leaf["id"]), rule.percent):
            expected.add(decision)
        if decision in looked_at:
            found.add(decision)
    return Checked(
        version=version,
        decisions=counted,
        drawn=len(expected),
        missing=tuple(sorted(act_of[one] for one in expected - found)),
        unasked=tuple(sorted(act_of[one] for one in found - expected)),
        bound=digest_of(secret) == plan["clear"]["digest"],
    )


def facts_of(clear: Mapping[str, Any], nth: int) -> Facts:
    """What rules ask, from the clear fields of a `decision.made`."""
    return Facts(ground_word(clear), clear["measure"], "preset" in clear, clear["machine_part"] != "none", nth)


def ground_word(clear: Mapping[str, Any]) -> str:
    """The ground that an act names, in one word: a clause of law, or one of the organisation's own rules."""
    return as_word(clear.get("ground", ""), clear.get("terms_clause"))
