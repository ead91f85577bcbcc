"""Adding evidence and holding a case against deletion: by the staff, each an act."""

import uuid
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.files.forgetting import unless_done
from anlanh.base.files.store import keep
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import policy, steps, words
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.keeping import copies, retention
from anlanh.work.casework.keeping.models import Copy, Exhibit, Hold
from anlanh.work.casework.models import Case, Evidence

LONGEST_REASON = 2000
_HOLDING = ("cases.decide", "organisation.manage")


def add_evidence(
    actor: Actor, case_id: uuid.UUID, kind: str, name: str, content: BinaryIO, *, relied_on: bool
) -> Exhibit:
    """Adds evidence to a case. A page as it was delivered is only kept: nothing in it is run, fetched or shown.

    Args:
        actor: somebody who works on the case, or a machine that may.
        case_id: the case.
        kind: one of `Exhibit.Kind`.
        name: of the file.
        content: its bytes.
        relied_on: the decision relies on it, so the person affected gets a copy without metadata; names of reporters
            must not be in it.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor does not work on cases.
        BadInput: no such kind, an empty or too large file, or one that is relied on and can't be cleaned.
        Secret: the file is marked secret; nothing of it was kept.
    """
    if kind not in Exhibit.Kind.values:
        raise BadInput(_("no such kind"), where="kind", mend=_("choose one from the list"))
    policy.require_person(actor)
    actor.require(*policy.WORKING)
    with transaction.atomic():
        steps.hold(actor, case_id)  # who may not work on it leaves no file behind
    secrecy.require_open([], [(name, content)])
    stored = keep(actor, name, content)
    copy = copies.clean_copy(actor, stored) if relied_on else None
    with unless_done(stored, copy), transaction.atomic():
        case = steps.hold(actor, case_id)
        moment = clock.now()
        evidence = Evidence.objects.create(
            organisation_id=case.organisation_id, case=case, file=stored, added_at=moment
        )
        exhibit = Exhibit.objects.create(
            id=new_id(),
            organisation_id=case.organisation_id,
            case=case,
            evidence=evidence,
            kind=kind,
            relied_on=relied_on,
            added_by=actor.ref,
            added_at=moment,
        )
        clear = {"exhibit": exhibit.id, "kind": kind, "sha256": stored.sha256, "relied_on": relied_on}
        steps.note(actor, case, [Draft("evidence.added", steps.subject(case), clear, {"name": stored.name})])
        if copy:
            copies.put(actor, case, evidence, copy, Copy.Way.CLEANED, 0)
    return exhibit


def place_hold(actor: Actor, case_id: uuid.UUID, clause: str, until: date, reason: str) -> Hold:
    """Forbids that anything of a case be deleted, until a day; a hold that is on the case is replaced.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: without a capability to decide cases or manage the organisation.
        BadInput: no such clause, a day that is over, or no reason.
    """
    actor.require(*_HOLDING)
    reason = words.cleaned(reason, "reason", LONGEST_REASON)
    if not reason:
        raise BadInput(_("something is missing"), where="reason", mend=_("say why"))
    if until < civil_date(clock.now()):
        raise BadInput(_("this day is over"), where="until", mend=_("choose a day to come"))
    reference = _clause(clause)
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        _lift(actor, case)
        hold = Hold.objects.create(
            id=new_id(),
            organisation_id=case.organisation_id,
            case=case,
            clause=str(reference),
            until=until,
            reason=reason,
            placed_by=actor.ref,
            placed_at=clock.now(),
        )
        clear = {"hold": hold.id, "clause_ref": reference, "until_day": until}
        draft = Draft("hold.placed", steps.subject(case), clear, {"reason": reason}, clauses=[reference])
        steps.note(actor, case, [draft])
    return hold


def lift_hold(actor: Actor, case_id: uuid.UUID) -> None:
    """Ends the hold on a case.

    Raises:
        NotFound: no such case for this actor, or nothing holds it.
        NotAllowed: as for `place_hold`.
    """
    actor.require(*_HOLDING)
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        if not _lift(actor, case):
            raise NotFound(_("Nothing holds this case."))


def held(subject_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those among subjects of acts of which nothing may be deleted now, by a hold or since the time to keep them is
    not over; asked by `base` before it erases anything.
    """
    live = Hold.objects.filter(lifted_at__isnull=True, until__gte=civil_date(clock.now()))
    return set(live.filter(case_id__in=subject_ids).values_list("case_id", flat=True)) | retention.within(subject_ids)


def _lift(actor: Actor, case: Case) -> bool:
    hold = case.holds.filter(lifted_at__isnull=True).first()
    if hold is None:
        return False
    hold.lifted_at = clock.now()
    hold.save(update_fields=["lifted_at"])
    steps.note(actor, case, [Draft("hold.lifted", steps.subject(case), {"hold": hold.id})])
    return True


def _clause(reference: str) -> ClauseRef:
    try:
        parsed = ClauseRef.parse(reference.strip())
    except ValueError:
        parsed = None
    if parsed is None or parsed.instrument not in steps.pack().instruments:
        raise BadInput(
            _("no such clause"),
            where="clause",
            mend=_("write it as the list of clauses does, such as 24/2018/QH14/26.2"),
        )
    return parsed
