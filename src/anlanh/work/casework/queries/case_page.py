"""Everything a case's page shows, gathered for one actor."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.acts import types as kinds
from anlanh.base.acts.models import Act
from anlanh.base.acts.types import act_type
from anlanh.base.clocks import running
from anlanh.base.clocks.models import Clock
from anlanh.base.clocks.running import ClockView
from anlanh.base.files.models import StoredFile
from anlanh.base.identity import queries as identity
from anlanh.law.procedures import Transition
from anlanh.primitives.dates import parse_instant
from anlanh.work.casework import details, letters, policy, steps
from anlanh.work.casework.actions import undoing
from anlanh.work.casework.acts import FIELD_LABELS
from anlanh.work.casework.categories import title_of
from anlanh.work.casework.misuse import policy as misuse
from anlanh.work.casework.models import Appeal, Case, Decision, Evidence, Measure, Notice, Order, Proposal
from anlanh.work.casework.queries.burst import Burst, burst_of
from anlanh.work.casework.queries.cases import case as one_case
from anlanh.work.casework.values import readable_values
from anlanh.work.registry.models import Holder, Page

MOST_REPORTS = 50
MOST_LETTERS = 100
MOST_ACTS = 500
_OF_THE_HOLDER = {"decision.made", "decision.proposed", "violation.confirmed", "case.released", "petition.answered"}
_OTHERS_TAKE = {
    "report.received",
    "report.joined",
    "content.flagged",
    "measure.applied",
    "measure.failed",
    "measure.ended",
    "measure.reversed",
    "decision.corrected",
}


@dataclass(frozen=True)
class ReportLine:
    """One report. Name and address of the reporter are empty for those who may not see them; so is the text of a report
    that concerns a child.

    Args:
        again: number of the report that the same sender made first; empty where it is not joined to one.
        claims: nobody knows yet whether it really comes from that sender.
    """

    id: uuid.UUID
    reference: str
    category: str
    text: str
    concerns_child: bool
    received_at: datetime
    via: str
    reporter_name: str
    reporter_email: str
    threatens_life: bool = False
    again: str = ""
    claims: bool = False
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EvidenceLine:
    """One file of the case. `restricted`: suspected to show the abuse of a child; `shown`: this actor may open it.

    `previewable`, `playable`: the page can show it as a picture, or as a film.
    """

    file: StoredFile
    report_id: uuid.UUID | None
    previewable: bool
    restricted: bool = False
    shown: bool = True
    playable: bool = False


@dataclass(frozen=True)
class HistoryLine:
    """One act, in words.

    Args:
        act_id, seq, type: the act, its number in the case's history, its type.
        title: in the current language.
        who: ref of the member or machine that did it; None for the public and the system.
        who_kind: member, machine, public or system.
        who_name: what to call them.
        at: when it happened.
        recorded_at: when it was recorded.
        late: it was recorded later than it happened, so both times are shown.
        clauses: as papers cite them.
        fields: label and value of the clear fields that are for people.
        text: what somebody wrote, while it is kept and the actor may see it.
        sealed: it has its place in the log.
    """

    act_id: uuid.UUID
    seq: int
    type: str
    title: str
    who: uuid.UUID | None
    who_kind: str
    who_name: str
    at: datetime
    recorded_at: datetime
    late: bool
    clauses: list[str]
    fields: list[tuple[str, str]]
    text: str
    sealed: bool


@dataclass(frozen=True)
class AllowedAct:
    """A step that the procedure knows in this phase.

    Args:
        act, outcome: as in the table.
        possible: this actor can do it now.
        reason: why not, in a sentence; empty when possible.
        needs: what it asks for.
    """

    act: str
    outcome: str
    possible: bool
    reason: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class CasePage:
    """A case with all that belongs to it.

    Args:
        case, page, holder, order: the rows.
        reports: the newest, at most fifty; `report_count` says how many there are, which decides nothing.
        burst: the time in which most of them came, if they were many at once; that decides nothing either.
        evidence, decisions, measures, appeals, notices: oldest first; of very many letters the last hundred.
        clocks: running ones first by due time; of several from one rule that the same phase stops only the earliest.
        history: the acts, oldest first; of very many the last five hundred.
        allowed: the steps of the procedure from here, in its order.
        earlier_cases: how many other cases this page had.
        proposal: the decision that waits for a second person.
        mine: the actor holds the case now.
        holder_now: somebody holds it now.
        holder_name: who holds it, or for whom it is put aside.
        seen: number of the newest act, for `DecisionInput.seen`.
        words_shown: the actor may read what was written; else reports, decisions and appeals are without words, and
            evidence and letters are left out.
    """

    case: Case
    page: Page
    holder: Holder | None
    order: Order | None
    reports: list[ReportLine]
    report_count: int
    burst: Burst | None
    evidence: list[EvidenceLine]
    clocks: list[ClockView]
    history: list[HistoryLine]
    decisions: list[Decision]
    measures: list[Measure]
    appeals: list[Appeal]
    notices: list[Notice]
    allowed: list[AllowedAct]
    earlier_cases: int
    proposal: Proposal | None
    mine: bool
    holder_now: bool
    holder_name: str
    seen: int
    words_shown: bool


def case_page(actor: Actor, case_id: uuid.UUID) -> CasePage:
    """The page of one case.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation has no such case.
    """
    case = one_case(actor, case_id)
    held_now = bool(case.claimed_by and case.claimed_until and case.claimed_until > clock.now())
    holder_ref = case.claimed_by if held_now else case.assigned_to
    history = _history(actor, case)
    report_count = case.reports.count()
    proposal = case.proposals.filter(settled_at__isnull=True).first()
    appeals = list(case.appeals.select_related("decision").order_by("id"))
    decisions = list(case.decisions.select_related("carried_out").order_by("id"))
    words_shown = policy.sees_words_of(actor, case)
    if not words_shown:
        _leave_words_out([*decisions, *appeals, *(appeal.decision for appeal in appeals), proposal])
    return CasePage(
        case=case,
        page=case.page,
        holder=case.page.holder,
        order=Order.objects.select_related("document", "contact").filter(case=case).first(),
        reports=_reports(actor, case),
        report_count=report_count,
        burst=burst_of(case, report_count),
        evidence=evidence_lines(case, actor),
        clocks=clocks_of(case),
        history=history,
        decisions=decisions,
        measures=list(Measure.objects.filter(decision__case=case).select_related("decision").order_by("id")),
        appeals=appeals,
        notices=_letters(actor, case) if words_shown else [],
        allowed=_allowed(actor, case, appeals, proposal),
        earlier_cases=Case.objects.visible_to(actor).filter(page_id=case.page_id).exclude(id=case.id).count(),
        proposal=proposal,
        mine=held_now and case.claimed_by == actor.ref,
        holder_now=held_now,
        holder_name=identity.name_of(actor, holder_ref) if holder_ref else "",
        seen=history[-1].seq if history else 0,
        words_shown=words_shown,
    )


def _leave_words_out(rows: Sequence[Decision | Appeal | Proposal | None]) -> None:
    """Takes what somebody wrote out of rows that are only read, as it stays out of the history."""
    for row in rows:
        for name in ("facts", "subject_fact", "label", "text", "why_late", "reasons"):
            if isinstance(getattr(row, name, None), str):
                setattr(row, name, "")


def evidence_of(actor: Actor, case_id: uuid.UUID) -> list[EvidenceLine]:
    """The evidence of a case, oldest first; none for those who may not see words of it.

    Raises:
        NotAllowed, NotFound: as for `case_page`.
    """
    return evidence_lines(one_case(actor, case_id), actor)


def _letters(actor: Actor, case: Case) -> list[Notice]:
    """The last letters, oldest first; those about misuse only for who sees what stands against a sender."""
    letters = case.notices.order_by("-id")
    if not misuse.sees(actor):
        letters = letters.exclude(kind__startswith="misuse_")
    return list(letters[:MOST_LETTERS])[::-1]


def _reports(actor: Actor, case: Case) -> list[ReportLine]:
    shows_words, shows_names = policy.sees_words_of(actor, case), policy.sees_reporters(actor)
    return [
        ReportLine(
            id=report.id,
            reference=report.reference,
            category=report.category,
            text=report.text if shows_words else "",
            concerns_child=report.concerns_child,
            received_at=report.received_at,
            via=report.via,
            reporter_name=report.reporter.name if shows_names and shows_words else "",
            reporter_email=report.reporter.email if shows_names and shows_words else "",
            threatens_life=report.threatens_life,
            again=report.again.first.reference if hasattr(report, "again") else "",
            claims=not hasattr(report.reporter, "sender"),
            details=tuple(details.in_words(report.category, report.details)) if shows_words else (),
        )
        for report in case.reports.select_related("reporter__sender", "again__first").order_by("-id")[:MOST_REPORTS]
    ]


def evidence_lines(case: Case, actor: Actor, until: datetime | None = None) -> list[EvidenceLine]:
    """The files of a case that was read for the actor, as they may see them.

    Args:
        case: which.
        actor: who reads.
        until: only those that were there by then.
    """
    if not policy.sees_words_of(actor, case):
        return []
    rows = case.evidence.select_related("file").order_by("id")
    rows = rows.filter(added_at__lte=until) if until else rows
    return [_evidence_line(row, shown=not row.restricted_at or policy.sees_material(actor)) for row in rows]


def _evidence_line(row: Evidence, *, shown: bool) -> EvidenceLine:
    picture, film = (kind and shown and not row.restricted_at for kind in (row.file.is_picture, row.file.is_film))
    return EvidenceLine(row.file, row.report_id, picture, row.restricted_at is not None, shown, film)


def clocks_of(case: Case) -> list[ClockView]:
    """The clocks of a case that was read for an actor, running ones first by due time.

    Of those that many reports started from one rule the earliest says it for all.
    """
    first: dict[tuple, Clock] = {}
    for entry in Clock.objects.filter(subject_id=case.id).prefetch_related("pauses").order_by("due_at", "id"):
        first.setdefault((entry.rule, entry.stopped_at is None), entry)
    views = [running.view(entry, steps.pack()) for entry in first.values()]
    return sorted(views, key=lambda view: (view.clock.stopped_at is not None, view.due_at))


def _history(actor: Actor, case: Case) -> list[HistoryLine]:
    newest = Act.objects.visible_to(actor).filter(subject_id=case.id).order_by("-seq")[:MOST_ACTS]
    acts = list(newest.select_related("ledger_leaf"))[::-1]
    words: dict[uuid.UUID, dict[str, Any]] = {}
    for row in readable_values(actor, case, acts):
        words.setdefault(row.act_id, {})[row.field] = row.value
    doers = {act.actor_ref for act in acts if act.actor_ref and _is_staff(act)}
    names = identity.names_of(actor, doers)
    return [_line(act, names, words.get(act.id, {})) for act in acts]


def _line(act: Act, names: dict[uuid.UUID, str], words: dict[str, Any]) -> HistoryLine:
    language = get_language() or "vi"
    declared = act_type(act.type)
    who = act.actor_ref if _is_staff(act) else None
    return HistoryLine(
        act_id=act.id,
        seq=act.seq,
        type=act.type,
        title=declared.title.get(language, declared.title["vi"]),
        who=who,
        who_kind=act.actor_kind,
        who_name=names.get(who) or _doer(act.actor_kind),
        at=act.happened_at,
        recorded_at=act.recorded_at,
        late=(act.recorded_at - act.happened_at).total_seconds() >= 60,
        clauses=[letters.clause_name(reference, language) for reference in act.clauses],
        fields=_fields(act, declared, language),
        text=_text(words),
        sealed=hasattr(act, "ledger_leaf"),
    )


def _is_staff(act: Act) -> bool:
    return act.actor_kind in {ActorKind.MEMBER, ActorKind.MACHINE}


def _doer(kind: str) -> str:
    return _("the public") if kind == ActorKind.PUBLIC else _("the system")


def _fields(act: Act, declared: kinds.ActType, language: str) -> list[tuple[str, str]]:
    """The clear fields that say something to people; identifiers do not."""
    shown = []
    for name, label in FIELD_LABELS.items():
        kind = declared.clear.get(name)
        if kind is None or kind is kinds.reference or name not in act.clear or act.clear[name] is False:
            continue
        shown.append((_(label), _value(name, kind, act.clear[name], language)))
    return shown


def _value(name: str, kind: Any, value: Any, language: str) -> str:
    if kind is kinds.flag:
        return _("yes")
    if kind is kinds.count:
        return str(value)
    if kind is kinds.instant:
        return timezone.localtime(parse_instant(value)).strftime("%H:%M %d/%m/%Y")
    if kind is kinds.day:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if kind is kinds.clause or name == "ground":
        return letters.clause_name(value, language)
    if name == "category":
        return title_of(value)
    return letters.scope_name(value, language) if name == "scope" else letters.word_for(value, language)


def _text(words: dict[str, Any]) -> str:
    """What was written, one paragraph a field; longer lists and receipts are for the act's own page."""
    return "\n\n".join(str(words[name]) for name in FIELD_LABELS if isinstance(words.get(name), str) and words[name])


def _allowed(actor: Actor, case: Case, appeals: Sequence[Appeal], proposal: Proposal | None) -> list[AllowedAct]:
    rows = steps.procedure_of(case).actions_from(case.phase)
    open_appeal = next((appeal for appeal in appeals if appeal.decided_at is None), None)
    return [
        AllowedAct(row.act, row.outcome, not reason, reason, row.needs)
        for row in rows
        if any(name not in {"public", "system"} for name in row.who) and row.act not in _OTHERS_TAKE
        for reason in [_why_not(actor, case, row, open_appeal, proposal)]
    ]


def _why_not(actor: Actor, case: Case, row: Transition, open_appeal: Appeal | None, proposal: Proposal | None) -> str:
    """Why the actor can't do a step now; empty when they can. The actions ask the same rules again."""
    if not steps.permitted(actor, row):
        return _("Your role does not include this step.")
    if row.act == "decision.withdrawn":
        return undoing.why_not(actor, case.decisions.filter(overturned_at__isnull=True).first())
    if policy.claimed_by_another(actor, case):
        until = timezone.localtime(case.claimed_until).strftime("%H:%M")
        return _("Someone else is working on this case until %(time)s.") % {"time": until}
    if proposal and "second_person" in row.needs and proposal.proposed_by == actor.ref:
        return _("You proposed this decision. Somebody else has to approve it.")
    if row.act in _OF_THE_HOLDER and row.outcome != Proposal.Outcome.APPROVED and case.claimed_by != actor.ref:
        return _("Take the case first.")
    if row.act == "violation.confirmed" and case.confirmed_at:
        return _("The violation was confirmed before.")
    if row.act == "order.verified" and case.order.entered_by == actor.ref:
        return _("You entered this order. Somebody else has to verify it.")
    if "second_person" in row.needs and open_appeal and not policy.may_hear(actor, open_appeal):
        return _("You took part in this case, or work under somebody who did. Somebody else has to hear the appeal.")
    if row.act == "case.closed" and row.needs:
        return _("The time to appeal is not over.")
    return ""
