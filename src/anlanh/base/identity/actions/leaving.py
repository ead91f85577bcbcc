"""What ends a person's part in an organisation: leaving with hand-over, and erasing who they were."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.erasing import erase_values
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity import queries
from anlanh.base.identity.actions.machines import entrust_credentials
from anlanh.base.identity.actions.parts import hold, keep_an_administrator, working
from anlanh.base.identity.models import Invitation, Membership
from anlanh.base.ports import open_work
from anlanh.primitives.errors import BadInput


@transaction.atomic
def leave(actor: Actor, ref: uuid.UUID, hand_over_to: uuid.UUID | None) -> Membership:
    """Ends a person's membership: their next request finds no access, and somebody else holds what they held.

    Args:
        actor: who records it.
        ref: the person who leaves.
        hand_over_to: who takes over the open work; required. Their subordinates go to their own supervisor.

    Raises:
        NotAllowed: the actor does not manage people.
        NotFound: one of the two does not work here.
        BadInput: nobody, or the leaver, takes over; the leaver is the last administrator.
    """
    actor.require("people.manage")
    hold(actor.organisation_id)
    membership = working(actor, ref)
    keep_an_administrator(membership, where="hand_over_to")
    if hand_over_to is None or hand_over_to == ref:
        raise BadInput(
            _("nobody takes over the open work"), where="hand_over_to", mend=_("choose someone else who works here")
        )
    successor = working(actor, hand_over_to)
    entrust_credentials(actor, ref, successor.ref)
    moved = open_work.bound().hand_over_all(actor, ref, successor.ref)
    Membership.objects.visible_to(actor).filter(reports_to=membership).update(reports_to=membership.reports_to)
    membership.left_at, membership.reports_to = clock.now(), None
    membership.save(update_fields=["left_at", "reports_to"])
    clear = {"handed_over": moved, "handed_over_to": successor.ref}
    record(actor, Draft("member.left", Subject("member", ref), clear))
    return membership


@transaction.atomic
def erase_person(actor: Actor, ref: uuid.UUID) -> int:
    """Erases who a former member was: their name, the mapping to an account, the values behind their acts.

    The acts stay, and name only the random ref. The account itself goes when it belongs to no organisation any more.

    Returns:
        How many committed values were erased.

    Raises:
        NotAllowed: the actor does not manage people.
        NotFound: nobody of that ref was ever here.
        BadInput: the person still works here, or was erased before.
    """
    actor.require("people.manage")
    hold(actor.organisation_id)
    membership = queries.member(actor, ref)
    if membership.left_at is None:
        raise BadInput(_("this person still works here"), mend=_("record that they left first"))
    if membership.erased_at is not None:
        raise BadInput(_("this person was erased before"), mend=_("there is nothing left to do"))
    account, moment = membership.account, clock.now()
    invitations = Invitation.objects.visible_to(actor).filter(membership=membership)
    erased = erase_values(actor.organisation_id, [ref, *invitations.values_list("id", flat=True)])
    invitations.update(email="", name="")
    membership.name, membership.account, membership.erased_at = "", None, moment
    membership.save(update_fields=["name", "account", "erased_at"])
    if account and not account.memberships.exists():
        account.delete()
    record(actor, Draft("member.erased", Subject("member", ref), {"values": erased}))
    return erased
