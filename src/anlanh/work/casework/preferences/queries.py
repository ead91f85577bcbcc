"""Reading preferences."""

import uuid

from django.conf import settings

from anlanh.base.actor import Actor
from anlanh.base.one_reading import read_once
from anlanh.law.pack import vietnam
from anlanh.work.casework.preferences.models import Preferences


def preferences(actor: Actor) -> Preferences:
    """What the actor's organisation has set, or would work by when it set nothing."""
    found = Preferences.objects.visible_to(actor).first()
    return found or Preferences(organisation_id=actor.organisation_id, undo_seconds=settings.ANLANH_UNDO_SECONDS)


def undo_seconds(organisation_id: uuid.UUID) -> int:
    """How long the messages of a decision wait."""
    rows = Preferences.objects.filter(organisation_id=organisation_id).values_list("undo_seconds", flat=True)
    return next(iter(rows[:1]), settings.ANLANH_UNDO_SECONDS)


def house_number(organisation_id: uuid.UUID, rule_id: str) -> int | None:
    """The number of a house rule for an organisation: its own within the bounds, else the pack's.

    Args:
        organisation_id: for whom.
        rule_id: one of `law.house_rules.HOUSE_RULES`.

    Returns:
        None where the pack has no such rule; then what needs it is left out.
    """
    rule = vietnam().house_rules.get(rule_id)
    if rule is None:
        return None
    return rule.within(_own_numbers(organisation_id).get(rule_id, rule.number))


@read_once
def _own_numbers(organisation_id: uuid.UUID) -> dict[str, int]:
    rows = Preferences.objects.filter(organisation_id=organisation_id).values_list("numbers", flat=True)
    return next(iter(rows[:1]), {})
