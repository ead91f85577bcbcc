"""The one writer of the mailbox: takes a letter once, files it as a report, or hands it to a person. None is lost."""

import io
import uuid
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from anlanh.base import clock
from anlanh.base.actor import Actor, NotAllowed, NotFound
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep, open_file
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.queue import open_task, settle_task
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers
from anlanh.work.casework.actions.intake import MAIL, ReportInput, file_report
from anlanh.work.casework.actions.report_input import LONGEST_TEXT
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.mailbox import holding, queries
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.mailbox.reading import MOST_BYTES, LetterRead, Unreadable, digest_of, read_letter
from anlanh.work.casework.models import Report

MARKED = "secret"  # how the reason of a letter begins of which nothing was taken
MOST_TAKEN_IN = 100  # letters a press of the button
KIND = "other"  # what is wrong is for a person to say: a letter answers no questions


def take_letter(organisation_id: uuid.UUID, raw: bytes) -> Letter:
    """Takes a letter as it came; the same one again gives the row of the first time.

    A letter that names an earlier report of its sender joins the case of its page; one that names a page is a report
    of it. What a machine wrote is kept and not answered. Everything else waits for a person as a task, and so do
    letters of one address beyond what the house takes in an hour. Of a letter marked secret nothing is kept but who
    sent it and when; it stays where it lies, and a task says so.

    Args:
        organisation_id: whose mailbox it is.
        raw: the bytes.
    """
    digest = digest_of(raw)
    if known := _known(organisation_id, digest):
        return known
    read, unreadable = _read(raw)
    too_many = read is not None and not _is_machines(read) and holding.is_too_much(organisation_id, read.sender)
    with transaction.atomic():
        if known := _known(organisation_id, digest):
            return known
        letter = Letter(organisation_id=organisation_id, digest=digest, received_at=clock.now())
        if level := _level(raw, read):
            return _not_taken(letter, level, read)
        letter.file = keep(organisation_id, "thu.eml", io.BytesIO(raw[:MOST_BYTES] or b"\n"), limit=MOST_BYTES)
        if too_many:
            holding.hold(letter, read.sender)
            return letter
        if read:
            letter.outcome, letter.why, letter.report = _settled(public_actor(organisation_id), read)
        else:
            letter.outcome, letter.why = Letter.Outcome.WAITS, unreadable
        letter.save(force_insert=True)
        _tell_of(letter)
    return letter


def take_in(actor: Actor, held_id: uuid.UUID) -> int:
    """Takes in letters that were held, each with the time at which it came; the oldest first, and not all at once.

    What still can't be filed becomes a task of its own. Once none is left, the task is settled.

    Args:
        actor: who looked at them.
        held_id: of the task about their address.

    Returns:
        How many are left.

    Raises:
        NotAllowed: without the capability to work on cases, or to see reporters.
        NotFound: no such open task.
    """
    actor.require("cases.review")
    for letter in queries.held_letters(actor, held_id)[:MOST_TAKEN_IN]:
        with transaction.atomic():
            held = Letter.objects.select_for_update(of=("self",)).select_related("file").get(id=letter.id)
            if held.outcome != Letter.Outcome.WAITS or not held.sender:
                continue
            with open_file(held.file) as stream:
                read, unreadable = _read(stream.read())
            found = _settled(actor, read, held) if read else (held.outcome, unreadable, None)
            held.outcome, held.why, held.report = found
            held.sender = ""
            held.save()
            _tell_of(held)
    left = queries.held_letters(actor, held_id).count()
    if not left:
        settle_task(queries.task_of_held(actor, held_id).key, actor.ref)
    return left


def _known(organisation_id: uuid.UUID, digest: str) -> Letter | None:
    return Letter.objects.filter(organisation_id=organisation_id, digest=digest).first()


def _tell_of(letter: Letter) -> None:
    """A task for a letter that waits for a person."""
    if letter.outcome == Letter.Outcome.WAITS:
        open_task(
            letter.organisation_id,
            "mail_unreadable",
            f"letter:{letter.id}",
            subject=("letter", letter.id),
            detail={"letter": str(letter.id), "why": letter.why},
        )


def _is_machines(read: LetterRead) -> bool:
    """Whether a machine wrote it, or we did."""
    return bool(read.machine) or read.sender.lower() == _own_address()


def _read(raw: bytes) -> tuple[LetterRead | None, str]:
    """The letter, or why no program can read it."""
    try:
        return read_letter(raw), ""
    except Unreadable as fault:
        return None, str(fault)


def _level(raw: bytes, read: LetterRead | None) -> str:
    """The level with which a letter, or a file that came with it, is marked; empty where none is or can be read."""
    if read is None:
        return secrecy.level_in(raw[:MOST_BYTES].decode(errors="ignore"))
    found = [secrecy.level_in(f"{read.subject}\n{read.words}")]
    found += [secrecy.level_of(attachment.name, attachment.content) for attachment in read.attachments]
    return max(filter(None, found), key=secrecy.LEVELS.index, default="")


def _not_taken(letter: Letter, level: str, read: LetterRead | None) -> Letter:
    """That a letter marked secret came: its sender and day, for the person who notes it in the book."""
    letter.outcome, letter.why = Letter.Outcome.WAITS, f"{MARKED}_{level}"
    letter.save(force_insert=True)
    open_task(
        letter.organisation_id,
        "mail_secret",
        f"letter:{letter.id}",
        subject=("letter", letter.id),
        detail={
            "level": level,
            "sender": read.sender if read else "",
            "day": civil_date(letter.received_at).isoformat(),
        },
    )
    return letter


def _settled(actor: Actor, read: LetterRead, held: Letter | None = None) -> tuple[str, str, Report | None]:
    """What becomes of a letter that could be read: outcome, why, and its report.

    Args:
        actor: the public, or who takes in a letter that was held.
        read: the letter.
        held: its row, where it came earlier.
    """
    organisation_id = actor.organisation_id
    if _is_machines(read):
        return Letter.Outcome.IGNORED, read.machine or "own", None
    address = _address_of(organisation_id, read) or read.address
    if not address:
        return Letter.Outcome.WAITS, "reference_only" if read.reference else "no_address", None
    given = _report(organisation_id, read, address)
    if held:
        reason = gettext("Too many letters came from one address; it waited for a person.")
        given = replace(given, happened_at=held.received_at, backdating_reason=reason)
    try:
        with transaction.atomic():
            filed = file_report(actor, organisation_id, given)
    except BadInput as fault:
        return Letter.Outcome.WAITS, f"refused_{fault.where}"[:40], None
    except (NotFound, NotAllowed):
        return Letter.Outcome.WAITS, "takes_no_reports", None
    return Letter.Outcome.FILED, "joined" if filed.joined else "", filed.report


def _report(organisation_id: uuid.UUID, read: LetterRead, address: str) -> ReportInput:
    text = "\n\n".join(part for part in (read.subject, read.words) if part)
    return ReportInput(
        address=address,
        category=KIND,
        text=text[: LONGEST_TEXT - 1] + "…" if len(text) > LONGEST_TEXT else text,
        reporter_name=read.sender_name,
        reporter_email=read.sender,
        file_ids=tuple(stored.id for stored in _files(organisation_id, read)),
        via="mail",
    )


def _files(organisation_id: uuid.UUID, read: LetterRead) -> list[StoredFile]:
    """The attachments that the file checks take; the others stay in the letter as it came."""
    files = []
    for attachment in read.attachments[: settings.ANLANH_UPLOADS_A_REPORT]:
        try:
            files.append(keep(organisation_id, attachment.name, io.BytesIO(attachment.content)))
        except BadInput:
            continue
    return files


def _address_of(organisation_id: uuid.UUID, read: LetterRead) -> str:
    """The page of an earlier report that a letter names, if it comes from the address that is known as its reporter's.

    The answer goes to that address, and the door that it opens shows the page. Whoever else writes a reference, which
    is no secret, learns nothing by it, as on the portal.
    """
    try:
        normal = numbers.normal(read.reference) if read.reference else ""
    except BadInput:
        return ""
    known = Report.objects.select_related("case__page", "reporter")
    found = known.filter(organisation_id=organisation_id, reference=normal, case__sealed=False).first()
    if found is None or found.reporter.email.casefold() != read.sender.casefold() or not read.sender:
        return ""
    is_theirs = found.reporter.email_confirmed_at or found.via == MAIL
    return found.case.page.address if is_theirs else ""


def _own_address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower()
