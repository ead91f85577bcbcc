"""Pages: the organisation's register, read and filled by its own systems."""

import uuid
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter, ValidationError

from anlanh.primitives.errors import BadInput
from anlanh.web.api import problems
from anlanh.web.api.answering import Cursor, Given, IdempotencyKey, Limit, Line, Listed, answer, listed, once
from anlanh.web.api.keys import MachineKey
from anlanh.work.registry import actions, queries
from anlanh.work.registry.inputs import PageInput
from anlanh.work.registry.models import Page

router = Router()
MOST_FOUND = 50


class PageIn(Given):
    """What is said of a page. What is left out stays as it is known."""

    address: Annotated[
        str, Field(max_length=8000, description="In any spelling; pages are known by its canonical form.")
    ]
    title: Annotated[Line, Field(max_length=300)] = ""
    kind: Literal["", "post", "comment", "picture", "video", "profile", "group", "site"] = ""
    posted_at: AwareDatetime | None = None
    holder_address: Annotated[str, Field(max_length=8000, description="The profile of the account that posted it.")] = (
        ""
    )
    holder_name: Annotated[Line, Field(max_length=200)] = ""
    holder_email: Annotated[Line, Field(max_length=254)] = ""
    language: Literal["", "vi", "en"] = ""


class HolderOut(BaseModel):
    """The account behind a page, for the organisation's own systems."""

    id: uuid.UUID
    address: str
    name: str
    contact_email: str
    language: str


class PageOut(BaseModel):
    """A page, for the organisation's own systems."""

    id: uuid.UUID
    address: str
    title: str
    kind: str
    state: str
    posted_at: AwareDatetime | None
    added_at: AwareDatetime
    holder: HolderOut | None


class PagePut(BaseModel):
    """What became of one page."""

    outcome: Literal["added", "changed", "unchanged", "refused"]
    page: PageOut | None = None
    problem: problems.Problem | None = None


class PagesIn(Given):
    """Up to 1,000 pages; one that is no `PageIn` is refused by itself."""

    pages: Annotated[
        list[Annotated[PageIn | Any, Field(union_mode="left_to_right")]],
        Field(min_length=1, max_length=actions.MOST_PAGES_A_CALL),
    ]


class PagesPut(BaseModel):
    """A result for each page, in the order sent."""

    results: list[PagePut]


@router.get("/pages", auth=MachineKey("registry.view"), response=Listed[PageOut])
def list_pages(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> HttpResponse:
    """All pages, in the order they were added."""
    return listed(queries.pages(request.auth), cursor, limit, page_out)


@router.get("/pages/search", auth=MachineKey("registry.view"), response=Listed[PageOut])
def search_pages(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=500)],
    limit: Annotated[int, Query(ge=1, le=MOST_FOUND)] = 20,
) -> HttpResponse:
    """Pages by address, or by words with or without marks; best first."""
    found = queries.find(request.auth, q.replace("\x00", " "), limit)
    return answer(Listed[PageOut](items=[page_out(page) for page in found], next=None))


@router.get("/pages/{uuid:page_id}", auth=MachineKey("registry.view"), response=PageOut)
def get_page(request: HttpRequest, page_id: uuid.UUID) -> HttpResponse:
    """One page."""
    return answer(page_out(queries.page(request.auth, page_id)))


@router.put("/pages", auth=MachineKey("registry.manage"), response={200: PageOut, 201: PageOut})
def put_page(request: HttpRequest, given: PageIn) -> HttpResponse:
    """Adds the page of an address, or adds to what is known of it. Sending it again changes nothing."""
    result = actions.put_pages(request.auth, [_input(given)])[0]
    if isinstance(result, BadInput):
        raise result
    return answer(page_out(result.page), 201 if result.outcome == "added" else 200)


@router.post("/pages/batch", auth=MachineKey("registry.manage"), response=PagesPut)
def put_pages(request: HttpRequest, given: PagesIn, idempotency_key: IdempotencyKey = None) -> HttpResponse:
    """Like `PUT /pages` for up to 1,000 pages, each by itself, with a result for each."""

    def work() -> HttpResponse:
        good = [_input(entry) for entry in given.pages if isinstance(entry, PageIn)]
        put = iter(actions.put_pages(request.auth, good, imported=True, refused=len(given.pages) - len(good)))
        results = [_result(next(put)) if isinstance(entry, PageIn) else _misshapen(entry) for entry in given.pages]
        return answer(PagesPut(results=results))

    return once(request, str(request.auth.ref), idempotency_key, work)


def page_out(page: Page) -> PageOut:
    """The page as its organisation's systems see it."""
    holder = page.holder and HolderOut.model_validate(page.holder, from_attributes=True)
    return PageOut(
        id=page.id,
        address=page.address,
        title=page.title,
        kind=page.kind,
        state=page.state,
        posted_at=page.posted_at,
        added_at=page.added_at,
        holder=holder,
    )


def _input(given: PageIn) -> PageInput:
    return PageInput(**dict(given))


def _result(put: actions.Put | BadInput) -> PagePut:
    if isinstance(put, BadInput):
        return PagePut(outcome="refused", problem=problems.of_bad_input(put))
    return PagePut(outcome=put.outcome, page=page_out(put.page))


_one_page = TypeAdapter(PageIn)


def _misshapen(entry: Any) -> PagePut:
    """Why an item is no page."""
    try:
        _one_page.validate_python(entry)
    except ValidationError as fault:
        return PagePut(outcome="refused", problem=problems.of_invalid(fault.errors()))
    raise AssertionError("an item was refused and is valid")
