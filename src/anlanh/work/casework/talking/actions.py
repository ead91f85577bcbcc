"""Writing into a case: by the door of a person concerned, or as somebody of the staff; each message is an act."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound, system
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft
from anlanh.base.clocks import running
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep
from anlanh.base.identity.policy import public_actor
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import doors, steps, words
from anlanh.work.casework.actions import notices
from anlanh.work.casework.authorities.secrecy import require_open_of_public
from anlanh.work.casework.doors import Door
from anlanh.work.casework.models import Case, Evidence
from anlanh.work.casework.talking import threads
from anlanh.work.casework.talking.models import Message, MessageFile

LONGEST_TEXT = 5000
MOST_UNREAD = 20  # of one person: more would bury what they said first


def write_by_door(reference: str, secret: str, text: str, file_ids: Sequence[uuid.UUID] = ()) -> Message:
    """Takes a message from the reporter or the person affected.

    Args:
        reference, secret: which open the person's door.
        text: what they write; may be empty where files say it.
        file_ids: files of nobody known that were uploaded for this organisation and lie nowhere yet.

    Raises:
        NotFound: the two do not open anything.
        BadInput: nothing is said, it is too long, a file is not there, or too much waits unread.
    """
    door = doors.opened(reference, secret)
    person = public_actor(door.case.organisation_id, door.party.id)
    text = _checked(text, required=not file_ids)
    with transaction.atomic():
        case = steps.hold(system(door.case.organisation_id), door.case.id)  # a sealed case is open to its own door
        _require_room(door)
        files = free_files(case, file_ids)
        message = _message(case, door.role, door, text)
        clear = {"message": message.id, "role": door.role, "sender": door.party.id, "files": len(files)}
        clear |= {"mandate": door.mandate.id} if door.mandate else {}
        committed = {"text": text or None, "file_digests": [stored.sha256 for stored in files] or None}
        act = steps.note(person, case, [Draft("message.received", steps.subject(case), clear, committed)])[0]
        _save(message, act)
        _keep(message, files)
        if _answers(case, door):
            running.resume(act, case.id, steps.pack())
        steps.save(case)
    return message


def keep_file(reference: str, secret: str, name: str, stream: BinaryIO) -> StoredFile:
    """Keeps a file that goes with the message that the person at the door is writing.

    Raises:
        NotFound: the two do not open anything.
        BadInput: an empty or too large file, or one that is marked secret.
    """
    organisation_id = doors.opened(reference, secret).case.organisation_id
    require_open_of_public(name, stream)
    return keep(organisation_id, name, stream)


def write_to(actor: Actor, case_id: uuid.UUID, partner_id: uuid.UUID, text: str, *, asks: bool = False) -> Message:
    """Writes to somebody whom the case concerns, who is mailed that a message waits, and not what it says.

    What that person wrote before counts as read. A question makes those clocks stand still until the answer that the
    procedure names, if it names any.

    Args:
        actor: somebody who works on the case; while an appeal is open, who may hear it.
        case_id: the case.
        partner_id: of the report or access that is the person's door.
        text: what to say.
        asks: it is a question that waits for an answer.

    Raises:
        NotFound: no such case for this actor, or nobody of that id in it.
        NotAllowed: the actor may not write here now.
        BadInput: nothing is written, or too much.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        partner = threads.partner(case, partner_id)
        if partner is None:
            raise NotFound(_("There is nobody of that reference in this case."))
        threads.require_may_talk(actor, case)
        text = _checked(text, required=True)
        message = _message(case, partner.role, partner, text, author=actor.ref, asks=asks)
        clear = {"message": message.id, "role": partner.role, "recipient": partner.party.id, "asks": asks}
        act = steps.note(actor, case, [Draft("message.sent", steps.subject(case), clear, {"text": text})])[0]
        _save(message, act)
        _unread(case).filter(party=partner.party).update(read_at=clock.now(), read_by=actor.ref)
        if asks:
            _pause(case, act)
        notices.send(case, [partner.letter()])
        steps.renew(actor, case)
        steps.save(case)
    return message


def mark_read(actor: Actor, case_id: uuid.UUID) -> int:
    """Says that what people wrote was read and needs no answer; how many messages that were.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor may not write here now.
    """
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        threads.require_may_talk(actor, case)
        count = _unread(case).update(read_at=clock.now(), read_by=actor.ref)
        if count:
            steps.note(actor, case, [Draft("messages.read", steps.subject(case), {"messages": count})])
    return count


def _pause(case: Case, act: Act) -> None:
    """Lets those clocks wait for the answer that the procedure names, if it names any."""
    if talk := steps.procedure_of(case).talk:
        running.pause(act, case.id, talk.pauses, timedelta(days=talk.answer_days), steps.pack())


def _checked(text: str, *, required: bool) -> str:
    text = words.cleaned(text, "text", LONGEST_TEXT)
    if required and not text:
        raise BadInput(_("nothing is written"), where="text", mend=_("write what you want to say"))
    return text


def _unread(case: Case) -> QuerySet[Message]:
    return Message.objects.filter(case=case, author__isnull=True, read_at__isnull=True)


def _require_room(door: Door) -> None:
    if _unread(door.case).filter(party=door.party).count() >= MOST_UNREAD:
        raise BadInput(
            _("many of your messages still wait to be read"), where="text", mend=_("write again once we have answered")
        )


def free_files(case: Case, file_ids: Sequence[uuid.UUID]) -> list[StoredFile]:
    """The files of nobody known, in the order named, if each is the organisation's and nothing holds it yet.

    Raises:
        BadInput: too many, or one that is not there.
    """
    if len(file_ids) > settings.ANLANH_UPLOADS_A_REPORT:
        raise BadInput(_("too many files"), where="files", mend=_("send only those that matter most"))
    free = StoredFile.objects.filter(organisation_id=case.organisation_id, id__in=file_ids, added_by__isnull=True)
    found = {stored.id: stored for stored in free.exclude(id__in=Evidence.objects.values("file_id"))}
    if not set(file_ids) <= found.keys():
        raise BadInput(_("a file was not found"), where="files", mend=_("send it again"))
    return [found[id_] for id_ in dict.fromkeys(file_ids)]


def _message(
    case: Case,
    role: str,
    whose: Door | threads.Partner,
    text: str,
    *,
    author: uuid.UUID | None = None,
    asks: bool = False,
) -> Message:
    return Message(
        id=new_id(),
        organisation_id=case.organisation_id,
        case=case,
        party=whose.party,
        report=whose.report,
        access=whose.access,
        role=role,
        author=author,
        asks=asks,
        text=text,
        written_at=clock.now(),
    )


def _save(message: Message, act: Act) -> None:
    message.act_id = act.id
    message.save(force_insert=True)


def _keep(message: Message, files: Sequence[StoredFile]) -> None:
    """What came with a message is evidence of the case, under the report of who sent it."""
    for stored in files:
        evidence = Evidence.objects.create(
            organisation_id=message.organisation_id,
            case=message.case,
            report=message.report,
            file=stored,
            added_at=message.written_at,
        )
        MessageFile.objects.create(organisation_id=message.organisation_id, message=message, evidence=evidence)


def _answers(case: Case, door: Door) -> bool:
    """Whether, with what this person now wrote, no question of ours in the case lacks an answer."""
    for asked in Message.objects.filter(case=case, asks=True).exclude(party=door.party):
        if not Message.objects.filter(case=case, party=asked.party, author=None, id__gt=asked.id).exists():
            return False
    return True
