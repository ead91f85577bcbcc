"""The readers of second looks: the queue, a case as it was, what the plans say, figures, what a decider is told."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.ports.terms import TermsClause
from anlanh.law.model import Ground
from anlanh.work.casework import details, steps
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.grounds import day_of_conduct, terms_offered
from anlanh.work.casework.models import Case, Decision, Order
from anlanh.work.casework.publishing.figures import HIDDEN, SMALLEST_SHOWN
from anlanh.work.casework.quality import proving, standing
from anlanh.work.casework.quality.drawing import SamplingRule
from anlanh.work.casework.quality.models import SamplingPlan, SecondLook
from anlanh.work.casework.queries.case_page import EvidenceLine, evidence_lines

READS_FIGURES = ("organisation.manage", "ledger.view")
MOST_REPORTS = 50
MOST_SHOWN = 100
COUNTED_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """One second look of the queue: nothing that tells which case it is before it is taken.

    Args:
        look: the row.
        mine: the actor holds it.
        held: somebody else does.
        possible: the actor may judge it.
    """

    look: SecondLook
    mine: bool
    held: bool
    possible: bool


@dataclass(frozen=True)
class Words:
    """A report as it stood when the case was decided, without who sent it."""

    category: str
    text: str
    received_at: datetime
    details: list[tuple[str, str]]


@dataclass(frozen=True)
class AsItWas:
    """A case at the moment of its decision, and the decision itself only once the actor has judged.

    Args:
        look, case: the rows.
        order: what an authority asked, for such a case.
        reports, evidence: what was there by then.
        grounds, own_rules: in force at the conduct.
        first: the decision; None until the actor has answered.
        differs: where the two judgements differ.
        mine: the actor holds it.
        corrects: the actor may put the decision right now.
    """

    look: SecondLook
    case: Case
    order: Order | None
    reports: list[Words]
    evidence: list[EvidenceLine]
    grounds: list[Ground]
    own_rules: list[TermsClause]
    first: Decision | None
    differs: set[str]
    mine: bool
    corrects: bool


@dataclass(frozen=True)
class GroundFigures:
    """How often second looks agreed on the decisions under one ground.

    Args:
        ground: the clause; empty for all together.
        looks, agree, differs_ground, differs_measure, wrong: how many; `HIDDEN` where it could point at somebody.
    """

    ground: str
    looks: int
    agree: int
    differs_ground: int
    differs_measure: int
    wrong: int

    @property
    def percent(self) -> int | None:
        """The share that agreed; None where it is not shown."""
        return None if HIDDEN in (self.looks, self.agree) or not self.looks else round(100 * self.agree / self.looks)


@dataclass(frozen=True)
class PlanLine:
    """A version of the plan with its rules, how many it drew, and what drawing again gave once its secret is open."""

    plan: SamplingPlan
    rules: list[SamplingRule]
    drawn: int


def waiting_lines(actor: Actor) -> list[Line]:
    """The second looks that wait, for those who make them.

    Raises:
        NotAllowed: without the capability.
    """
    actor.require(standing.LOOKS)
    moment, lines = clock.now(), []
    for look in standing.waiting(actor).select_related("decision", "case")[:MOST_SHOWN]:
        held = look.held_by is not None and look.held_until > moment
        mine = held and look.held_by == actor.ref
        lines.append(Line(look, mine, held and not mine, standing.is_independent(actor, look)))
    return sorted(lines, key=lambda line: (not line.mine, not line.possible))


def waiting_count(actor: Actor) -> int:
    """How many wait that are not on the actor's own decisions; 0 for those who make none."""
    return standing.waiting(actor).count() if actor.can(standing.LOOKS) else 0


def as_it_was(actor: Actor, look_id: uuid.UUID) -> AsItWas:
    """A case for its second look.

    Raises:
        NotAllowed: without the capability, not independent, or somebody else holds it.
        NotFound: no such second look for the actor; one that is done is for who made it and for who hears appeals.
    """
    actor.require(standing.LOOKS)
    rows = standing.seen(actor).select_related("case__page__holder", "case__organisation", "case__order", "decision")
    look = rows.filter(id=look_id).first()
    if look is None or (look.compared_at and look.answered_by != actor.ref and not actor.can("appeals.hear")):
        raise NotFound(_("There is no such second look."))
    standing.require_independent(actor, look)
    case, until = look.case, look.decision.decided_at
    answered = look.answered_at is not None and (look.answered_by == actor.ref or look.compared_at is not None)
    reports = case.reports.filter(received_at__lte=until).order_by("id")[:MOST_REPORTS]
    return AsItWas(
        look=look,
        case=case,
        order=getattr(case, "order", None) if case.kind == Case.Kind.ORDER else None,
        reports=[
            Words(one.category, one.text, one.received_at, details.in_words(one.category, one.details))
            for one in reports
        ],
        evidence=evidence_lines(case, actor, until),
        grounds=steps.pack().grounds_on(day_of_conduct(case)),
        own_rules=terms_offered(case),
        first=look.decision if answered else None,
        differs=standing.differences(look) if answered else set(),
        mine=look.held_by == actor.ref and look.held_until is not None and look.compared_at is None,
        corrects=_corrects(actor, look),
    )


def sampling_plans(actor: Actor) -> list[PlanLine]:
    """The versions of the plan, the newest first.

    Raises:
        NotAllowed: without one of `READS_FIGURES`.
    """
    actor.require(*READS_FIGURES)
    plans = SamplingPlan.objects.visible_to(actor).order_by("-version")[:MOST_SHOWN]
    return [PlanLine(plan, [SamplingRule.read(word) for word in plan.rules], plan.looks.count()) for plan in plans]


def drawn_again(actor: Actor, plan_version: int) -> proving.Checked | None:
    """What drawing again from the acts gives for a plan that ended; None for one whose secret is not open.

    Raises:
        NotAllowed: as for `sampling_plans`.
    """
    actor.require(*READS_FIGURES)
    return proving.check(_leaves(actor, *proving.NEEDED), plan_version)


def agreement(actor: Actor) -> list[GroundFigures]:
    """How often second looks of the last year agreed: all together first, then ground by ground, the most looked at
    first. Counted from the clear fields of acts; what rests on few looks, or on one decider as rows say, is hidden.

    Raises:
        NotAllowed: as for `sampling_plans`.
    """
    actor.require(*READS_FIGURES)
    since = clock.now() - COUNTED_FOR
    acts = Act.objects.visible_to(actor).filter(type="quality.second_look", recorded_at__gte=since)
    looks = [act.clear for act in acts.iterator(2000)]
    judged = Decision.objects.visible_to(actor).filter(id__in={look["decision"] for look in looks})
    deciders = {str(one): decider for one, decider in judged.values_list("id", "decided_by")}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, set[uuid.UUID | None]] = defaultdict(set)
    for look in looks:
        for name in ("", proving.ground_word(look)):
            counts[name][look["outcome"]] += 1
            people[name].add(deciders.get(look["decision"]))
    order = sorted(counts, key=lambda name: (name != "", -counts[name].total(), name))
    return _covered([_shown(name, counts[name], alone=len(people[name]) < 2) for name in order])


def feedback(actor: Actor) -> QuerySet[SecondLook]:
    """What was found about the actor's own decisions, the newest first; not by whom."""
    return _own(actor).select_related("case__page", "decision").order_by("-compared_at", "-id")[:MOST_SHOWN]


def unread_feedback(actor: Actor) -> int:
    """How much of that the actor has not read."""
    return _own(actor).filter(read_at__isnull=True).count()


def _own(actor: Actor) -> QuerySet[SecondLook]:
    compared = within(actor, SecondLook.objects.visible_to(actor), "case__queue").filter(compared_at__isnull=False)
    return compared.filter(decision__decided_by=actor.ref)


def _corrects(actor: Actor, look: SecondLook) -> bool:
    wrong = look.outcome == SecondLook.Outcome.WRONG and look.decision.overturned_at is None
    table = steps.procedure_of(look.case)
    rows = [row for row in table.actions_from(look.case.phase) if row.act == "decision.corrected"]
    return wrong and look.decision.measure != "no_action" and any(steps.permitted(actor, row) for row in rows)


def _shown(ground: str, counts: Counter[str], *, alone: bool) -> GroundFigures:
    """The figures of a ground; few looks, or those on one person's decisions alone, are all hidden."""
    looks = counts.total()
    parts = [counts[name] for name in ("agree", "differs_ground", "differs_measure", "wrong")]
    if looks < SMALLEST_SHOWN:
        looks = HIDDEN
    if looks == HIDDEN or alone:
        parts = [HIDDEN] * len(parts)
    return GroundFigures(ground, looks, *parts)


def _covered(rows: list[GroundFigures]) -> list[GroundFigures]:
    """The rows, with a second ground hidden where only one is, as all together less the others would tell it."""
    grounds = [row for row in rows if row.ground]
    hidden = [row for row in grounds if row.agree == HIDDEN]
    if len(hidden) != 1 or len(grounds) < 2:
        return rows
    next_one = min((row for row in grounds if row not in hidden), key=lambda row: row.looks)
    return [GroundFigures(row.ground, *[HIDDEN] * 5) if row is next_one else row for row in rows]


def _leaves(actor: Actor, *types: str) -> Iterable[dict[str, Any]]:
    for act in Act.objects.visible_to(actor).filter(type__in=types).iterator(2000):
        yield act.body
