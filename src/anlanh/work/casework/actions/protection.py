"""Children and lives: files that few may see, cases that go first, people who are called, referral to the police."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, record
from anlanh.base.outbox.queue import Draft as Message
from anlanh.base.outbox.queue import enqueue, open_task
from anlanh.base.ports import on_call
from anlanh.law.places import Body
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import letters, links, policy, steps
from anlanh.work.casework.actions.sorting import bodies_today
from anlanh.work.casework.desk import placing
from anlanh.work.casework.models import Case

LONGEST_NOTE = 2000
POLICE = {"public-security", "provincial-police"}  # kinds of bodies, as the pack calls them


def police_today() -> dict[str, Body]:
    """The bodies of the police that exist today."""
    return {name: body for name, body in bodies_today().items() if body.actor in POLICE}


def restrict_file(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID) -> Case:
    """Marks a file as one that may show the abuse of a child: from now on only its digest is shown, but for the few who
    are named to look at such files. The case takes the stricter path, too.

    Raises:
        NotFound: no such case or file for this actor.
        NotAllowed: the actor does not work on cases.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        actor.require(*policy.WORKING)
        row = case.evidence.select_related("file").filter(file_id=file_id).first()
        if row is None:
            raise NotFound(_("There is no such file."))
        if row.restricted_at is None:
            row.restricted_at = clock.now()
            row.save(update_fields=["restricted_at"])
            record(actor, Draft("evidence.restricted", steps.subject(case), {"sha256": row.file.sha256}))
        case.concerns_child = True
        placing.sort_anew(case)
        steps.save(case)
    return case


def mark_danger(actor: Actor, case_id: uuid.UUID, note: str) -> Case:
    """Says that somebody's life may be in danger: the case goes first and those on call are called at once.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor does not work on cases.
        BadInput: nothing is written.
    """
    note = _needed(note, "note", _("say what points to it"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        actor.require(*policy.WORKING)
        if not case.threatens_life:
            case.threatens_life = True
            placing.sort_anew(case)
            record(actor, Draft("danger.marked", steps.subject(case), {}, {"note": note}))
            call_people([case])
        steps.save(case)
    return case


def refer_to_police(actor: Actor, case_id: uuid.UUID, body: str, how: str) -> Case:
    """Records that a case was referred to the police: to which body, and how and where the proof is.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor is not named for suspected child abuse and does not decide cases.
        BadInput: no such body today, or nothing is written.
    """
    how = _needed(how, "how", _("say how it was told and where the proof is"))
    if body not in police_today():
        raise BadInput(_("no such body today"), where="body", mend=_("choose one from the list"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        actor.require(policy.MATERIAL, "cases.decide")
        digests = [row.file.sha256 for row in case.evidence.select_related("file").filter(restricted_at__isnull=False)]
        clear = {"body": body, "files": digests or None}
        record(actor, Draft("case.referred", steps.subject(case), clear, {"receipt": how}))
        steps.renew(actor, case)
        steps.save(case)
    return case


def call_people(cases: Iterable[Case]) -> None:
    """For cases of one organisation, in the caller's transaction: calls those on call by mail, and opens a task that
    stays until somebody settles it.

    The letter says no more than the case's number: it may be read on a locked screen.
    """
    called: list[tuple[str, str]] | None = None
    for case in cases:
        called = called or on_call.addresses(case.organisation_id, "cases.review")
        open_task(
            case.organisation_id,
            "life_in_danger",
            f"danger:{case.id}",
            subject=("case", case.id),
            detail={"case": case.number},
        )
        messages = []
        for address, language in called:
            lines = [line.title.in_language(language) for line in steps.pack().help_lines.values()]
            context = {"case": case.number, "link": links.case(case.id), "lines": lines}
            subject, body = letters.written("life_in_danger", language, context)
            payload = {"to": address, "subject": subject, "body": body, "language": language}
            messages.append(Message("mail", f"danger:{case.id}:{address}", payload))
        enqueue(case.organisation_id, messages)


def _needed(text: str, where: str, mend: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text or len(text) > LONGEST_NOTE:
        raise BadInput(_("something is missing or too long"), where=where, mend=mend)
    return text
