"""Messages by reference: for the organisation's own systems, and for the person whose door it is."""

import uuid
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from anlanh.base.actor import Actor
from anlanh.base.identity.tokens import digest
from anlanh.base.limits.places import client_network
from anlanh.base.limits.spending import Charge
from anlanh.web.api.answering import Given, IdempotencyKey, Words, answer, once
from anlanh.web.api.keys import MachineKey, ReportSecret
from anlanh.web.api.reports import HOUR, Reference, limit
from anlanh.work.casework.talking import actions, queries
from anlanh.work.casework.talking.queries import MessageLine
from anlanh.work.casework.talking.threads import Partner

router = Router()

MOST_MESSAGES_OF_A_NETWORK = 120
MOST_TRIES_OF_A_NETWORK = 300


class MessageOut(BaseModel):
    """One message. `own`: written by the person outside the staff."""

    own: bool
    asks: bool
    text: str
    files: list[str]
    written_at: datetime
    unread: bool


class PartnerOut(BaseModel):
    """Somebody to write to, known by role and reference alone."""

    id: uuid.UUID
    role: str
    reference: str


class ThreadOut(BaseModel):
    """What was written with one person, oldest first."""

    partner: PartnerOut
    messages: list[MessageOut]
    unread: int


class TalkOut(BaseModel):
    """The threads of a case, and everybody to whom one can write."""

    threads: list[ThreadOut]
    partners: list[PartnerOut]
    unread: int


class WriteIn(Given):
    """What is written to somebody whom the case concerns. They are mailed that a message waits, not what it says."""

    partner: uuid.UUID
    text: Annotated[Words, Field(min_length=1, max_length=actions.LONGEST_TEXT)]
    asks: Annotated[bool, Field(description="It is a question that waits for an answer.")] = False


class OwnThreadOut(BaseModel):
    """What was written between the person and the organisation; `question` still waits for an answer."""

    messages: list[MessageOut]
    question: str


class OwnMessageIn(Given):
    """What the person writes."""

    text: Annotated[Words, Field(min_length=1, max_length=actions.LONGEST_TEXT)]


@router.get("/cases/{uuid:case_id}/messages", auth=MachineKey("cases.view"), response=TalkOut)
def list_messages(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The threads of a case."""
    return _talk(request.auth, case_id)


@router.post("/cases/{uuid:case_id}/messages", auth=MachineKey("cases.review"), response={201: TalkOut})
def write_message(
    request: HttpRequest, case_id: uuid.UUID, given: WriteIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Writes to the reporter or the person affected; what they wrote before counts as read."""

    def work() -> HttpResponse:
        actions.write_to(request.auth, case_id, given.partner, given.text, asks=given.asks)
        return _talk(request.auth, case_id, 201)

    return once(request, str(request.auth.ref), idempotency_key, work)


@router.post("/cases/{uuid:case_id}/messages/read", auth=MachineKey("cases.review"), response=TalkOut)
def read_messages(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Says that what people wrote was read and needs no answer."""
    actions.mark_read(request.auth, case_id)
    return _talk(request.auth, case_id)


@router.get("/reports/{reference}/messages", auth=ReportSecret(), response=OwnThreadOut)
def own_messages(request: HttpRequest, reference: Reference) -> HttpResponse:
    """The thread of whoever has the secret: a reporter, or the person affected."""
    limit(Charge(f"api open {client_network(request)}", HOUR, MOST_TRIES_OF_A_NETWORK))
    return _own(reference, request.auth)


@router.post("/reports/{reference}/messages", auth=ReportSecret(), response={201: OwnThreadOut})
def write_own_message(
    request: HttpRequest, reference: Reference, given: OwnMessageIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Writes to those who handle the file."""
    limit(Charge(f"api message {client_network(request)}", HOUR, MOST_MESSAGES_OF_A_NETWORK))

    def work() -> HttpResponse:
        actions.write_by_door(reference, request.auth, given.text)
        return _own(reference, request.auth, 201)

    return once(request, f"report {digest(request.auth)[:40]}", idempotency_key, work)


def _talk(actor: Actor, case_id: uuid.UUID, status: int = 200) -> HttpResponse:
    found = queries.talk(actor, case_id)
    threads = [
        ThreadOut(partner=_partner(one.partner), messages=_messages(one.messages), unread=one.unread)
        for one in found.threads
    ]
    return answer(
        TalkOut(threads=threads, partners=[_partner(one) for one in found.partners], unread=found.unread), status
    )


def _own(reference: str, secret: str, status: int = 200) -> HttpResponse:
    found = queries.own_thread(reference, secret)
    return answer(OwnThreadOut(messages=_messages(found.messages), question=found.question), status)


def _messages(lines: list[MessageLine]) -> list[MessageOut]:
    return [MessageOut.model_validate(line, from_attributes=True) for line in lines]


def _partner(one: Partner) -> PartnerOut:
    return PartnerOut(id=one.id, role=one.role, reference=one.reference)
