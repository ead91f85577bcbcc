"""Running what other rooms declared to follow from an act.

The contract of a reaction (`base.acts.reactions.react`): it runs after the act's transaction, at least once, in a
transaction of its own that is undone when it fails. A worker that dies after the commit makes it run again, so it
looks whether its work is done before doing it (a row keyed by the act's id is the usual way). What must leave the
program goes through the outbox, never from the reaction itself.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import CHANNEL_PREFIX, reaction_named
from anlanh.base.outbox.channels import Receipt, Refused, TryLater
from anlanh.base.outbox.models import Message
from anlanh.primitives.errors import BadInput


class ReactionChannel:
    """Runs the reaction that the channel's name names, with the act that the payload names."""

    def deliver(self, message: Message) -> Receipt:
        """Runs the reaction.

        Raises:
            TryLater: this version of the program declares no such reaction; a newer one that is being rolled out may.
            Refused: the act is not there, or a rule forbids the reaction, which no repetition changes.
        """
        name = message.channel.removeprefix(CHANNEL_PREFIX)
        try:
            reaction = reaction_named(name)
        except KeyError:
            raise TryLater(_("no reaction %(name)s is declared") % {"name": name}) from None
        act = Act.objects.filter(id=message.payload["act"], organisation_id=message.organisation_id).first()
        if act is None:
            raise Refused(_("there is no such act"))
        try:
            with transaction.atomic():
                reaction.run(act)
        except (BadInput, NotAllowed, NotFound) as fault:
            raise Refused(str(fault)) from fault
        return Receipt({})
