"""Setting preferences."""

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity.models import Organisation
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.preferences.models import Preferences

MAY_SET = "organisation.manage"
LONGEST_UNDO = 300


@transaction.atomic
def set_preferences(actor: Actor, *, undo_seconds: int) -> Preferences:
    """Sets how long a decision can be taken back before anything leaves.

    Args:
        actor: who manages the organisation.
        undo_seconds: 0 lets everything leave at once.

    Raises:
        NotAllowed: without the capability.
        BadInput: not a length that can be set.
    """
    actor.require(MAY_SET)
    if not 0 <= undo_seconds <= LONGEST_UNDO:
        raise BadInput(
            _("not a number of seconds between 0 and %(most)s") % {"most": LONGEST_UNDO},
            where="undo_seconds",
            mend=_("correct it"),
        )
    Organisation.objects.select_for_update(no_key=True).get(id=actor.organisation_id)
    held = Preferences.objects.visible_to(actor).first()
    row = held or Preferences(organisation_id=actor.organisation_id)
    row.undo_seconds, row.set_by, row.set_at = undo_seconds, actor.ref, clock.now()
    row.save()
    subject = Subject("preferences", row.id, new=held is None)
    record(actor, Draft("preferences.set", subject, {"undo_seconds": undo_seconds}))
    return row
