"""Evidence of cases: what there is, by name and digest, and adding to it. Looking at a file is for people, recorded."""

import base64
import binascii
import io
import uuid
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field

from anlanh.base.actor import Actor
from anlanh.primitives.errors import BadInput
from anlanh.web.api.answering import Given, IdempotencyKey, Line, answer, once
from anlanh.web.api.keys import MachineKey
from anlanh.work.casework import queries
from anlanh.work.casework.broadcasts import actions as broadcasts
from anlanh.work.casework.broadcasts.queries import broadcast_of
from anlanh.work.casework.keeping import actions as keeping
from anlanh.work.casework.keeping.models import Exhibit

router = Router()

MOST_BYTES = 1_400_000  # of a file in one call, so that its body is let in; larger ones go in on the case page


class EvidenceOut(BaseModel):
    """A file of a case. Of one that may show the abuse of a child only the digest is told."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int
    sha256: str
    held_back: bool


class ClipOut(BaseModel):
    """Which stretch of a broadcast a file shows."""

    starts: str
    ends: str
    name: str


class EvidenceList(BaseModel):
    """The evidence of a case, oldest first, and the clips among it."""

    evidence: list[EvidenceOut]
    clips: list[ClipOut]


class EvidenceIn(Given):
    """A file, with its bytes in base64. With `starts` and `ends` it is a clip of the broadcast of the case."""

    name: Annotated[Line, Field(min_length=1, max_length=200)]
    content: Annotated[str, Field(min_length=1, max_length=-(-MOST_BYTES // 3) * 4, description="base64")]
    kind: Literal[tuple(Exhibit.Kind.values)] = Exhibit.Kind.FILE.value
    relied_on: Annotated[bool, Field(description="The decision rests on it; no reporter can be recognised in it.")] = (
        False
    )
    starts: Annotated[Line, Field(max_length=20, description="h:mm:ss from the beginning of the broadcast.")] = ""
    ends: Annotated[Line, Field(max_length=20)] = ""


class BroadcastIn(Given):
    """Whether the broadcast that a case is about runs now, and once it is over how long it was."""

    running: bool
    length: Annotated[Line, Field(max_length=20, description="h:mm:ss, if it is over and you know it.")] = ""


class BroadcastOut(BaseModel):
    """What is noted of a broadcast."""

    running: bool
    length: str


@router.get("/cases/{uuid:case_id}/evidence", auth=MachineKey("cases.view"), response=EvidenceList)
def list_evidence(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What there is of a case, by name and digest."""
    return _listed(request.auth, case_id)


@router.post("/cases/{uuid:case_id}/evidence", auth=MachineKey("cases.review"), response={201: EvidenceList})
def add_evidence(
    request: HttpRequest, case_id: uuid.UUID, given: EvidenceIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Adds a file, or a clip of a broadcast. Nothing in it is run, fetched or shown."""

    def work() -> HttpResponse:
        content = io.BytesIO(_bytes(given.content))
        if given.starts or given.ends:
            stretch = (given.starts, given.ends)
            broadcasts.keep_clip(request.auth, case_id, given.name, content, *stretch, relied_on=given.relied_on)
        else:
            keeping.add_evidence(request.auth, case_id, given.kind, given.name, content, relied_on=given.relied_on)
        return _listed(request.auth, case_id, 201)

    return once(request, str(request.auth.ref), idempotency_key, work)


@router.post("/cases/{uuid:case_id}/broadcast", auth=MachineKey("cases.review"), response=BroadcastOut)
def note_broadcast(
    request: HttpRequest, case_id: uuid.UUID, given: BroadcastIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Says that the broadcast runs, so that it can be interrupted, or that it is over."""

    def work() -> HttpResponse:
        if given.running:
            broadcasts.note_running(request.auth, case_id)
        else:
            broadcasts.note_over(request.auth, case_id, given.length)
        shown = broadcast_of(request.auth, case_id)
        return answer(BroadcastOut(running=shown.on_air, length=shown.length))

    return once(request, str(request.auth.ref), idempotency_key, work)


def _listed(actor: Actor, case_id: uuid.UUID, status: int = 200) -> HttpResponse:
    lines = queries.evidence_of(actor, case_id)
    evidence = [
        EvidenceOut(
            id=line.file.id,
            name=line.file.name if line.shown else "",
            media_type=line.file.media_type,
            size=line.file.size,
            sha256=line.file.sha256,
            held_back=line.restricted,
        )
        for line in lines
    ]
    clips = [ClipOut(starts=one.starts, ends=one.ends, name=one.name) for one in broadcast_of(actor, case_id).clips]
    return answer(EvidenceList(evidence=evidence, clips=clips), status)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput(_("this is no base64"), where="content", mend=_("encode the file's bytes anew")) from None
