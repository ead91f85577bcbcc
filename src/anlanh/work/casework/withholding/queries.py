"""Reading notices kept back: of one case, of an organisation, and as figures."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from anlanh.base.actor import Actor
from anlanh.base.acts.models import Act
from anlanh.work.casework import policy
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.withholding.models import Withholding


def of_case(actor: Actor, case_id: uuid.UUID) -> list[Withholding]:
    """All of a case, oldest first.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    return list(_seen(actor).filter(case_id=case_id).order_by("id"))


def kept_back(actor: Actor) -> QuerySet[Withholding]:
    """The notices kept back now, and those that are due to be sent; the first to end first.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    rows = _seen(actor).filter(outcome=Withholding.Outcome.APPROVED, ended_at__isnull=True)
    return rows.select_related("case__page", "decision").order_by("until", "id")


def asked(actor: Actor) -> QuerySet[Withholding]:
    """What waits for a second person; the oldest first.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    rows = _seen(actor).filter(settled_at__isnull=True)
    return rows.select_related("case__page", "renews").order_by("asked_at", "id")


@dataclass(frozen=True)
class WithheldCounts:
    """How many notices to persons affected were kept back in a time.

    Args:
        kept_back: decisions of which the person affected was not told at once.
        renewed: how often one was kept back for longer.
        sent_since: of those kept back in the time, how many were told by its end.
        by_clause: kept back, by the clause that forbids telling.
    """

    kept_back: int
    renewed: int
    sent_since: int
    by_clause: dict[str, int] = field(default_factory=dict)


def withheld_counts(organisation_id: uuid.UUID, since: datetime, until: datetime) -> WithheldCounts:
    """Counts withheld notices from the clear fields of acts alone; decisions that were taken back are left out.

    Args:
        organisation_id: whose log.
        since, until: the time, its end left out.
    """
    acts = list(
        Act.objects.filter(
            organisation_id=organisation_id,
            type__in=["withholding.applied", "withholding.approved", "withholding.ended", "decision.withdrawn"],
            recorded_at__gte=since,
            recorded_at__lt=until,
        )
    )
    taken_back = _decisions(act for act in acts if act.type == "decision.withdrawn")
    applied = {
        act.clear["decision"]: act.clear["clause"]
        for act in acts
        if act.type == "withholding.applied" and act.clear["decision"] not in taken_back
    }
    ended = (act for act in acts if act.type == "withholding.ended" and act.clear["why"] != Withholding.Ending.RENEWED)
    return WithheldCounts(
        kept_back=len(applied),
        renewed=sum(act.type == "withholding.approved" and "renews" in act.clear for act in acts),
        sent_since=len(_decisions(ended) & set(applied)),
        by_clause=dict(Counter(applied.values())),
    )


def _seen(actor: Actor) -> QuerySet[Withholding]:
    return within(actor, Withholding.objects.visible_to(actor), "case__queue")


def _decisions(acts: Iterable[Act]) -> set[str]:
    return {act.clear["decision"] for act in acts if "decision" in act.clear}
