"""Setting preferences."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity.models import Organisation
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.preferences.models import Preferences

MAY_SET = "organisation.manage"
LONGEST_UNDO = 300


@transaction.atomic
def set_preferences(actor: Actor, *, undo_seconds: int, numbers: Mapping[str, int] | None = None) -> Preferences:
    """Sets how long a decision can be taken back before anything leaves, and the organisation's own house rules.

    Args:
        actor: who manages the organisation.
        undo_seconds: 0 lets everything leave at once.
        numbers: house rule → number; rules left out stay as they are. The pack's own number unsets one.

    Raises:
        NotAllowed: without the capability.
        BadInput: not a length that can be set, or a number outside the bounds of its rule; `where` names the rule.
    """
    actor.require(MAY_SET)
    if not 0 <= undo_seconds <= LONGEST_UNDO:
        raise BadInput(
            _("not a number of seconds between 0 and %(most)s") % {"most": LONGEST_UNDO},
            where="undo_seconds",
            mend=_("correct it"),
        )
    for rule_id, number in (numbers or {}).items():
        _require_within(rule_id, number)
    Organisation.objects.select_for_update(no_key=True).get(id=actor.organisation_id)
    held = Preferences.objects.visible_to(actor).first()
    row = held or Preferences(organisation_id=actor.organisation_id)
    row.undo_seconds, row.set_by, row.set_at = undo_seconds, actor.ref, clock.now()
    rules = vietnam().house_rules
    row.numbers = {name: number for name, number in {**row.numbers, **(numbers or {})}.items() if name in rules}
    row.numbers = {name: number for name, number in row.numbers.items() if number != rules[name].number}
    row.save()
    subject = Subject("preferences", row.id, new=held is None)
    own = [f"{name}:{number}" for name, number in sorted(row.numbers.items())]
    record(actor, Draft("preferences.set", subject, {"undo_seconds": undo_seconds, "numbers": own or None}))
    return row


def _require_within(rule_id: str, number: int) -> None:
    rule = vietnam().house_rules.get(rule_id)
    if rule is None or not rule.choosable:
        raise BadInput(_("no such rule to set"), where=rule_id[:80], mend=_("leave it out"))
    if not rule.at_least <= number <= rule.at_most:
        raise BadInput(
            _("not a number between %(least)s and %(most)s") % {"least": rule.at_least, "most": rule.at_most},
            where=rule_id,
            mend=_("correct it"),
        )
