"""Sorting of waiting cases, carried out by the worker a part at a time."""

import uuid

from anlanh.base.outbox.channels import Receipt
from anlanh.base.outbox.models import Message
from anlanh.work.casework.desk.sorting import sort_part


class SortChannel:
    """Sorts the part of an organisation's open cases that a message names; the next part is a message of its own."""

    def deliver(self, message: Message) -> Receipt:
        """Sorts it."""
        after = message.payload["after"]
        version = uuid.UUID(message.payload["version"])
        return Receipt({"cases": sort_part(message.organisation_id, version, uuid.UUID(after) if after else None)})
