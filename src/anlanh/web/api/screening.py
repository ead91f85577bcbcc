"""What a platform's screening found: a verdict `hold` becomes a bounded hold and a case that waits for a person."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from anlanh.web.api.answering import Given, IdempotencyKey, Line, Words, answer, once
from anlanh.web.api.keys import MachineKey
from anlanh.work.casework.holds import screening

router = Router()


class FlagIn(Given):
    """A verdict `hold`. What is private is not screened, so it is not taken."""

    address: Annotated[str, Field(max_length=8000, description="Of the page.")]
    audience: Annotated[Literal["public"], Field(description="Private messages are not screened.")]
    source: Annotated[
        Literal[screening.SOURCES],
        Field(description="A domain of fraud or malware, a copy of what was decided on, or a child-abuse hash."),
    ]
    ground: Annotated[Line, Field(max_length=80, description="The clause; none of national security.")]
    rule: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:/-]{1,60}$", description="Which rule, list or entry.")]
    found: Annotated[Words, Field(max_length=screening.LONGEST_FOUND, description="What was found, and where.")] = ""
    decision: Annotated[uuid.UUID | None, Field(description="For a copy, of which decision's content.")] = None


class Held(BaseModel):
    """Until when the page is held, and the case that waits for a person."""

    case: uuid.UUID
    number: str
    until: datetime


@router.post("/screening/holds", auth=MachineKey("cases.review"), response={201: Held})
def hold_found(request: HttpRequest, given: FlagIn, idempotency_key: IdempotencyKey = None) -> HttpResponse:
    """Holds a page that screening flagged, at most until `until`, and tells the account. Show it again then."""

    def work() -> HttpResponse:
        flag = screening.Flag(given.address, given.source, given.ground, given.rule, given.found, given.decision)
        row = screening.hold(request.auth, flag)
        return answer(Held(case=row.case_id, number=row.case.number, until=row.until), 201)

    return once(request, str(request.auth.ref), idempotency_key, work)
