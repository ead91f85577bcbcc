"""Mandates: given by the client through their own door with a paper, checked by the staff, ended by either."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound, system
from anlanh.base.acts.record import Draft
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.queue import open_task, settle_task
from anlanh.primitives.dates import civil_date, date_vi
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, letters, numbers, policy, steps, words
from anlanh.work.casework.actions import notices
from anlanh.work.casework.authorities.secrecy import require_open_of_public
from anlanh.work.casework.doors import Door
from anlanh.work.casework.models import SEALED, Case, Evidence, Party
from anlanh.work.casework.redress.models import Mandate, Representative

TO_CHECK = "mandate_to_check"
LONGEST_YEARS, LONGEST_WORDS = 5, 2000
MOST_OPEN = 5
_CHECKING = ("cases.review", "cases.decide", "appeals.hear")


@dataclass(frozen=True)
class MandateInput:
    """Whom a client lets act for them.

    Args:
        kind: one of `Mandate.Kind`.
        name: of the representative; not needed with `known_as`.
        email: where letters go as well, once the paper is checked; may be empty.
        known_as: the reference of a representative who has a door here already; else empty.
        scope: one of `Mandate.Scope`.
        until: the last day.
        language: of letters to a new representative.
    """

    kind: str
    name: str
    email: str
    known_as: str
    scope: str
    until: date
    language: str = "vi"


@dataclass(frozen=True)
class Given:
    """A mandate that waits to be checked. `secret` opens the new representative's door, and is told once; empty for one
    who has a door already.
    """

    mandate: Mandate
    secret: str


def give(reference: str, secret: str, given: MandateInput, paper_name: str, paper: BinaryIO) -> Given:
    """Lets somebody act for the person at the door, as soon as the staff have checked the paper.

    Raises:
        NotFound: the two do not open anything.
        BadInput: naming the field.
        Secret: the paper is marked secret; nothing of it was kept.
    """
    door = doors.opened(reference, secret)
    _require_own(door)
    _check(door, given)
    require_open_of_public(paper_name, paper)
    stored = keep(door.case.organisation_id, paper_name, paper)
    person = public_actor(door.case.organisation_id, door.party.id)
    with transaction.atomic():
        case = steps.hold(system(door.case.organisation_id), door.case.id)  # a sealed case is open to its own door
        _require_room(door)
        representative, new_secret = _representative(case, given)
        mandate = _written(case, door, representative, given, stored)
        clear = {
            "mandate": mandate.id,
            "representative": representative.id,
            "client": door.party.id,
            "role": door.role,
            "kind": mandate.kind,
            "scope": mandate.scope,
            "until_day": mandate.until,
            "paper_sha256": stored.sha256,
        }
        draft = Draft("mandate.given", steps.subject(case), clear, {"name": representative.party.name or None})
        steps.note(person, case, [draft])
        detail = {"case": case.number, "case_id": str(case.id)}
        open_task(case.organisation_id, TO_CHECK, _key(mandate), subject=("case", case.id), detail=detail)
    return Given(mandate, new_secret)


def confirm(actor: Actor, mandate_id: uuid.UUID, how: str) -> Mandate:
    """Says that the paper of a mandate was checked, and how; from now on the representative may act.

    Their address counts as confirmed with it.

    Raises:
        NotFound: no such mandate for this actor.
        NotAllowed: without a capability to work on cases.
        BadInput: nothing is written, or it was settled before.
    """
    how = words.cleaned(how, "how", LONGEST_WORDS)
    if not how:
        raise BadInput(_("something is missing"), where="how", mend=_("say how you checked the paper"))
    with transaction.atomic():
        case, mandate = _hold(actor, mandate_id)
        _require_waiting(mandate)
        mandate.checked_by, mandate.checked_at = actor.ref, clock.now()
        mandate.save(update_fields=["checked_by", "checked_at"])
        party = mandate.representative.party
        if party.email and not party.email_confirmed_at:
            party.email_confirmed_at = clock.now()
            party.save(update_fields=["email_confirmed_at"])
        draft = Draft("mandate.checked", steps.subject(case), {"mandate": mandate.id}, {"how": how})
        steps.note(actor, case, [draft])
        settle_task(_key(mandate), actor.ref)
        notices.send(case, [_letter(case, mandate, "mandate_checked")])
    return mandate


def refuse(actor: Actor, mandate_id: uuid.UUID, reasons: str) -> Mandate:
    """Does not accept a mandate, with reasons for the client.

    Raises:
        NotFound, NotAllowed, BadInput: as for `confirm`.
    """
    reasons = words.cleaned(reasons, "reasons", LONGEST_WORDS)
    if not reasons:
        raise BadInput(_("something is missing"), where="reasons", mend=_("say why"))
    with transaction.atomic():
        case, mandate = _hold(actor, mandate_id)
        _require_waiting(mandate)
        mandate.refused_at, mandate.checked_by, mandate.reasons = clock.now(), actor.ref, reasons
        mandate.save(update_fields=["refused_at", "checked_by", "reasons"])
        draft = Draft("mandate.refused", steps.subject(case), {"mandate": mandate.id}, {"reasons": reasons})
        steps.note(actor, case, [draft])
        settle_task(_key(mandate), actor.ref)
        notices.send(case, [_letter(case, mandate, "mandate_refused")])
    return mandate


def end_by_door(reference: str, secret: str, mandate_id: uuid.UUID) -> Mandate:
    """The client ends a mandate of theirs, at once and without a reason. Said twice, it is done once.

    Raises:
        NotFound: the two do not open anything, or the client gave no such mandate here.
        BadInput: it is the representative who asks.
    """
    door = doors.opened(reference, secret)
    _require_own(door)
    person = public_actor(door.case.organisation_id, door.party.id)
    with transaction.atomic():
        mandate = Mandate.objects.filter(id=mandate_id, client=door.party).first()
        if mandate is None:
            raise NotFound(_("There is no such mandate."))
        return _end(person, steps.hold(system(mandate.organisation_id), mandate.case_id), mandate)


def end(actor: Actor, mandate_id: uuid.UUID) -> Mandate:
    """The staff end a mandate whose paper turned out to be wrong, or on the word of the client.

    Raises:
        NotFound: no such mandate for this actor.
        NotAllowed: without a capability to work on cases.
    """
    with transaction.atomic():
        case, mandate = _hold(actor, mandate_id)
        return _end(actor, case, mandate)


def _end(actor: Actor, case: Case, mandate: Mandate) -> Mandate:
    if mandate.ended_at is None:
        mandate.ended_at = clock.now()
        mandate.save(update_fields=["ended_at"])
        steps.note(actor, case, [Draft("mandate.ended", steps.subject(case), {"mandate": mandate.id})])
        settle_task(_key(mandate), actor.ref)
    return mandate


def _require_own(door: Door) -> None:
    if door.mandate is not None:
        raise BadInput(_("a representative can't do this"), mend=_("only the person themself can"))


def _check(door: Door, given: MandateInput) -> None:
    if given.kind not in Mandate.Kind.values:
        raise BadInput(_("no such kind"), where="kind", mend=_("choose one from the list"))
    if given.scope not in Mandate.Scope.values or (given.scope == Mandate.Scope.PAGE and door.access is None):
        raise BadInput(_("no such scope"), where="scope", mend=_("choose one from the list"))
    today = civil_date(clock.now())
    last = today.replace(year=today.year + LONGEST_YEARS, day=min(today.day, 28))
    if not today <= given.until <= last:
        raise BadInput(
            _("this day is over or too far away"),
            where="until",
            mend=_("choose one until %(day)s") % {"day": date_vi(last)},
        )
    if not given.known_as and not words.cleaned(given.name, "name", 120):
        raise BadInput(_("nothing is written"), where="name", mend=_("say who acts for you"))
    if given.email:
        try:
            validate_email(given.email)
        except ValidationError:
            raise BadInput(
                _("this is no e-mail address"), where="email", mend=_("write it as ten@example.vn")
            ) from None


def _require_room(door: Door) -> None:
    waiting = Mandate.objects.filter(client=door.party, checked_at=None, refused_at=None, ended_at=None)
    if waiting.count() >= MOST_OPEN:
        raise BadInput(_("several wait to be checked already"), mend=_("wait for the answer; you will be told"))


def _representative(case: Case, given: MandateInput) -> tuple[Representative, str]:
    """The one who has that reference here, or a new one with a secret."""
    if given.known_as:
        try:
            reference = numbers.normal(given.known_as)
        except BadInput:
            reference = ""
        known = Representative.objects.select_related("party").filter(
            organisation_id=case.organisation_id, reference=reference
        )
        if found := known.first():
            return found, ""
        raise BadInput(
            _("we know no representative of this reference"),
            where="known_as",
            mend=_("compare it, or leave it out and write the name"),
        )
    moment = clock.now()
    party = Party.objects.create(
        organisation_id=case.organisation_id,
        name=words.cleaned(given.name, "name", 120),
        email=given.email,
        language=given.language,
        created_at=moment,
    )
    made = Representative(
        organisation_id=case.organisation_id,
        party=party,
        reference=numbers.new_reference(numbers.REPRESENTATIVE_PREFIX),
        created_at=moment,
    )
    secret = numbers.secret_for(made.id)
    made.secret_hash = numbers.digest(made.reference, secret)
    made.save(force_insert=True)
    return made, secret


def _written(
    case: Case, door: Door, representative: Representative, given: MandateInput, stored: StoredFile
) -> Mandate:
    paper = Evidence.objects.create(
        organisation_id=case.organisation_id, case=case, report=door.report, file=stored, added_at=clock.now()
    )
    return Mandate.objects.create(
        id=new_id(),
        organisation_id=case.organisation_id,
        representative=representative,
        case=case,
        client=door.party,
        report=door.report,
        access=door.access,
        kind=given.kind,
        scope=given.scope,
        until=given.until,
        paper=paper,
        given_at=clock.now(),
    )


def _hold(actor: Actor, mandate_id: uuid.UUID) -> tuple[Case, Mandate]:
    found = Mandate.objects.reachable_to(actor).filter(id=mandate_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such mandate."))
    policy.require_person(actor)
    case = steps.hold(actor, found)
    actor.require(*((SEALED,) if case.sealed else _CHECKING))
    related = ("representative__party", "client", "report", "access")
    return case, Mandate.objects.select_related(*related).get(id=mandate_id)


def _require_waiting(mandate: Mandate) -> None:
    if mandate.checked_at or mandate.refused_at or mandate.ended_at:
        raise BadInput(_("this mandate does not wait to be checked"), mend=_("look at the case again"))


def _letter(case: Case, mandate: Mandate, kind: str) -> notices.Addressed:
    """To the client, in their role; the representative gets a copy as of every letter once the mandate counts."""
    role = notices.REPORTER if mandate.report else notices.AFFECTED
    language = mandate.client.language
    context = {
        "representative": mandate.representative.party.name,
        "representative_reference": mandate.representative.reference,
        "until": date_vi(mandate.until) if language != "en" else f"{mandate.until:%d/%m/%Y}",
        "reasons": mandate.reasons,
        "filed_on": letters.civil_day(mandate.given_at, language),
    }
    return notices.Addressed(kind, role, mandate.client, report=mandate.report, access=mandate.access, context=context)


def _key(mandate: Mandate) -> str:
    return f"mandate:{mandate.id}"
