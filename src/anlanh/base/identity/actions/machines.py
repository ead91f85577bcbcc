"""Keys of machines."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity import checks
from anlanh.base.identity.models import Credential
from anlanh.base.identity.tokens import digest, new_key


@transaction.atomic
def issue_credential(actor: Actor, name: str, capabilities: Iterable[str]) -> tuple[Credential, str]:
    """A key for a machine.

    Returns:
        The key's row and its secret, which exists nowhere else.

    Raises:
        NotAllowed: the actor does not manage keys.
        BadInput: an empty name; no capabilities, or some that machines can't hold.
    """
    actor.require("keys.manage")
    called, chosen = checks.name(name), checks.machine_capabilities(capabilities)
    secret = new_key()
    credential = Credential.objects.create(
        organisation_id=actor.organisation_id,
        name=called,
        secret_hash=digest(secret),
        capabilities=chosen,
        created_at=clock.now(),
    )
    subject = Subject("credential", credential.id, new=True)
    record(actor, Draft("credential.issued", subject, {"capabilities": chosen}, {"name": called}))
    return credential, secret


@transaction.atomic
def revoke_credential(actor: Actor, credential_id: uuid.UUID) -> Credential:
    """Ends a key at once; revoking it again changes and records nothing.

    Raises:
        NotAllowed: the actor does not manage keys.
        NotFound: the organisation has no such key.
    """
    actor.require("keys.manage")
    credential = Credential.objects.visible_to(actor).select_for_update().filter(id=credential_id).first()
    if credential is None:
        raise NotFound(_("there is no such key"))
    if credential.revoked_at is None:
        credential.revoked_at = clock.now()
        credential.save(update_fields=["revoked_at"])
        record(actor, Draft("credential.revoked", Subject("credential", credential.id)))
    return credential
