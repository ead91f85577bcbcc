"""The reader of what stands against an account."""

import uuid

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework import policy
from anlanh.work.casework.repeats.counting import AccountRecord, record_of
from anlanh.work.registry.models import Holder


def account_record(actor: Actor, holder_id: uuid.UUID) -> AccountRecord:
    """What stands against an account, as of today.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: the organisation knows no such account.
    """
    actor.require(policy.VIEW)
    holder = Holder.objects.visible_to(actor).select_related("organisation").filter(id=holder_id).first()
    if holder is None:
        raise NotFound(_("There is no such account."))
    return record_of(holder, holder.organisation.kind)
