"""Where measures are sent, for the pages of those who manage keys. The secret is shown nowhere."""

from dataclasses import dataclass
from datetime import datetime

from anlanh.base.actor import Actor
from anlanh.work.casework.models import Integration


@dataclass(frozen=True)
class IntegrationView:
    """A live integration.

    Args:
        url: where measures go.
        key_id: the name of the secret that signs.
        created_at: when it was set up.
    """

    url: str
    key_id: str
    created_at: datetime


def live_integration(actor: Actor) -> IntegrationView | None:
    """The organisation's live integration; None where measures are carried out by hand.

    Raises:
        NotAllowed: the actor does not manage keys.
    """
    actor.require("keys.manage")
    found = Integration.objects.visible_to(actor).filter(active=True).order_by("-created_at").first()
    return IntegrationView(found.url, found.key_id, found.created_at) if found else None
