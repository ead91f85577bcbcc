"""The duty board for machines: each duty with its state and the figures behind it."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.reporting.board import queries
from anlanh.reporting.board.facts import period_of
from anlanh.reporting.board.judging import Line
from anlanh.web.api.answering import answer
from anlanh.web.api.keys import MachineKey

router = Router()


class DateOut(BaseModel):
    """A date of the year on which something falls due."""

    due_at: datetime
    state: str


class DutyOut(BaseModel):
    """One line of the board."""

    id: str = Field(description="Of the duty, or the clause of a time of the law.")
    title: str
    clause: str
    area: str
    strength: str = Field(description="must, should or may.")
    state: str = Field(description="overdue, due, late, unproven, met or idle.")
    why: str = Field(
        description="What decided: clocks, dates, evidence, acts, triggered, nothing, no_acts, withdrawn, unrecorded."
    )
    acts: dict[str, int] = Field(description="How many acts of each type prove it.")
    triggered: int = Field(description="How many acts showed what it answers to.")
    in_time: int
    too_late: int
    overdue: int
    running: int
    next_due: datetime | None
    dates: list[DateOut]
    evidence: list[str] = Field(description="Ids of what people stated.")
    reversals: int | None = Field(description="Decisions reversed on appeal in the period; beside timeliness only.")
    no_action: int | None = Field(description="Decisions to take no action in the period; beside timeliness only.")


class BoardOut(BaseModel):
    """The board of the key's organisation."""

    kind: str
    first: date
    last: date
    as_of: datetime
    law_known_on: date
    pack_version: str
    totals: dict[str, int]
    duties: list[DutyOut]


@router.get("/duties", auth=MachineKey("duties.view"), response=BoardOut)
def list_duties(
    request: HttpRequest,
    first: Annotated[date | None, Query(alias="from", description="First day; 1 January when left out.")] = None,
    last: Annotated[date | None, Query(alias="to", description="Last day; 31 December when left out.")] = None,
    as_of: Annotated[
        date | None, Query(description="As things stood at the end of that day; now when left out.")
    ] = None,
    known: Annotated[
        date | None, Query(description="By the law as known on that day; the day looked at when left out.")
    ] = None,
) -> HttpResponse:
    """The duty board of a period, in the order of the papers. An export of the log gives the same figures."""
    today = as_of or civil_date(clock.now())
    first = first or date(today.year, 1, 1)
    last = last or date(max(first.year, today.year), 12, 31)
    found = queries.board_of(request.auth, period_of(first, last, clock.now(), as_of, known))
    return answer(
        BoardOut(
            kind=found.kind,
            first=first,
            last=last,
            as_of=found.period.moment,
            law_known_on=found.period.known_on,
            pack_version=found.pack_version,
            totals=found.totals(),
            duties=[_line(line) for line in found.lines],
        )
    )


def _line(line: Line) -> DutyOut:
    return DutyOut(
        id=line.item.id,
        title=line.item.title.vi,
        clause=line.item.clause.vi,
        area=line.item.area,
        strength=line.item.strength,
        state=line.state,
        why=line.why,
        acts=line.acts,
        triggered=line.triggered,
        in_time=line.clocks.met,
        too_late=line.clocks.late,
        overdue=line.clocks.overdue,
        running=line.clocks.running,
        next_due=line.next_due,
        dates=[DateOut(due_at=entry.due_at, state=entry.state) for entry in line.dates],
        evidence=[entry.id for entry in line.evidence],
        reversals=line.reversals,
        no_action=line.no_action,
    )
