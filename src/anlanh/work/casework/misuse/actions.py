"""The writers of misuse: a warning or a limit taken by a person, the appeal against it, its end."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound, system
from anlanh.base.acts.record import Draft
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.models import Task
from anlanh.base.outbox.queue import open_task, settle_task
from anlanh.primitives.dates import civil_date, date_vi, end_of_day
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, letters, steps, words
from anlanh.work.casework import policy as general
from anlanh.work.casework.actions import notices
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.doors import Door
from anlanh.work.casework.misuse import policy, standing
from anlanh.work.casework.misuse.models import Consequence, Objection, Unfounded
from anlanh.work.casework.misuse.standing import LIMIT
from anlanh.work.casework.models import Case, Report
from anlanh.work.casework.sameness import senders
from anlanh.work.casework.sameness.models import Sender

SUSPICION, OBJECTION = "report_misuse", "misuse_objection"  # kinds of tasks
LONGEST_TEXT = 5000


def consider(mark: Unfounded) -> Task | None:
    """Opens a task where the marks against a sender are enough for a warning or a limit; nothing follows by itself.

    Called by a job once the decision can't be taken back. One task of a sender is open at a time.
    """
    with transaction.atomic():
        sender = senders.mark_of(mark.report.reporter)
        _hold_sender(mark.organisation_id, sender)
        found = standing.of(mark.organisation_id, sender)
        if found is None or not found.next:
            return None
        about = f"misuse:{sender[:40]}:"
        if Task.objects.filter(kind=SUSPICION, key__startswith=about, state=Task.State.OPEN).exists():
            return None
        case = found.marks[0].case
        detail = {"case": case.number, "case_id": str(case.id), "count": len(found.marks), "next": found.next}
        key = f"{about}{found.marks[0].id}"
        return open_task(mark.organisation_id, SUSPICION, key, subject=("case", case.id), detail=detail)


def take(actor: Actor, report_id: uuid.UUID, kind: str, reasons: str, days: int = 0) -> Consequence:
    """Warns the sender of a report, or limits them for some days; they are told why and how to appeal.

    Args:
        actor: a person who decides cases and sees reporters.
        report_id: a report of the sender; by its door they read of it.
        kind: `warning` or `limit`, whichever is next.
        reasons: what the letter says.
        days: how long a limit lasts; 0 for a warning.

    Raises:
        NotFound: no such report for this actor.
        NotAllowed: without the capabilities, or for a machine.
        BadInput: it is not next, nothing is written, or a length outside the house rule.
    """
    reasons = _written(reasons, "reasons", _("say why; the sender reads it"))
    with transaction.atomic():
        case, report = _hold_report(actor, report_id)
        sender = senders.mark_of(report.reporter)
        _hold_sender(case.organisation_id, sender)
        found = standing.of(case.organisation_id, sender)
        if kind not in Consequence.Kind.values or found is None or found.next != kind:
            raise BadInput(_("this is not the next step, or not yet"), mend=_("look at the case again"))
        consequence = _new(actor, report, sender, kind, reasons, found)
        consequence.until = _limit_until(case, days) if kind == LIMIT else None
        consequence.save(force_insert=True)
        Unfounded.objects.filter(id__in=[mark.id for mark in found.marks]).update(counted_in=consequence)
        clear = {
            "consequence": consequence.id,
            "reporter": report.reporter_id,
            "counted": len(found.marks),
            "needed": found.needed,
            "within_days": standing.Numbers.of(case.organisation_id).within.days,
            "appeal_until": consequence.appeal_until,
        }
        clear |= {"until": consequence.until} if consequence.until else {}
        name = "misuse.limited" if kind == LIMIT else "misuse.warned"
        steps.note(actor, case, [Draft(name, steps.subject(case), clear, {"reasons": reasons})])
        _settle_suspicion(sender, actor.ref)
        notices.send(case, [_letter(consequence, f"misuse_{kind}", counted=len(found.marks))])
    return consequence


def object_to(reference: str, secret: str, consequence_id: uuid.UUID, text: str) -> Objection:
    """Takes the appeal of a sender against a warning or limit of theirs; its number of answer days begins.

    Args:
        reference, secret: which open the door of any of the sender's reports.
        consequence_id: against what.
        text: what they say.

    Raises:
        NotFound: the two open nothing, or no such warning or limit is shown there.
        BadInput: nothing is written, too much, too late, it does not stand any more, or they appealed before.
    """
    door = doors.opened(reference, secret)
    text = _written(text, "text", _("say why you disagree"))
    with transaction.atomic():
        consequence = shown_at(door).filter(id=consequence_id).first()
        if consequence is None:
            raise NotFound(_("There is no such warning or limit."))
        case = steps.hold(system(door.case.organisation_id), consequence.case_id)
        consequence.refresh_from_db()
        consequence.case = case
        _require_open(consequence)
        party = consequence.report.reporter
        objection = Objection(
            id=new_id(),
            organisation_id=case.organisation_id,
            consequence=consequence,
            case=case,
            text=text,
            filed_at=clock.now(),
        )
        objection.save(force_insert=True)
        clear = {"objection": objection.id, "consequence": consequence.id, "reporter": party.id}
        clear |= {"mandate": door.mandate.id} if door.mandate else {}
        person = public_actor(case.organisation_id, party.id)
        steps.note(person, case, [Draft("misuse.objected", steps.subject(case), clear, {"text": text})])
        notices.send(case, [_letter(consequence, "misuse_objected", answer_by=answer_due(objection))])
        detail = {"case": case.number, "case_id": str(case.id)}
        open_task(case.organisation_id, OBJECTION, _key(objection), subject=("case", case.id), detail=detail)
    return objection


def hear(actor: Actor, objection_id: uuid.UUID, outcome: str, reasons: str) -> Objection:
    """Decides an appeal against a warning or limit. Where it succeeds, what was counted is counted no more.

    Args:
        actor: who hears appeals and took no part: neither in the warning or limit, nor in the cases that it counts.
        objection_id: the appeal.
        outcome: `upheld` or `reversed`.
        reasons: what the letter says.

    Raises:
        NotFound: no such appeal for this actor.
        NotAllowed: without the capability, or not independent.
        BadInput: no reasons, no such outcome, or it was decided before.
    """
    reasons = _written(reasons, "reasons", _("say why"))
    if outcome not in Objection.Outcome.values:
        raise BadInput(_("no such outcome"), where="outcome", mend=_("choose one from the list"))
    with transaction.atomic():
        known = Objection.objects.visible_to(actor).filter(id=objection_id).values_list("case_id", flat=True).first()
        if known is None:
            raise NotFound(_("There is no such appeal."))
        case = steps.hold(actor, known)
        objection = Objection.objects.select_related("consequence__report__reporter").get(id=objection_id)
        consequence = objection.consequence
        consequence.case = objection.case = case
        if objection.decided_at:
            raise BadInput(_("this appeal is decided already"), mend=_("look at the case again"))
        actor.require("appeals.hear")
        general.require_second_person(actor, policy.handlers_of(consequence))
        objection.outcome, objection.reasons = outcome, reasons
        objection.heard_by, objection.decided_at = actor.ref, clock.now()
        objection.save()
        clear = {"objection": objection.id, "consequence": consequence.id, "outcome": outcome}
        steps.note(actor, case, [Draft("misuse.heard", steps.subject(case), clear, {"reasons": reasons})])
        if outcome == Objection.Outcome.REVERSED:
            _end(consequence, Consequence.Why.APPEAL)
        settle_task(_key(objection), actor.ref)
        notices.send(case, [_letter(consequence, f"misuse_{outcome}", reasons=reasons)])
    return objection


def lift(actor: Actor, consequence_id: uuid.UUID, reasons: str) -> Consequence:
    """Takes a warning or limit back without waiting for an appeal; what was counted is counted no more.

    Raises:
        NotFound: no such warning or limit for this actor.
        NotAllowed: without the capabilities.
        BadInput: no reasons, or it does not stand any more.
    """
    reasons = _written(reasons, "reasons", _("say why; the sender reads it"))
    with transaction.atomic():
        rows = Consequence.objects.visible_to(actor).filter(id=consequence_id)
        known = rows.values_list("case_id", flat=True).first()
        if known is None:
            raise NotFound(_("There is no such warning or limit."))
        case = steps.hold(actor, known)
        policy.require_may_take(actor)
        consequence = rows.select_related("report__reporter").get()
        consequence.case = case
        _require_standing(consequence)
        clear = {"consequence": consequence.id, "why": Consequence.Why.BY_STAFF.value}
        steps.note(actor, case, [Draft("misuse.lifted", steps.subject(case), clear, {"reasons": reasons})])
        _end(consequence, Consequence.Why.BY_STAFF)
        _close_objection(consequence, actor.ref)
        notices.send(case, [_letter(consequence, "misuse_lifted", reasons=reasons)])
    return consequence


def end_without_basis(consequence: Consequence) -> bool:
    """Ends a warning or limit of whose counted decisions too few stand by now, and tells the sender; for a job.

    What is left of the marks counts again.

    Returns:
        Whether it was ended.
    """
    actor = system(consequence.organisation_id)
    with transaction.atomic():
        case = steps.hold(actor, consequence.case_id)
        consequence = Consequence.objects.select_related("report__reporter").get(id=consequence.id)
        consequence.case = case
        standing_marks = consequence.counted.filter(decision__overturned_at__isnull=True, lifted_at__isnull=True)
        left = standing_marks.filter(case__concerns_child=False)
        if consequence.lifted_at or left.count() >= consequence.needed:
            return False
        clear = {"consequence": consequence.id, "why": Consequence.Why.NO_BASIS.value}
        steps.note(actor, case, [Draft("misuse.lifted", steps.subject(case), clear)])
        left.update(counted_in=None)
        _end(consequence, Consequence.Why.NO_BASIS)
        _close_objection(consequence, None)
        notices.send(case, [_letter(consequence, "misuse_lifted", no_basis=True)])
    return True


def shown_at(door: Door) -> QuerySet[Consequence]:
    """The warnings and limits that the person at a door is shown: all of theirs as a sender, to themself alone; by
    another of their doors a representative sees only what was told by it.
    """
    rows = Consequence.objects.filter(organisation_id=door.case.organisation_id).select_related("report__reporter")
    if door.report is None:
        return rows.none()
    sender = "" if door.mandate else senders.mark_of(door.party)
    return rows.filter(sender=sender) if sender else rows.filter(report=door.report)


def answer_due(objection: Objection) -> datetime:
    """The end of the last day on which an appeal is to be answered: the days of the case's own procedure."""
    days = steps.procedure_of(objection.case).appeal.answer_days
    return end_of_day(civil_date(objection.filed_at) + timedelta(days=days))


def _new(actor: Actor, report: Report, sender: str, kind: str, reasons: str, found: standing.Standing) -> Consequence:
    case, moment = report.case, clock.now()
    window = steps.procedure_of(case).appeal
    return Consequence(
        id=new_id(),
        organisation_id=case.organisation_id,
        kind=kind,
        sender=sender,
        case=case,
        report=report,
        reasons=reasons,
        needed=found.needed,
        taken_by=actor.ref,
        taken_at=moment,
        appeal_until=end_of_day(civil_date(moment) + timedelta(days=window.days)),
    )


def _limit_until(case: Case, days: int) -> datetime:
    most = standing.Numbers.of(case.organisation_id).limit_days
    if not 1 <= days <= most:
        raise BadInput(
            _("not a number of days between 1 and %(most)s") % {"most": most}, where="days", mend=_("correct it")
        )
    return end_of_day(civil_date(clock.now()) + timedelta(days=days))


def _hold_report(actor: Actor, report_id: uuid.UUID) -> tuple[Case, Report]:
    rows = within(actor, Report.objects.visible_to(actor), "case__queue").filter(id=report_id)
    known = rows.values_list("case_id", flat=True).first()
    if known is None:
        raise NotFound(_("There is no such report."))
    case = steps.hold(actor, known)
    policy.require_may_take(actor)
    report = senders.first_of(rows.select_related("reporter", "again__first__reporter").get())
    report.case = case
    return case, report


def _hold_sender(organisation_id: uuid.UUID, sender: str) -> None:
    """Of two people who act on one sender at once, the second waits and finds what the first wrote."""
    held = Sender.objects.select_for_update().filter(organisation_id=organisation_id, mark=sender)
    list(held.order_by("id").values_list("id", flat=True)[:1])


def _require_standing(consequence: Consequence) -> None:
    if consequence.lifted_at:
        raise BadInput(_("this does not stand any more"), mend=_("look at the case again"))


def _require_open(consequence: Consequence) -> None:
    _require_standing(consequence)
    if Objection.objects.filter(consequence=consequence).exists():
        raise BadInput(
            _("you have appealed already"), mend=_("you can still turn to the competent authority or to a court")
        )
    if clock.now() > consequence.appeal_until:
        day = date_vi(civil_date(consequence.appeal_until))
        raise BadInput(
            _("the time to appeal ended on %(day)s") % {"day": day},
            mend=_("you can still turn to the competent authority or to a court"),
        )


def _end(consequence: Consequence, why: str) -> None:
    """Ends it, and with it what it counted; what it slowed down follows by a job."""
    moment = clock.now()
    consequence.lifted_at, consequence.lifted_why = moment, why
    consequence.save(update_fields=["lifted_at", "lifted_why"])
    consequence.counted.filter(lifted_at__isnull=True).update(lifted_at=moment)


def _close_objection(consequence: Consequence, by: uuid.UUID | None) -> None:
    """An appeal against what was ended anyway has what it asked for."""
    for objection in Objection.objects.filter(consequence=consequence, decided_at__isnull=True):
        objection.outcome, objection.decided_at, objection.heard_by = Objection.Outcome.REVERSED, clock.now(), by
        objection.save()
        settle_task(_key(objection), by)


def _settle_suspicion(sender: str, by: uuid.UUID | None) -> None:
    waiting = Task.objects.filter(kind=SUSPICION, key__startswith=f"misuse:{sender[:40]}:", state=Task.State.OPEN)
    for key in waiting.values_list("key", flat=True):
        settle_task(key, by)


def _letter(consequence: Consequence, kind: str, **context: object) -> notices.Addressed:
    party = consequence.report.reporter
    until, language = consequence.until, party.language
    said = {
        "is_limit": consequence.kind == LIMIT,
        "reasons": consequence.reasons,
        "until": letters.civil_day(until, language) if until else "",
        "appeal_until": letters.civil_day(consequence.appeal_until, language),
    } | context
    if answer_by := said.get("answer_by"):
        said["answer_by"] = letters.civil_day(answer_by, language)
    return notices.Addressed(kind, notices.REPORTER, party, report=consequence.report, context=said)


def _written(text: str, where: str, mend: str) -> str:
    text = words.cleaned(text, where, LONGEST_TEXT)
    if not text:
        raise BadInput(_("nothing is written"), where=where, mend=mend)
    return text


def _key(objection: Objection) -> str:
    return f"misuse_objection:{objection.id}"
