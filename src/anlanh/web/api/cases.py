"""Cases, for the organisation's own systems: read them, take one, confirm a violation, decide."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from anlanh.base.actor import Actor
from anlanh.base.clocks.running import ClockView
from anlanh.base.ports.terms import TermsClause
from anlanh.web.api.answering import Cursor, Given, IdempotencyKey, Limit, Line, Listed, Words, answer, listed, once
from anlanh.web.api.keys import MachineKey
from anlanh.work.casework import measures, queries
from anlanh.work.casework.actions import decide as deciding
from anlanh.work.casework.actions import review, undoing
from anlanh.work.casework.actions.decide import DecisionInput
from anlanh.work.casework.desk import children
from anlanh.work.casework.grounds import own_clause
from anlanh.work.casework.holds import actions as holds
from anlanh.work.casework.holds.queries import hold_of
from anlanh.work.casework.measures.kind import LONGEST_DAYS, LONGEST_LABEL, OLDEST_AGE
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.naming import LAW, TERMS
from anlanh.work.casework.queries import CasePage

router = Router()


class SubjectOut(BaseModel):
    """The page that a case is about."""

    id: uuid.UUID
    address: str
    state: str


class CaseOut(BaseModel):
    """A case in a list."""

    id: uuid.UUID
    number: str
    kind: str
    category: str
    concerns_child: bool
    phase: str
    page: SubjectOut
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    claimed_until: datetime | None


class ClockOut(BaseModel):
    """A clock that runs or ran on a case."""

    rule: str
    obligation: str
    clause: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    state: str
    certainty: str
    trace: list[str]


class ReportOut(BaseModel):
    """A report in a case. Who filed it is not told."""

    reference: str
    category: str
    text: str
    concerns_child: bool
    received_at: datetime


class TermsOut(BaseModel):
    """A clause of the organisation's own published rules. It is no clause of law."""

    clause: uuid.UUID
    document: str = Field(description="terms_of_use or community_rules.")
    version: int
    item: str
    title: str
    text: str
    in_force_from: datetime
    in_force_until: datetime | None
    digest: str
    about_state: bool = Field(description="A person weighs it at the console; no machine may cite it.")


class OwnRules(BaseModel):
    """The clauses of own rules that a decision of a case may rest on."""

    conduct_at: datetime = Field(description="The moment as of which they are offered.")
    conduct_by: str = Field(description="posted; or reported, where it is not known when the content was posted.")
    clauses: list[TermsOut]


class DecisionOut(BaseModel):
    """What was decided, and why."""

    id: uuid.UUID
    measure: str
    ground_kind: str = Field(description="law, or terms for the organisation's own rules.")
    ground: str = Field(description="The clause of law; empty under own rules.")
    terms: TermsOut | None = Field(description="The clause of own rules; null under law.")
    facts: str
    subject_fact: str
    scope: str
    days: int
    age: int
    label: str
    decided_at: datetime
    appeal_until: datetime | None
    overturned_at: datetime | None
    leaves_at: datetime | None
    withdrawn_at: datetime | None


class AppealOut(BaseModel):
    """An objection, and what became of it."""

    id: uuid.UUID
    role: str
    text: str
    filed_at: datetime
    outcome: str
    decided_at: datetime | None


class CaseWhole(CaseOut):
    """A case with what is needed to decide it. `held_until` says until when its page is held from view."""

    held_until: datetime | None
    house_due_at: datetime | None = Field(
        description="By when the house itself wants a report by or about a child decided; no clause sets it."
    )

    clocks: list[ClockOut]
    reports: list[ReportOut]
    decisions: list[DecisionOut]
    appeals: list[AppealOut]


class ConfirmIn(Given):
    """The violation that was found."""

    ground: Annotated[Line, Field(max_length=80)]
    facts: Annotated[Words, Field(max_length=4000)] = ""


class DecisionIn(Given):
    """What a person decided."""

    measure: Literal[tuple(measures.KINDS)]
    ground: Annotated[
        Line, Field(max_length=80, description="The clause of law; for no_action the one it was held against.")
    ] = ""
    terms_clause: Annotated[
        uuid.UUID | None,
        Field(description="Instead: a clause of the organisation's own rules, in force at the conduct."),
    ] = None
    facts: Annotated[Words, Field(max_length=4000, description="What was found. Both sides read it.")]
    subject_fact: Annotated[Words, Field(max_length=4000, description="Something true of this content only.")]
    scope: Annotated[Line, Field(max_length=40, description="everywhere, vietnam, or a province's id.")] = "everywhere"
    days: Annotated[int, Field(ge=0, le=LONGEST_DAYS, description="How long; 0 for no end.")] = 0
    age: Annotated[int, Field(ge=0, le=OLDEST_AGE, description="Hidden from viewers under it; 0 for nobody.")] = 0
    label: Annotated[Line, Field(max_length=LONGEST_LABEL, description="The words of a label.")] = ""


class WithdrawIn(Given):
    """Which decision is taken back, and why."""

    decision: uuid.UUID
    why: Literal[undoing.WHYS]
    note: Annotated[Words, Field(max_length=undoing.LONGEST_NOTE)] = ""


class HoldIn(Given):
    """What screening found."""

    ground: Annotated[Line, Field(max_length=80, description="The clause; none of national security.")]
    rule: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:/-]{1,60}$", description="Which rule or list flagged it.")]


class LiftIn(Given):
    """Why a page is held no longer."""

    reason: Annotated[Words, Field(min_length=1, max_length=holds.LONGEST_REASON)]


class HoldOut(BaseModel):
    """Until when the page is held."""

    until: datetime


@router.get("/cases", auth=MachineKey("cases.view"), response=Listed[CaseOut])
def list_cases(
    request: HttpRequest,
    view: Literal["mine", "unclaimed", "all", "appeals", "orders", "closed"] = "all",
    cursor: Cursor = None,
    limit: Limit = 100,
) -> HttpResponse:
    """The cases of a view, in the order they were opened; `due_at` says which is first due."""
    return listed(queries.queue(request.auth, view), cursor, limit, case_out)


@router.get("/cases/{uuid:case_id}", auth=MachineKey("cases.view"), response=CaseWhole)
def get_case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case with its clocks, reports, decisions and appeals."""
    return _whole(request.auth, case_id)


@router.get("/cases/{uuid:case_id}/terms", auth=MachineKey("cases.view"), response=OwnRules)
def list_case_terms(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The clauses of the organisation's own rules that were in force when the content was posted, or first reported."""
    conduct, clauses = queries.terms_for(request.auth, case_id)
    shown = [_terms(clause) for clause in clauses]
    return answer(OwnRules(conduct_at=conduct.at, conduct_by=conduct.by, clauses=shown))


@router.post("/cases/{uuid:case_id}/claim", auth=MachineKey("cases.review"), response=CaseWhole)
def claim_case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Takes the case for a while; deciding needs that."""
    review.claim(request.auth, case_id)
    return _whole(request.auth, case_id)


@router.post("/cases/{uuid:case_id}/release", auth=MachineKey("cases.review"), response=CaseWhole)
def release_case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Gives the case back to the queue."""
    review.release(request.auth, case_id)
    return _whole(request.auth, case_id)


@router.post("/cases/{uuid:case_id}/confirm", auth=MachineKey("cases.review"), response=CaseWhole)
def confirm_violation(
    request: HttpRequest, case_id: uuid.UUID, given: ConfirmIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Says that a person found a violation; the clocks of detection start now."""

    def work() -> HttpResponse:
        review.confirm_violation(request.auth, case_id, given.ground, given.facts)
        return _whole(request.auth, case_id)

    return once(request, str(request.auth.ref), idempotency_key, work)


@router.post("/cases/{uuid:case_id}/decision", auth=MachineKey("cases.decide"), response={201: DecisionOut})
def decide(
    request: HttpRequest, case_id: uuid.UUID, given: DecisionIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Decides the case: the measure is ordered, the letters are written, the ways to appeal are open."""

    def work() -> HttpResponse:
        return answer(_decision(deciding.decide(request.auth, case_id, DecisionInput(**dict(given)))), 201)

    return once(request, str(request.auth.ref), idempotency_key, work)


@router.post("/cases/{uuid:case_id}/withdraw", auth=MachineKey("cases.decide"), response=CaseWhole)
def withdraw_decision(
    request: HttpRequest, case_id: uuid.UUID, given: WithdrawIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Takes a decision back, by whom it came, before its `leaves_at`; the case is as it was."""

    def work() -> HttpResponse:
        undoing.withdraw(request.auth, case_id, given.decision, given.why, given.note)
        return _whole(request.auth, case_id)

    return once(request, str(request.auth.ref), idempotency_key, work)


@router.post("/cases/{uuid:case_id}/hold", auth=MachineKey("cases.review"), response={201: HoldOut})
def hold_page(
    request: HttpRequest, case_id: uuid.UUID, given: HoldIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Holds the page from view until a person decides, at most until `until`; once a case. Show it again then."""

    def work() -> HttpResponse:
        row = holds.place(request.auth, case_id, given.ground, given.rule)
        return answer(HoldOut(until=row.until), 201)

    return once(request, str(request.auth.ref), idempotency_key, work)


@router.post("/cases/{uuid:case_id}/hold/lift", auth=MachineKey("cases.review"), response=CaseWhole)
def lift_hold(
    request: HttpRequest, case_id: uuid.UUID, given: LiftIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Ends a hold before its time; the account is told, and the case goes on waiting for a person."""

    def work() -> HttpResponse:
        holds.lift(request.auth, case_id, given.reason)
        return _whole(request.auth, case_id)

    return once(request, str(request.auth.ref), idempotency_key, work)


def case_out(case: Case) -> CaseOut:
    """The case as a list shows it."""
    return CaseOut(**_head(case))


def _head(case: Case) -> dict:
    return {
        "id": case.id,
        "number": case.number,
        "kind": case.kind,
        "category": case.category,
        "concerns_child": case.concerns_child,
        "phase": case.phase,
        "page": SubjectOut(id=case.page_id, address=case.page.address, state=case.page.state),
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "closed_at": case.closed_at,
        "claimed_until": case.claimed_until,
    }


def _whole(actor: Actor, case_id: uuid.UUID) -> HttpResponse:
    shown: CasePage = queries.case_page(actor, case_id)
    hold = hold_of(actor, case_id)
    house = children.on(shown.case)
    return answer(
        CaseWhole(
            **_head(shown.case),
            held_until=hold.held_until if hold else None,
            house_due_at=house.due_at if house else None,
            clocks=[_clock(view) for view in shown.clocks],
            reports=[_shape(ReportOut, report) for report in shown.reports],
            decisions=[_decision(decision) for decision in shown.decisions],
            appeals=[_shape(AppealOut, appeal) for appeal in shown.appeals],
        )
    )


def _shape(model: type[BaseModel], row: object) -> BaseModel:
    return model.model_validate(row, from_attributes=True)


def _decision(decision: Decision) -> DecisionOut:
    names = set(DecisionOut.model_fields) - {"ground_kind", "terms"}
    own = own_clause(decision.organisation_id, decision.terms_clause) if decision.terms_clause else None
    return DecisionOut(
        **{name: getattr(decision, name) for name in names},
        ground_kind=TERMS if own else LAW,
        terms=_terms(own) if own else None,
    )


def _terms(clause: TermsClause) -> TermsOut:
    return TermsOut(
        clause=clause.id,
        document=clause.document,
        version=clause.version,
        item=clause.number,
        title=clause.title.vi,
        text=clause.text.vi,
        in_force_from=clause.since,
        in_force_until=clause.until,
        digest=clause.digest,
        about_state=clause.about_state,
    )


def _clock(view: ClockView) -> ClockOut:
    return ClockOut(
        rule=view.clock.rule,
        obligation=view.clock.obligation,
        clause=view.clock.clause,
        started_at=view.clock.started_at,
        due_at=view.due_at,
        stopped_at=view.clock.stopped_at,
        state=view.state,
        certainty=view.certainty,
        trace=[str(line) for line in view.trace],
    )
