"""What official papers ask of whom: each duty under its own id, with what starts it, what it rests on, what came after
it and what proves it.

A duty keeps two strengths: how its paper words it, and how far it binds. Letters and codes of conduct advise; only
laws, decrees and circulars found duties that can be sanctioned, and orders within the administration bind the bodies
below. In a paper that advises, "must" counts as "should".
"""

from dataclasses import dataclass

from anlanh.law.model import InForce, Text
from anlanh.primitives.clauses import ClauseRef

DUTY_KINDS = (
    "obligation", "prohibition", "encouragement", "definition", "effect", "violation-ground",
    "report-field", "deadline", "recipient", "task-mapping",
)  # fmt: skip
STRENGTHS = ("must", "should", "may")  # strongest first
FORCES = ("law", "order", "guidance")  # binds everybody; binds the bodies under its issuer; advises
# Kinds that ask nothing of anybody by themselves: they say what words mean, when a text begins, what a task rests on.
ASKING_NOTHING = ("definition", "effect", "task-mapping")


@dataclass(frozen=True, slots=True)
class Document:
    """An official paper that lays duties on people; unlike an instrument it may have no number.

    Args:
        id: stable, such as `BD`; the ids of its duties begin with it.
        title, short: what it is called.
        number: its instrument number; None when the paper at hand has none.
        citable: whether its places are clauses; letters and directives with dashed items have none.
        kind: one of INSTRUMENT_KINDS.
        issuer: a body of the pack.
        place: the province whose bodies it speaks to; None for the whole country.
        in_force: its days; a day that could only be bounded is marked `recall`.
        force: one of FORCES.
        source, note: where its text is from, and what a reader must know.
    """

    id: str
    title: Text
    short: Text
    number: str | None
    citable: bool
    kind: str
    issuer: str
    place: str | None
    in_force: InForce
    force: str
    source: Text
    note: Text | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a paper says a duty rests on.

    Args:
        ref: the clause, where it can be named.
        cited_as: the paper's own citation in short, where it differs from `ref` or can't be named by one.
        flaw: what is wrong with the citation; it is shown and never mended silently.
    """

    ref: ClauseRef | None
    cited_as: Text | None
    flaw: Text | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a duty: acts that the program records, and evidence for what people do outside it."""

    acts: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty, prohibition, encouragement, definition or report field of a document.

    Args:
        id: stable and never renamed; letter đ is written dd.
        document: the id of its document.
        place: where it stands in the document, as printed: `1.3.đ`.
        clause: the same as a reference, where the document's places can be cited so.
        kind: one of DUTY_KINDS.
        area: which part of the program serves and proves it.
        actors: kinds of actor whom it binds; none for kinds that ask nothing.
        worded: the strength as the document words it; None for kinds that ask nothing.
        strength: the strength it has, after the document's force.
        triggers: what makes it due, one of them being enough; events of clocks or other words of the vocabulary.
        timing: how fast, in the text's own terms; None when the text says nothing.
        recurrence: how often.
        recipients: to whom.
        title: the duty in our own words.
        bases, successors: what it rests on, and the clauses of later law that ask the same.
        part_of: the duties that it fills in or explains (a report field, a row of the appendix).
        in_force: the days on which it binds.
        proof: what proves it.
        flags: what a person must know or settle.
    """

    id: str
    document: str
    place: str
    clause: ClauseRef | None
    kind: str
    area: str
    actors: tuple[str, ...]
    worded: str | None
    strength: str | None
    triggers: tuple[str, ...]
    timing: str | None
    recurrence: str
    recipients: tuple[str, ...]
    title: Text
    bases: tuple[Basis, ...]
    successors: tuple[ClauseRef, ...]
    part_of: tuple[str, ...]
    in_force: InForce
    proof: Proof
    flags: tuple[Text, ...]

    @property
    def printed_id(self) -> str:
        """The id as people read it: with đ where the paper has it."""
        return ".".join("đ" if part == "dd" else part for part in self.id.split("."))


def strength_of(worded: str | None, force: str) -> str | None:
    """How far a wording binds in a document of that force."""
    return "should" if worded == "must" and force == "guidance" else worded
