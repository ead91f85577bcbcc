"""Arranging lists."""

import re
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity.models import Membership
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import policy, words
from anlanh.work.casework.lists.acts import VIEW
from anlanh.work.casework.lists.models import Arrangement, SavedView
from anlanh.work.casework.lists.queries import saved_view

MOST = 30  # views of one person, and of a team
LONGEST_NAME, LONGEST_ADDRESS, MOST_COLUMNS = 60, 500, 20
# The part of an address behind the question mark, as a browser writes it: it leads nowhere but into the lists.
_ADDRESS = re.compile(r"[\w.~%+=&-]+\Z", re.ASCII)
_COLUMN = re.compile(r"[a-z_]{1,20}\Z")


@transaction.atomic
def save_view(actor: Actor, name: str, address: str, *, shared: bool = False) -> SavedView:
    """Keeps a list's address under a name.

    Args:
        actor: who may see cases.
        name: at most 60 characters.
        address: what stands behind the question mark, at most 500 characters.
        shared: everybody who sees cases is shown it.

    Raises:
        NotAllowed: without the capability; shared, by somebody who does not arrange the queues.
        BadInput: no name, or one too long; no such address; too many are kept.
    """
    _require(actor, shared=shared)
    _lock(actor)
    kept = SavedView.objects.visible_to(actor)
    same = kept.filter(owner=actor.ref, name=_named(name), address=address, shared=shared).first()
    if same:
        return same  # the second of two clicks
    if (kept.filter(shared=True) if shared else kept.filter(owner=actor.ref, shared=False)).count() >= MOST:
        raise BadInput(_("there are %(most)s already") % {"most": MOST}, where="name", mend=_("delete one first"))
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.match(address):
        raise BadInput(_("this is no list"), where="address", mend=_("open the list and save it from there"))
    view = SavedView(
        organisation_id=actor.organisation_id, owner=actor.ref, name=_named(name), address=address, shared=shared
    )
    view.saved_at = clock.now()
    view.save()
    if shared:
        _note_sharing(actor, view)
    return view


@transaction.atomic
def change_view(actor: Actor, view_id: uuid.UUID, name: str, *, shared: bool) -> SavedView:
    """Gives a view another name, and shares it or takes it back.

    Raises:
        NotAllowed: it is shared, or is to be, and the actor does not arrange the queues.
        NotFound: it is not the actor's to see.
        BadInput: no name, or one too long.
    """
    view = _held(actor, view_id)
    _require(actor, shared=shared or view.shared)
    renamed, before = view.name != _named(name), view.shared
    view.name, view.shared = _named(name), shared
    view.save()
    if shared and (renamed or not before):
        _note_sharing(actor, view)
    elif before and not shared:
        record(actor, Draft("saved_view.unshared", Subject(VIEW, view.id)))
    return view


@transaction.atomic
def remove_view(actor: Actor, view_id: uuid.UUID) -> None:
    """Deletes a view; whoever began there begins at the usual place again.

    Raises:
        NotAllowed, NotFound: as for `change_view`.
    """
    view = _held(actor, view_id)
    _require(actor, shared=view.shared)
    if view.shared:
        record(actor, Draft("saved_view.unshared", Subject(VIEW, view.id)))
    view.delete()


@transaction.atomic
def set_start(actor: Actor, view_id: uuid.UUID | None) -> None:
    """Makes a view the page that the actor begins on; None for the usual one.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: it is not the actor's to see.
    """
    view = saved_view(actor, view_id) if view_id else None
    row = _arrangement(actor)
    row.start = view
    row.save()


@transaction.atomic
def set_columns(actor: Actor, columns: Sequence[str]) -> None:
    """Sets which columns lists of cases show the actor; none for the usual ones.

    Raises:
        NotAllowed: without `cases.view`.
        BadInput: these can't be columns.
    """
    if len(columns) > MOST_COLUMNS or not all(map(_COLUMN.match, columns)):
        raise BadInput(_("no such column"), where="columns", mend=_("choose among those shown"))
    row = _arrangement(actor)
    row.columns = list(dict.fromkeys(columns))
    row.save()


def _require(actor: Actor, *, shared: bool = False) -> None:
    actor.require(policy.VIEW)
    if actor.kind is not ActorKind.MEMBER:
        raise NotAllowed(_("Only a person on the staff can do this."))
    if shared:
        actor.require(policy.ARRANGE)


def _held(actor: Actor, view_id: uuid.UUID) -> SavedView:
    _require(actor)
    _lock(actor)
    return saved_view(actor, view_id)


def _lock(actor: Actor) -> None:
    """One change of a person's arrangement after the other."""
    Membership.objects.select_for_update(no_key=True).get(organisation_id=actor.organisation_id, ref=actor.ref)


def _arrangement(actor: Actor) -> Arrangement:
    _require(actor)
    _lock(actor)
    held = Arrangement.objects.visible_to(actor).filter(member=actor.ref).first()
    return held or Arrangement(organisation_id=actor.organisation_id, member=actor.ref)


def _note_sharing(actor: Actor, view: SavedView) -> None:
    written = {"name": view.name, "address": view.address}
    record(actor, Draft("saved_view.shared", Subject(VIEW, view.id), {}, written))


def _named(name: str) -> str:
    name = " ".join(words.cleaned(name, "name", LONGEST_ADDRESS).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(
            _("no name, or one too long"), where="name", mend=_("write at most %(most)s characters") % {"most": 60}
        )
    return name
