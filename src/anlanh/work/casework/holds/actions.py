"""Placing and lifting holds. Placing one decides nothing: the case waits for a person as before."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.acts.record import Draft
from anlanh.law.model import Ground
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import letters, policy, steps
from anlanh.work.casework.actions import notices
from anlanh.work.casework.grounds import law_named
from anlanh.work.casework.holds.models import ContentHold
from anlanh.work.casework.models import Case

MAY = "cases.review"
LONGEST_REASON = 2000


def place(actor: Actor, case_id: uuid.UUID, ground: str, rule: str) -> ContentHold:
    """Holds the page of a case that nobody has decided, for as long as the procedure says; the account is told.

    Args:
        actor: screening by its key, or a person.
        case_id: the case.
        ground: the clause that it is held against.
        rule: which rule, list or model flagged it, as a code word.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability; or a ground of national security, brought by a machine.
        BadInput: no such ground, one that was held before, decided, or a procedure that knows no holds.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        actor.require(MAY)
        policy.require_person(actor)
        found = law_named(case, ground.strip())
        if found is None:
            raise BadInput(_("no ground is named"), where="ground", mend=_("choose a clause from the list"))
        policy.require_weighed(actor, found)
        if actor.kind is ActorKind.MACHINE and not found.screening_allowed:
            raise BadInput(
                _("screening does not look for this ground"),
                where="ground",
                mend=_("such grounds come from an order or from a person"),
            )
        return place_on(actor, case, found, rule)


def place_on(actor: Actor, case: Case, found: Ground, rule: str) -> ContentHold:
    """Holds the page of a held case, in the caller's transaction; the caller knows that the ground may hold it.

    Raises:
        BadInput: held before, decided, or a procedure that knows no holds.
    """
    longest = steps.procedure_of(case).hold
    if longest is None or not steps.work_is_left(case):
        raise BadInput(_("nothing is held here"), mend=_("look at the case again"))
    if case.decisions.filter(overturned_at__isnull=True).exists():
        raise BadInput(_("it is decided already"), mend=_("look at the case again"))
    if ContentHold.objects.filter(case=case).exists():
        raise BadInput(_("it was held before"), mend=_("a person decides now; a hold is never renewed"))
    moment = clock.now()
    row = ContentHold.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        ground=found.id,
        rule=rule,
        placed_by=actor.ref,
        placed_at=moment,
        until=moment + timedelta(hours=longest.hours),
    )
    clear = {"hold": row.id, "page": case.page_id, "ground": found.ref, "rule": rule, "until": row.until}
    steps.note(actor, case, [Draft("content.held", steps.subject(case), clear, clauses=[found.ref])])
    _tell(case, row)
    steps.save(case)
    return row


def lift(actor: Actor, case_id: uuid.UUID, reason: str) -> ContentHold:
    """Ends a hold before its time, and tells the account; the case goes on waiting.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability.
        BadInput: nothing is held, it is decided by now, or no reason.
    """
    reason = reason.replace("\x00", "").strip()
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        actor.require(MAY)
        row = ContentHold.objects.filter(case=case, lifted_at__isnull=True, until__gt=clock.now()).first()
        if row is None:
            raise BadInput(_("nothing is held here"), mend=_("look at the case again"))
        if case.decisions.filter(overturned_at__isnull=True).exists():  # else the letter says that it is shown again
            raise BadInput(_("it is decided already"), mend=_("look at the case again"))
        if not reason or len(reason) > LONGEST_REASON:
            raise BadInput(_("nothing is written, or too much"), where="reason", mend=_("say why in a few words"))
        row.lifted_by, row.lifted_at = actor.ref, clock.now()
        row.save(update_fields=["lifted_by", "lifted_at"])
        steps.note(
            actor, case, [Draft("content.hold_lifted", steps.subject(case), {"hold": row.id}, {"reason": reason})]
        )
        _tell_lifted(case, row)
        steps.save(case)
    return row


def _tell(case: Case, row: ContentHold) -> None:
    letter = notices.to_affected(case, "held_affected")
    letter.context = letters.about_hold(row.ground, row.until, letter.recipient.language)
    letter.by_hand = True
    notices.send(case, [letter])


def _tell_lifted(case: Case, row: ContentHold) -> None:
    letter = notices.to_affected(case, "hold_lifted_affected")
    letter.context = letters.about_hold(row.ground, row.until, letter.recipient.language)
    letter.by_hand = True
    notices.send(case, [letter])
