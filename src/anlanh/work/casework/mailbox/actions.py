"""The one writer of the mailbox: takes a letter once, files it as a report, or hands it to a person. None is lost."""

import io
import uuid

from django.conf import settings
from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.queue import open_task
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers
from anlanh.work.casework.actions.intake import ReportInput, file_report
from anlanh.work.casework.actions.report_input import LONGEST_TEXT
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.mailbox.reading import MOST_BYTES, LetterRead, Unreadable, digest_of, read_letter
from anlanh.work.casework.models import Report

MARKED = "secret"  # how the reason of a letter begins of which nothing was taken
KIND = "other"  # what is wrong is for a person to say: a letter answers no questions


def take_letter(organisation_id: uuid.UUID, raw: bytes) -> Letter:
    """Takes a letter as it came; the same one again gives the row of the first time.

    A letter that names an earlier report joins the case of its page; one that names a page is a report of it. What a
    machine wrote is kept and not answered. Everything else waits for a person as a task. Of a letter marked secret
    nothing is kept but who sent it and when; it stays where it lies, and a task says so.

    Args:
        organisation_id: whose mailbox it is.
        raw: the bytes.
    """
    digest = digest_of(raw)
    with transaction.atomic():
        known = Letter.objects.filter(organisation_id=organisation_id, digest=digest).first()
        if known:
            return known
        letter = Letter(organisation_id=organisation_id, digest=digest, received_at=clock.now())
        read, unreadable = _read(raw)
        if level := _level(raw, read):
            return _not_taken(letter, level, read)
        letter.file = keep(organisation_id, "thu.eml", io.BytesIO(raw[:MOST_BYTES] or b"\n"), limit=MOST_BYTES)
        if read:
            letter.outcome, letter.why, letter.report = _settled(organisation_id, read)
        else:
            letter.outcome, letter.why = Letter.Outcome.WAITS, unreadable
        letter.save(force_insert=True)
        if letter.outcome == Letter.Outcome.WAITS:
            open_task(
                organisation_id,
                "mail_unreadable",
                f"letter:{letter.id}",
                subject=("letter", letter.id),
                detail={"letter": str(letter.id), "why": letter.why},
            )
    return letter


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


def _settled(organisation_id: uuid.UUID, read: LetterRead) -> tuple[str, str, Report | None]:
    """What becomes of a letter that could be read: outcome, why, and its report."""
    if read.machine or read.sender.lower() == _own_address():
        return Letter.Outcome.IGNORED, read.machine or "own", None
    address = _address_of(organisation_id, read.reference) or read.address
    if not address:
        return Letter.Outcome.WAITS, "no_address", None
    try:
        with transaction.atomic():
            filed = file_report(public_actor(organisation_id), organisation_id, _report(organisation_id, read, address))
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


def _address_of(organisation_id: uuid.UUID, reference: str) -> str:
    """The page of an earlier report of this organisation. Who writes proves nothing by it: no door opens."""
    try:
        normal = numbers.normal(reference) if reference else ""
    except BadInput:
        return ""
    known = Report.objects.filter(organisation_id=organisation_id, reference=normal, case__sealed=False)
    return known.values_list("case__page__address", flat=True).first() or ""


def _own_address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower()
