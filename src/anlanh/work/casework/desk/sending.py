"""Sending a case on by hand: to another queue, or as graver than it came, with a reason. Its clocks run as before."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import policy, steps, words
from anlanh.work.casework.desk.models import Queue
from anlanh.work.casework.desk.plans import DANGER, GRAVE, ORDINARY
from anlanh.work.casework.models import Case

LONGEST_REASON = 2000
TIERS = (DANGER, GRAVE, ORDINARY)  # a threat to life is marked by itself, and calls people


def send_on(actor: Actor, case_id: uuid.UUID, queue_id: uuid.UUID | None, tier: int, reason: str) -> Case:
    """Puts a case into another queue, or among graver ones. Rules do not move it again; whoever works there takes it.

    Args:
        actor: somebody who works on cases.
        case_id: the case; nobody else holds it.
        queue_id: the queue; None for no named one.
        tier: how grave it is; less grave than it is by now changes nothing.
        reason: for those who get it.

    Raises:
        NotFound: no such case or queue for this actor.
        NotAllowed: the actor does not work on cases, or somebody else holds it.
        BadInput: no reason, nothing that would change, or nothing left to do.
    """
    reason = words.cleaned(reason, "reason", LONGEST_REASON)
    if not reason:
        raise BadInput(_("something is missing"), where="reason", mend=_("say why it goes there"))
    if tier not in TIERS:
        raise BadInput(_("no such gravity"), where="tier", mend=_("choose one from the list"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_member(actor)
        actor.require(*policy.WORKING)
        policy.require_unclaimed(actor, case)
        _require_queue(actor, queue_id)
        tier = min(case.tier, tier)
        if case.closed_at:
            raise BadInput(_("nothing is left to do here"), mend=_("look at the case again"))
        if queue_id == case.queue_id and tier == case.tier:
            raise BadInput(_("it stands there already"), where="queue", mend=_("choose another queue or gravity"))
        clear = {"from_queue": case.queue_id, "to_queue": queue_id, "from_tier": case.tier, "tier": tier}
        steps.note(actor, case, [Draft("case.sent_on", steps.subject(case), clear, {"reason": reason})])
        case.queue_id, case.tier, case.sent_on_at = queue_id, tier, clock.now()
        case.slowed_until = None  # who looked at it says when it is begun
        case.claimed_by = case.claimed_until = case.assigned_to = None
        steps.save(case)
    return case


def _require_queue(actor: Actor, queue_id: uuid.UUID | None) -> None:
    """A queue in use; also one whose cases the actor may not see: who sends on may need those who can."""
    if queue_id is None:
        return
    if not Queue.objects.visible_to(actor).filter(id=queue_id, retired_at__isnull=True).exists():
        raise NotFound(_("There is no such queue."))
