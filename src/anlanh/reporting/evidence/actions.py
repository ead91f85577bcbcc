"""Giving evidence of a duty, and withdrawing it."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.files.store import keep
from anlanh.base.identity.queries import organisation
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date, date_vi
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.reporting.evidence.acts import SUBJECT
from anlanh.reporting.evidence.models import DutyEvidence
from anlanh.reporting.evidence.policy import PROVE
from anlanh.work.casework.authorities import secrecy

LONGEST_NOTE = 4000
DONE = DutyEvidence.Statement.DONE


@dataclass(frozen=True)
class EvidenceInput:
    """What somebody states.

    Args:
        duty: the id of a duty, or the clause of a time of the law.
        statement: `done`, or `nothing_happened`: nothing to which the duty answers.
        kind: a word of the pack's kinds of evidence; needed for `done`.
        covers_from, covers_to: the civil days that it speaks of.
        note: what was done, where the proof is; needed.
        for_due: the date that it speaks for.
    """

    duty: str
    statement: str
    covers_from: date
    covers_to: date
    note: str
    kind: str = ""
    for_due: date | None = None


@transaction.atomic
def give(actor: Actor, given: EvidenceInput, attached: tuple[str, BinaryIO] | None = None) -> DutyEvidence:
    """Records a statement as an act. It is a person's word: machines and the system give none.

    Args:
        actor: a person with `duties.prove`.
        given: what is stated.
        attached: name and bytes of a file; kept only once nothing speaks against the statement.

    Raises:
        NotAllowed: without `duties.prove`, or no person.
        BadInput: naming the field; nothing is kept then.
        Secret: what is stated or attached is marked secret; nothing is kept then.
    """
    actor.require(PROVE)
    if actor.kind is not ActorKind.MEMBER:
        raise NotAllowed(_("Only a person can answer for evidence."))
    _check(actor, given)
    secrecy.require_open([given.note], [attached] if attached else [])
    stored = keep(actor, *attached) if attached else None
    identifier = new_id()
    clear = {
        "evidence": identifier,
        "duty": given.duty,
        "statement": given.statement,
        "kind": given.kind or None,
        "covers_from": given.covers_from,
        "covers_to": given.covers_to,
        "for_due": given.for_due,
        "file_sha256": stored.sha256 if stored else None,
    }
    committed = {"note": given.note.strip(), "file_name": stored.name if stored else None}
    act = record(actor, Draft("duty.evidence_given", Subject(SUBJECT, identifier, new=True), clear, committed))
    return DutyEvidence.objects.create(
        id=identifier,
        organisation_id=actor.organisation_id,
        duty=given.duty,
        statement=given.statement,
        kind=given.kind,
        covers_from=given.covers_from,
        covers_to=given.covers_to,
        for_due=given.for_due,
        note=given.note.strip(),
        file=stored,
        given_at=act.happened_at,
        given_by=actor.ref,
        act_id=act.id,
    )


@transaction.atomic
def withdraw(actor: Actor, evidence_id: uuid.UUID, reason: str) -> DutyEvidence:
    """Withdraws a statement, since it was wrong or given for the wrong duty; it stays in the log and on the page.

    Raises:
        NotAllowed: without `duties.prove`.
        NotFound: no such statement here.
        BadInput: no reason, or withdrawn already.
    """
    actor.require(PROVE)
    found = DutyEvidence.objects.visible_to(actor).select_for_update(of=("self",)).filter(id=evidence_id).first()
    if found is None:
        raise NotFound(_("There is no such evidence."))
    if found.withdrawn_at:
        raise BadInput(_("this evidence is withdrawn already"), mend=_("give new evidence if need be"))
    if not reason.strip():
        raise BadInput(_("the reason is missing"), where="reason", mend=_("say in a few words why"))
    if len(reason) > LONGEST_NOTE:
        raise _too_long("reason")
    clear = {"evidence": found.id, "duty": found.duty}
    act = record(actor, Draft("duty.evidence_withdrawn", Subject(SUBJECT, found.id), clear, {"reason": reason.strip()}))
    found.withdrawn_at, found.withdrawn_by = act.happened_at, actor.ref
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return found


def _check(actor: Actor, given: EvidenceInput) -> None:
    law = vietnam()
    if not _binds(actor, given.duty):
        raise BadInput(_("no such duty binds this organisation"), where="duty", mend=_("choose it on the board"))
    if given.statement not in DutyEvidence.Statement.values:
        raise BadInput(_("no such statement"), where="statement", mend=_("choose one of the two"))
    if given.statement == DONE and given.kind not in law.vocabulary["evidence"]:
        raise BadInput(_("the kind of evidence is missing"), where="kind", mend=_("choose one from the list"))
    if given.covers_to < given.covers_from:
        raise BadInput(
            _("the last day comes before the first"), where="covers_to", mend=_("give a later day, or swap the two")
        )
    today = civil_date(clock.now())
    if given.covers_to > today:
        raise BadInput(
            _("the days lie ahead; nobody can state yet what will be done"),
            where="covers_to",
            mend=_("give %(day)s or earlier") % {"day": date_vi(today)},
        )
    if not given.note.strip():
        raise BadInput(_("the note is empty"), where="note", mend=_("say what was done and where the proof is"))
    if len(given.note) > LONGEST_NOTE:
        raise _too_long("note")


def _binds(actor: Actor, duty: str) -> bool:
    """Whether a duty of that id, or a time of that clause, is for the organisation's kind, on whatever day."""
    law, kind = vietnam(), organisation(actor).kind
    kinds = {kind, *law.actors[kind].counts_as}
    if duty in law.duties:
        return bool(kinds.intersection(law.duties[duty].actors))
    return any(str(rule.clause) == duty and kinds.intersection(rule.actors) for rule in law.clock_rules.values())


def _too_long(field: str) -> BadInput:
    return BadInput(
        _("longer than %(most)s characters") % {"most": LONGEST_NOTE},
        where=field,
        mend=_("shorten it, or attach a file"),
    )
