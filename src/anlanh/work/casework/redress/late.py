"""Appeals after their time: taken with the reason for it, and let in or refused by somebody who took no part."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.queue import open_task, settle_task
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, letters, policy, steps, words
from anlanh.work.casework.actions import appeals, decide, notices
from anlanh.work.casework.actions.appeals import Appellant
from anlanh.work.casework.models import Appeal, Case
from anlanh.work.casework.redress.models import LateAppeal

LATE = "late_appeal"
LONGEST_TEXT, LONGEST_WHY = 5000, 2000


def ask_late(reference: str, secret: str, text: str, why_late: str) -> LateAppeal:
    """Takes an appeal against a standing decision whose time to appeal is over; a person says whether it is heard.

    Args:
        reference, secret: of a report, or of the access of the person affected.
        text: what the appellant says.
        why_late: why they could not say it in time.

    Raises:
        NotFound: the two do not open anything.
        BadInput: nothing to appeal against, the time is not over, they appealed before, or something is not written.
    """
    door = doors.opened(reference, secret)
    person = public_actor(door.case.organisation_id, door.party.id)
    text, why_late = words.cleaned(text, "text", LONGEST_TEXT), words.cleaned(why_late, "why_late", LONGEST_WHY)
    if not text:
        raise BadInput(_("nothing is written"), where="text", mend=_("say why you disagree"))
    if not why_late:
        raise BadInput(_("nothing is written"), where="why_late", mend=_("say why you could not appeal in time"))
    with transaction.atomic():
        case = steps.hold(person, door.case.id)
        decision = appeals.standing_decision(case)
        if decision is None or not policy.is_for(door.role, decision.measure):
            raise BadInput(_("no decision stands that you could appeal against"), mend=_("wait; you will be told"))
        if clock.now() <= decision.appeal_until:
            raise BadInput(_("the time to appeal is not over"), mend=_("appeal as usual"))
        asked = LateAppeal.objects.filter(decision=decision, party=door.party)
        if asked.exists() or decision.appeals.filter(party=door.party).exists():
            raise BadInput(
                _("you have appealed already"), mend=_("you can still turn to the competent authority or to a court")
            )
        late = LateAppeal(
            id=new_id(),
            organisation_id=case.organisation_id,
            case=case,
            decision=decision,
            party=door.party,
            report=door.report,
            role=door.role,
            text=text,
            why_late=why_late,
            filed_at=clock.now(),
        )
        clear = {"late_appeal": late.id, "decision": decision.id, "appellant": door.party.id, "role": door.role}
        draft = Draft("late_appeal.filed", steps.subject(case), clear, {"text": text, "why_late": why_late})
        steps.note(person, case, [draft])
        late.save(force_insert=True)
        notices.send(case, [_letter(late, "late_appeal_received")], decision)
        detail = {"case": case.number, "case_id": str(case.id)}
        open_task(case.organisation_id, LATE, _key(late), subject=("case", case.id), detail=detail)
    return late


def admit(actor: Actor, late_id: uuid.UUID) -> Appeal:
    """Lets a late appeal in: from now on it is an appeal, and its time to be answered runs.

    Raises:
        NotFound: no such late appeal for this actor.
        NotAllowed: without the capability, or not independent of the decision.
        BadInput: it was settled before, or another decision stands by now.
    """
    with transaction.atomic():
        case, late = _hold(actor, late_id)
        if late.decision.overturned_at:
            raise BadInput(_("this decision does not stand any more"), mend=_("refuse it and say so"))
        outcome = "late_no_action" if late.decision.measure == decide.NO_ACTION else "late"
        row = steps.check(actor, case, "appeal.filed", outcome, given={"second_person", "reason"})
        appellant = Appellant(late.role, late.party, late.report)
        late.appeal = appeals.enter(actor, case, row, appellant, late.decision, late.text, late.why_late)
        _settle(actor, late, LateAppeal.Outcome.ADMITTED, "")
    return late.appeal


def refuse(actor: Actor, late_id: uuid.UUID, reasons: str) -> LateAppeal:
    """Refuses to hear a late appeal, with reasons that go to who filed it.

    Raises:
        NotFound, NotAllowed: as for `admit`.
        BadInput: no reasons, or too long ones, or it was settled before.
    """
    reasons = words.cleaned(reasons, "reasons", LONGEST_TEXT)
    if not reasons:
        raise BadInput(_("something is missing"), where="reasons", mend=_("say why"))
    with transaction.atomic():
        case, late = _hold(actor, late_id)
        clear = {"late_appeal": late.id, "decision": late.decision_id}
        draft = Draft("late_appeal.refused", steps.subject(case), clear, {"reasons": reasons})
        steps.note(actor, case, [draft])
        _settle(actor, late, LateAppeal.Outcome.REFUSED, reasons)
        notices.send(case, [_letter(late, "late_appeal_refused")], late.decision)
    return late


def _hold(actor: Actor, late_id: uuid.UUID) -> tuple[Case, LateAppeal]:
    known = LateAppeal.objects.visible_to(actor).filter(id=late_id).values_list("case_id", flat=True).first()
    if known is None:
        raise NotFound(_("There is no such appeal."))
    case = steps.hold(actor, known)
    late = LateAppeal.objects.select_related("decision", "party", "report").get(id=late_id)
    late.case = case
    if late.settled_at:
        raise BadInput(_("this appeal is decided already"), mend=_("look at the case again"))
    actor.require("appeals.hear")
    policy.require_second_person(actor, policy.handlers_of(case.id))
    return case, late


def _settle(actor: Actor, late: LateAppeal, outcome: str, reasons: str) -> None:
    late.outcome, late.reasons = outcome, reasons
    late.settled_by, late.settled_at = actor.ref, clock.now()
    late.save()
    settle_task(_key(late), actor.ref)


def _letter(late: LateAppeal, kind: str) -> notices.Addressed:
    access = notices.door_of(late.case) if late.role == notices.AFFECTED else None
    language = late.party.language
    context = {"filed_on": letters.civil_day(late.filed_at, language), "reasons": late.reasons}
    return notices.Addressed(kind, late.role, late.party, report=late.report, access=access, context=context)


def _key(late: LateAppeal) -> str:
    return f"late_appeal:{late.id}"
