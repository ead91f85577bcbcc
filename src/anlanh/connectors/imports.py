"""Long imports, carried out by the worker a part at a time."""

import uuid

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.outbox.channels import Receipt, Refused
from anlanh.base.outbox.models import Message
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.importing.actions import work_on


class ImportChannel:
    """Carries out the import that a message names. A worker that dies leaves whole parts; the next goes on there."""

    def deliver(self, message: Message) -> Receipt:
        """Brings in what is left of the register.

        Raises:
            Refused: the file can't be read any more, or a rule forbids it; a person sees to it.
        """
        try:
            work_on(message.organisation_id, uuid.UUID(message.payload["import"]))
        except (BadInput, NotAllowed, NotFound) as fault:
            raise Refused(str(fault)) from fault
        return Receipt({})
