"""The writer of groups: one decision for many cases, each decided by itself through the same action as alone.

So a case keeps its own decision, letters, measure and way to appeal, and the rules that hold for one hold for each:
what somebody else holds, what needs a second person, what lacks its fact is not decided, and stays as it was.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound, system
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.bulk import insert
from anlanh.base.identity.policy import actor_for_member
from anlanh.base.identity.queries import member
from anlanh.base.outbox.queue import Draft as Message
from anlanh.base.outbox.queue import enqueue
from anlanh.law.procedures import NotAllowed as NotPossible
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import measures, steps
from anlanh.work.casework.actions import proposals, review
from anlanh.work.casework.actions.decide import DecisionInput, decide, needs_approval
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.grounds import Cited, LawGround, TermsGround, own_clause
from anlanh.work.casework.grouping import acts
from anlanh.work.casework.grouping.models import Group, GroupItem
from anlanh.work.casework.grouping.proving import tree_of
from anlanh.work.casework.models import Case

CHANNEL = "group"
MOST_CASES = 1000
WHILE_WAITING = 20  # cases decided while the person waits; more are the worker's, in parts of as many


def decide_together(
    actor: Actor, case_ids: Sequence[uuid.UUID], given: DecisionInput, facts: Mapping[uuid.UUID, str]
) -> Group:
    """Decides many cases on one ground with one measure.

    Args:
        actor: who decides; takes each case first.
        case_ids: the cases, each once.
        given: the decision; its `subject_fact` holds for every case that has none of its own.
        facts: a case's own fact, where it differs.

    Raises:
        NotAllowed: without `cases.decide`.
        NotFound: one of the cases is not there for the actor.
        BadInput: no case or too many, no such measure or ground, no facts; or a case would have no fact.
    """
    actor.require("cases.decide")
    case_ids = list(dict.fromkeys(case_ids))
    _check(actor, case_ids, given, facts)
    with transaction.atomic():
        group = Group(
            organisation_id=actor.organisation_id,
            measure=given.measure,
            ground=given.ground,
            terms_clause=given.terms_clause,
            given=_kept(given),
            expected=len(case_ids),
            decided_by=actor.ref,
            started_at=clock.now(),
        )
        group.save(force_insert=True)
        insert([_item(group, at, case_id, facts, given) for at, case_id in enumerate(case_ids)])
        if len(case_ids) > WHILE_WAITING:
            _queue(group, 0)
    if len(case_ids) <= WHILE_WAITING:
        work_on(group.organisation_id, group.id, 0)
        group.refresh_from_db()
    return group


def work_on(organisation_id: uuid.UUID, group_id: uuid.UUID, start: int) -> None:
    """Decides the part of a group that begins at a position and queues the next; done twice it decides nothing twice.

    Raises:
        NotFound: no such group.
    """
    group = Group.objects.filter(id=group_id, organisation_id=organisation_id).first()
    if group is None:
        raise NotFound(_("There is no such group."))
    actor = _as(group)
    given = DecisionInput(**group.given | {"terms_clause": group.terms_clause})
    part = group.items.filter(position__gte=start, position__lt=start + WHILE_WAITING, outcome="")
    for item in part.order_by("position"):
        _decide(actor, item, given)
    with transaction.atomic():
        held = Group.objects.select_for_update().get(id=group.id)
        if held.items.filter(position__gte=start + WHILE_WAITING, outcome="").exists():
            _queue(held, start + WHILE_WAITING)
        elif held.finished_at is None:
            _finish(actor, held)


def _check(actor: Actor, case_ids: Sequence[uuid.UUID], given: DecisionInput, facts: Mapping[uuid.UUID, str]) -> None:
    if not case_ids:
        raise BadInput(_("no case is chosen"), where="cases", mend=_("choose at least one"))
    if len(case_ids) > MOST_CASES:
        raise BadInput(
            _("more than %(most)s cases at once") % {"most": MOST_CASES}, where="cases", mend=_("decide them in parts")
        )
    if given.measure not in measures.KINDS:
        raise BadInput(_("no such measure"), where="measure", mend=_("choose one from the list"))
    _ground(actor.organisation_id, given.ground.strip(), given.terms_clause)
    if not given.facts.strip():
        raise BadInput(_("nothing is written"), where="facts", mend=_("say what you found"))
    lacking = [case_id for case_id in case_ids if not (facts.get(case_id) or given.subject_fact).strip()]
    if lacking:
        raise BadInput(
            _("%(count)s cases have no fact of their own, and there is none for all") % {"count": len(lacking)},
            where="subject_fact",
            mend=_("say one thing that is true of each"),
        )
    seen = within(actor, Case.objects.visible_to(actor)).filter(id__in=case_ids).count()
    if seen < len(case_ids):
        raise NotFound(_("There is no such case."))


def _ground(organisation_id: uuid.UUID, ground: str, terms_clause: uuid.UUID | None) -> Cited:
    """The ground that all have in common; whether it was in force at the conduct is asked of each by itself.

    Raises:
        BadInput: there is none such.
    """
    if terms_clause is not None and not ground:
        return TermsGround(own_clause(organisation_id, terms_clause))
    law = steps.pack().grounds.get(ground)
    if law is None or terms_clause is not None:
        raise BadInput(_("no such ground"), where="ground", mend=_("choose a clause from the list"))
    return LawGround(law)


def _item(
    group: Group, position: int, case_id: uuid.UUID, facts: Mapping[uuid.UUID, str], given: DecisionInput
) -> GroupItem:
    own = (facts.get(case_id) or given.subject_fact).strip()
    return GroupItem(
        organisation_id=group.organisation_id, group=group, case_id=case_id, position=position, subject_fact=own
    )


def _decide(actor: Actor, item: GroupItem, given: DecisionInput) -> None:
    """One case by itself. What can't be decided is given back to the queue, with the reason in the item."""
    try:
        with transaction.atomic():
            case = review.claim(actor, item.case_id)
            own = replace(given, subject_fact=item.subject_fact)
            if needs_approval(case, own):
                row, item.outcome = proposals.propose(actor, case.id, own), "proposed"
            else:
                row, item.outcome = decide(actor, case.id, own), "decided"
            item.row_id = row.id
            item.act_id = Act.objects.filter(subject_id=case.id, type=_ACTS[item.outcome]).latest("seq").id
            item.save(update_fields=["outcome", "row_id", "act_id"])
    except (BadInput, NotAllowed, NotFound, NotPossible) as fault:
        item.outcome, item.fault, item.row_id, item.act_id = "left", str(fault)[:400], None, None
        item.save(update_fields=["outcome", "fault", "row_id", "act_id"])


_ACTS = {"decided": "decision.made", "proposed": "decision.proposed"}


def _finish(actor: Actor, group: Group) -> None:
    """Records the whole as one act."""
    items = list(group.items.order_by("position"))
    totals = {outcome: sum(item.outcome == outcome for item in items) for outcome in acts.OUTCOMES}
    group.root = tree_of(items).root().hex()
    ground = _ground(group.organisation_id, group.ground, group.terms_clause)
    clear = {"measure": group.measure, **ground.clear, "items": len(items), "root": group.root, **totals}
    draft = Draft(
        "group.decided",
        Subject(acts.GROUP, group.id, new=True),
        clear,
        {"facts": group.given["facts"]},
        clauses=ground.clauses,
    )
    group.act_id = record(actor, draft).id
    group.totals, group.finished_at = totals, clock.now()
    group.save()


def _queue(group: Group, start: int) -> None:
    payload = {"group": str(group.id), "start": start}
    enqueue(group.organisation_id, [Message(CHANNEL, f"{group.id}:{start}", payload)])


def _kept(given: DecisionInput) -> dict[str, object]:
    """The decision as JSON; who looked at which page at what moment is not asked of many at once."""
    kept = asdict(replace(given, subject_fact="", seen=None, terms_clause=None))
    return kept | {"preset_id": str(given.preset_id) if given.preset_id else None}


def _as(group: Group) -> Actor:
    """The person who decided, with the roles held at this moment."""
    return actor_for_member(member(system(group.organisation_id), group.decided_by))
