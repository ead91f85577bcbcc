"""Which clocks start when something happens to somebody, by the law in force at that instant.

Several clocks may bind one obligation: all are shown, and the earliest governs. Different obligations (telling the
ministry, removing the content) each bind. A rule is chosen in this order, and the trace of its clock says so:

1. the event, and the kind of actor with the kinds it counts as;
2. the law in force on the civil day of the event;
3. the conditions of the sentence: emergency, third party, who asks, what is asked, the content. A condition about
   content or about who asks leaves a rule out only when the ground or the requester is known and does not fit; while it
   is not known the clock is shown, since a clock that is not shown can be missed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from anlanh.law.counting import Calendar, due, due_on, in_zone
from anlanh.law.model import INSTRUMENT_KINDS, ClockRule, Ground, InForce, Text
from anlanh.law.nodes import hint
from anlanh.law.pack import Pack
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import date_vi
from anlanh.primitives.errors import BadInput

PERIODIC_REPORT = "report.period"
DATA_REQUEST = "data_request.received"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock that runs.

    `starts_at` and `due_at` are in the pack's time zone. `trace` has one step a line.
    """

    rule: ClockRule
    starts_at: datetime
    due_at: datetime
    trace: tuple[Text, ...]

    @property
    def id(self) -> str:
        """The id of its rule."""
        return self.rule.id

    @property
    def clause(self) -> ClauseRef:
        """Where the sentence stands."""
        return self.rule.clause

    @property
    def obligation(self) -> str:
        """What stops it."""
        return self.rule.obligation

    def to_dict(self, language: str = "vi") -> dict:
        """The form of the command line contract; `language` is that of the trace."""
        return {
            "id": self.rule.id,
            "clause": self.rule.clause.to_dict(),
            "starts_at": self.starts_at.isoformat(),
            "due_at": self.due_at.isoformat(),
            "obligation": self.rule.obligation,
            "counting": self.rule.counting,
            "amount": self.rule.amount,
            "strict": self.rule.strict,
            "certainty": self.rule.certainty,
            "trace": [step.in_language(language) for step in self.trace],
        }


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """The clocks that start, earliest due first.

    Args:
        as_of: the civil day whose law was asked.
        clocks: those with a due time.
        without_time: rules that bind now and whose text gives no time ("when requested"); shown to people, not counted.
    """

    as_of: date
    clocks: tuple[Clock, ...]
    without_time: tuple[ClockRule, ...] = field(default=())

    @property
    def governing(self) -> Clock | None:
        """The clock that is due first; None when none runs."""
        return self.clocks[0] if self.clocks else None

    def governing_for(self, obligation: str) -> Clock | None:
        """The clock that is due first among those that one obligation stops."""
        return next((clock for clock in self.clocks if clock.obligation == obligation), None)

    def to_dict(self, language: str = "vi") -> dict:
        """The form of the command line contract."""
        return {
            "as_of": self.as_of.isoformat(),
            "governing": self.governing.id if self.governing else None,
            "clocks": [clock.to_dict(language) for clock in self.clocks],
        }


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked, checked against the pack."""

    event: str
    actor: str
    grounds: frozenset[ClauseRef]
    request: str | None
    requester: str | None
    form: str | None
    emergency: bool
    third_party: bool


def clocks_for(
    pack: Pack,
    *,
    event: str,
    actor: str,
    at: datetime,
    grounds: Iterable[ClauseRef | Ground | str] = (),
    request: str | None = None,
    requester: str | None = None,
    emergency: bool = False,
    third_party: bool = False,
    form: str | None = None,
    year: int | None = None,
    calendar: Calendar | None = None,
) -> ClockAnswer:
    """The clocks that start when an event happens to an actor.

    Args:
        pack: the law.
        event, actor: words of the pack's vocabulary.
        at: the instant of the event, with offset; for `report.period` the moment of asking.
        grounds: what the content is said to violate; none when not known.
        request: what a data subject asks for; with `data_request.received`, and then needed.
        requester: which authority asks; None when not known.
        emergency: the authority states the emergency that shorter times are for.
        third_party: a processor or third party is involved in a data request.
        form, year: the report form and the civil year it falls due in; with `report.period`, and then needed.
        calendar: for working days; the pack's own when left out.

    Raises:
        BadInput: a word that the pack does not have, a time without offset or before every instrument, an option that
            does not belong to the event.
        MissingYear: working days without their calendar.
    """
    start = in_zone(at, pack.zone)
    if start.date() < pack.first_day:
        raise BadInput(
            f"{start.date()} lies before every instrument of the pack", mend=f"ask for {pack.first_day} or later"
        )
    question = _Question(
        event=_word(pack, "events", event, "event"),
        actor=_word(pack, "actors", actor, "actor"),
        grounds=pack.counted_as(_refs(pack, grounds)),
        request=_option(pack, "requests", request, "request", event, DATA_REQUEST),
        requester=_word(pack, "requesters", requester, "requester") if requester is not None else None,
        form=_option(pack, "forms", form, "form", event, PERIODIC_REPORT),
        emergency=emergency,
        third_party=third_party,
    )
    if event == PERIODIC_REPORT:
        clocks, without_time = list(_periodic(pack, question, _year(pack, year))), ()
    elif year is not None:
        raise BadInput(f"a year does not belong to event '{event}'", mend=f"use it with {PERIODIC_REPORT}")
    else:
        rules = [
            rule
            for rule in pack.rules_for(event, actor)
            if rule.in_force.covers(start.date()) and _binds(rule, question)
        ]
        timed = [rule for rule in rules if rule.counting != "unstated"]
        clocks = [_started(pack, rule, question, start, calendar or pack.calendar) for rule in timed]
        without_time = tuple(rule for rule in rules if rule.counting == "unstated")
    return ClockAnswer(start.date(), tuple(sorted(clocks, key=lambda clock: _order(pack, clock, actor))), without_time)


def _binds(rule: ClockRule, question: _Question) -> bool:
    """Whether the conditions of the sentence are met, as far as they are known."""
    if rule.emergency is not None and rule.emergency != question.emergency:
        return False
    if rule.third_party is not None and rule.third_party != question.third_party:
        return False
    if rule.requests and question.request not in rule.requests:
        return False
    if rule.forms and question.form not in rule.forms:
        return False
    if rule.requesters and question.requester is not None and question.requester not in rule.requesters:
        return False
    return not (rule.grounds and question.grounds) or any(map(rule.grounds.holds, question.grounds))


def _started(pack: Pack, rule: ClockRule, question: _Question, start: datetime, calendar: Calendar) -> Clock:
    due_at, counted = due(rule, start, calendar=calendar, zone=pack.zone)
    begun = Text(
        f"Bắt đầu {_moment(start)}: {pack.vocabulary['events'][question.event].vi}",
        f"Starts {start:%Y-%m-%d %H:%M:%S}: {pack.vocabulary['events'][question.event].en}",
    )
    ends = Text(f"Đến hạn {_moment(due_at)}", f"Due {due_at:%Y-%m-%d %H:%M:%S}")
    return Clock(rule, start, due_at, (*_basis(pack, rule, question), begun, *counted, ends))


def _periodic(pack: Pack, question: _Question, year: int) -> Iterator[Clock]:
    """The report's due dates in one civil year. Its clock starts with that year."""
    start = datetime(year, 1, 1, tzinfo=pack.zone)
    for rule in pack.rules_for(question.event, question.actor):
        if _binds(rule, question):
            for due_at, counted in due_on(rule, year, pack.zone):
                ends = Text(f"Đến hạn {_moment(due_at)}", f"Due {due_at:%Y-%m-%d %H:%M:%S}")
                yield Clock(rule, start, due_at, (*_basis(pack, rule, question), *counted, ends))


def _basis(pack: Pack, rule: ClockRule, question: _Question) -> Iterator[Text]:
    """Why the rule is among the answers: its clause, its days, whom it binds, its conditions, what is doubtful."""
    instrument = pack.instruments[rule.clause.instrument]
    yield Text(
        f"{rule.clause.format_vi(instrument.short.vi)}: {pack.clauses[rule.clause].summary.vi}",
        f"{rule.clause.format_en(instrument.short.en)}: {pack.clauses[rule.clause].summary.en}",
    )
    yield _in_force(rule.in_force)
    if question.actor not in rule.actors:
        kind, wider = (
            pack.actors[question.actor],
            next(a for a in rule.actors if a in pack.actors[question.actor].counts_as),
        )
        yield Text(
            f"{kind.title.vi} cũng là {pack.actors[wider].title.vi.lower()}",
            f"{kind.title.en} is also {pack.actors[wider].title.en.lower()}",
        )
    if rule.emergency:
        yield Text("Trường hợp khẩn cấp theo chính điều khoản này", "The emergency that this clause speaks of")
    if rule.grounds:
        vi, en = rule.grounds.title.vi, rule.grounds.title.en
        if question.grounds:
            yield Text(
                f"Áp dụng cho {vi}: căn cứ đã nêu thuộc diện này", f"Binds for {en}: a ground given is among them"
            )
        else:
            yield Text(
                f"Chỉ áp dụng cho {vi}; chưa nêu căn cứ nên vẫn hiện",
                f"Binds only for {en}; no ground was given, so it is shown",
            )
    if rule.requesters and question.requester is None:
        names = [pack.vocabulary["requesters"][name] for name in rule.requesters]
        yield Text(
            f"Chỉ khi bên yêu cầu là {', '.join(name.vi for name in names)}; chưa nêu nên vẫn hiện",
            f"Only when asked by {', '.join(name.en for name in names)}; not stated, so it is shown",
        )
    if rule.extension:
        unit_vi, unit_en = ("giờ", "hours") if rule.counting == "hours" else ("ngày", "days")
        yield Text(
            f"Được gia hạn một lần, thêm nhiều nhất {rule.extension} {unit_vi}",
            f"One extension is allowed, of at most {rule.extension} {unit_en}",
        )
    if rule.note:
        yield rule.note


def _in_force(days: InForce) -> Text:
    """The days of the rule, with a warning where an end is not sure."""
    until_vi = f"đến {date_vi(days.until)}" if days.until else "đến nay"
    until_en = f"until {days.until}" if days.until else "until now"
    vi, en = f"Hiệu lực từ {date_vi(days.since)} {until_vi}", f"In force from {days.since} {until_en}"
    if {"recall", "secondary"} & {days.since_certainty, days.until_certainty}:
        return Text(
            f"{vi} (mốc ngày chưa kiểm chứng ở văn bản gốc)", f"{en} (a day not verified against the text itself)"
        )
    return Text(vi, en)


def _order(pack: Pack, clock: Clock, actor: str) -> tuple:
    """Earliest due first; at the same time the rule written for that very kind of actor, then a law before a decree."""
    written_for_it = actor in clock.rule.actors
    rank = INSTRUMENT_KINDS.index(pack.instruments[clock.rule.clause.instrument].kind)
    return clock.due_at, not written_for_it, rank, clock.rule.id


def _refs(pack: Pack, grounds: Iterable[ClauseRef | Ground | str]) -> Iterator[ClauseRef]:
    for given in grounds:
        if isinstance(given, Ground):
            yield given.ref
            continue
        ref = ClauseRef.parse(given) if isinstance(given, str) else given
        if ref.instrument not in pack.instruments:
            raise BadInput(
                f"ground '{ref}' is of an unknown instrument", mend=hint(ref.instrument, sorted(pack.instruments))
            )
        yield ref


def _word(pack: Pack, vocabulary: str, given: str, kind: str) -> str:
    known = pack.vocabulary[vocabulary]
    if given not in known:
        raise BadInput(f"unknown {kind} '{given}'", mend=hint(given, list(known)))
    return given


def _option(pack: Pack, vocabulary: str, given: str | None, kind: str, event: str, belongs_to: str) -> str | None:
    """A word that one event needs and no other takes."""
    if given is None:
        if event == belongs_to:
            raise BadInput(f"event '{event}' needs a {kind}", mend=hint("", list(pack.vocabulary[vocabulary])))
        return None
    if event != belongs_to:
        raise BadInput(f"a {kind} does not belong to event '{event}'", mend=f"use it with {belongs_to}")
    return _word(pack, vocabulary, given, kind)


def _year(pack: Pack, year: int | None) -> int:
    first, last = pack.first_day.year, 9998
    if year is None or not first <= year <= last:
        said = "no year" if year is None else f"year {year}"
        raise BadInput(f"{said} for event '{PERIODIC_REPORT}'", mend=f"give a civil year from {first} on")
    return year


def _moment(instant: datetime) -> str:
    return f"{instant:%H:%M:%S} ngày {date_vi(instant.date())}"


def describe(rules: Sequence[ClockRule], pack: Pack) -> list[Text]:
    """One line for each rule that binds without a time, for people."""
    lines = []
    for rule in rules:
        instrument, summary = pack.instruments[rule.clause.instrument], pack.clauses[rule.clause].summary
        lines.append(
            Text(
                f"{rule.clause.format_vi(instrument.short.vi)}: {summary.vi} (văn bản không ghi thời hạn)",
                f"{rule.clause.format_en(instrument.short.en)}: {summary.en} (the text gives no time)",
            )
        )
    return lines
