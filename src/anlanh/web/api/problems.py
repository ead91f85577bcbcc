"""What went wrong, as RFC 9457 problems: one shape for every refusal, from a bad field to a fault of ours."""

import logging
import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field
from pydantic_core import to_json

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.idempotency.keeping import OtherRequest
from anlanh.base.limits.spending import Verdict
from anlanh.primitives.errors import BadInput
from anlanh.web.refusals import sentence

CONTENT_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:anlanh:problem:"

log = logging.getLogger(__name__)

# status → (the last part of the type, the title)
_KINDS = {
    400: ("unreadable", gettext_lazy("The request can't be read")),
    401: ("key-needed", gettext_lazy("A valid key is needed")),
    403: ("not-allowed", gettext_lazy("This key may not do that")),
    404: ("not-found", gettext_lazy("There is nothing here")),
    405: ("method-not-allowed", gettext_lazy("This address does not take that method")),
    413: ("too-large", gettext_lazy("The request is too large")),
    415: ("wrong-media-type", gettext_lazy("The content type is not application/json")),
    422: ("bad-input", gettext_lazy("The input can't be used")),
    429: ("too-many", gettext_lazy("Too many requests")),
    500: ("fault", gettext_lazy("A fault on our side")),
    503: ("busy", gettext_lazy("The database is busy")),
}


class TooMany(Exception):
    """A limit is reached; the verdict says for how long."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__()


class FieldProblem(BaseModel):
    """One field that can't be used."""

    field: str = Field(description="Where it is: names and positions, joined by dots.")
    detail: str


class Problem(BaseModel):
    """Why the request was refused (RFC 9457)."""

    type: str = Field(description="A word for programs; stays the same in every language.")
    title: str
    status: int
    detail: str = Field("", description="What is wrong here, and what to do about it.")
    field: str = Field("", description="The field at fault, where it is a single one.")
    errors: list[FieldProblem] = Field([], description="All fields at fault, where the input has the wrong shape.")


def problem(
    status: int,
    detail: str = "",
    *,
    kind: str = "",
    field: str = "",
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer of a refusal; empty members are left out."""
    content = body(status, detail, kind=kind, field=field, errors=errors)
    response = HttpResponse(to_json(content), status=status, content_type=CONTENT_TYPE, headers=headers)
    response.headers["Content-Language"] = get_language()
    return response


def body(
    status: int, detail: str = "", *, kind: str = "", field: str = "", errors: Sequence[FieldProblem] = ()
) -> dict[str, Any]:
    """The members of a problem."""
    usual, title = _KINDS.get(status, _KINDS[400])
    whole = Problem(
        type=TYPE_PREFIX + (kind or usual),
        title=str(title),
        status=status,
        detail=detail,
        field=field,
        errors=[*errors],
    )
    return {name: value for name, value in whole.model_dump().items() if value not in ("", [])}


def of_bad_input(fault: BadInput) -> dict[str, Any]:
    """A `BadInput` as the members of a problem; also the result of a refused item of a batch."""
    detail = f"{fault.what}; {fault.mend}" if fault.mend else fault.what
    return body(422, detail, field=fault.where, kind="key-reused" if isinstance(fault, OtherRequest) else "")


def of_invalid(errors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Pydantic's list of errors as the members of a problem."""
    return body(422, _("the input has the wrong shape"), kind="wrong-shape", errors=_field_problems(errors))


def fault(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an error that no handler knows: logged in full, told in one line."""
    if isinstance(exception, OperationalError):
        log.warning("%s %s: %s", request.method, request.path, exception)
        return problem(503, _("try again in a moment"), headers={"Retry-After": "1"})
    log.error("%s %s failed", request.method, request.path, exc_info=exception)
    return problem(500, _("it was noted and will be looked into"))


def handle_in(api: NinjaAPI) -> None:
    """Gives the API a handler for each error that is raised on purpose."""
    handlers = {
        BadInput: lambda request, e: _response(of_bad_input(e)),
        ValidationError: lambda request, e: _response(of_invalid(e.errors)),
        NotAllowed: lambda request, e: problem(403, sentence(e)),
        NotFound: lambda request, e: problem(404, str(e)),
        TooMany: lambda request, e: problem(429, headers={"Retry-After": _seconds(e.verdict)}),
        AuthenticationError: lambda request, e: problem(
            401, _("send Authorization: Bearer and the key"), headers={"WWW-Authenticate": "Bearer"}
        ),
        RequestDataTooBig: lambda request, e: problem(413),
        HttpError: lambda request, e: problem(e.status_code, str(e)),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    api.add_exception_handler(Exception, _raise_on)


def _raise_on(request: HttpRequest, exception: Exception) -> HttpResponse:
    raise exception  # the lane logs it, tells tests of it, and answers


def _response(content: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(to_json(content), status=content["status"], content_type=CONTENT_TYPE)
    response.headers["Content-Language"] = get_language()
    return response


def _field_problems(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    return [FieldProblem(field=_place(entry["loc"]), detail=str(entry["msg"])) for entry in errors[:50]]


def _place(parts: Sequence[object]) -> str:
    """Where it is for the sender, without the names that our functions give to the body."""
    named = [str(part) for part in parts if part not in {"body", "query", "path", "header", "given"}]
    return ".".join(named)[:200]


def _seconds(verdict: Verdict) -> str:
    return str(max(1, math.ceil(verdict.retry_after.total_seconds())))
