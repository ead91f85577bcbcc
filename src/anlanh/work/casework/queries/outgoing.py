"""What leaves the house: letters as they are mailed, and measures as platforms are told of them."""

import hmac
import uuid
from typing import Any

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.outbox import queries as outbox
from anlanh.primitives.dates import format_instant
from anlanh.work.casework import letters, links, numbers, policy, steps
from anlanh.work.casework import measures as kinds
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.grounds import own_clause
from anlanh.work.casework.models import Access, Case, Decision, Measure, Notice, Order
from anlanh.work.casework.naming import ground_said
from anlanh.work.casework.queries import wanted
from anlanh.work.casework.withholding import standing as withholding

ORDER_VERSION = 1


def letter(notice_id: uuid.UUID | str) -> dict[str, str]:
    """A notice as it is mailed: `to`, `subject`, `body`, `language`. The person affected gets their secret with it.

    Raises:
        NotFound: no such notice, or its recipient has no address that may be used (any more).
    """
    if not wanted.letter_has_address(notice_id):
        raise NotFound(_("There is no such letter, or no address that it may go to."))
    notice = Notice.objects.select_related("recipient", "access").get(id=notice_id)
    return {
        "to": notice.recipient.email,
        "subject": notice.subject,
        "body": notice.body + (letters.door(_sound(notice.access), notice.language) if notice.access else ""),
        "language": notice.language,
    }


def letter_by_hand(actor: Actor, notice_id: uuid.UUID) -> dict[str, str]:
    """A notice for a person to hand on, where no address is known: `subject`, `body`, `language`, with the secret.

    Raises:
        NotAllowed: without `cases.decide`.
        NotFound: the organisation has no such notice.
    """
    actor.require("cases.decide")
    actor.require(policy.VIEW)
    seen = within(actor, Notice.objects.visible_to(actor), "case__queue")
    notice = seen.select_related("access").filter(id=notice_id).first()
    if notice is None:
        raise NotFound(_("There is no such letter."))
    body = notice.body + (letters.door(_sound(notice.access), notice.language) if notice.access else "")
    return {"subject": notice.subject, "body": body, "language": notice.language}


def measure_order(measure_id: uuid.UUID | str, step: str) -> dict[str, Any]:
    """What a platform is told of a measure: what to do, where, and the statement of reasons to pass on.

    Args:
        measure_id: the measure.
        step: `apply` or `reverse`.

    Raises:
        NotFound: no such measure, or it no longer waits for this step.
    """
    related = ("decision__case__page__holder", "decision__case__organisation")
    if not wanted.measure_waits(measure_id, step):
        raise NotFound(_("There is no such measure, or it is no longer waited for."))
    measure = Measure.objects.select_related(*related).get(id=measure_id)
    decision, case = measure.decision, measure.decision.case
    return {
        "version": ORDER_VERSION,
        "measure": str(measure.id),
        "step": step,
        "kind": measure.kind,
        "terms": kinds.named(measure.kind).instructions(kinds.Terms.of(decision)),
        "case": case.number,
        "organisation": case.organisation.code,
        "page": {
            "address": case.page.address,
            "kind": str(case.page.kind),
            "holder": case.page.holder.address if case.page.holder else None,
        },
        "statement_of_reasons": statement_of_reasons(decision),
        "notice": _notice_to_pass_on(decision, step),
        "notice_kept_back": _kept_back(case),
    }


def statement_of_reasons(decision: Decision) -> dict[str, Any]:
    """The decision as a statement of reasons: the elements that the EU's Digital Services Act names, and ours.

    It holds nothing about who reported.
    """
    case = decision.case
    order = Order.objects.filter(case=case).first()
    return {
        "decision": str(decision.id),
        "decided_at": format_instant(decision.decided_at),
        **_statement_elements(decision),
        "measure": decision.measure,
        "measure_described": {
            language: kinds.named(decision.measure).described(kinds.Terms.of(decision), language)
            for language in ("vi", "en")
        },
        **_ground_elements(decision),
        "content_type": str(case.page.kind),
        "content_date": format_instant(case.page.posted_at) if case.page.posted_at else None,
        "decision_facts": decision.facts,
        "subject_fact": decision.subject_fact,
        "law_as_of": decision.law_as_of.isoformat(),
        "territorial_scope": decision.scope,
        "application_date": format_instant(decision.decided_at),
        "end_date": _end_date(decision),
        "length_days": decision.days or None,
        "source_type": "authority_order" if order else "user_report",
        "source": {"office": order.office, "number": order.number, "clause": order.clause} if order else None,
        "automated_detection": False,
        "automated_decision": False,
        "machine_part": decision.machine_part,
        "redress": {
            "internal_appeal_until": format_instant(decision.appeal_until),
            "internal_appeal_at": links.status(),
            "heard_by": "a person who took no part in the decision",
        },
    }


def _ground_elements(decision: Decision) -> dict[str, Any]:
    """The ground, as of law or as of the organisation's own rules; what belongs to the other kind is not there."""
    said = {language: ground_said(decision, language) for language in ("vi", "en")}
    moments = {
        "conduct_at": format_instant(decision.conduct_at) if decision.conduct_at else None,
        "conduct_by": decision.conduct_by or None,
    }
    if decision.terms_clause is None:
        ground = steps.pack().grounds.get(decision.ground)
        return {
            "decision_ground": "illegal_content",
            "illegal_content_legal_ground": decision.ground,
            "illegal_content_explanation": said["vi"].text,
            "legal_ground_title": {language: one.title for language, one in said.items()},
            "category": ground.category if ground else decision.case.category,
            **moments,
        }
    clause = own_clause(decision.organisation_id, decision.terms_clause)
    return {
        "decision_ground": "incompatible_content",
        "incompatible_content_ground": {language: one.title for language, one in said.items()},
        "incompatible_content_explanation": said["vi"].text,
        "incompatible_content_illegal": False,
        "terms": {
            "document": clause.document,
            "version": clause.version,
            "item": clause.number,
            "clause": str(clause.id),
            "in_force_from": format_instant(clause.since),
            "digest": clause.digest,
            "address": said["vi"].link,
        },
        "category": clause.categories[0] if clause.categories else decision.case.category,
        **moments,
    }


def _statement_elements(decision: Decision) -> dict[str, str | None]:
    """The kinds of restriction that a statement of reasons knows, of which a measure is one."""
    elements = dict.fromkeys(("decision_visibility", "decision_monetary", "decision_provision", "decision_account"))
    statement = kinds.named(decision.measure).statement
    return elements | dict([statement] if statement else [])


def _end_date(decision: Decision) -> str | None:
    """When the measure ends by itself; known once it is carried out."""
    measure = Measure.objects.filter(decision=decision).first()
    return format_instant(measure.ends_at) if measure and measure.ends_at else None


def _notice_to_pass_on(decision: Decision, step: str) -> dict[str, Any] | None:
    """The letter to the person affected with the door to their page, for the platform to show them; None while it is
    kept back.
    """
    # Copies for a representative follow the letter and hold no door.
    notices = decision.notices.filter(role="affected", access__isnull=False).select_related("access").order_by("id")
    notice = notices.first() if step == "apply" else notices.last()
    if notice is None:
        return None
    access = _sound(notice.access)
    return {
        "subject": notice.subject,
        "body": notice.body,
        "language": notice.language,
        "reference": access.reference,
        "secret": numbers.secret_for(access.id),
        "status_page": links.status(),
    }


def _kept_back(case: Case) -> dict[str, str] | None:
    """Under which clause, and until when, the platform must not tell the person affected either."""
    row = withholding.unended(case)
    return {"clause": row.clause, "until": format_instant(row.until)} if row else None


def _sound(access: Access) -> Access:
    """The access, if the installation's key still makes the secret whose digest is kept.

    Raises:
        NotFound: the key was changed since; the letter would tell a secret that opens nothing.
    """
    made = numbers.digest(access.reference, numbers.secret_for(access.id))
    if not hmac.compare_digest(made, access.secret_hash):
        raise NotFound(_("The installation's key was changed since this letter was written; its secret can't be told."))
    return access


def case_behind(actor: Actor, task_id: uuid.UUID) -> uuid.UUID | None:
    """The case of the message that a task is about: of the letter it carries, or of the act that it follows.

    Raises:
        NotAllowed, NotFound: as for reading the task.
    """
    message = outbox.task(actor, task_id).message
    if message is None:
        return None
    if notice := message.payload.get("notice"):
        return Notice.objects.visible_to(actor).filter(id=notice).values_list("case_id", flat=True).first()
    acts = Act.objects.visible_to(actor).filter(id=message.act_id, subject_kind="case") if message.act_id else []
    return next((act.subject_id for act in acts), None)
