"""What a petition is: a report about content, a suggestion, a complaint, a denunciation; or nothing for us.

Sorting gives the report a case of its own under the procedure of its kind, whatever else was reported of the same page.
A denunciation is sealed from then on, and so is the case that it came in when nothing else is left there.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, record
from anlanh.base.clocks import running
from anlanh.law.places import Body
from anlanh.law.procedures import Procedure
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, policy, steps
from anlanh.work.casework.actions import closing, notices
from anlanh.work.casework.desk import placing
from anlanh.work.casework.models import Case, Evidence, Notice, Report
from anlanh.work.casework.redress.models import Mandate
from anlanh.work.casework.sameness import joining
from anlanh.work.casework.steps import Step
from anlanh.work.casework.talking.models import Message

LONGEST_REASON = 2000
LONGEST_ANSWER = 10_000


def kinds() -> dict[str, Procedure]:
    """The procedures that a report can be sorted into, by id: those of the pack that sorting opens."""
    return {table.id: table for table in steps.pack().procedures.values() if table.opens == "report.sorted"}


def bodies_today() -> dict[str, Body]:
    """The public bodies of today, to which what is not ours can go."""
    today = civil_date(clock.now())
    return {body.id: body for body in steps.pack().bodies.values() if body.in_force.covers(today)}


def sort_report(actor: Actor, report_id: uuid.UUID, procedure: str, reason: str) -> Case:
    """Says of a report that it is another kind of petition; it goes the way of that kind in a case of its own.

    Args:
        actor: the clerk.
        report_id: which of the reports of a case.
        procedure: one of `kinds`.
        reason: why.

    Returns:
        The new case. A clerk who does not handle denunciations can't open it, if it is one.

    Raises:
        NotFound: no such report for this actor.
        NotAllowed: without the capability, or somebody else holds the case.
        BadInput: no such kind, it is of that kind already, no reason, or the case is too far on.
    """
    reason = _written(reason, LONGEST_REASON)
    if procedure not in kinds():
        raise BadInput(_("no such kind of petition"), where="procedure", mend=_("choose one from the list"))
    with transaction.atomic():
        report, old = _held_report(actor, report_id)
        policy.require_unclaimed(actor, old)
        if old.procedure == procedure:
            raise BadInput(_("it is of this kind already"), where="procedure", mend=_("choose another kind"))
        row = steps.check(actor, old, "report.sorted", given={"reason"} if reason else ())
        new = _new_case(old, report, kinds()[procedure])
        clear = {"report": report.id, "procedure": procedure, "to_case": new.id}
        draft = Draft("report.sorted", steps.subject(old), clear, {"reason": reason})
        if old.reports.exclude(id=report.id).exists():
            running.stop_started_by(record(actor, draft), report.act_id)
        else:
            steps.take(actor, old, [Step(row, draft)])
            old.claimed_by = old.claimed_until = old.assigned_to = None
            old.takes_reports, old.sealed = False, old.sealed or new.sealed
        steps.save(old)
        _move(report, new)
        record(
            actor, Draft("report.sorted", steps.subject(new, new=True), {**clear, "to_case": None, "from_case": old.id})
        )
    return new


def transfer(actor: Actor, case_id: uuid.UUID, body: str, reason: str) -> Case:
    """Passes a case on to the public body that it is for, and tells everybody who reported, by letter, which and why.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability, or somebody else holds the case.
        BadInput: no such body today, no reason, or the case is too far on.
    """
    reason = _written(reason, LONGEST_REASON)
    if body not in bodies_today():
        raise BadInput(_("no such body today"), where="body", mend=_("choose one from the list"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_unclaimed(actor, case)
        row = steps.check(actor, case, "case.transferred", given={"reason"} if reason else ())
        draft = Draft("case.transferred", steps.subject(case), {"body": body}, {"reason": reason})
        steps.take(actor, case, [Step(row, draft)])
        case.claimed_by = case.claimed_until = case.assigned_to = None
        case.takes_reports = False
        to_reporters = notices.to_reporters(case, "transferred_reporter")
        for letter in to_reporters:
            title = bodies_today()[body].title.in_language(letter.recipient.language)
            letter.context |= {"body": title, "reason": reason}
        notices.send(case, to_reporters)
        steps.save(case)
    return case


def answer_petition(actor: Actor, case_id: uuid.UUID, words: str) -> Case:
    """Answers a suggestion, a complaint or a denunciation in writing; the case is closed with it.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without the capability or the claim.
        BadInput: nothing is written, or the case is no such petition.
    """
    words = _written(words, LONGEST_ANSWER)
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        policy.require_person(actor)
        policy.require_claim(actor, case)
        row = steps.check(actor, case, "petition.answered", given={"reason"} if words else ())
        draft = Draft("petition.answered", steps.subject(case), {}, {"reason": words})
        steps.take(actor, case, [Step(row, draft)])
        notices.send(case, notices.to_reporters(case, "answered_reporter", {"words": words}))
        closing.close_if_settled(case)
        steps.save(case)
    return case


def open_sealed(actor: Actor, case_id: uuid.UUID) -> None:
    """Records that a person opens a sealed case; once a person, case and hour. Before that its page shows nothing.

    Raises:
        NotFound: no such sealed case, or the actor does not handle such.
    """
    with transaction.atomic():
        case = Case.objects.sealed_to(actor).select_for_update().filter(id=case_id).first()
        if case is None:
            raise NotFound(_("There is no such case."))
        if not policy.has_looked(actor, case_id, "sealed.viewed"):
            record(actor, Draft("sealed.viewed", steps.subject(case)))


def _held_report(actor: Actor, report_id: uuid.UUID) -> tuple[Report, Case]:
    """The report and its case, held; asked again under the hold, since somebody else may just have sorted it."""
    found = Report.objects.reachable_to(actor).filter(id=report_id).first()
    if found is None:
        raise NotFound(_("There is no such report."))
    old = steps.hold(actor, found.case_id)
    report = old.reports.filter(id=report_id).first()
    if report is None:
        raise NotFound(_("There is no such report."))
    return report, old


def _new_case(old: Case, report: Report, table: Procedure) -> Case:
    case = Case(
        organisation=old.organisation,
        number=numbers.new_case_number(),
        kind=Case.Kind.REPORT,
        procedure=table.id,
        phase=table.initial,
        category=report.category,
        concerns_child=report.concerns_child,
        threatens_life=report.threatens_life,
        sealed=table.sealed,
        page=old.page,
        opened_at=report.received_at,
    )
    placing.sort(case, placing.plan_of(old.organisation_id))
    case.save(force_insert=True)
    return case


def _move(report: Report, case: Case) -> None:
    """The report with its files and letters; its acts stay in the history in which they were recorded."""
    joining.part(report)
    report.case = case
    report.save(update_fields=["case"])
    Evidence.objects.filter(report=report).update(case=case)
    Notice.objects.filter(report=report).update(case=case)
    Message.objects.filter(report=report).update(case=case)
    Mandate.objects.filter(report=report).update(case=case)


def _written(text: str, longest: int) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > longest:
        raise BadInput(_("longer than %(most)s characters") % {"most": longest}, where="reason", mend=_("shorten it"))
    return text
