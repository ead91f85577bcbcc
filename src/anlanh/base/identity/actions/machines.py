"""Keys of machines."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity import checks
from anlanh.base.identity.actions.parts import working
from anlanh.base.identity.models import Credential
from anlanh.base.identity.tokens import digest, new_key


@transaction.atomic
def issue_credential(
    actor: Actor, name: str, capabilities: Iterable[str], responsible: uuid.UUID | None = None
) -> tuple[Credential, str]:
    """A key for a machine.

    Args:
        actor: who issues it, and sees its secret.
        name: of the program that will hold it.
        capabilities: what it may do.
        responsible: the ref of the member who answers for what is done with it; who issues it, when left out.

    Returns:
        The key's row and its secret, which exists nowhere else.

    Raises:
        NotAllowed: the actor does not manage keys.
        NotFound: nobody of that ref works here.
        BadInput: an empty name; no capabilities, or some that machines can't hold.
    """
    actor.require("keys.manage")
    called, chosen = checks.name(name), checks.machine_capabilities(capabilities)
    answering = working(actor, responsible or actor.ref).ref
    secret = new_key()
    credential = Credential.objects.create(
        organisation_id=actor.organisation_id,
        name=called,
        secret_hash=digest(secret),
        capabilities=chosen,
        responsible=answering,
        created_at=clock.now(),
    )
    subject = Subject("credential", credential.id, new=True)
    clear = {"capabilities": chosen, "responsible": answering}
    record(actor, Draft("credential.issued", subject, clear, {"name": called}))
    return credential, secret


def entrust_credentials(actor: Actor, from_ref: uuid.UUID, to_ref: uuid.UUID) -> None:
    """Lets somebody else answer for the live keys of a person who leaves, in the caller's transaction."""
    for credential in Credential.objects.visible_to(actor).filter(responsible=from_ref, revoked_at__isnull=True):
        credential.responsible = to_ref
        credential.save(update_fields=["responsible"])
        record(actor, Draft("credential.entrusted", Subject("credential", credential.id), {"responsible": to_ref}))


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
