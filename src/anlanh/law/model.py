"""What a law pack holds: plain, frozen records. Legal numbers, dates and words live in the pack's files only."""

from dataclasses import dataclass
from datetime import date

from anlanh.primitives.clauses import ClauseRef

CERTAINTIES = ("quoted", "read", "secondary", "recall", "source")
INSTRUMENT_KINDS = (
    "law",
    "resolution",
    "decree",
    "circular",
    "decision",
    "directive",
    "letter",
    "other",
)  # highest first
COUNTINGS = ("immediate", "hours", "calendar_days", "working_days", "date", "unstated")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Vietnamese and in English; printed as it is, it speaks Vietnamese."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.vi

    def in_language(self, language: str) -> str:
        """The English text for "en", the Vietnamese one for anything else."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class InForce:
    """The civil days on which a text is in force, both ends included, and how sure each end is.

    `until` is None while no end is known; then `until_certainty` is None too. `ended_by` is the instrument that ends
    it, where one does: before that was published nobody could know of the end.
    """

    since: date
    until: date | None
    since_certainty: str
    until_certainty: str | None
    ended_by: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the text is in force on that civil day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, other: "InForce") -> bool:
        """Whether at least one day lies in both periods."""
        return (self.until is None or other.since <= self.until) and (other.until is None or self.since <= other.until)

    def within(self, other: "InForce") -> bool:
        """Whether every day of this period lies in the other."""
        return other.covers(self.since) and (
            other.until is None or (self.until is not None and self.until <= other.until)
        )


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular, decision or other document, known by its number."""

    number: str
    title: Text
    short: Text
    kind: str
    issued_on: date | None
    in_force: InForce
    amends: tuple[str, ...]
    replaced_by: tuple[str, ...]
    binding: bool
    source: Text
    note: Text | None

    @property
    def known_since(self) -> date:
        """The first day on which one could know of it: its issue, or its first day where the issue is not known."""
        return self.issued_on or self.in_force.since


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered part of an instrument, told in our own words.

    `forbids_notice` says that the clause forbids telling the person affected; safeguard 1 asks the act to name it.
    `in_force` is the instrument's, unless the clause came later or was abolished before it.
    """

    ref: ClauseRef
    summary: Text
    certainty: str
    forbids_notice: bool
    in_force: InForce


@dataclass(frozen=True, slots=True)
class Ground:
    """A clause that a decision may rest on.

    `screening_allowed` is False for grounds of national security and of criticism of public bodies (safeguard 3): those
    come only from an order or a person's decision. `counts_as` names clauses of other instruments that the same content
    falls under, so that a clock which is worded by those clauses is found.
    """

    id: str
    ref: ClauseRef
    title: Text
    summary: Text
    category: str
    in_force: InForce
    national_security: bool
    screening_allowed: bool
    counts_as: tuple[ClauseRef, ...]


@dataclass(frozen=True, slots=True)
class GroundSet:
    """A named set of grounds: whole instruments, or clauses with everything under them."""

    id: str
    title: Text
    members: tuple[ClauseRef, ...]

    def holds(self, ground: ClauseRef) -> bool:
        """Whether a ground is in the set, or may be: a ground that names no point may mean any point under it."""
        return any(lies_under(ground, member) or lies_under(member, ground) for member in self.members)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One sentence of the law that gives somebody a time to do something.

    Args:
        id: stable and never renamed.
        clause: where the sentence stands; its instrument is the act that introduced the text.
        events: what starts the clock.
        actors: whom it binds.
        obligation: what stops the clock.
        counting: one of COUNTINGS; "unstated" is a duty whose text gives no time at all.
        amount: hours or days; None when counting needs no number.
        strict: for dates: "before the day" (due the day before) and not "at the latest on the day".
        days: for dates: (month, day) as printed.
        in_force: the days on which a starting event starts this clock.
        grounds: the content it binds for; None when it binds for any.
        requesters, requests, forms: who asks, what is asked, which form; empty when it does not matter.
        emergency, third_party: True or False when the sentence is only for that case; None when it is for both.
        extension: the most that one extension may add, in the rule's unit; None when the law gives none.
        certainty: how sure the sentence is.
        note: what a reader must know about the choice made here.
    """

    id: str
    clause: ClauseRef
    events: tuple[str, ...]
    actors: tuple[str, ...]
    obligation: str
    counting: str
    amount: int | None
    strict: bool
    days: tuple[tuple[int, int], ...]
    in_force: InForce
    grounds: GroundSet | None
    requesters: tuple[str, ...]
    requests: tuple[str, ...]
    forms: tuple[str, ...]
    emergency: bool | None
    third_party: bool | None
    extension: int | None
    certainty: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class ActorKind:
    """A kind of actor and the other kinds whose duties it has too (a social network is also a platform).

    `person` is True for kinds that are people, who have no organisation of their own in the program.
    """

    id: str
    title: Text
    counts_as: tuple[str, ...]
    person: bool = False


def lies_under(clause: ClauseRef, top: ClauseRef) -> bool:
    """Whether a clause is `top` or a part of it: 16.1.a lies under 16.1, 16 and the whole act."""
    parts = ((top.article, clause.article), (top.clause, clause.clause), (top.point, clause.point))
    return clause.instrument == top.instrument and all(asked is None or asked == given for asked, given in parts)
