"""The letters that a decision would send, before it is taken. Nothing is written."""

import uuid
from dataclasses import dataclass

from anlanh.base.actor import Actor
from anlanh.work.casework import letters, steps
from anlanh.work.casework.actions import decide, notices
from anlanh.work.casework.actions.decide import DecisionInput
from anlanh.work.casework.models import Case, Decision, Order, Party
from anlanh.work.casework.queries.cases import case as one_case


@dataclass(frozen=True)
class Preview:
    """One letter.

    Args:
        role: affected, reporter or requester.
        copies: how many people would get one like it.
        subject, body: as they would read.
    """

    role: str
    copies: int
    subject: str
    body: str


def decision_letters(actor: Actor, case_id: uuid.UUID, given: DecisionInput) -> list[Preview]:
    """What a decision would send, one letter a role, in the first recipient's language.

    Raises:
        NotFound, NotAllowed: as for reading the case.
        BadInput: the input names a measure, scope or ground that can't be used.
    """
    case = one_case(actor, case_id)
    given, ground = decide.checked(case, given)
    if ground is None:
        return []
    row = next(
        (
            row
            for row in steps.procedure_of(case).transitions
            if row.act == "decision.made" and row.outcome == decide.outcome_of(given)
        ),
        None,
    )
    decision = decide.prepared(actor, case, given, ground)
    kind = decide.letter_kind(given.measure)
    roles = row.notifies if row else ()
    return [
        letter
        for role in roles
        if not (role == "affected" and decision.notice_forbidden_by)
        for letter in [_preview(case, decision, kind, role, given)]
    ]


def _preview(case: Case, decision: Decision, kind: str, role: str, given: DecisionInput) -> Preview:
    reports = list(notices.reports_told(case)) if role == "reporter" else []
    reports.sort(key=lambda report: report.id not in given.unfounded)  # the letter that says more, first
    recipient = _recipient(case, role, reports[0].reporter if reports else None)
    order = Order.objects.filter(case=case).first()
    context = letters.about_case(case, recipient, name=recipient.name) | letters.about_decision(
        decision, recipient.language, order
    )
    if reports:
        context["reference"] = reports[0].reference
        context["unfounded"] = given.unfounded_reason if reports[0].id in given.unfounded else ""
    subject, body = letters.written(f"{kind}_{role}", recipient.language, context)
    return Preview(role, len(reports) if role == "reporter" else 1, subject, body)


def _recipient(case: Case, role: str, reporter: Party | None) -> Party:
    """Whom the letter would address. A reporter's name is left out: the preview is for the decider's eyes."""
    if role == "affected":
        holder = case.page.holder
        return Party(name=holder.name if holder else "", language=holder.language if holder else "vi")
    if role == "reporter":
        return Party(language=reporter.language if reporter else "vi")
    return case.order.contact
