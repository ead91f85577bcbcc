"""The readers of the mailbox: a letter that waits for a person."""

import uuid

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.policy import SEE_REPORTERS


def letter_that_waits(actor: Actor, letter_id: uuid.UUID) -> Letter:
    """A letter that no program could settle, with its bytes as they came.

    Raises:
        NotAllowed: for those who do not see reporters: the letter names its sender.
        NotFound: no such letter of the organisation.
    """
    actor.require(SEE_REPORTERS)
    found = Letter.objects.visible_to(actor).select_related("file").filter(id=letter_id, file__isnull=False).first()
    if found is None:
        raise NotFound(_("There is no such letter."))
    return found
