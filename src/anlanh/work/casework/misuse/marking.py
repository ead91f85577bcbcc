"""Marking reports as manifestly unfounded, as part of the decision that no action is taken; for `actions.decide`."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed
from anlanh.base.acts.record import Draft
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps, words
from anlanh.work.casework.misuse.models import Unfounded
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.sameness import senders

LONGEST_REASON = 2000
NO_ACTION = "no_action"


def checked(actor: Actor, case: Case, measure: str, report_ids: Sequence[uuid.UUID], reason: str) -> list[Unfounded]:
    """The marks of a decision, not yet written; none where no report is named.

    Args:
        actor: who decides.
        case: the held case.
        measure: what is decided.
        report_ids: reports of the case.
        reason: why they are manifestly unfounded; each sender reads it.

    Raises:
        NotAllowed: a machine brings them; only a person on the staff says so.
        BadInput: something was done against the page, no reason, a report that is not here, or one that is never
            counted.
    """
    reason = words.cleaned(reason, "unfounded_reason", LONGEST_REASON)
    if not report_ids:
        if reason:
            raise BadInput(_("no report is chosen"), where="unfounded", mend=_("choose which, or leave the reason out"))
        return []
    if actor.kind is not ActorKind.MEMBER:
        raise NotAllowed(_("Only a person on the staff can say that a report is manifestly unfounded."))
    if measure != NO_ACTION:
        raise BadInput(
            _("a report after which something is done is not unfounded"), where="unfounded", mend=_("choose none")
        )
    if not reason:
        raise BadInput(_("something is missing"), where="unfounded_reason", mend=_("say why; the sender reads it"))
    named = list(case.reports.filter(id__in=report_ids).select_related("again__first"))
    if {report.id for report in named} != set(report_ids):
        raise BadInput(_("there is no such report"), where="unfounded", mend=_("look at the case again"))
    firsts = {report.id: report for report in (senders.first_of(report) for report in named)}
    if case.concerns_child or case.sealed or any(report.concerns_child for report in (*named, *firsts.values())):
        raise BadInput(
            _("reports by or about a child, and denunciations, are never counted"),
            where="unfounded",
            mend=_("choose none"),
        )
    moment = clock.now()
    return [
        Unfounded(
            organisation_id=case.organisation_id,
            case=case,
            report=report,
            reason=reason,
            marked_by=actor.ref,
            marked_at=moment,
        )
        for report in firsts.values()  # what one sender says twice counts once
    ]


def drafts(case: Case, decision: Decision, marks: Sequence[Unfounded]) -> list[Draft]:
    """The acts of marks."""
    return [
        Draft(
            "report.marked_unfounded",
            steps.subject(case),
            {"report": mark.report_id, "decision": decision.id, "reporter": mark.report.reporter_id},
            {"reason": mark.reason},
        )
        for mark in marks
    ]


def write(decision: Decision, marks: Sequence[Unfounded]) -> None:
    """Writes the marks of a decision that was just written."""
    for mark in marks:
        mark.decision = decision
    Unfounded.objects.bulk_create(marks)
