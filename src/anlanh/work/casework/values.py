"""The erasable values of a case's acts, for those who may read them; to all others the log's digests say nothing."""

import uuid
from collections.abc import Iterable, Sequence

from anlanh.base.actor import Actor
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.work.casework import policy
from anlanh.work.casework.models import Case

# Who somebody of the public is; shown like the names of reporters.
_WHO = {("mandate.given", "name")}


def readable_values(actor: Actor, case: Case, acts: Sequence[Act]) -> Iterable[CommittedValue]:
    """The values that are still kept and that the actor may read, with their salts.

    Args:
        actor: who reads.
        case: was read for the actor.
        acts: of its history.
    """
    if not actor.can(policy.VIEW) or not policy.sees_words_of(actor, case):
        return
    shows_names = policy.sees_reporters(actor)
    elsewhere = _of_moved_reports(case, acts)  # they are read where the report went, by those who may
    types = {act.id: act.type for act in acts}
    rows = CommittedValue.objects.filter(act__in=list(types), erased_at__isnull=True).order_by("act_id", "field")
    for row in rows:
        if row.act_id not in elsewhere and (shows_names or (types[row.act_id], row.field) not in _WHO):
            yield row


def _of_moved_reports(case: Case, acts: Sequence[Act]) -> set[uuid.UUID]:
    """The acts about reports that came in here and were sorted into cases of their own."""
    if not any("report" in act.clear for act in acts):
        return set()
    if not Act.objects.filter(subject_id=case.id, type="report.sorted").exists():
        return set()
    left = {str(id_) for id_ in case.reports.values_list("id", flat=True)}
    return {act.id for act in acts if "report" in act.clear and act.clear["report"] not in left}
