"""Writing letters into the case: each is a row, an act and, where an address may be used, a mail in the outbox."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.record import Draft, record_all
from anlanh.base.outbox.queue import Draft as MessageDraft
from anlanh.base.outbox.queue import enqueue, open_task
from anlanh.work.casework import letters, numbers, steps
from anlanh.work.casework.models import Access, Appeal, Case, Decision, Notice, Order, Party, Report
from anlanh.work.casework.redress import standing

AFFECTED, REPORTER, REQUESTER = "affected", "reporter", "requester"


@dataclass
class Addressed:
    """One letter about to be written.

    Args:
        kind: the template.
        role: affected, reporter or requester.
        recipient: whom it goes to.
        report: the report it answers, for reporters.
        access: the door it tells, for the person affected.
        context: what its template names beside the case.
        by_hand: where it can't be mailed a person hands it on, since no measure is on its way that could carry it.
    """

    kind: str
    role: str
    recipient: Party
    report: Report | None = None
    access: Access | None = None
    context: dict[str, Any] = field(default_factory=dict)
    by_hand: bool = False


def send(case: Case, addressed: Iterable[Addressed], decision: Decision | None = None) -> list[Notice]:
    """Writes the letters, records them as sent by the system, and queues the mails; in the caller's transaction.

    The authority that asked has no page of its own: its letter becomes a task, for a person to send by the way it came.
    """
    moment = clock.now()
    not_before = decision.leaves_at if decision else None
    addressed = list(_with_copies(addressed))
    notices = [_notice(case, letter, decision, moment) for letter in addressed]
    by_hand = {notice.id for notice, letter in zip(notices, addressed, strict=True) if letter.by_hand}
    if not notices:
        return []
    Notice.objects.bulk_create(notices)
    record_all(system(case.organisation_id), [_draft(case, notice, not_before) for notice in notices])
    enqueue(
        case.organisation_id,
        [
            MessageDraft("mail", f"notice:{notice.id}", {"notice": str(notice.id)}, not_before)
            for notice in notices
            if notice.mailed
        ],
    )
    for notice in notices:
        if notice.role == REQUESTER or (notice.id in by_hand and not notice.mailed):
            open_task(
                case.organisation_id,
                "letter_by_hand",
                f"notice:{notice.id}",
                subject=("case", case.id),
                detail={"notice": str(notice.id), "case": case.number},
                not_before=not_before,
            )
    return notices


def _with_copies(addressed: Iterable[Addressed]) -> Iterator[Addressed]:
    """The letters, each followed by copies for whoever represents its recipient now. A copy tells no secret."""
    for letter in addressed:
        yield letter
        door = letter.report or letter.access
        mandates = standing.over(standing.live(), door) if door else ()
        for mandate in mandates:
            yield replace(letter, recipient=mandate.representative.party, access=None)


def to_affected(case: Case, kind: str, context: dict[str, Any] | None = None) -> Addressed:
    """A letter to the person whose content it is, with the door that belongs to them."""
    access = door_of(case)
    return Addressed(kind, AFFECTED, access.party, access=access, context=context or {})


def to_reporters(case: Case, kind: str, context: dict[str, Any] | None = None) -> list[Addressed]:
    """A letter to each who reported. None of them learns of another."""
    reports = reports_told(case)
    return [
        Addressed(kind, REPORTER, report.reporter, report=report, context=dict(context or {})) for report in reports
    ]


def reports_told(case: Case) -> QuerySet[Report]:
    """The reports whose senders get a letter: one each, whatever they said again."""
    return case.reports.filter(again__isnull=True).select_related("reporter").order_by("id")


def to_requester(case: Case, order: Order, kind: str, context: dict[str, Any] | None = None) -> Addressed:
    """A letter to the authority that asked."""
    return Addressed(kind, REQUESTER, order.contact, context={"order": order, **(context or {})})


def to_appellant(appeal: Appeal, kind: str, context: dict[str, Any] | None = None) -> Addressed:
    """A letter to who appealed, whichever side that is."""
    access = door_of(appeal.case) if appeal.role == AFFECTED else None
    return Addressed(kind, appeal.role, appeal.party, report=appeal.report, access=access, context=context or {})


def door_of(case: Case) -> Access:
    """The door of the person affected; made with the first letter to them.

    Their address is what the platform's own register says, which vouches for it; without one they read the letter where
    the platform passes it on.
    """
    known = case.accesses.select_related("party").first()
    if known:
        return known
    moment = clock.now()
    holder = case.page.holder
    email = holder.contact_email if holder else ""
    party = Party.objects.create(
        organisation_id=case.organisation_id,
        name=holder.name[:120] if holder else "",
        email=email,
        email_confirmed_at=moment if email else None,
        language=holder.language if holder else "vi",
        created_at=moment,
    )
    access = Access(
        organisation_id=case.organisation_id,
        case=case,
        party=party,
        reference=numbers.new_reference(numbers.ACCESS_PREFIX),
        created_at=moment,
    )
    access.secret_hash = numbers.digest(access.reference, numbers.secret_for(access.id))
    access.save()
    return access


def _notice(case: Case, letter: Addressed, decision: Decision | None, moment: object) -> Notice:
    recipient = letter.recipient
    context = letters.about_case(case, recipient, name="" if letter.role == REPORTER else recipient.name)
    if decision:
        order = getattr(case, "order", None) if case.kind == Case.Kind.ORDER else None
        context |= letters.about_decision(decision, recipient.language, order)
    if letter.report:
        context["reference"] = letter.report.reference
    subject, body = letters.written(letter.kind, recipient.language, context | letter.context)
    return Notice(
        organisation_id=case.organisation_id,
        case=case,
        decision=decision,
        report=letter.report,
        access=letter.access,
        recipient=recipient,
        role=letter.role,
        kind=letter.kind,
        language=recipient.language,
        subject=subject,
        body=body,
        written_at=moment,
        mailed=bool(recipient.email and recipient.email_confirmed_at and not recipient.erased_at),
    )


def _draft(case: Case, notice: Notice, not_before: datetime | None) -> Draft:
    return Draft(
        "notice.sent",
        steps.subject(case),
        {
            "notice": notice.id,
            "kind": notice.kind,
            "role": notice.role,
            "recipient": notice.recipient_id,
            "language": notice.language,
            "mailed": notice.mailed,
            "decision": notice.decision_id,
            "leaves_at": not_before if not_before and not_before > notice.written_at else None,
        },
        {"words": f"{notice.subject}\n\n{notice.body}"},
    )
