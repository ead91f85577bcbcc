"""The directory of authorities: a number is called back at only once a second person has verified it."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.erasing import erase_values
from anlanh.base.acts.record import Draft, Subject, record, record_all
from anlanh.base.bulk import insert
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search
from anlanh.work.casework import policy, steps
from anlanh.work.casework.authorities.actions.words import written
from anlanh.work.casework.authorities.models import Authority

MAY_ADD = ("orders.enter", "orders.verify")
MAY_VERIFY = "orders.verify"
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{2,28}\Z")


@dataclass(frozen=True)
class AuthorityInput:
    """A body as it is entered.

    Args:
        name: as papers call it.
        phone: the number that it is called back at, from a source other than its paper.
        complaints: where somebody can complain about its orders.
        requester: which authority it is in the pack's words, if known.
    """

    name: str
    phone: str
    complaints: str = ""
    requester: str = ""


@transaction.atomic
def add(actor: Actor, given: AuthorityInput) -> Authority:
    """Adds a body; its number counts once somebody else has verified it.

    Raises:
        NotAllowed: without a capability for it.
        BadInput: naming the field.
    """
    actor.require(*MAY_ADD)
    row = _row(actor, checked(given))
    row.save(force_insert=True)
    record(actor, _added(row))
    return row


@transaction.atomic
def bring_in(actor: Actor, given: Sequence[AuthorityInput]) -> list[tuple[Authority, bool]]:
    """Adds the bodies of a register, in the caller's order; none of their numbers counts as verified.

    Args:
        actor: who brings in the register.
        given: bodies after `checked`.

    Returns:
        The body, and whether it is new: one with the same name and number is left as it is.

    Raises:
        NotAllowed: without `imports.run`.
    """
    actor.require(policy.IMPORT)
    standing = Authority.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("added_at", "id")
    known = {_key(row.name, row.phone): row for row in reversed(standing)}
    added: list[Authority] = []
    brought = []
    for entry in given:
        key = _key(entry.name, entry.phone)
        if is_new := key not in known:
            known[key] = _row(actor, entry)
            added.append(known[key])
        brought.append((known[key], is_new))
    insert(added)
    record_all(actor, [_added(row) for row in added])
    return brought


@transaction.atomic
def take_back(actor: Actor, authority_ids: Sequence[uuid.UUID]) -> None:
    """Removes bodies that a register brought in, while nobody has relied on any of them.

    Raises:
        NotAllowed: without `imports.run`.
        BadInput: one was verified or taken out of the directory by a person.
    """
    actor.require(policy.IMPORT)
    rows = list(Authority.objects.visible_to(actor).select_for_update().filter(id__in=authority_ids).order_by("id"))
    relied_on = [row for row in rows if row.verified_at or row.ended_at]
    if relied_on:
        raise BadInput(
            _("%(name)s was verified or taken out of the directory by now") % {"name": relied_on[0].name},
            mend=_("end the bodies one by one in the directory instead"),
        )
    record_all(actor, [Draft("authority.ended", Subject("authority", row.id)) for row in rows])
    Authority.objects.filter(id__in=[row.id for row in rows]).delete()
    erase_values(actor.organisation_id, [row.id for row in rows])


def checked(given: AuthorityInput) -> AuthorityInput:
    """The body as it is kept.

    Raises:
        BadInput: naming the field.
    """
    phone = written(given.phone, "phone", 30)
    if not _PHONE.match(phone):
        raise BadInput(_("this is no telephone number"), where="phone", mend=_("write digits, such as 024 3943 1234"))
    if given.requester and given.requester not in steps.pack().vocabulary["requesters"]:
        raise BadInput(_("no such authority"), where="requester", mend=_("choose one from the list"))
    return AuthorityInput(
        name=written(given.name, "name", 200),
        phone=phone,
        complaints=written(given.complaints, "complaints", 300, optional=True),
        requester=given.requester,
    )


@transaction.atomic
def verify(actor: Actor, authority_id: uuid.UUID, how: str) -> Authority:
    """Records that the number was verified, and how; by somebody who did not add it.

    Raises:
        NotFound: no such body for this actor.
        NotAllowed: without the capability, or by who added it.
        BadInput: nothing is written, or it was verified or ended before.
    """
    row = _hold(actor, authority_id, MAY_VERIFY)
    policy.require_second_person(actor, {row.added_by})
    how = written(how, "how", 2000)
    if row.verified_at:
        raise BadInput(_("it was verified before"), mend=_("look at the list again"))
    row.verified_by, row.verified_at = actor.ref, clock.now()
    row.save(update_fields=["verified_by", "verified_at"])
    record(actor, Draft("authority.verified", Subject("authority", row.id), {}, {"how": how}))
    return row


@transaction.atomic
def end(actor: Actor, authority_id: uuid.UUID) -> Authority:
    """Takes a body out of the directory; what was recorded with it stays.

    Raises:
        NotFound, NotAllowed, BadInput: as for `verify`.
    """
    row = _hold(actor, authority_id, MAY_VERIFY)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record(actor, Draft("authority.ended", Subject("authority", row.id)))
    return row


def _row(actor: Actor, given: AuthorityInput) -> Authority:
    return Authority(
        organisation_id=actor.organisation_id,
        name=given.name,
        requester=given.requester,
        phone=given.phone,
        complaints=given.complaints,
        added_by=actor.ref,
        added_at=clock.now(),
    )


def _added(row: Authority) -> Draft:
    committed = {"name": row.name, "phone": row.phone, "complaints": row.complaints or None}
    subject = Subject("authority", row.id, new=True)
    return Draft("authority.added", subject, {"requester": row.requester or None}, committed)


def _key(name: str, phone: str) -> tuple[str, str]:
    """By what a body's entry is known again: its name whatever case and marks, and the digits of its number."""
    return fold_search(name), "".join(filter(str.isdigit, phone))


def _hold(actor: Actor, authority_id: uuid.UUID, capability: str) -> Authority:
    actor.require(capability)
    row = Authority.objects.visible_to(actor).select_for_update().filter(id=authority_id).first()
    if row is None:
        raise NotFound(_("There is no such authority."))
    if row.ended_at:
        raise BadInput(_("it is no longer in the directory"), mend=_("look at the list again"))
    return row
