"""The API put together: its groups of operations, how it reads bodies, how it describes itself."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser
from pydantic_core import from_json

from anlanh.web.api import (
    acts,
    cases,
    duties,
    evidence,
    figures,
    orders,
    pages,
    problems,
    report_types,
    reports,
    screening,
    talk,
    terms,
)

DESCRIPTION = """Reports, cases, orders, pages and the sealed log of one organisation.

Machines sign in with `Authorization: Bearer <key>`; a key belongs to one organisation and carries capabilities.
Refusals are `application/problem+json` (RFC 9457). Times have an offset. Requests that create something take an
`Idempotency-Key`. Lists are read page by page with `cursor`."""


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no half surrogate pairs, no depth that would exhaust the stack."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's value."""
        return from_json(request.body, allow_inf_nan=False)


class Api(NinjaAPI):
    """The API, with the one shape of refusals in its description."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name: what generated clients call the operation."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The description, where every operation can also answer with a problem."""
        schema = super().get_openapi_schema(*args, **kwargs)
        shapes = schema.setdefault("components", {}).setdefault("schemas", {})
        described = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes |= described.pop("$defs")
        shapes["Problem"] = described
        refusal = {
            "description": "Refused",
            "content": {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = refusal
        return schema


api = Api(
    title="An Lành",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # the viewers that come with the framework need inline scripts, which the pages' policy forbids
    parser=StrictParser(),
)
problems.handle_in(api)
api.add_router("", reports.router, tags=["reports"])
api.add_router("", report_types.router, tags=["reports"])
api.add_router("", cases.router, tags=["cases"])
api.add_router("", screening.router, tags=["screening"])
api.add_router("", talk.router, tags=["messages"])
api.add_router("", evidence.router, tags=["evidence"])
api.add_router("", figures.router, tags=["figures"])
api.add_router("", orders.router, tags=["orders"])
api.add_router("", pages.router, tags=["pages"])
api.add_router("", acts.router, tags=["acts"])
api.add_router("", duties.router, tags=["duties"])
api.add_router("", terms.router, tags=["terms"])
