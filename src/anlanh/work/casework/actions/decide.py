"""The decision: a clause, the facts, one fact about this very content, a measure, and letters to those concerned."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft
from anlanh.primitives.dates import civil_date, end_of_day
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import letters, policy, steps
from anlanh.work.casework import measures as kinds
from anlanh.work.casework.actions import closing, measures, notices, undoing
from anlanh.work.casework.grounds import Cited, cited, conduct_of, day_of_conduct
from anlanh.work.casework.holds.models import ContentHold
from anlanh.work.casework.misuse import marking
from anlanh.work.casework.misuse.models import Unfounded
from anlanh.work.casework.models import Case, Decision, Preset
from anlanh.work.casework.naming import LAW
from anlanh.work.casework.steps import Step
from anlanh.work.casework.withholding import actions as keeping_back
from anlanh.work.casework.withholding import standing as withholding

REMOVE, NO_ACTION = kinds.KINDS["remove"].code, kinds.KINDS["no_action"].code
LONGEST_WORDS = 4000

# Acts that change nothing of what a decider has read; a page on which only these are missing is not out of date.
_HARMLESS = (
    "report.joined",
    "report.contact_confirmed",
    "evidence.viewed",
    "history.exported",
    "notice.sent",
    "messages.read",
    "case.called",
    "case.skipped",
    "case.sent_on",
)


@dataclass(frozen=True)
class DecisionInput:
    """What a person decided.

    Args:
        measure: one of `measures.KINDS`.
        ground: the clause of law it rests on; for `no_action` the one that the content was held against. Empty where it
            rests on the organisation's own rules.
        facts: what was found; both sides read it.
        subject_fact: something that can be true of this content only.
        scope, days, age, label: how far the measure goes, see `measures.Terms`; each only if the measure takes it.
        terms_clause: the clause of the organisation's own published rules that it rests on instead.
        preset_id: the preset that it was begun with, if any.
        unfounded, unfounded_reason: reports that are manifestly unfounded, and why; only with `no_action`.
        seen: number of the last act that the decider's page showed; None leaves out the check for what came after.
    """

    measure: str
    ground: str
    facts: str
    subject_fact: str
    scope: str = kinds.Terms.scope
    days: int = 0
    age: int = 0
    label: str = ""
    terms_clause: uuid.UUID | None = None
    preset_id: uuid.UUID | None = None
    seen: int | None = None
    unfounded: Sequence[uuid.UUID] = ()
    unfounded_reason: str = ""

    @property
    def terms(self) -> kinds.Terms:
        """How far the measure goes."""
        return kinds.Terms(self.scope, self.days, self.age, self.label)


def decide(actor: Actor, case_id: uuid.UUID, given: DecisionInput) -> Decision:
    """Decides a case that the actor has claimed, orders the measure and writes the letters.

    Deciding on any measure confirms the violation, if nobody has before.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability, without the claim, or for the system.
        BadInput: something the law or the procedure asks for is missing, or the case has moved on.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_person(actor)
        require_current(actor, case, given)
        given, ground = checked(case, given)
        policy.require_weighed(actor, ground)
        require_no_approval(case, given)
        require_notice_settled(case, given)
        marks = marking.checked(actor, case, given.measure, given.unfounded, given.unfounded_reason)
        row = steps.check(actor, case, "decision.made", outcome_of(given), given=needs_met(given, ground))
        policy.require_claim(actor, case)
        confirming = confirmation(actor, case, given, ground)
        decision = prepared(actor, case, given, ground)
        decision.leaves_at = undoing.leaves_at(case, row)
        step = Step(row, draft(case, decision, ground), grounds=ground.clauses, under_law=ground.kind == LAW)
        acts = steps.take(actor, case, [*confirming, step])
        decision.confirmed_by = acts[0].id if confirming else None
        steps.note(actor, case, marking.drafts(case, decision, marks))
        carry_out(case, decision, acts[len(confirming)], row.notifies, marks)
    return decision


def outcome_of(given: DecisionInput) -> str:
    """The procedure's word for what a measure amounts to."""
    return "no_action" if given.measure == NO_ACTION else "action"


def needs_approval(case: Case, given: DecisionInput) -> bool:
    """Whether the procedure lets one person only propose this, for another one to approve."""
    rule = steps.procedure_of(case).second_person
    return rule is not None and rule.approves(given.measure, given.days)


def require_no_approval(case: Case, given: DecisionInput) -> None:
    """Refuses what one person may only propose.

    Raises:
        BadInput: saying that it can be proposed.
    """
    if needs_approval(case, given):
        raise BadInput(
            _("this measure needs a second person"), where="measure", mend=_("propose it; somebody else approves it")
        )


def checked(case: Case, given: DecisionInput) -> tuple[DecisionInput, Cited | None]:
    """The input with its words trimmed, and the ground it names.

    Raises:
        BadInput: an unknown measure, terms that it does not take or lacks, too many words, a ground that is unknown or
            was not in force at the moment of the conduct, or a measure that needs a ground of law.
    """
    trimmed = {name: getattr(given, name).strip() for name in ("facts", "subject_fact", "ground", "label")}
    given = replace(given, **trimmed)
    if given.measure not in kinds.KINDS:
        raise BadInput(_("no such measure"), where="measure", mend=_("choose one from the list"))
    kinds.named(given.measure).check(case, given.terms)
    for name in ("facts", "subject_fact"):
        if len(getattr(given, name)) > LONGEST_WORDS:
            raise BadInput(
                _("longer than %(most)s characters") % {"most": LONGEST_WORDS}, where=name, mend=_("shorten it")
            )
    ground = cited(case, given.ground, given.terms_clause)
    require_law_where_reserved(given.measure, ground)
    return given, ground


def require_law_where_reserved(measure: str, ground: Cited | None) -> None:
    """Refuses a measure that law alone can found on a ground of the organisation's own rules.

    Raises:
        BadInput: as said.
    """
    if ground is not None and ground.kind != LAW and kinds.named(measure).law_alone:
        raise BadInput(
            _("this measure needs a ground of law"),
            where="measure",
            mend=_("choose another measure, or a clause of law"),
        )


def needs_met(given: DecisionInput, ground: Cited | None) -> set[str]:
    """Which of the procedure's needs an input meets. Letters and the way to appeal are made by this module itself."""
    met = {"measure", "scope", "notice", "appeal_route"}
    if ground:
        met.add("ground")
    if given.facts:
        met |= {"facts", "reason"}
    if given.subject_fact:
        met.add("subject_fact")
    return met


def confirmation(actor: Actor, case: Case, given: DecisionInput, ground: Cited) -> list[Step]:
    """The step that confirms the violation of law, for any measure where the procedure knows it and nobody took it yet.

    A breach of own rules confirms none: the clocks of the law do not start by it.
    """
    known = any(row.act == "violation.confirmed" for row in steps.procedure_of(case).actions_from(case.phase))
    if given.measure == NO_ACTION or case.confirmed_at or not known or ground.kind != LAW:
        return []
    row = steps.check(actor, case, "violation.confirmed", given={"ground", "facts"})
    case.confirmed_at = clock.now()
    clear = {"ground": ground.law.ref, "law_as_of": day_of_conduct(case)}
    draft_ = Draft("violation.confirmed", steps.subject(case), clear, {"facts": given.facts}, clauses=ground.clauses)
    return [Step(row, draft_, grounds=ground.clauses)]


def prepared(
    actor: Actor, case: Case, given: DecisionInput, ground: Cited, replaces: Decision | None = None
) -> Decision:
    """The row of a decision, not yet written."""
    moment, conduct = clock.now(), conduct_of(case)
    return Decision(
        id=new_id(),
        organisation_id=case.organisation_id,
        case=case,
        measure=given.measure,
        **ground.columns,
        conduct_at=conduct.at,
        conduct_by=conduct.by,
        facts=given.facts,
        subject_fact=given.subject_fact,
        scope=given.scope,
        days=given.days,
        age=given.age,
        label=given.label,
        preset=preset_of(case, given.preset_id),
        found_by=str(case.kind),
        machine_part=machine_part_of(actor, case),
        law_as_of=day_of_conduct(case),
        decided_by=actor.ref,
        decided_at=moment,
        appeal_until=_appeal_until(case, moment),
        notice_forbidden_by="" if given.measure == NO_ACTION else _kept_back_under(case),
        replaces=replaces,
    )


def machine_part_of(actor: Actor, case: Case) -> str:
    """What letters say of the part that a machine took: none, it brought the decision, or it found the content."""
    if ContentHold.objects.filter(case=case).exists():
        return "screened"
    return "relayed" if actor.kind is ActorKind.MACHINE else "none"


def draft(case: Case, decision: Decision, ground: Cited) -> Draft:
    """The act of a decision."""
    return Draft(
        "decision.made",
        steps.subject(case),
        {
            "decision": decision.id,
            "replaces": decision.replaces_id,
            "page": case.page_id,
            "category": case.category,
            "measure": decision.measure,
            **ground.clear,
            "conduct_at": decision.conduct_at,
            "conduct_by": decision.conduct_by,
            "scope": decision.scope,
            "days": decision.days or None,
            "age": decision.age or None,
            "preset": decision.preset_id,
            "proposed_by": decision.proposed_by,
            "found_by": decision.found_by,
            "machine_part": decision.machine_part,
            "law_as_of": decision.law_as_of,
            "appeal_until": decision.appeal_until,
            "notice_forbidden_by": decision.notice_forbidden_by or None,
            "leaves_at": decision.leaves_at,
        },
        {"facts": decision.facts, "subject_fact": decision.subject_fact, "label": decision.label or None},
        clauses=ground.clauses,
    )


def carry_out(
    case: Case, decision: Decision, act: Act, notifies: Iterable[str], marks: Sequence[Unfounded] = ()
) -> None:
    """Writes the decision and its marks, orders its measure, tells those concerned, and lets the case go."""
    decision.act_id = act.id
    decision.save(force_insert=True)
    marking.write(decision, marks)
    if decision.measure != NO_ACTION:
        measures.order(case, decision, act)
    told = [*_letters(case, decision, notifies, marks), *_held_before(case, decision)]
    notices.send(case, told, decision)
    if decision.notice_forbidden_by:
        keeping_back.apply(case, decision)
    case.takes_reports = False
    case.claimed_by = case.claimed_until = case.assigned_to = None
    closing.close_if_settled(case)
    steps.save(case)


def _letters(
    case: Case, decision: Decision, notifies: Iterable[str], marks: Sequence[Unfounded]
) -> list[notices.Addressed]:
    kind, said = letter_kind(decision.measure), {mark.report_id: mark.reason for mark in marks}
    addressed: list[notices.Addressed] = []
    for role in notifies:
        if role == notices.AFFECTED and not decision.notice_forbidden_by:
            addressed.append(notices.to_affected(case, f"{kind}_affected"))
        elif role == notices.REPORTER:
            addressed += notices.to_reporters(case, f"{kind}_reporter")
            for letter in addressed:
                if letter.report and letter.report.id in said:
                    letter.context["unfounded"] = said[letter.report.id]
        elif role == notices.REQUESTER:
            addressed.append(notices.to_requester(case, case.order, f"{kind}_requester"))
    return addressed


def _held_before(case: Case, decision: Decision) -> list[notices.Addressed]:
    """Whose page was held is told that it is shown again, where the decision leaves it as it is."""
    row = ContentHold.objects.filter(case=case, lifted_at__isnull=True).first()
    if row is None or decision.measure != NO_ACTION:
        return []
    letter = notices.to_affected(case, "hold_lifted_affected")
    letter.context = letters.about_hold(row.ground, row.until, letter.recipient.language)
    letter.by_hand = True
    return [letter]


def preset_of(case: Case, preset_id: uuid.UUID | None) -> Preset | None:
    """The preset of that id, which has to be the organisation's own; a version that was replaced meanwhile will do."""
    if preset_id is None:
        return None
    found = Preset.objects.filter(organisation_id=case.organisation_id, id=preset_id).first()
    if found is None:
        raise BadInput(_("there is no such preset"), where="preset_id", mend=_("choose one from the list, or none"))
    return found


def letter_kind(measure: str) -> str:
    """Which letters tell of a decision; the role that they are for follows with an underscore."""
    return "kept" if measure == NO_ACTION else "measure"


def require_current(actor: Actor, case: Case, given: DecisionInput) -> None:
    """Refuses a decision taken from a page that others have made out of date."""
    if given.seen is None:
        return
    later = Act.objects.filter(subject_id=case.id, seq__gt=given.seen).exclude(type__in=_HARMLESS)
    if later.exclude(actor_ref=actor.ref).exists():
        raise BadInput(
            _("somebody else worked on this case since you opened it"), mend=_("look at it again, then decide")
        )


def require_notice_settled(case: Case, given: DecisionInput) -> None:
    """Refuses while it is open whether the person affected may be told; nobody leaves a notice out in silence.

    Raises:
        BadInput: it was asked and is not settled, or a clause forbids telling and nobody asked.
    """
    if given.measure == NO_ACTION:
        return
    if withholding.open_asking(case):
        raise BadInput(
            _("somebody asked that the person affected be not told yet"),
            where="ground",
            mend=_("a second person approves or refuses that first"),
        )
    if withholding.clauses_named(case, given.ground) and not (withholding.live(case) or withholding.was_asked(case)):
        raise BadInput(
            _("this clause forbids telling the person affected"),
            where="ground",
            mend=_("ask first that the notice be kept back; a second person approves or refuses it"),
        )


def _kept_back_under(case: Case) -> str:
    """The clause under which the notice is kept back now; empty when the person is told."""
    row = withholding.live(case)
    return row.clause if row else ""


def _appeal_until(case: Case, moment: datetime) -> datetime:
    """The end of the last day on which the decision can be appealed against."""
    window = steps.procedure_of(case).appeal
    return end_of_day(civil_date(moment) + timedelta(days=window.days))
