"""From the located values of a pack's files to records. Each function reads one kind of entry and checks that entry
alone; what entries say about each other is checked in `pack.py`, where all of them are known.
"""

from collections.abc import Iterable
from datetime import date

from anlanh.law.model import (
    CERTAINTIES,
    COUNTINGS,
    INSTRUMENT_KINDS,
    ActorKind,
    Clause,
    ClockRule,
    Ground,
    GroundSet,
    InForce,
    Instrument,
    Text,
)
from anlanh.law.nodes import Fields, Node
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput

_NUMBERED = ("hours", "calendar_days", "working_days")  # countings that need an amount


def text_pair(node: Node) -> Text:
    """A text in both languages: `{vi: ..., en: ...}`."""
    with node.fields() as fields:
        return Text(vi=fields.take("vi").text(), en=fields.take("en").text())


def clause_ref(node: Node, instrument: str | None = None) -> ClauseRef:
    """A clause reference, whole or, inside the file of one instrument, only its part: `5.1.a`.

    Args:
        node: the value.
        instrument: the number of the instrument that a partial reference belongs to.
    """
    written = node.text()
    try:
        return ClauseRef.parse(written if instrument is None else f"{instrument}/{written}")
    except BadInput as fault:
        raise node.fault(fault.what, fault.mend) from fault


def in_force(fields: Fields) -> InForce:
    """The keys `from`, `from_certainty`; where an end is known `until`, `until_certainty` and perhaps `ended_by`."""
    since = fields.take("from").date()
    since_certainty = fields.take("from_certainty").word(CERTAINTIES, "certainty")
    until_node, certainty_node = fields.maybe("until"), fields.maybe("until_certainty")
    ended_by = fields.maybe("ended_by")
    if (until_node is None) != (certainty_node is None):
        raise fields.node.fault("'until' and 'until_certainty' belong together", "write both or neither")
    if until_node is None or certainty_node is None:
        if ended_by is not None:
            raise ended_by.fault("'ended_by' without 'until'", "write the last day too")
        return InForce(since, None, since_certainty, None)
    until = until_node.date()
    if until < since:
        raise until_node.fault(f"the last day {until} comes before the first day {since}", "correct one of the two")
    certainty = certainty_node.word(CERTAINTIES, "certainty")
    return InForce(since, until, since_certainty, certainty, clause_ref(ended_by).instrument if ended_by else None)


def instrument(node: Node) -> Instrument:
    """One file of `instruments/`."""
    with node.fields() as fields:
        issued = fields.maybe("issued_on")
        with fields.take("in_force").fields() as period:
            days = in_force(period)
        return Instrument(
            number=clause_ref(fields.take("number")).instrument,
            title=text_pair(fields.take("title")),
            short=text_pair(fields.take("short")),
            kind=fields.take("kind").word(INSTRUMENT_KINDS, "kind of instrument"),
            issued_on=issued.date() if issued else None,
            in_force=days,
            amends=text_list(fields.maybe("amends")),
            replaced_by=text_list(fields.maybe("replaced_by")),
            binding=flag(fields.maybe("binding"), default=True),
            source=text_pair(fields.take("source")),
            note=text_pair_or_none(fields.maybe("note")),
        )


def clause(node: Node, instrument: Instrument) -> Clause:
    """One entry of a file of `clauses/`."""
    with node.fields() as fields:
        return Clause(
            ref=clause_ref(fields.take("ref"), instrument.number),
            summary=text_pair(fields.take("summary")),
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            forbids_notice=flag(fields.maybe("forbids_notice"), default=False),
            in_force=own_days(fields.maybe("in_force"), instrument),
        )


def ground(node: Node, instrument: Instrument, clauses: dict[ClauseRef, Clause], categories: Iterable[str]) -> Ground:
    """One entry of a file of `grounds/`; it is in force as its instrument is, unless it says otherwise.

    Args:
        node: the entry.
        instrument: the instrument of the file.
        clauses: the pack's clauses; the ground's own must be among them, and its summary is the ground's.
        categories: the vocabulary.
    """
    with node.fields() as fields:
        ref_node = fields.take("ref")
        ref = clause_ref(ref_node, instrument.number)
        if ref not in clauses:
            raise ref_node.fault(f"the pack has no clause '{ref}'", "add it to clauses/, since a ground is a clause")
        national_security = flag(fields.maybe("national_security"), default=False)
        screening = fields.take("screening_allowed")
        screening_allowed = screening.flag()
        if national_security and screening_allowed:
            raise screening.fault(
                f"ground {ref} is one of national security and allows screening",
                "write screening_allowed: false; such grounds come only from an order or a person's decision",
            )
        return Ground(
            id=str(ref),
            ref=ref,
            title=text_pair(fields.take("title")),
            summary=clauses[ref].summary,
            category=fields.take("category").word(categories, "category"),
            in_force=own_days(fields.maybe("in_force"), instrument),
            national_security=national_security,
            screening_allowed=screening_allowed,
            counts_as=tuple(clause_ref(item) for item in listed(fields.maybe("counts_as"))),
        )


def ground_set(node: Node) -> GroundSet:
    """One entry of `ground-sets.yaml`."""
    with node.fields() as fields:
        return GroundSet(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            members=tuple(clause_ref(item) for item in fields.take("members").items()),
        )


def actor_kind(node: Node) -> ActorKind:
    """One entry of `actors.yaml`."""
    with node.fields() as fields:
        return ActorKind(
            id=fields.take("id").text(),
            title=text_pair(fields.take("title")),
            counts_as=text_list(fields.maybe("counts_as")),
            person=flag(fields.maybe("person"), default=False),
        )


def clock_rule(
    node: Node, instrument: Instrument, words: dict[str, dict[str, Text]], sets: dict[str, GroundSet]
) -> ClockRule:
    """One entry of a file of `clocks/`.

    Args:
        node: the entry.
        instrument: the act that introduced the text; the rule is in force as it is, unless the entry says otherwise.
        words: the pack's closed vocabularies by name, `actors` among them.
        sets: the ground sets by id.
    """
    with node.fields() as fields:
        counting_node = fields.take("counting")
        counting = counting_node.word(COUNTINGS, "counting")
        amount, days, extension = fields.maybe("amount"), fields.maybe("days"), fields.maybe("extension")
        if (counting in _NUMBERED) != (amount is not None):
            raise counting_node.fault(f"counting '{counting}' and 'amount' do not fit", "only hours and days take one")
        if (counting == "date") != (days is not None):
            raise counting_node.fault(f"counting '{counting}' and 'days' do not fit", "only dates take days")
        grounds, note = fields.maybe("grounds"), fields.maybe("note")
        return ClockRule(
            id=fields.take("id").text(),
            clause=clause_ref(fields.take("clause"), instrument.number),
            events=word_list(fields.take("events"), words["events"], "event"),
            actors=word_list(fields.take("actors"), words["actors"], "actor"),
            obligation=fields.take("obligation").word(words["obligations"], "obligation"),
            counting=counting,
            amount=positive(amount) if amount else None,
            strict=flag(fields.maybe("strict"), default=False),
            days=tuple(day_of_year(item) for item in listed(days)),
            in_force=own_days(fields.maybe("in_force"), instrument),
            grounds=sets[grounds.word(sets, "ground set")] if grounds else None,
            requesters=word_list(fields.maybe("requesters"), words["requesters"], "requester"),
            requests=word_list(fields.maybe("requests"), words["requests"], "request"),
            forms=word_list(fields.maybe("forms"), words["forms"], "form"),
            emergency=flag_or_none(fields.maybe("emergency")),
            third_party=flag_or_none(fields.maybe("third_party")),
            extension=positive(extension) if extension else None,
            certainty=fields.take("certainty").word(CERTAINTIES, "certainty"),
            note=text_pair(note) if note else None,
        )


def own_days(node: Node | None, instrument: Instrument) -> InForce:
    """The days of an entry: its own, which must lie within its instrument's, or else the instrument's."""
    if node is None:
        return instrument.in_force
    with node.fields() as fields:
        days = in_force(fields)
    if not days.within(instrument.in_force):
        raise node.fault(f"these days are not all days of {instrument.number}", "keep within the instrument's days")
    return days


def day_of_year(node: Node) -> tuple[int, int]:
    """A day of every year, written `11-25`; 29 February is none."""
    written = node.text()
    try:
        day = date.fromisoformat(f"2001-{written}")
    except ValueError as fault:
        raise node.fault(f"'{written}' is not a day of the year", "write month-day, such as 11-25") from fault
    return day.month, day.day


def positive(node: Node) -> int:
    """A whole number from 1 up."""
    number = node.integer()
    if number == 0:
        raise node.fault("the number is 0", "write how many, from 1 up")
    return number


def listed(node: Node | None) -> list[Node]:
    """The members of a list that may be left out."""
    return node.items() if node else []


def text_or_empty(node: Node | None) -> str:
    """A text that may be left out."""
    return node.text() if node else ""


def text_pair_or_none(node: Node | None) -> Text | None:
    """A text in both languages that may be left out."""
    return text_pair(node) if node else None


def text_list(node: Node | None) -> tuple[str, ...]:
    """A list of texts that may be left out."""
    return tuple(item.text() for item in listed(node))


def word_list(node: Node | None, allowed: Iterable[str], kind: str) -> tuple[str, ...]:
    """A list of words of a closed set, which may be left out."""
    return tuple(item.word(allowed, kind) for item in listed(node))


def flag(node: Node | None, *, default: bool) -> bool:
    """true or false, with what leaving it out means."""
    return node.flag() if node else default


def flag_or_none(node: Node | None) -> bool | None:
    """true, false, or None when it is left out."""
    return node.flag() if node else None
