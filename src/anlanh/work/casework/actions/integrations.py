"""Setting up where a platform is told of measures, and ending that."""

import secrets

from django.conf import settings
from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.outbox import targets
from anlanh.work.casework.models import Integration

INTEGRATION = "integration"
MANAGE = "keys.manage"


@transaction.atomic
def set_up(actor: Actor, url: str) -> tuple[Integration, str]:
    """Sets up the address that measures are sent to, with a new secret; one that was set up before ends.

    Args:
        actor: who manages the organisation's keys.
        url: https; plain http only where the settings allow it.

    Returns:
        The integration, and the secret to tell the receiver. The row keeps it too, since calls are signed with it, but
        no page or query shows it again.

    Raises:
        NotAllowed: the actor does not manage keys.
        BadInput: an address that webhooks can't go to.
    """
    actor.require(MANAGE)
    targets.parse(url, plain_http=settings.ANLANH_WEBHOOK_PLAIN_HTTP)
    _end_live(actor)
    integration = Integration.objects.create(
        organisation_id=actor.organisation_id,
        url=url.strip(),
        key_id="k-" + secrets.token_hex(6),
        secret=secrets.token_urlsafe(32),
        created_at=clock.now(),
    )
    subject = Subject(INTEGRATION, integration.id, new=True)
    record(actor, Draft("integration.set_up", subject, {"key_id": integration.key_id}, {"url": integration.url}))
    return integration, integration.secret


@transaction.atomic
def end(actor: Actor) -> int:
    """Ends the live integration; measures become tasks for people from now on.

    Returns:
        How many were live.

    Raises:
        NotAllowed: the actor does not manage keys.
    """
    actor.require(MANAGE)
    return _end_live(actor)


def _end_live(actor: Actor) -> int:
    live = list(Integration.objects.visible_to(actor).select_for_update().filter(active=True))
    for integration in live:
        integration.active = False
        integration.save(update_fields=["active"])
        record(actor, Draft("integration.ended", Subject(INTEGRATION, integration.id)))
    return len(live)
