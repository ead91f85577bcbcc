"""The public figures of an organisation by month; anybody may read them."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from anlanh.base.identity.queries import organisation_by_code
from anlanh.web.api.answering import answer
from anlanh.work.casework.publishing.figures import HIDDEN, SMALLEST_SHOWN
from anlanh.work.casework.publishing.queries import last_months, month_shown

router = Router()


class FiguresOut(BaseModel):
    """What was done in a month: no action, reversals and withheld notices beside removals and times."""

    organisation: str
    month: str
    smallest_shown: int = Field(description="A number above 0 and below this one is null.")
    figures: dict[str, Any] = Field(description="Names and whole numbers; some are told by kind.")


@router.get("/figures/{organisation}", auth=None, response=FiguresOut, openapi_extra={"security": [{}]})
def get_figures(
    request: HttpRequest,
    organisation: Annotated[str, Path(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")],
    month: Annotated[
        str, Query(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$", description="Such as 2026-10; the last one that is over.")
    ] = "",
) -> HttpResponse:
    """The figures of a month that is over."""
    office = organisation_by_code(organisation)
    chosen = date(int(month[:4]) or 1, int(month[5:]), 1) if month else last_months()[0]
    figures = month_shown(office, chosen).figures
    return answer(
        FiguresOut(
            organisation=office.code,
            month=f"{chosen:%Y-%m}",
            smallest_shown=SMALLEST_SHOWN,
            figures=_nulled(figures),
        )
    )


def _nulled(figures: dict[str, Any]) -> dict[str, Any]:
    """Hidden numbers as null."""
    return {
        name: _nulled(value) if isinstance(value, dict) else None if value == HIDDEN else value
        for name, value in figures.items()
    }
