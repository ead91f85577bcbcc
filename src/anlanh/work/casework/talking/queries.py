"""The readers of talk in cases: a person's own thread by their door, all threads of a case for the staff."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from anlanh.base.actor import Actor
from anlanh.work.casework import doors, policy
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.models import Case
from anlanh.work.casework.queries.cases import case as one_case
from anlanh.work.casework.talking import threads
from anlanh.work.casework.talking.models import Message

MOST_SHOWN = 200
MOST_PARTNERS = 50
_UNREAD = Q(author__isnull=True, read_at__isnull=True)


@dataclass(frozen=True)
class MessageLine:
    """One message as its thread shows it.

    Args:
        own: the party wrote it, not the staff.
        author: the member who wrote it; None where the party did, and in the party's own thread.
        asks: it is a question.
        text: what it says; empty for those who may not see it.
        files: names of the files that came with it.
        written_at: when.
        unread: nobody of the staff has read it.
    """

    own: bool
    author: uuid.UUID | None
    asks: bool
    text: str
    files: list[str]
    written_at: datetime
    unread: bool


@dataclass(frozen=True)
class OwnThread:
    """The thread of the person whose door is open.

    Args:
        messages: oldest first.
        question: the staff's question that still waits for an answer; empty when none does.
    """

    messages: list[MessageLine]
    question: str


@dataclass(frozen=True)
class Thread:
    """One person's thread as the staff see it; they know the person by role and reference alone."""

    partner: threads.Partner
    messages: list[MessageLine]
    unread: int


@dataclass(frozen=True)
class Talk:
    """All threads of a case.

    Args:
        threads: those in which something was written, the newest message last.
        partners: everybody to whom one can write, the person affected first.
        possible: this actor can write now.
        unread: how many messages nobody of the staff has read.
    """

    threads: list[Thread]
    partners: list[threads.Partner]
    possible: bool
    unread: int


def own_thread(reference: str, secret: str) -> OwnThread:
    """What was written between the person whose door it is and the staff.

    Raises:
        NotFound: reference and secret open nothing.
    """
    door = doors.opened(reference, secret)
    rows = _rows(Message.objects.filter(case=door.case, party=door.party))
    waiting = ""
    for row in rows:
        waiting = "" if row.author is None else (row.text if row.asks else waiting)
    return OwnThread([_line(row, shows_words=True, shows_author=False) for row in rows], waiting)


def talk(actor: Actor, case_id: uuid.UUID) -> Talk:
    """The threads of a case, for somebody of the staff.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    shows_words = policy.sees_words_of(actor, case)
    by_door: dict[uuid.UUID, list[Message]] = {}
    for row in _rows(Message.objects.reachable_to(actor).filter(case=case)):
        by_door.setdefault(row.report_id or row.access_id, []).append(row)
    partners = _partners(case)
    known = {partner.id: partner for partner in partners}
    written = [
        Thread(
            known.get(door_id) or threads.partner(case, door_id),
            [_line(row, shows_words=shows_words, shows_author=True) for row in rows],
            sum(row.author is None and row.read_at is None for row in rows),
        )
        for door_id, rows in by_door.items()
    ]
    written.sort(key=lambda thread: thread.messages[-1].written_at)
    return Talk(written, partners, threads.may_talk(actor, case), sum(thread.unread for thread in written))


def unread(actor: Actor, case_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many messages of each of these cases nobody of the staff has read; cases without any are left out.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    seen = within(actor, Message.objects.visible_to(actor), "case__queue")
    rows = seen.filter(_UNREAD, case__in=list(case_ids)).values_list("case")
    return dict(rows.annotate(Count("id")))


def cases_with_unread(actor: Actor) -> QuerySet[Case]:
    """The cases in which people wrote what nobody has read, the longest waiting first.

    Raises:
        NotAllowed: without `cases.view`.
    """
    actor.require(policy.VIEW)
    waiting = Message.objects.visible_to(actor).filter(_UNREAD).order_by("case", "id").values("case")
    cases = within(actor, Case.objects.visible_to(actor)).filter(id__in=waiting).select_related("page")
    return cases.annotate(
        unread_count=Count("messages", filter=Q(messages__author__isnull=True, messages__read_at__isnull=True))
    ).order_by("due_at", "id")


def _rows(found: QuerySet[Message]) -> list[Message]:
    newest = found.prefetch_related("files__evidence__file").order_by("-id")[:MOST_SHOWN]
    return list(newest)[::-1]


def _line(row: Message, *, shows_words: bool, shows_author: bool) -> MessageLine:
    return MessageLine(
        own=row.author is None,
        author=row.author if shows_author else None,
        asks=row.asks,
        text=row.text if shows_words else "",
        files=[entry.evidence.file.name for entry in row.files.all()] if shows_words else [],
        written_at=row.written_at,
        unread=row.author is None and row.read_at is None,
    )


def _partners(case: Case) -> list[threads.Partner]:
    """The person affected, and the newest reporters; an older one is still found by what they wrote."""
    reports = case.reports.filter(again__isnull=True).select_related("reporter").order_by("-id")[:MOST_PARTNERS]
    return [
        *(threads.of_access(access) for access in case.accesses.select_related("party")),
        *(threads.of_report(report) for report in reports),
    ]
