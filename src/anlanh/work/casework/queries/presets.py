"""Decisions prepared for kinds of cases, as deciders are offered them and as their page lists them."""

import uuid

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.work.casework import policy, steps
from anlanh.work.casework.actions.decide import day_of_conduct
from anlanh.work.casework.models import Preset
from anlanh.work.casework.queries.cases import case


def presets(actor: Actor) -> list[Preset]:
    """The current versions, by name.

    Raises:
        NotAllowed: for those who neither decide cases nor manage the organisation.
    """
    actor.require(*policy.PRESETS)
    return list(Preset.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("name", "id"))


def preset(actor: Actor, preset_id: uuid.UUID) -> Preset:
    """One version, current or not.

    Raises:
        NotAllowed: as for `presets`.
        NotFound: the organisation has no such version.
    """
    actor.require(*policy.PRESETS)
    found = Preset.objects.visible_to(actor).filter(id=preset_id).first()
    if found is None:
        raise NotFound(_("There is no such preset."))
    return found


def presets_for(actor: Actor, case_id: uuid.UUID) -> list[Preset]:
    """The presets whose clause was in force on the day of the conduct, those of the case's own category first.

    Raises:
        NotAllowed, NotFound: as for `case`.
    """
    about = case(actor, case_id)
    grounds = {ground.id: ground for ground in steps.pack().grounds_on(day_of_conduct(about))}
    current = Preset.objects.visible_to(actor).filter(ended_at__isnull=True, ground__in=grounds).order_by("name", "id")
    return sorted(current, key=lambda one: grounds[one.ground].category != about.category)
