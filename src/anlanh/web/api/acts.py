"""The organisation's sealed log: its lines, proofs for single acts, and the signed statements of where it stands."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from anlanh.base.actor import NotFound
from anlanh.base.acts import queries
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.ledger import latest_checkpoint, prove
from anlanh.base.identity.queries import organisation_by_code
from anlanh.web.api.answering import answer
from anlanh.web.api.keys import MachineKey
from anlanh.work.casework.policy import require_open

router = Router()
MOST_LINES = 1000
LARGEST_LOG = 2**53 - 1  # what every reader of JSON can count to
LINES = "application/x-ndjson"
NOTE = "text/plain; charset=utf-8"


class ProofOut(BaseModel):
    """That an act is in the log: hash the leaf as RFC 9162 says, follow the path, compare with the signed root."""

    leaf: str = Field(description="The act's exact bytes.")
    position: int
    size: int = Field(description="Of the log at the checkpoint.")
    path: list[str] = Field(description="Hashes in hexadecimal, from the leaf to the root.")
    checkpoint: str = Field(description="The signed note.")


def _text(media_type: str, description: str) -> dict:
    """The description of an answer that is not JSON."""
    content = {media_type.partition(";")[0]: {"schema": {"type": "string"}}}
    return {"responses": {200: {"description": description, "content": content}}}


@router.get(
    "/acts", auth=MachineKey("ledger.view"), openapi_extra=_text(LINES, "One act a line, in the order of the log.")
)
def list_acts(
    request: HttpRequest,
    since: Annotated[int, Query(ge=0, le=LARGEST_LOG, description="How many lines of the log you have.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_LINES)] = MOST_LINES,
) -> HttpResponse:
    """The lines of the organisation's log from a position on: the exact leaf bytes, and nothing that is not sealed."""
    rows = queries.acts(request.auth).filter(ledger_leaf__position__gte=since).order_by("ledger_leaf__position")
    lines = list(rows.values_list("leaf", flat=True)[:limit])
    response = HttpResponse("".join(f"{line}\n" for line in lines), content_type=LINES)
    response.headers["Anlanh-Next-Since"] = str(since + len(lines))
    return response


@router.get("/acts/{uuid:act_id}/proof", auth=MachineKey("cases.view"), response=ProofOut)
def prove_act(request: HttpRequest, act_id: uuid.UUID) -> HttpResponse:
    """The proof that an act is in the log; 404 while it is recorded and not yet sealed."""
    act = queries.act(request.auth, act_id)
    require_open(request.auth, act)
    found = prove(act)
    if found is None:
        raise NotFound(_("this act is recorded and not yet sealed"))
    path = [step.hex() for step in found.path]
    return answer(
        ProofOut(leaf=found.leaf, position=found.position, size=found.size, path=path, checkpoint=found.checkpoint)
    )


@router.get("/log/{slug:organisation}/checkpoint", openapi_extra=_text(NOTE, "The signed note."))
def get_checkpoint(request: HttpRequest, organisation: str) -> HttpResponse:
    """The newest signed statement of an organisation's log: size and root. Public, so that anyone can keep it."""
    checkpoint = latest_checkpoint(organisation_by_code(organisation).id)
    if checkpoint is None:
        raise NotFound(_("nothing is sealed yet"))
    return HttpResponse(checkpoint.note, content_type=NOTE)


@router.get("/log/{slug:organisation}/key", openapi_extra=_text(NOTE, "Name, key id and public key."))
def get_key(request: HttpRequest, organisation: str) -> HttpResponse:
    """The public key that an organisation's checkpoints are signed with, in the form that the verifier reads."""
    return HttpResponse(verify_key(organisation_by_code(organisation).code).vkey(), content_type=NOTE)
