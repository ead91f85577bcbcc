"""Keeping the counts up with the log. Readers count the few acts beyond by themselves, so this may lag."""

import uuid
from collections import Counter

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from anlanh.base.acts.models import Leaf, Log
from anlanh.base.acts.sealing import DEPLOYMENT_LOG
from anlanh.reporting.board.counting import WORDS, Counted, counted_as
from anlanh.reporting.board.models import Counted as Progress
from anlanh.reporting.board.models import DayCount

AT_ONCE = 5000


def catch_up_everything() -> int:
    """Counts what was sealed since the last time, in every organisation; how many acts."""
    total = 0
    while found := catch_up_a_slice():
        total += found
    return total


def catch_up_a_slice(at_once: int = AT_ONCE) -> int:
    """Counts up to so many acts and leaves the rest for the next time; how many there were.

    Who lags least comes first, so that a log of a million acts holds up no other organisation.
    """
    left = at_once
    for organisation_id in _behind():
        left -= catch_up(organisation_id, left)
        if not left:
            break
    return at_once - left


def _behind() -> list[uuid.UUID]:
    """The organisations with sealed acts that are not counted yet, the one with the fewest first."""
    reached = Progress.objects.filter(organisation_id=OuterRef("id")).values("position")
    logs = Log.objects.exclude(id=DEPLOYMENT_LOG).annotate(reached=Coalesce(Subquery(reached), 0))
    lagging = logs.filter(size__gt=F("reached")).order_by(F("size") - F("reached"), "id")
    return list(lagging.values_list("id", flat=True))


def catch_up(organisation_id: uuid.UUID, at_once: int = AT_ONCE) -> int:
    """Counts up to so many more acts of one organisation's log; how many there were.

    One at a time counts one organisation: its row is held until commit.
    """
    with transaction.atomic():
        Progress.objects.get_or_create(organisation_id=organisation_id)
        progress = Progress.objects.select_for_update().get(organisation_id=organisation_id)
        leaves = Leaf.objects.filter(
            log_id=organisation_id, position__gte=progress.position, position__lt=progress.position + at_once
        )
        found = Counter(counts_of(leaves))
        number = found.total()
        if number:
            _add(organisation_id, found)
            progress.position += number
            progress.save(update_fields=["position"])
    return number


def counts_of(leaves: object) -> list[Counted]:
    """What each act is counted under; only acts that a word is taken from are read whole."""
    plain = leaves.exclude(act__type__in=WORDS).values_list("act__type", "act__happened_at")
    found = [counted_as(name, happened_at, {}) for name, happened_at in plain.iterator()]
    worded = leaves.filter(act__type__in=WORDS).select_related("act")
    return found + [counted_as(leaf.act.type, leaf.act.happened_at, leaf.act.clear) for leaf in worded.iterator()]


def _add(organisation_id: uuid.UUID, found: Counter[Counted]) -> None:
    days = {entry.day for entry in found}
    known = {
        Counted(row.type, row.word, row.day): row
        for row in DayCount.objects.filter(organisation_id=organisation_id, day__in=days)
    }
    fresh, changed = [], []
    for entry, number in found.items():
        if row := known.get(entry):
            row.number += number
            changed.append(row)
        else:
            fresh.append(DayCount(organisation_id=organisation_id, number=number, **entry._asdict()))
    DayCount.objects.bulk_update(changed, ["number"], batch_size=500)
    DayCount.objects.bulk_create(fresh, batch_size=500)
