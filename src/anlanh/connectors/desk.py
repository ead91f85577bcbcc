"""Sorting of waiting cases and decisions on many of them, carried out by the worker a part at a time."""

import uuid

from anlanh.base.actor import NotFound
from anlanh.base.outbox.channels import Receipt, Refused
from anlanh.base.outbox.models import Message
from anlanh.work.casework.desk.sorting import sort_part
from anlanh.work.casework.grouping.actions import work_on


class SortChannel:
    """Sorts the part of an organisation's open cases that a message names; the next part is a message of its own."""

    def deliver(self, message: Message) -> Receipt:
        """Sorts it."""
        after = message.payload["after"]
        version = uuid.UUID(message.payload["version"])
        return Receipt({"cases": sort_part(message.organisation_id, version, uuid.UUID(after) if after else None)})


class GroupChannel:
    """Decides the part of a group of cases that a message names; the next part is a message of its own."""

    def deliver(self, message: Message) -> Receipt:
        """Decides it.

        Raises:
            Refused: the group is gone; a person sees to it.
        """
        try:
            work_on(message.organisation_id, uuid.UUID(message.payload["group"]), message.payload["start"])
        except NotFound as fault:
            raise Refused(str(fault)) from fault
        return Receipt({})
