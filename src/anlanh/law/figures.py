"""Numbers and lists of the law as typed, dated data: thresholds, keeping times, sanctions, minimum contents, forms."""

from dataclasses import dataclass
from datetime import date

from anlanh.law.model import InForce, Text
from anlanh.primitives.clauses import ClauseRef

FIELD_KINDS = ("text", "date", "count", "money", "table", "list", "person", "contact", "statement")


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is on certain days.

    `low` and `high` are the same for a single number; `high` is None for "at least `low`", `low` for "at most `high`".
    """

    low: int | None
    high: int | None
    clause: ClauseRef
    in_force: InForce
    certainty: str

    def words(self) -> Text:
        """The number for people, without its unit: `5`, `7–30`, `≥ 90`, `≤ 24`."""
        if self.low == self.high:
            written = f"{self.low}"
        elif self.high is None:
            written = f"≥ {self.low}"
        elif self.low is None:
            written = f"≤ {self.high}"
        else:
            written = f"{self.low}–{self.high}"
        return Text(written, written)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law under a stable id; its values follow each other in time and never overlap.

    Args:
        id: stable.
        topic: what it is about; parameters of one topic and days that overlap may be in conflict.
        title: for people.
        unit: a word of the vocabulary, such as `days`.
        actors: whom it is for.
        values: earliest first.
        note: what a reader must know.
    """

    id: str
    topic: str
    title: Text
    unit: str
    actors: tuple[str, ...]
    values: tuple[Value, ...]
    note: Text | None

    def on(self, day: date) -> Value | None:
        """The value in force on a day; None before, between and after."""
        return next((value for value in self.values if value.in_force.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Sanction:
    """A range of fines for a kind of conduct.

    Args:
        id: stable.
        clause: where it stands.
        conduct: in our own words.
        low, high: in millions of đồng, for `subject`.
        subject: "organisation" or "individual": whose amount the text gives.
        other: the other subject's amount in per cent of it; None when not known.
        extra: what is ordered besides the fine; None when nothing is known.
        in_force, certainty: as everywhere.
        grounds: the duties' or rules' clauses whose breach it answers.
    """

    id: str
    clause: ClauseRef
    conduct: Text
    low: int
    high: int
    subject: str
    other: int | None
    extra: Text | None
    in_force: InForce
    certainty: str
    grounds: tuple[ClauseRef, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What something must contain at least: terms of use, a home page, a registration.

    `complete` is False where the clause is known and its items were not all read.
    """

    id: str
    topic: str
    title: Text
    clause: ClauseRef
    items: tuple[Text, ...]
    complete: bool
    in_force: InForce
    certainty: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of a report form. `group` is empty, or what the line is repeated for (each site, each network)."""

    id: str
    title: Text
    kind: str
    group: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Form:
    """A report form.

    Args:
        id: for periodic reports the word that clocks and the command line use.
        title: what is printed on it.
        clause: what asks for it.
        actors: who fills it in.
        recipients: to whom.
        fields: in the printed order.
        complete: False where the form was not fully seen; then the fields are those that are known.
        numbered: whether it prints a line for the paper's number.
        in_force, certainty: as everywhere.
        note: what a reader must know.
    """

    id: str
    title: Text
    clause: ClauseRef
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    fields: tuple[FormField, ...]
    complete: bool
    numbered: bool
    in_force: InForce
    certainty: str
    note: Text | None
