"""What stands on the board: the duties of papers, and times of the law that no such duty speaks of."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from anlanh.law.contents import Pack
from anlanh.law.duties import ASKING_NOTHING, Duty
from anlanh.law.model import ClockRule, InForce, Text
from anlanh.law.wording import citation
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput
from anlanh.reporting.packs import Packs, known_law

Acts = dict[str, tuple[str, ...]]  # a word of the pack → the acts that stand for it
CONTINUOUS = ("continuous", "none")

# What shows that something happened to which a duty answers, where it is no event of a procedure.
_SHOWN_BY = {
    "attack.detected": ("incident.recorded",),
    "data_breach.discovered": ("breach.recorded",),
    "data_breach.occurred": ("breach.recorded",),
    "data_request.received": ("data_request.received",),
    "user_information.requested": ("disclosure.requested",),
    "house_rule.breached": ("violation.confirmed",),
    "unlawful.posted": ("violation.confirmed",),
    "sanction.imposed": ("sanction.published",),
    "inspection.opened": ("inspection.opened",),
    "licence.requested": ("licence.requested",),
    "difficulty.arisen": ("difficulty.raised",),
    "truth.published": ("verdict.published",),
    "leak.detected": ("incident.recorded",),
}
# What fulfils an obligation of a clock, where no procedure stops it.
_FULFILLED_BY = {
    "submit_report": ("report.submitted",),
    "notify_authority": ("authority.notified", "breach.notified", "incident.notified"),
    "give_information": ("disclosure.made", "disclosure.refused"),
    "reply": ("data_request.answered",),
    "execute": ("data_request.answered",),
    "remove": ("measure.applied",),
    "block_access": ("measure.applied",),
}
_AREAS = {  # of times of the law, by what starts them
    "report.period": "reporting",
    "attack.detected": "security",
    "data_breach.occurred": "privacy",
    "data_breach.discovered": "privacy",
    "data_request.received": "privacy",
    "user_information.requested": "privacy",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the board before it is judged.

    Args:
        id: of the duty; for a time of the law the reference to its clause.
        printed_id: as people read it.
        source: the id of the paper, or the number of the instrument.
        source_title: what it is called.
        clause: the place, as papers cite it.
        title: what is asked.
        area: which part of the program serves it.
        strength: must, should or may.
        kind: of the duty; `clock` for a time of the law.
        continuous: it has to stand all the time; otherwise it answers to something that happens.
        triggers: what it answers to, in the pack's words.
        shown_by: the acts by which that shows; empty where none can.
        acts: the acts that prove it.
        evidence: kinds of evidence that prove it.
        rules: the clock rules that measure it for this kind of actor.
        in_force: the days on which it binds.
        flagged: how many things a person must know or settle.
    """

    id: str
    printed_id: str
    source: str
    source_title: Text
    clause: Text
    title: Text
    area: str
    strength: str
    kind: str
    continuous: bool
    triggers: tuple[str, ...]
    shown_by: tuple[str, ...]
    acts: tuple[str, ...]
    evidence: tuple[str, ...]
    rules: tuple[ClockRule, ...]
    in_force: InForce
    flagged: int


def items_for(pack: Pack, kind: str, first: date, last: date, known_on: date) -> tuple[Item, ...]:
    """Everything that binds a kind of actor on a day of a period, by the law as known on a day.

    Args:
        pack: the law.
        kind: of the organisation.
        first, last: the period.
        known_on: what was published later does not count yet.

    Returns:
        the duties in the order of their papers, then the times of the law, by instrument.
    """
    return _items(Packs(pack), kind, first, last, known_on)


@functools.lru_cache(maxsize=64)
def _items(packs: Packs, kind: str, first: date, last: date, known_on: date) -> tuple[Item, ...]:
    pack = known_law(packs, known_on)
    if kind not in pack.actors:
        raise BadInput(f"the law has no kind of actor '{kind}'", mend="correct the organisation's kind")
    kinds = {kind, *pack.actors[kind].counts_as}
    period = InForce(first, last, "read", "read")
    binding = [
        rule
        for rule in pack.clock_rules.values()
        if kinds.intersection(rule.actors) and rule.in_force.overlaps(period) and rule.counting != "unstated"
    ]
    shown, fulfilled = _by_procedures(pack)
    duties = [duty for duty in pack.duties_during(first, last, kind) if duty.kind not in ASKING_NOTHING]
    found, measured = [], set()
    for duty in duties:
        of_duty = {rule.id for rule in pack.clocks_of(duty)}
        rules = tuple(rule for rule in binding if rule.id in of_duty)
        measured.update(rule.id for rule in rules)
        found.append(_of_duty(pack, duty, rules, shown))
    found += _of_clauses(pack, [rule for rule in binding if rule.id not in measured], shown, fulfilled)
    return tuple(found)


def _of_clauses(pack: Pack, rules: Iterable[ClockRule], shown: Acts, fulfilled: Acts) -> Iterator[Item]:
    """Times of the law, one item a clause, whatever number of times it gives."""
    by_clause: dict[ClauseRef, list[ClockRule]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.clause.instrument, rule.clause, rule.id)):
        by_clause.setdefault(rule.clause, []).append(rule)
    for clause, of_clause in by_clause.items():
        yield _of_clause(pack, clause, tuple(of_clause), shown, fulfilled)


def _of_duty(pack: Pack, duty: Duty, rules: tuple[ClockRule, ...], shown: Acts) -> Item:
    paper = pack.documents[duty.document]
    cited = (
        citation(pack, duty.clause)
        if duty.clause
        else Text(f"{paper.short.vi}, mục {duty.place}", f"{paper.short.en}, {duty.place}")
    )
    return Item(
        id=duty.id,
        printed_id=duty.printed_id,
        source=duty.document,
        source_title=paper.short,
        clause=cited,
        title=duty.title,
        area=duty.area,
        strength=duty.strength or "may",
        kind=duty.kind,
        continuous=duty.recurrence in CONTINUOUS,
        triggers=duty.triggers,
        shown_by=_shown(duty.triggers, shown),
        acts=duty.proof.acts,
        evidence=duty.proof.evidence,
        rules=rules,
        in_force=duty.in_force,
        flagged=len(duty.flags) + sum(basis.flaw is not None for basis in duty.bases),
    )


def _of_clause(pack: Pack, clause: ClauseRef, rules: tuple[ClockRule, ...], shown: Acts, fulfilled: Acts) -> Item:
    events = tuple(dict.fromkeys(event for rule in rules for event in rule.events))
    return Item(
        id=str(clause),
        printed_id=str(clause).removeprefix(f"{clause.instrument}/"),
        source=clause.instrument,
        source_title=pack.instruments[clause.instrument].short,
        clause=citation(pack, clause),
        title=pack.clauses[clause].summary,
        area=next((_AREAS[event] for event in events if event in _AREAS), "casework"),
        strength="must",
        kind="clock",
        continuous=False,
        triggers=events,
        shown_by=_shown(events, shown),
        acts=tuple(dict.fromkeys(act for rule in rules for act in fulfilled.get(rule.obligation, ()))),
        evidence=("receipt", "document"),
        rules=rules,
        in_force=pack.clauses[clause].in_force,
        flagged=0,
    )


def _by_procedures(pack: Pack) -> tuple[Acts, Acts]:
    """Which acts show an event, and which fulfil an obligation, by the pack's procedures and by what it leaves open."""
    shown = {event: list(acts) for event, acts in _SHOWN_BY.items()}
    fulfilled = {obligation: list(acts) for obligation, acts in _FULFILLED_BY.items()}
    for procedure in pack.procedures.values():
        for row in procedure.transitions:
            for words, table in ((row.starts, shown), (row.stops, fulfilled)):
                for word in words:
                    table.setdefault(word, []).append(row.act)
    return (
        {word: tuple(dict.fromkeys(acts)) for word, acts in shown.items()},
        {word: tuple(dict.fromkeys(acts)) for word, acts in fulfilled.items()},
    )


def _shown(triggers: Iterable[str], shown: Acts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(act for word in triggers for act in shown.get(word, ())))
