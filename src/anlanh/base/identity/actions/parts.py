"""What several actions of identity share: holding an organisation, its administrators, new accounts, joining."""

import uuid

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity import checks, queries
from anlanh.base.identity.models import Account, Invitation, Membership, Organisation
from anlanh.base.identity.policy import actor_for_member
from anlanh.primitives.errors import BadInput

ADMINISTRATOR = "administrator"


def hold(organisation_id: uuid.UUID) -> Organisation:
    """The organisation's row, held until the transaction ends; rows that merely point at it can still be written."""
    return Organisation.objects.select_for_update(no_key=True).get(id=organisation_id)


def working(actor: Actor, ref: uuid.UUID) -> Membership:
    """A person who works in the actor's organisation now."""
    membership = queries.member(actor, ref)
    if membership.left_at is not None:
        raise NotFound(_("there is no such person"))
    return membership


def administrators(organisation_id: uuid.UUID) -> list[Membership]:
    """Who can manage people now. An account that was switched off does not count."""
    live = Membership.objects.filter(organisation_id=organisation_id, left_at__isnull=True, account__is_active=True)
    return [membership for membership in live if ADMINISTRATOR in membership.roles]


def keep_an_administrator(membership: Membership, *, where: str) -> None:
    """Refuses when an organisation would be left without an administrator."""
    remaining = [other for other in administrators(membership.organisation_id) if other != membership]
    if ADMINISTRATOR in membership.roles and not remaining:
        raise BadInput(
            _("this is the last administrator"), where=where, mend=_("make someone else an administrator first")
        )


def hashed_password(password: str, email: str, name: str) -> str:
    """The stored form of a new account's password; made before a transaction begins, since hashing is slow."""
    return make_password(checks.password(password, Account(email=email, name=name)))


def new_account(email: str, name: str, password_hash: str | None, language: str) -> Account:
    """An account whose password is hashed already."""
    return Account.objects.create(email=email, name=name, password=password_hash, language=language)


def join(
    organisation_id: uuid.UUID,
    account: Account,
    name: str,
    roles: list[str],
    invitation: Invitation | None = None,
) -> Membership:
    """The membership and its act; the caller holds the organisation."""
    if Membership.objects.filter(organisation_id=organisation_id, account=account, left_at__isnull=True).exists():
        raise BadInput(_("this person is already a member"), where="email", mend=_("change their roles instead"))
    membership = Membership.objects.create(
        organisation_id=organisation_id, account=account, name=name, roles=sorted(roles), joined_at=clock.now()
    )
    clear = {"roles": membership.roles, "invitation": invitation.id if invitation else None}
    subject = Subject("member", membership.ref, new=True)
    record(actor_for_member(membership), Draft("member.joined", subject, clear, {"email": account.email, "name": name}))
    return membership
