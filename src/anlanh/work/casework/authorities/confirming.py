"""The paper that follows a call, kept and recorded in one."""

import uuid

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor
from anlanh.base.files import store
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.authorities.actions.orders import confirm
from anlanh.work.casework.models import Case


def confirm_with(actor: Actor, case_id: uuid.UUID, upload: UploadedFile | None, note: str) -> Case:
    """Keeps the paper and records that it came; a paper marked secret is refused before anything is kept.

    Raises:
        NotFound, NotAllowed, BadInput: as for `confirm`; or no file.
        Secret: it is marked secret.
    """
    actor.require("orders.enter", "orders.verify")
    if upload is None:
        raise BadInput(_("no file is chosen"), where="document", mend=_("attach the paper"))
    secrecy.require_open([note, upload.name], [(upload.name, upload)])
    with transaction.atomic():
        return confirm(actor, case_id, store.keep(actor, upload.name, upload), note)
