"""The same facts from an exported log: no database, only the clear fields of acts and the law pack.

Clocks are started and stopped anew, by the procedure that a case goes through and the law of the day, as the program
did when the acts were recorded.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from anlanh.law.clocks import clocks_for
from anlanh.law.pack import Pack
from anlanh.law.procedures import Procedure, Transition
from anlanh.ledger.checkpoints import SIGNATURE_MARK
from anlanh.primitives.dates import civil_date, parse_instant
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board import texts
from anlanh.reporting.board.counting import Counted, counted
from anlanh.reporting.board.facts import (
    EVIDENCE_GIVEN,
    EVIDENCE_WITHDRAWN,
    ClockCounts,
    Evidence,
    Facts,
    Period,
)

NO_ACTION = "no_action"
WITHDRAWN = "decision.withdrawn"
VIOLATION, OWN_RULES = "violation.detected", "terms"  # an event of clocks; a kind of ground


@dataclass
class Span:
    """One clock from its start to its stop, if it was stopped."""

    rule: str
    obligation: str
    started_at: datetime
    due_at: datetime
    started_by: str
    stopped_at: datetime | None = None
    stopped_by: str = ""


@dataclass
class Recount:
    """What a log says, gathered once; asked for any period afterwards.

    Args:
        kind: the organisation's kind of actor, as the act of its creation states it.
        code: its code.
        since: the civil day of that act.
        acts: how many acts are counted under what.
        spans: every clock.
        evidence: statements with the day on which they were withdrawn, None for those that stand.
        texts: the acts that published texts or withdrew them.
    """

    kind: str
    code: str
    since: date
    acts: Counter[Counted] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)
    evidence: list[tuple[Evidence, date | None]] = field(default_factory=list)
    texts: list[dict] = field(default_factory=list)

    def facts(self, period: Period, dated_types: Iterable[str] = ()) -> Facts:
        """What the board of a period is judged by.

        Args:
            period: which days, as of when.
            dated_types: the types whose days are asked for one by one.
        """
        acts: Counter[tuple[str, str]] = Counter()
        ever: Counter[str] = Counter()
        days: dict[str, set[date]] = {name: set() for name in dated_types}
        for entry, number in self.acts.items():
            if entry.day <= period.last_counted:
                ever[entry.type] += number
                if entry.day >= period.first:
                    acts[entry.type, entry.word] += number
            if entry.type in days and entry.day <= period.as_of:
                days[entry.type].add(entry.day)
        return Facts(
            acts=dict(acts),
            acts_ever=dict(ever),
            lapsed=dict(texts.lapsed(self.texts, period.last_counted).acts),
            days={name: tuple(sorted(found)) for name, found in days.items() if found},
            clocks=clock_counts(self.spans, period),
            evidence=tuple(standing(self.evidence, period.as_of)),
            since=self.since,
        )


def recount(leaves: Iterable[dict], pack: Pack) -> Recount:
    """Reads a whole log.

    Args:
        leaves: its acts in the order of the log.
        pack: the law that clocks are counted by.

    Raises:
        BadInput: the log does not begin with the organisation's creation.
    """
    leaves = iter(leaves)
    first = next(leaves, None)
    if first is None or first.get("type") != "organisation.created":
        raise BadInput("the log does not begin with the creation of its organisation", mend="give one whole log")
    begun = counted(first)
    found = Recount(kind=first["clear"]["kind"], code=first["clear"]["code"], since=begun.day)
    found.acts[begun] += 1
    cases: dict[str, list[dict]] = {}
    given: dict[str, Evidence] = {}
    withdrawn: dict[str, date] = {}
    for leaf in leaves:
        found.acts[counted(leaf)] += 1
        if leaf["subject"].startswith("case/"):
            cases.setdefault(leaf["subject"], []).append(leaf)
        elif leaf["type"] == EVIDENCE_GIVEN:
            entry = evidence_of(leaf)
            given[entry.id] = entry
        elif leaf["type"] in texts.TYPES:
            found.texts.append(leaf)
        elif leaf["type"] == EVIDENCE_WITHDRAWN:
            withdrawn[leaf["clear"]["evidence"]] = civil_date(parse_instant(leaf["happened_at"]))
    found.evidence = [(entry, withdrawn.get(entry.id)) for entry in given.values()]
    for acts in cases.values():
        found.spans += spans_of(sorted(acts, key=lambda leaf: leaf["seq"]), pack, found.kind)
    return found


def leaves_of(stream: BinaryIO) -> Iterator[dict]:
    """The acts of an export file. Whether the file is whole and genuine is for `anlanh ledger verify` to say.

    Raises:
        BadInput: a line that is no act.
    """
    for number, line in enumerate(stream, 1):
        if not line.startswith(b"{"):  # the checkpoint begins
            if number == 1 or line.startswith(SIGNATURE_MARK.encode()):
                raise BadInput("this is no exported log", where=f"line {number}", mend="export it anew")
            return
        try:
            leaf = json.loads(line)
            leaf["type"], leaf["subject"], leaf["seq"], leaf["happened_at"], leaf["clear"]
        except (ValueError, LookupError, TypeError):
            raise BadInput("this line is no act", where=f"line {number}", mend="export the log anew") from None
        yield leaf


def evidence_of(leaf: dict) -> Evidence:
    """The statement that an act gives."""
    clear = leaf["clear"]
    return Evidence(
        id=clear["evidence"],
        duty=clear["duty"],
        statement=clear["statement"],
        kind=clear.get("kind", ""),
        first=date.fromisoformat(clear["covers_from"]),
        last=date.fromisoformat(clear["covers_to"]),
        given_on=civil_date(parse_instant(leaf["happened_at"])),
        for_due=date.fromisoformat(clear["for_due"]) if "for_due" in clear else None,
    )


def standing(evidence: Iterable[tuple[Evidence, date | None]], as_of: date) -> list[Evidence]:
    """The statements given by a day and not withdrawn by then, in order of their days and ids."""
    found = [entry for entry, ended in evidence if entry.given_on <= as_of and (ended is None or ended > as_of)]
    return sorted(found, key=lambda entry: (entry.given_on, entry.id))


def clock_counts(spans: Iterable[Span], period: Period) -> dict[str, ClockCounts]:
    """How the clocks stand that ran on a day of the period."""
    found: dict[str, ClockCounts] = {}
    for span in spans:
        if span.started_at > period.ends_at or (span.stopped_at and span.stopped_at < period.begins_at):
            continue
        counts = found.setdefault(span.rule, ClockCounts())
        if span.stopped_at and span.stopped_at <= period.moment:
            if span.stopped_at <= span.due_at:
                counts.met += 1
            else:
                counts.late += 1
        elif span.due_at < period.moment:
            counts.overdue += 1
            counts.first_missed = min(filter(None, (counts.first_missed, span.due_at)))
        else:
            counts.running += 1
            counts.next_due = min(filter(None, (counts.next_due, span.due_at)))
    return found


def spans_of(acts: list[dict], pack: Pack, kind: str) -> list[Span]:
    """The clocks of one case, from its acts in their order.

    Args:
        acts: every act of the case.
        pack: the law.
        kind: the organisation's kind of actor.
    """
    procedure = next(
        (entry for entry in pack.procedures.values() if acts[0]["type"] in (entry.opens, *entry.also_opens)), None
    )
    if procedure is None:
        return []
    spans: list[Span] = []
    phase = procedure.initial
    for place, act in enumerate(acts):
        if act["type"] == "case.import_undone":
            # What an import brought goes again; nothing was done on the case since.
            spans = [span for span in spans if span.started_by not in _brought(acts[:place], act)]
            continue
        row = _row(procedure, phase, acts[: place + 1])
        if row is None:
            continue
        phase = row.leads_to(phase)
        if act["type"] == WITHDRAWN:
            spans = _taken_back(spans, _decision(acts[:place], act), act)
        for event in row.starts:
            spans += _started(pack, kind, event, act, acts[place + 1 :])
        moment = parse_instant(act["happened_at"])
        for span in spans:
            if span.stopped_at is None and span.obligation in row.stops:
                span.stopped_at, span.stopped_by = moment, act["id"]
    return spans


def _row(procedure: Procedure, phase: str, acts: list[dict]) -> Transition | None:
    """The row of the table that the last of the acts was done by; None for what is noted beside the procedure."""
    act = acts[-1]
    rows = [row for row in procedure.actions_from(phase) if row.act == act["type"]]
    if len(rows) < 2:
        return rows[0] if rows else None
    outcome = _outcome(act, acts)
    return next((row for row in rows if row.outcome == outcome), None)


def _outcome(act: dict, acts: list[dict]) -> str:
    """Which result of the act the table means, told from its clear fields and those of the decision it names."""
    clear = act["clear"]
    if act["type"] == "decision.made":
        return NO_ACTION if clear["measure"] == NO_ACTION else "action"
    if act["type"] == WITHDRAWN:
        return "approved" if "proposed_by" in _decision(acts, act)["clear"] else "alone"
    if clear.get("late"):
        return "late_no_action" if _decision(acts, act)["clear"]["measure"] == NO_ACTION else "late"
    return clear.get("outcome", "")


def _decision(acts: list[dict], about: dict) -> dict:
    """The act of the decision that an act names."""
    named = about["clear"]["decision"]
    return next(act for act in acts if act["type"] == "decision.made" and act["clear"]["decision"] == named)


def _taken_back(spans: list[Span], decision: dict, withdrawal: dict) -> list[Span]:
    """The clocks as they were before a decision: what it stopped runs on, what its confirmation started is gone."""
    for span in spans:
        if span.stopped_by == decision["id"]:
            span.stopped_at, span.stopped_by = None, ""
    return [span for span in spans if span.started_by != withdrawal["clear"].get("confirmation")]


def _started(pack: Pack, kind: str, event: str, act: dict, following: list[dict]) -> list[Span]:
    """The clocks that an event starts. A decision that follows names the ground of one made in an appeal."""
    clear = act["clear"]
    cited = clear
    if act["type"] == "appeal.decided":
        cited = next((later["clear"] for later in following if later["type"] == "decision.made"), {})
    if event == VIOLATION and cited.get("ground_kind") == OWN_RULES:
        return []  # a breach of own rules is no violation of law
    ground = cited.get("ground")
    answer = clocks_for(
        pack,
        event=event,
        actor=kind,
        at=parse_instant(act["happened_at"]),
        grounds=[ground] if ground else [],
        emergency=clear.get("emergency", False),
        requester=clear.get("requester"),
    )
    return [Span(clock.id, clock.obligation, clock.starts_at, clock.due_at, act["id"]) for clock in answer.clocks]


def _brought(acts: list[dict], undoing: dict) -> set[str]:
    """The last acts before an import was undone: as many as it brought to the case."""
    brought = [act["id"] for act in acts if act["type"] != "case.import_undone"]
    return set(brought[-undoing["clear"]["items"] :])
