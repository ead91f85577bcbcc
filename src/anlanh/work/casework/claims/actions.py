"""Filing a counter-notice, answering it, settling it: each an act; only a person settles."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.files.models import StoredFile
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.queue import settle_task
from anlanh.primitives.dates import civil_date, date_vi, end_of_day
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, policy, steps, words
from anlanh.work.casework.actions import appeals, closing, measures, notices
from anlanh.work.casework.claims import letters, standing
from anlanh.work.casework.claims.models import ClaimAnswer, CounterNotice, Proof
from anlanh.work.casework.models import Case, Evidence, Measure
from anlanh.work.casework.steps import Step
from anlanh.work.casework.talking.actions import free_files

LONGEST_TEXT = 5000
RESTORED, KEPT = CounterNotice.Outcome.RESTORED, CounterNotice.Outcome.KEPT
LODGED, GIVES_WAY = ClaimAnswer.Kind.LODGED, ClaimAnswer.Kind.GIVES_WAY


@dataclass(frozen=True)
class CounterInput:
    """A counter-notice as it is filed.

    Args:
        name: who signs it.
        address: where papers of a court reach them; it goes to the claimant.
        text: why the use is lawful, or why it is a mistake.
        stated: they agree to the statement of the procedure.
        contact: telephone or mail; may be empty.
        file_ids: proof, uploaded before and attached to nothing yet.
    """

    name: str
    address: str
    text: str
    stated: bool
    contact: str = ""
    file_ids: Sequence[uuid.UUID] = ()


@dataclass(frozen=True)
class AnswerInput:
    """A claimant's answer; body and day are needed for one that went to court or to an authority."""

    kind: str
    body: str = ""
    number: str = ""
    lodged_on: date | None = None
    file_ids: Sequence[uuid.UUID] = ()


def file(reference: str, secret: str, given: CounterInput) -> CounterNotice:
    """Takes a counter-notice of the person affected; both sides are told, and the claimant's time begins.

    Args:
        reference, secret: of the access of the person affected.
        given: what they state.

    Raises:
        NotFound: the two do not open anything.
        BadInput: no decision on a claim stands against them, it was objected to before, or something is missing.
    """
    door = doors.opened(reference, secret)
    person = public_actor(door.case.organisation_id, door.party.id)
    given = _checked(given)
    with transaction.atomic():
        case = steps.hold(person, door.case.id)
        decision = appeals.standing_decision(case)
        claims = standing.claims_in(case)
        if door.access is None or decision is None or not claims or standing.terms_of(case) is None:
            raise BadInput(_("no decision on a claim stands against you"), mend=_("look at your file again"))
        if not policy.is_for(door.role, decision.measure):
            raise BadInput(_("this decision is not against you"), mend=_("look at your file again"))
        if CounterNotice.objects.filter(decision=decision).exists():
            raise BadInput(_("you have objected already"), mend=_("wait for the answer; you will be told"))
        met = {"reason"} | ({"statement"} if given.stated else set())
        row = steps.check(person, case, "counter_notice.filed", given={*met, "address_for_service"})
        files = free_files(case, given.file_ids)
        notice = CounterNotice(
            id=new_id(),
            organisation_id=case.organisation_id,
            case=case,
            decision=decision,
            party=door.party,
            access=door.access,
            name=given.name,
            address=given.address,
            contact=given.contact,
            text=given.text,
            filed_at=clock.now(),
        )
        clear = {"counter_notice": notice.id, "decision": decision.id, "party": door.party.id, "files": len(files)}
        clear |= {"mandate": door.mandate.id if door.mandate else None}
        committed = {"name": given.name, "address": given.address, "contact": given.contact or None}
        committed |= {"text": given.text, "file_digests": [stored.sha256 for stored in files] or None}
        draft = Draft("counter_notice.filed", steps.subject(case), clear, committed)
        steps.take(person, case, [Step(row, draft)])
        notice.save(force_insert=True)
        _keep(notice, files)
        notices.send(case, letters.filed(case, notice, claims), decision)
        case.claimed_by = case.claimed_until = case.assigned_to = None
        steps.save(case)
    return notice


def answer(reference: str, secret: str, given: AnswerInput) -> ClaimAnswer:
    """Takes a claimant's answer to the counter-notice, for the person who settles it. Said again it replaces the first.

    Args:
        reference, secret: of a report that is a claim.
        given: what they say.

    Raises:
        NotFound: the two do not open anything.
        BadInput: no counter-notice waits for their answer, or something is missing.
    """
    door = doors.opened(reference, secret)
    person = public_actor(door.case.organisation_id, door.party.id)
    given = _checked_answer(given)
    with transaction.atomic():
        case = steps.hold(person, door.case.id)
        notice = standing.open_in(case)
        if notice is None or door.report is None or not standing.is_claim(door.report):
            raise BadInput(_("no counter-notice waits for your answer"), mend=_("look at your file again"))
        row = steps.check(person, case, "counter_notice.answered", given={"reason"})
        files = free_files(case, given.file_ids)
        said, _made = ClaimAnswer.objects.update_or_create(
            counter_notice=notice,
            report=door.report,
            defaults={
                "organisation_id": case.organisation_id,
                "case": case,
                "kind": given.kind,
                "body": given.body,
                "number": given.number,
                "lodged_on": given.lodged_on,
                "answered_at": clock.now(),
            },
        )
        clear = {"counter_notice": notice.id, "report": door.report.id, "party": door.party.id, "kind": given.kind}
        clear |= {
            "lodged_on": given.lodged_on,
            "files": len(files),
            "mandate": door.mandate.id if door.mandate else None,
        }
        committed = {"body": given.body or None, "number": given.number or None}
        committed |= {"file_digests": [stored.sha256 for stored in files] or None}
        draft = Draft("counter_notice.answered", steps.subject(case), clear, committed)
        steps.take(person, case, [Step(row, draft)])
        _keep(notice, files, said)
        steps.save(case)
    return said


def settle(actor: Actor, notice_id: uuid.UUID, outcome: str, reasons: str) -> CounterNotice:
    """Brings the content back, or leaves it as decided since a claimant went to court or to an authority in time.

    Args:
        actor: a person who decides cases or hears appeals.
        notice_id: the counter-notice.
        outcome: `restored` or `kept`.
        reasons: what the letters say.

    Raises:
        NotFound: no such counter-notice for this actor.
        NotAllowed: without the capability, or somebody else holds the case.
        BadInput: it is settled, no reasons, the claimant still has time, or none of them went anywhere in time.
    """
    reasons = words.cleaned(reasons, "reasons", LONGEST_TEXT)
    known = CounterNotice.objects.visible_to(actor).filter(id=notice_id).values_list("case_id", flat=True).first()
    if known is None:
        raise NotFound(_("There is no such counter-notice."))
    with transaction.atomic():
        case = steps.hold(actor, known)
        notice = CounterNotice.objects.select_related("decision", "party").get(id=notice_id)
        policy.require_member(actor)
        actor.require("cases.decide", "appeals.hear")
        if notice.settled_at:
            raise BadInput(_("this counter-notice is settled already"), mend=_("look at the case again"))
        policy.require_unclaimed(actor, case)
        _require_due(case, notice, outcome)
        row = steps.check(actor, case, "counter_notice.settled", outcome, given={"reason"} if reasons else ())
        decision = notice.decision
        if outcome == KEPT:
            decision.appeal_until = max(decision.appeal_until, _anew(case))
            decision.save(update_fields=["appeal_until"])
        clear = {"counter_notice": notice.id, "decision": decision.id, "outcome": outcome}
        clear |= {"appeal_until": decision.appeal_until if outcome == KEPT else None}
        draft = Draft("counter_notice.settled", steps.subject(case), clear, {"reasons": reasons})
        act = steps.take(actor, case, [Step(row, draft)])[0]
        if outcome == RESTORED:
            decision.overturned_at = clock.now()
            decision.save(update_fields=["overturned_at"])
            measures.order_reversal(case, Measure.objects.get(decision=decision), act)
        notice.outcome, notice.reasons = outcome, reasons
        notice.settled_by, notice.settled_at = actor.ref, clock.now()
        notice.save()
        settle_task(key_of(notice), actor.ref)
        notices.send(case, letters.settled(case, notice, standing.claims_in(case)), decision)
        case.claimed_by = case.claimed_until = case.assigned_to = None
        closing.close_if_settled(case)
        steps.save(case)
    return notice


def key_of(notice: CounterNotice) -> str:
    """By which the task about it is found."""
    return f"counter_notice:{notice.id}"


def _require_due(case: Case, notice: CounterNotice, outcome: str) -> None:
    """The content stays down only if somebody went to court in time, and comes back only once nobody can any more."""
    answers = list(notice.answers.all())
    last_day = civil_date(standing.due(notice, case))
    if outcome == KEPT and not any(one.kind == LODGED and one.lodged_on <= last_day for one in answers):
        raise BadInput(
            _("no claimant showed that they went to court or to an authority by %(day)s") % {"day": date_vi(last_day)},
            where="outcome",
            mend=_("bring the content back once that day is over"),
        )
    all_give_way = len(answers) == len(standing.claims_in(case)) and all(one.kind == GIVES_WAY for one in answers)
    if outcome == RESTORED and clock.now() <= standing.due(notice, case) and not all_give_way:
        raise BadInput(
            _("the claimant has time until %(day)s") % {"day": date_vi(last_day)},
            where="outcome",
            mend=_("wait until then, or until every claimant gives way"),
        )


def _anew(case: Case) -> object:
    """The end of a whole window to appeal from today: while the counter-notice waited, nobody could."""
    return end_of_day(civil_date(clock.now()) + timedelta(days=steps.procedure_of(case).appeal.days))


def _checked(given: CounterInput) -> CounterInput:
    lines = {"name": (given.name, 120), "address": (given.address, 300), "contact": (given.contact, 120)}
    clean = {name: " ".join(words.cleaned(text, name, most).split()) for name, (text, most) in lines.items()}
    text = words.cleaned(given.text, "text", LONGEST_TEXT)
    for name, value in (("name", clean["name"]), ("address", clean["address"]), ("text", text)):
        if not value:
            raise BadInput(_("something is missing"), where=name, mend=_("fill it in"))
    return CounterInput(text=text, stated=given.stated, file_ids=given.file_ids, **clean)


def _checked_answer(given: AnswerInput) -> AnswerInput:
    if given.kind not in ClaimAnswer.Kind.values:
        raise BadInput(_("no such answer"), where="kind", mend=", ".join(ClaimAnswer.Kind.values))
    if given.kind == GIVES_WAY:
        return AnswerInput(GIVES_WAY, file_ids=given.file_ids)
    body = " ".join(words.cleaned(given.body, "body", 200).split())
    number = " ".join(words.cleaned(given.number, "number", 60).split())
    if not body:
        raise BadInput(_("something is missing"), where="body", mend=_("say which court or authority"))
    if given.lodged_on is None or given.lodged_on > civil_date(clock.now()):
        raise BadInput(_("this is no day on which it was lodged"), where="lodged_on", mend=_("give the day"))
    if not given.file_ids:
        raise BadInput(_("nothing shows it"), where="files", mend=_("add the receipt or the stamped copy"))
    return AnswerInput(LODGED, body, number, given.lodged_on, given.file_ids)


def _keep(notice: CounterNotice, files: Sequence[StoredFile], said: ClaimAnswer | None = None) -> None:
    """The files as evidence of the case: of the claimant's report, or of nobody's for the person affected."""
    for stored in files:
        evidence = Evidence.objects.create(
            organisation_id=notice.organisation_id,
            case=notice.case,
            report=said.report if said else None,
            file=stored,
            added_at=clock.now(),
        )
        Proof.objects.create(
            organisation_id=notice.organisation_id,
            counter_notice=notice,
            answer=said,
            case=notice.case,
            evidence=evidence,
        )
