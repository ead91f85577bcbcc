"""The law as the public reads it: two days that are asked about, search, entries with how they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from anlanh.base import clock
from anlanh.law import sheets
from anlanh.law.contents import Pack
from anlanh.law.finding import find
from anlanh.law.lookup import look_up
from anlanh.law.pack import vietnam
from anlanh.law.sheets import Sheet
from anlanh.law.wording import CERTAINTY, KINDS, STATES, state_on
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import civil_date, parse_date
from anlanh.primitives.errors import BadInput
from anlanh.reporting.packs import Packs, known_law
from anlanh.reporting.signing.queries import Signatures, Standing, public_signatures
from anlanh.reporting.signing.targets import KINDS as SIGNABLE
from anlanh.web.law_words import certainty_of, language

MOST_FOUND = 60
LONGEST_QUESTION = 200
FIRST_YEAR, LAST_YEAR = 1990, 2199
_TONES = {"in_force": "good", "not_yet": "info", "ended": "plain"}


@dataclass(frozen=True)
class Days:
    """The two axes of time.

    Args:
        day: the day on which something is in force.
        known: the day on which it is known; None for today, which knows everything that the pack has.
    """

    day: date
    known: date | None

    @property
    def query(self) -> str:
        """For addresses: empty for today as known today."""
        parts = [] if self.day == today() else [f"ngay={self.day}"]
        return "&".join([*parts, f"biet={self.known}"] if self.known else parts)

    @property
    def travelled(self) -> bool:
        """Whether another day than today is looked at."""
        return bool(self.query)


@dataclass(frozen=True)
class Entry:
    """One entry of the pack as its card shows it."""

    kind: str
    kind_title: str
    id: str
    title: str
    facts: list[tuple[str, str]]
    state: str
    state_title: str
    tone: str
    certainty: tuple[str, object] | None
    standing: Standing | None


@dataclass(frozen=True)
class Article:
    """The entries of one article of an instrument."""

    number: str
    entries: list[Entry] = field(default_factory=list)


def today() -> date:
    """The civil day now."""
    return civil_date(clock.now())


def days_of(query: Mapping[str, str]) -> Days:
    """Reads `ngay` and `biet` of an address.

    Raises:
        BadInput: naming the field.
    """
    return Days(_day(query, "ngay") or today(), _day(query, "biet"))


def law_of(days: Days) -> Pack:
    """The pack as known on the day that is asked."""
    return known_law(Packs(vietnam()), days.known) if days.known else vietnam()


def entries_of(pack: Pack, key: str, days: Days) -> list[Entry]:
    """What a reference or id stands for, each with its state on the day and who signed it.

    Raises:
        BadInput: the law knows nothing of that name, then or at all.
    """
    signed = public_signatures(vietnam())
    return [entry(sheet, days, signed) for sheet in look_up(pack, key, days.day)]


def instruments_of(pack: Pack, days: Days) -> list[tuple[str, str, str, str]]:
    """Number, short name, title and state of each text: those in force on the day first, the newest on top."""
    told = [
        (one.in_force.since, one.number, one.short, one.title, state_on(one.in_force, days.day))
        for one in pack.instruments.values()
    ]
    told.sort(key=lambda one: (one[4] != "in_force", -one[0].toordinal(), one[1]))
    return [
        (number, short.in_language(language()), title.in_language(language()), state)
        for _, number, short, title, state in told
    ]


def articles_of(pack: Pack, number: str, days: Days) -> list[Article]:
    """Everything that stands in an instrument, article by article, in the order of the text."""
    signed = public_signatures(vietnam())
    found: dict[str, Article] = {}
    for ref, sheet in sorted(_standing_in(pack, number), key=lambda one: one[0]):
        article = found.setdefault(ref.article or "", Article(ref.article or ""))
        article.entries.append(entry(sheet, days, signed))
    return list(found.values())


def entry(sheet: Sheet, days: Days, signed: Signatures) -> Entry:
    """A sheet as its card shows it."""
    state = state_on(sheet.in_force, days.day) if sheet.in_force else ""
    tone_and_words = certainty_of(sheet.certainty) if sheet.certainty else None
    return Entry(
        kind=sheet.kind,
        kind_title=KINDS[sheet.kind].in_language(language()),
        id=sheet.id,
        title=sheet.title.in_language(language()),
        facts=[(label.in_language(language()), value.in_language(language())) for label, value in sheet.lines],
        state=state,
        state_title=STATES[state].in_language(language()) if state else "",
        tone=_TONES.get(state, "plain"),
        certainty=(tone_and_words[0], CERTAINTY[sheet.certainty].in_language(language())) if tone_and_words else None,
        standing=signed.on(sheet.kind, sheet.id) if sheet.kind in SIGNABLE else None,
    )


def search(pack: Pack, words: str, days: Days) -> list[Entry]:
    """The entries that hold every word, whatever the marks and letter case; those in force on the day first."""
    signed = public_signatures(vietnam())
    law = known_law(Packs(pack), days.known) if days.known else pack
    found = [
        (state_on(sheet.in_force, days.day) != "in_force" if sheet.in_force else False, place, sheet)
        for place, sheet in enumerate(find(law, words[:LONGEST_QUESTION]))
    ]
    return [entry(sheet, days, signed) for _, _, sheet in sorted(found, key=lambda one: one[:2])[:MOST_FOUND]]


def _standing_in(pack: Pack, number: str) -> Iterator[tuple[ClauseRef, Sheet]]:
    def of(ref: ClauseRef) -> bool:
        return ref.instrument == number

    for clause in filter(lambda one: of(one.ref), pack.clauses.values()):
        yield clause.ref, sheets.clause(pack, clause)
    for ground in filter(lambda one: of(one.ref), pack.grounds.values()):
        yield ground.ref, sheets.ground(pack, ground)
    for parameter in pack.parameters.values():
        for ref in {value.clause for value in parameter.values if of(value.clause)}:
            yield ref, sheets.parameter(pack, parameter)
    for entries, sheet in (
        (pack.clock_rules, sheets.clock),
        (pack.sanctions, sheets.sanction),
        (pack.checklists, sheets.checklist),
        (pack.forms, sheets.form),
    ):
        for value in filter(lambda one: of(one.clause), entries.values()):
            yield value.clause, sheet(pack, value)
    for duty in pack.duties.values():
        if duty.clause and of(duty.clause):
            yield duty.clause, sheets.duty(pack, duty)


def _day(query: Mapping[str, str], name: str) -> date | None:
    written = query.get(name, "").strip()
    if not written:
        return None
    try:
        day = parse_date(written)
    except BadInput as fault:
        raise BadInput(fault.what, where=name, mend=fault.mend) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(f"{day} lies too far off", where=name, mend=f"choose a day from {FIRST_YEAR} on")
    return day
