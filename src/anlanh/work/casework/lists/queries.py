"""Reading how lists are arranged."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework import policy
from anlanh.work.casework.lists.models import Arrangement, SavedView


def saved_views(actor: Actor) -> list[SavedView]:
    """The views that the actor saved and those shared with everybody, the shared ones first, by name.

    Raises:
        NotAllowed: without `cases.view`.
    """
    return list(_visible(actor).order_by("-shared", "name", "id"))


def saved_view(actor: Actor, view_id: uuid.UUID) -> SavedView:
    """One of them.

    Raises:
        NotAllowed: without `cases.view`.
        NotFound: there is none, or it is somebody else's own.
    """
    found = _visible(actor).filter(id=view_id).first()
    if found is None:
        raise NotFound(_("There is no such view."))
    return found


def arrangement(actor: Actor) -> Arrangement:
    """What the actor chose for all lists, or an empty choice.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    found = Arrangement.objects.visible_to(actor).filter(member=actor.ref).select_related("start").first()
    if found is None:
        return Arrangement(organisation_id=actor.organisation_id, member=actor.ref)
    if found.start and not (found.start.shared or found.start.owner == actor.ref):
        found.start = None  # it was taken back by the person who had shared it
    return found


def _visible(actor: Actor) -> QuerySet[SavedView]:
    actor.require(policy.VIEW)
    return SavedView.objects.visible_to(actor).filter(Q(shared=True) | Q(owner=actor.ref))
