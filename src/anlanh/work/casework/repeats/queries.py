"""The reader of what stands against an account."""

import uuid
from dataclasses import replace

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework import policy
from anlanh.work.casework.desk.access import closed_to
from anlanh.work.casework.repeats.counting import AccountRecord, record_of
from anlanh.work.registry.models import Holder


def account_record(actor: Actor, holder_id: uuid.UUID) -> AccountRecord:
    """What stands against an account, as of today. All of it counts, but what lies in queues that are closed
    to the actor is not shown.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation knows no such account.
    """
    actor.require(policy.VIEW)
    holder = Holder.objects.visible_to(actor).select_related("organisation").filter(id=holder_id).first()
    if holder is None:
        raise NotFound(_("There is no such account."))
    whole, closed = record_of(holder, holder.organisation.kind), set(closed_to(actor))
    if not closed:
        return whole
    return replace(
        whole,
        violations=[one for one in whole.violations if one.case.queue_id not in closed],
        locks=[one for one in whole.locks if one.case.queue_id not in closed],
        open_case=None if whole.open_case and whole.open_case.queue_id in closed else whole.open_case,
    )
