"""House rules: numbers that the program needs and no clause sets, each with bounds within which a house may choose.

They are no law. The pack holds them because another country may want others, and because where a number comes from has
to be said of these, too: each has its source and its certainty, and pages show both.
"""

from dataclasses import dataclass

from anlanh.law.model import CERTAINTIES, Text
from anlanh.law.nodes import Node
from anlanh.law.readers import text_pair

UNVERIFIED = "unverified"  # nobody has confirmed the number; it is the house's own choice

# What the program asks for, and in what it is counted.
HOUSE_RULES = {
    "burst.reports": "reports",
    "burst.minutes": "minutes",
    "misuse.within": "days",
    "misuse.warn-after": "reports",
    "misuse.limit-after": "reports",
    "misuse.limit-days": "days",
    "misuse.slow-share": "percent",
    "child.decide-hours": "hours",
    "mailbox.letters-an-hour": "letters",
    "figures.smallest-shown": "count",
    "exposure.pause-after": "items",
    "exposure.others-first": "items",
    "quality.routine-percent": "percent",
    "quality.newcomer-first": "decisions",
}


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One number.

    Args:
        id: one of HOUSE_RULES.
        title: what it says, for those who set it.
        number: what holds where an organisation has set nothing.
        at_least, at_most: between which an organisation may set its own; the same where it may not.
        certainty: how sure the pack is of it; UNVERIFIED where nobody confirmed it.
        source: where it comes from.
    """

    id: str
    title: Text
    number: int
    at_least: int
    at_most: int
    certainty: str
    source: Text

    @property
    def unit(self) -> str:
        """In what it is counted."""
        return HOUSE_RULES[self.id]

    @property
    def choosable(self) -> bool:
        """Whether an organisation may set its own."""
        return self.at_least < self.at_most

    def within(self, wanted: int) -> int:
        """The number nearest to what an organisation wants; the bounds may have moved since it chose."""
        return min(max(wanted, self.at_least), self.at_most)


def house_rule(node: Node) -> HouseRule:
    """One entry of `house-rules.yaml`."""
    with node.fields() as fields:
        name, number = fields.take("id"), fields.take("is")
        least, most = fields.maybe("at_least") or number, fields.maybe("at_most") or number
        rule = HouseRule(
            id=name.word(HOUSE_RULES, "house rule"),
            title=text_pair(fields.take("title")),
            number=number.integer(),
            at_least=least.integer(),
            at_most=most.integer(),
            certainty=fields.take("certainty").word((UNVERIFIED, *CERTAINTIES), "certainty"),
            source=text_pair(fields.take("source")),
        )
    if rule.at_least < 1:
        raise least.fault(f"house rule '{rule.id}' may not be 0", "give at least 1")
    if not rule.at_least <= rule.number <= rule.at_most:
        bounds = f"{rule.at_least} to {rule.at_most}"
        raise number.fault(f"{rule.number} lies outside its own bounds, {bounds}", "correct the number or its bounds")
    if rule.unit == "percent" and rule.at_most > 99:
        raise most.fault(f"{rule.at_most} percent leave no time", "give at most 99")
    return rule
