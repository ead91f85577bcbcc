"""Inviting people, and what changes while they work here."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity import checks, queries
from anlanh.base.identity.actions.parts import (
    ADMINISTRATOR,
    hashed_password,
    hold,
    join,
    keep_an_administrator,
    new_account,
    working,
)
from anlanh.base.identity.letters import invitation_letter
from anlanh.base.identity.models import Account, Invitation, Membership
from anlanh.base.identity.tokens import digest, new_token
from anlanh.base.outbox.queue import enqueue
from anlanh.primitives.errors import BadInput

INVITATION_LIFE = timedelta(days=7)


@transaction.atomic
def invite(
    actor: Actor, email: str, name: str, roles: Iterable[str], *, language: str = "vi"
) -> tuple[Invitation, str]:
    """Offers a person a place, and queues the letter. An earlier open invitation to the address is replaced.

    Args:
        actor: who invites.
        email: where the letter goes; the person will sign in with it.
        name: how to call the person.
        roles: at least one.
        language: of the letter, and of the account when it is new.

    Returns:
        The invitation and its token, which exists nowhere else.

    Raises:
        NotAllowed: the actor does not manage people.
        BadInput: an unusable address, name or role; somebody who is a member already.
    """
    actor.require("people.manage")
    address, called, chosen = checks.email(email), checks.name(name), checks.roles(roles)
    organisation = hold(actor.organisation_id)
    if Membership.objects.visible_to(actor).filter(account__email=address, left_at__isnull=True).exists():
        raise BadInput(_("this person is already a member"), where="email", mend=_("change their roles instead"))
    for earlier in queries.invitations(actor).filter(email=address):
        _withdraw(actor, earlier, "replaced")
    token, moment = new_token(), clock.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        name=called,
        language=checks.language(language),
        roles=chosen,
        token_hash=digest(token),
        invited_by=actor.ref,
        created_at=moment,
        expires_at=moment + INVITATION_LIFE,
    )
    act = record(
        actor,
        Draft(
            "member.invited",
            Subject("invitation", invitation.id, new=True),
            {"roles": chosen, "expires_at": invitation.expires_at},
            {"email": address, "name": called},
        ),
    )
    letter = invitation_letter(invitation, organisation, actor.name, token)
    enqueue(organisation.id, [letter], act_id=act.id)
    return invitation, token


@transaction.atomic
def withdraw_invitation(actor: Actor, invitation_id: uuid.UUID) -> None:
    """Takes an open invitation back; its link stops working at once.

    Raises:
        NotAllowed: the actor does not manage people.
        NotFound: no such invitation is open in this organisation.
    """
    actor.require("people.manage")
    hold(actor.organisation_id)
    invitation = queries.invitations(actor).filter(id=invitation_id).first()
    if invitation is None:
        raise NotFound(_("there is no such invitation"))
    _withdraw(actor, invitation, "withdrawn")


def accept_invitation(token: str, name: str, password: str = "", *, account: Account | None = None) -> Membership:
    """Takes up an invitation.

    Args:
        token: from the letter's link.
        name: how colleagues will see the person.
        password: for a new account.
        account: the account signed in with, when the address already has one; a link alone must not reach into it.

    Raises:
        NotFound: the invitation is unknown, used, withdrawn or expired.
        BadInput: the name or password is unusable, or the address has an account that is not signed in.
    """
    invitation = queries.open_invitation(token)
    called = checks.name(name)
    hashed = None if account else hashed_password(password, invitation.email, called)
    with transaction.atomic():
        hold(invitation.organisation_id)
        invitation = queries.open_invitation(token)
        existing = queries.account_for_email(invitation.email)
        if account != existing:
            raise BadInput(
                _("this address already has an account"),
                where="password",
                mend=_("sign in with %(email)s, then open the link again") % {"email": invitation.email},
            )
        person = existing or new_account(invitation.email, called, hashed, invitation.language)
        membership = join(invitation.organisation_id, person, called, invitation.roles, invitation)
        invitation.membership, invitation.accepted_at = membership, clock.now()
        invitation.save(update_fields=["membership", "accepted_at"])
        return membership


@transaction.atomic
def change_roles(actor: Actor, ref: uuid.UUID, roles: Iterable[str]) -> Membership:
    """Gives a person exactly these roles; the same roles again change and record nothing.

    Raises:
        NotAllowed: the actor does not manage people.
        NotFound: nobody of that ref works here.
        BadInput: no or unknown roles; the last administrator would lose that role.
    """
    actor.require("people.manage")
    chosen = checks.roles(roles)
    hold(actor.organisation_id)
    membership = working(actor, ref)
    before = sorted(membership.roles)
    if before == chosen:
        return membership
    if ADMINISTRATOR not in chosen:
        keep_an_administrator(membership, where="roles")
    membership.roles = chosen
    membership.save(update_fields=["roles"])
    record(actor, Draft("member.roles_changed", Subject("member", ref), {"before": before, "roles": chosen}))
    return membership


@transaction.atomic
def set_supervisor(actor: Actor, ref: uuid.UUID, supervisor_ref: uuid.UUID | None) -> Membership:
    """Says to whom a person reports, or to nobody. An appeal is not heard by someone under whoever decided.

    Raises:
        NotAllowed: the actor does not manage people.
        NotFound: one of the two does not work here.
        BadInput: the person would, through others, report to themself.
    """
    actor.require("people.manage")
    hold(actor.organisation_id)
    membership = working(actor, ref)
    supervisor = working(actor, supervisor_ref) if supervisor_ref else None
    if supervisor and (supervisor.ref == ref or queries.is_subordinate(supervisor.ref, ref)):
        raise BadInput(
            _("this person would report to themself"),
            where="supervisor",
            mend=_("choose someone who is not below them"),
        )
    if membership.reports_to != supervisor:
        membership.reports_to = supervisor
        membership.save(update_fields=["reports_to"])
        record(actor, Draft("member.supervisor_set", Subject("member", ref), {"supervisor": supervisor_ref}))
    return membership


def set_preferences(
    account: Account, *, language: str, single_key_shortcuts: bool, blur_media: bool, grey_media: bool
) -> None:
    """Stores how a person likes the pages. An account belongs to no organisation, so there is no act.

    Args:
        account: whose.
        language: of the pages.
        single_key_shortcuts: one key by itself does something.
        blur_media, grey_media: pictures and films of evidence are opened blurred, and without colour.

    Raises:
        BadInput: a language that is not available.
    """
    account.language = checks.language(language)
    account.single_key_shortcuts = single_key_shortcuts
    account.blur_media, account.grey_media = blur_media, grey_media
    account.save(update_fields=["language", "single_key_shortcuts", "blur_media", "grey_media"])


def _withdraw(actor: Actor, invitation: Invitation, why: str) -> None:
    """Closes an open invitation and records why; the caller holds the organisation."""
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(actor, Draft("invitation.withdrawn", Subject("invitation", invitation.id), {"why": why}))
