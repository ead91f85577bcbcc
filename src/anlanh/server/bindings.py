"""Binds what rooms below need to what rooms above provide: ports and outbox channels; once, when Django is ready."""

from anlanh.base.outbox.channels import bind
from anlanh.base.ports import holds, on_call, open_work, terms
from anlanh.connectors.desk import GroupChannel, SortChannel
from anlanh.connectors.imports import ImportChannel
from anlanh.connectors.mail import MailChannel
from anlanh.connectors.reactions import ReactionChannel
from anlanh.connectors.webhooks import WebhookChannel
from anlanh.work.casework.actions import review
from anlanh.work.casework.desk import emergency
from anlanh.work.casework.keeping import actions as keeping
from anlanh.work.policies import cited


def bind_everything() -> None:
    """Binds every port and channel of the program."""
    bind("mail", MailChannel())
    bind("import", ImportChannel())
    bind("desk.sort", SortChannel())
    bind("group", GroupChannel())
    bind("webhook", WebhookChannel())
    bind("reaction:", ReactionChannel())
    open_work.bind(review)
    holds.bind(keeping)
    on_call.bind(emergency)
    terms.bind(cited)
