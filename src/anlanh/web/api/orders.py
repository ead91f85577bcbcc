"""Orders of authorities, entered by the system that received them. Verifying one is left to a person at the console."""

import io
import uuid
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AwareDatetime, Base64Bytes, BaseModel, Field

from anlanh.web.api.answering import Given, IdempotencyKey, Line, Words, answer, once
from anlanh.web.api.keys import MachineKey
from anlanh.work.casework.actions import orders
from anlanh.work.casework.actions.orders import OrderInput

router = Router()


class Document(Given):
    """The paper or the letter that the order came as."""

    name: Annotated[Line, Field(min_length=1, max_length=200)]
    content: Annotated[Base64Bytes, Field(max_length=1 << 20, description="Base64 of at most 1 MB.")]


class OrderIn(Given):
    """An order as it came."""

    address: Annotated[str, Field(max_length=8000, description="Of the page that it is about.")]
    office: Annotated[Line, Field(min_length=1, max_length=200, description="The authority.")]
    number: Annotated[Line, Field(max_length=60, description="Of its document.")] = ""
    signed_by: Annotated[Line, Field(max_length=120)] = ""
    words: Annotated[Words, Field(min_length=1, max_length=orders.LONGEST_WORDS, description="Word for word.")]
    clause: Annotated[Line, Field(min_length=1, max_length=120, description="The clause that it names.")]
    channel: Annotated[
        Literal["document", "email", "phone"], Field(description="All but a telephone call need the document.")
    ]
    document: Document | None = None
    received_at: Annotated[AwareDatetime, Field(description="When it reached you; the clocks start then.")]
    emergency: bool = False
    category: Annotated[Line, Field(max_length=40)]
    requester: Annotated[Line, Field(max_length=40, description="Which authority, in the words of the law pack.")] = ""
    backdating_reason: Annotated[Words, Field(max_length=500)] = ""


class OrderEntered(BaseModel):
    """The case that the order opened."""

    case_id: uuid.UUID
    number: str
    phase: str


@router.post("/orders", auth=MachineKey("orders.enter"), response={201: OrderEntered})
def enter_order(request: HttpRequest, given: OrderIn, idempotency_key: IdempotencyKey = None) -> HttpResponse:
    """Enters an order. Nothing is done about it until a person has verified sender, authority and scope."""

    def work() -> HttpResponse:
        fields = dict(given)
        document = fields.pop("document")
        order = OrderInput(document_id=None, **fields)
        if document:
            content = io.BytesIO(document.content)
            case = orders.enter_with_document(request.auth, order, document.name, content)
        else:
            case = orders.enter_order(request.auth, order)
        return answer(OrderEntered(case_id=case.id, number=case.number, phase=case.phase), 201)

    return once(request, str(request.auth.ref), idempotency_key, work)
