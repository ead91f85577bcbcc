"""How operations answer: JSON straight from the model, once for an idempotency key, a page at a time."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from anlanh.base.idempotency import keeping

MOST_A_PAGE = 200

Item = TypeVar("Item", bound=BaseModel)

# PostgreSQL keeps no NUL in text; half a surrogate pair is refused by the reader of JSON.
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="16 to 128 random characters. The same request sent again with the same key within 24 hours is "
        "answered as before and does nothing; another request with that key is refused.",
    ),
]
Cursor = Annotated[uuid.UUID | None, Field(description="`next` of the page before.")]
Limit = Annotated[int, Field(ge=1, le=MOST_A_PAGE, description="At most so many.")]


class Given(BaseModel):
    """What a caller sends: unknown fields are refused, so that a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class Listed(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: uuid.UUID | None = Field(description="Send it as `cursor` for the page after; null on the last.")


def answer(content: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """The model as JSON."""
    return HttpResponse(content.model_dump_json(), status=status, content_type="application/json", headers=headers)


def once(request: HttpRequest, scope: str, key: str | None, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Does the work, or answers as before when the key says that it was done.

    Args:
        request: its method, address and body make out what "the same request" is.
        scope: whose key it is.
        key: the header `Idempotency-Key`; without one the work is simply done.
        work: does it; its answer is kept if it raises nothing.

    Raises:
        BadInput: not a usable key, or used for another request.
    """
    if key is None:
        return work()

    def do() -> tuple[int, bytes]:
        response = work()
        return response.status_code, response.content

    asked = f"{request.method} {request.path}\n".encode() + request.body
    kept = keeping.once(scope, key, asked, do)
    headers = {"Idempotency-Replayed": "true"} if kept.replayed else {}
    return HttpResponse(kept.body, status=kept.status, content_type="application/json", headers=headers)


def listed(rows: QuerySet, cursor: uuid.UUID | None, limit: int, show: Callable[[Any], Item]) -> HttpResponse:
    """One page of rows, oldest first, in an order that later rows only add to."""
    found = rows.order_by("id").filter(id__gt=cursor) if cursor else rows.order_by("id")
    return page_of(list(found[: limit + 1]), limit, show)


def page_of(found: Sequence[Any], limit: int, show: Callable[[Any], Item]) -> HttpResponse:
    """A page out of up to `limit` + 1 rows; the one too many says that there are more."""
    shown: Iterable[Any] = found[:limit]
    following = found[limit - 1].id if len(found) > limit else None
    return answer(Listed(items=[show(row) for row in shown], next=following))
