"""Reports: filed by anybody, or by machines for their users; followed with the secret that came with the reference."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Path, Router
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter, ValidationError

from anlanh.base.actor import Actor, NotFound
from anlanh.base.identity.policy import public_actor
from anlanh.base.identity.queries import organisation, organisation_by_code
from anlanh.base.identity.tokens import digest
from anlanh.base.limits.places import client_network
from anlanh.base.limits.spending import Charge, spend_all
from anlanh.primitives.errors import BadInput
from anlanh.web.api import problems
from anlanh.web.api.answering import Given, IdempotencyKey, Line, Words, answer, once
from anlanh.web.api.keys import PUBLIC, KeyOrPublic, MachineKey, ReportSecret
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, intake
from anlanh.work.casework.actions.intake import Filed, ReportInput
from anlanh.work.casework.claims import actions as claims
from anlanh.work.casework.claims.queries import OwnCounter, own_counter
from anlanh.work.casework.claims.standing import due as counter_due
from anlanh.work.registry.addresses import address_hash, canonical_address

router = Router()

HOUR = timedelta(hours=1)
# Without a key. A whole mobile carrier can sit behind one network, so that is generous. The second counts what one
# network says of one page: a limit that all reports of a page shared would tell a reporter that there were others.
MOST_OF_A_NETWORK = 120
MOST_OF_A_NETWORK_ON_A_PAGE = 10
MOST_TRIES_OF_A_NETWORK = 300
MOST_APPEALS_OF_A_NETWORK = 60

Reference = Annotated[str, Path(min_length=4, max_length=40, pattern=r"^[A-Za-z0-9-]+$")]


class ReportIn(Given):
    """A report about a page."""

    organisation: Annotated[
        str, Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]*$", description="Its code; not needed with a key.")
    ] = ""
    address: Annotated[str, Field(max_length=8000, description="Of the page.")]
    category: Annotated[Line, Field(max_length=40, description="A code of the list that the portal shows.")]
    text: Annotated[Words, Field(max_length=5000, description="What is wrong, in the reporter's own words.")]
    concerns_child: bool = False
    threatens_life: Annotated[bool, Field(description="Somebody's life may be in danger now.")] = False
    details: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[Words, Field(max_length=1000)]],
        Field(max_length=20, description="Answers to the questions of the category, as `/report-types` lists them."),
    ] = {}
    reporter_name: Annotated[Line, Field(max_length=120)] = ""
    reporter_email: Annotated[Line, Field(max_length=254, description="Mailed once its owner confirmed it.")] = ""
    reporter_ref: Annotated[
        Line,
        Field(
            max_length=120,
            description="With a key: what you call your user, the same each time. Only a keyed digest of it is kept, "
            "so that the same words about the same page are one report however often they are sent.",
        ),
    ] = ""
    language: Literal["vi", "en"] = "vi"
    happened_at: Annotated[
        AwareDatetime | None, Field(description="When you received it, if earlier; with a key and a reason only.")
    ] = None
    backdating_reason: Annotated[Words, Field(max_length=500)] = ""


class ReportFiled(BaseModel):
    """That the report was received, told to the reporter: nothing here says what became of other reports."""

    reference: str
    secret: str = Field(description="Told once. Opens the report's status and its appeal. Empty if `repeated`.")
    received_at: datetime
    repeated: bool = Field(False, description="You sent it before for the same user; this is the report you sent.")


class ReportResult(BaseModel):
    """What became of one report of several."""

    status: Literal[201, 422]
    report: ReportFiled | None = None
    problem: problems.Problem | None = None


class ReportsIn(Given):
    """Up to 1,000 reports; one that is no `ReportIn` is refused by itself."""

    reports: Annotated[
        list[Annotated[ReportIn | Any, Field(union_mode="left_to_right")]],
        Field(min_length=1, max_length=intake.MOST_REPORTS_A_CALL),
    ]


class ReportsFiled(BaseModel):
    """A result for each report, in the order sent."""

    results: list[ReportResult]


class AppealIn(Given):
    """An objection to a decision."""

    text: Annotated[Words, Field(min_length=1, max_length=5000, description="Why the decision should change.")]


class CounterIn(Given):
    """A counter-notice to a claim of copyright, by the person affected. It goes to the claimant."""

    name: Annotated[Line, Field(min_length=1, max_length=120, description="Who signs it.")]
    address: Annotated[Line, Field(min_length=1, max_length=300, description="Where papers of a court reach them.")]
    contact: Annotated[Line, Field(max_length=120, description="Telephone or e-mail.")] = ""
    text: Annotated[Words, Field(min_length=1, max_length=5000, description="Why the use is lawful, or a mistake.")]
    agreed: Annotated[bool, Field(description="They agree to the statement that `GET /reports/{reference}` shows.")]


class CounterFiled(BaseModel):
    """That the counter-notice was received, and until when the claimant can go to court or to an authority."""

    filed_at: datetime
    until: datetime


class CounterAnswerIn(Given):
    """A claimant's answer to a counter-notice. One who went to court shows it with a file, on the portal."""

    kind: Literal["gives_way"]


class CounterOut(BaseModel):
    """What somebody can do about a counter-notice, or see of one."""

    state: str = Field(description="can_object, objected, can_answer, answered or settled.")
    until: datetime | None = Field(description="The claimant's last day.")
    statement: str
    note: str = Field(description="Where that time comes from, and how sure it is.")
    outcome: str = Field(description="restored or kept, once it is settled.")
    reasons: str


class AppealFiled(BaseModel):
    """That the appeal was received."""

    filed_at: datetime


@router.post(
    "/reports",
    auth=KeyOrPublic(),
    response={201: ReportFiled},
    openapi_extra={"security": [{}]},
)
def file_report(request: HttpRequest, given: ReportIn, idempotency_key: IdempotencyKey = None) -> HttpResponse:
    """Files a report: by the public with the organisation's code, by a machine with its key."""
    actor, scope = _reporter(request, given)

    def work() -> HttpResponse:
        return answer(_filed(intake.file_report(actor, actor.organisation_id, _input(given))), 201)

    return once(request, scope, idempotency_key, work)


@router.post("/reports/batch", auth=MachineKey("reports.file"), response=ReportsFiled)
def file_reports(request: HttpRequest, given: ReportsIn, idempotency_key: IdempotencyKey = None) -> HttpResponse:
    """Files up to 1,000 reports, each by itself: a bad one stops no other, and each has its result."""
    actor: Actor = request.auth

    def work() -> HttpResponse:
        good = [_input(entry) for entry in given.reports if isinstance(entry, ReportIn)]
        filed = iter(intake.file_reports(actor, actor.organisation_id, good))
        return answer(
            ReportsFiled(
                results=[
                    _result(next(filed)) if isinstance(entry, ReportIn) else _misshapen(entry)
                    for entry in given.reports
                ]
            )
        )

    return once(request, str(actor.ref), idempotency_key, work)


class NoticeOut(BaseModel):
    """A letter, for the person it was written to."""

    subject: str
    body: str
    written_at: datetime


class ReportStatus(BaseModel):
    """How far a report has come, for the person who filed it."""

    reference: str
    phase: str = Field(description="received, under_review, decided, under_appeal or closed.")
    next: str = Field(description="What happens next, in a sentence.")
    by: datetime | None = Field(description="Until when the law gives the organisation.")
    notices: list[NoticeOut]
    can_appeal: bool
    appeal_until: datetime | None
    counter_notice: CounterOut | None = Field(description="Of a decision on a claim of copyright; else null.")


@router.get("/reports/{reference}", auth=ReportSecret(), response=ReportStatus)
def report_status(request: HttpRequest, reference: Reference) -> HttpResponse:
    """How far a report has come. The secret goes in a header, never in the address, which servers write down."""
    limit(Charge(f"api open {client_network(request)}", HOUR, MOST_TRIES_OF_A_NETWORK))
    view = queries.status(reference, request.auth)
    return answer(
        ReportStatus(
            reference=reference,
            phase=view.phase,
            next=str(view.next),
            by=view.by_when,
            notices=[
                NoticeOut(subject=notice.subject, body=notice.body, written_at=notice.written_at)
                for notice in view.notices
            ],
            can_appeal=view.can_appeal,
            appeal_until=view.appeal_until,
            counter_notice=_counter(own_counter(reference, request.auth)),
        )
    )


@router.post("/reports/{reference}/appeal", auth=ReportSecret(), response={201: AppealFiled})
def file_appeal(
    request: HttpRequest, reference: Reference, given: AppealIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Objects to the decision; somebody who did not decide hears it. For reporters and for the person affected."""
    limit(Charge(f"api appeal {client_network(request)}", HOUR, MOST_APPEALS_OF_A_NETWORK))

    def work() -> HttpResponse:
        return answer(AppealFiled(filed_at=appeals.file_appeal(reference, request.auth, given.text).filed_at), 201)

    return once(request, f"report {digest(request.auth)[:40]}", idempotency_key, work)


@router.post("/reports/{reference}/counter-notice", auth=ReportSecret(), response={201: CounterFiled})
def file_counter_notice(
    request: HttpRequest, reference: Reference, given: CounterIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """Objects to a claim of copyright. The claimant gets it; a person brings the content back if they do not sue."""
    limit(Charge(f"api appeal {client_network(request)}", HOUR, MOST_APPEALS_OF_A_NETWORK))

    def work() -> HttpResponse:
        said = given.model_dump(exclude={"agreed"})
        notice = claims.file(reference, request.auth, claims.CounterInput(**said, stated=given.agreed))
        return answer(CounterFiled(filed_at=notice.filed_at, until=counter_due(notice, notice.case)), 201)

    return once(request, f"report {digest(request.auth)[:40]}", idempotency_key, work)


@router.post("/reports/{reference}/counter-notice/answer", auth=ReportSecret(), response={201: CounterOut})
def answer_counter_notice(
    request: HttpRequest, reference: Reference, given: CounterAnswerIn, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """A claimant no longer upholds the claim; a person may bring the content back at once."""
    limit(Charge(f"api appeal {client_network(request)}", HOUR, MOST_APPEALS_OF_A_NETWORK))

    def work() -> HttpResponse:
        claims.answer(reference, request.auth, claims.AnswerInput(given.kind))
        return answer(_counter(own_counter(reference, request.auth)), 201)

    return once(request, f"report {digest(request.auth)[:40]}", idempotency_key, work)


def _counter(shown: OwnCounter | None) -> CounterOut | None:
    if shown is None:
        return None
    language = get_language() or "vi"
    return CounterOut(
        state=shown.state,
        until=shown.until,
        statement=shown.statement.in_language(language) if shown.statement else "",
        note=shown.note.in_language(language) if shown.note else "",
        outcome=shown.outcome,
        reasons=shown.reasons,
    )


def _reporter(request: HttpRequest, given: ReportIn) -> tuple[Actor, str]:
    """Who files the report, and whose idempotency keys count. Without a key the network's limits are spent from."""
    if request.auth is not PUBLIC:
        actor: Actor = request.auth
        if given.organisation and organisation(actor).code != given.organisation:
            raise NotFound(_("there is no such organisation"))
        return actor, str(actor.ref)
    if not given.organisation:
        raise BadInput(_("no organisation is named"), where="organisation", mend=_("give its code, or send a key"))
    network, page = client_network(request), address_hash(canonical_address(given.address))
    limit(
        Charge(f"api report {network}", HOUR, MOST_OF_A_NETWORK),
        Charge(f"api report {network} {page}", HOUR, MOST_OF_A_NETWORK_ON_A_PAGE),
    )
    addressee = organisation_by_code(given.organisation)
    return public_actor(addressee.id), f"public {addressee.id}"


def limit(*charges: Charge) -> None:
    """Takes what a call costs from the buckets of its network.

    Raises:
        TooMany: one of them is empty.
    """
    verdict = spend_all(charges)
    if not verdict.allowed:
        raise problems.TooMany(verdict)


def _input(given: ReportIn) -> ReportInput:
    said = dict(given)
    del said["organisation"]
    return ReportInput(via="api", **said)


def _filed(filed: Filed) -> ReportFiled:
    return ReportFiled(
        reference=filed.report.reference,
        secret=filed.secret,
        received_at=filed.report.received_at,
        repeated=filed.repeated,
    )


def _result(filed: Filed | BadInput) -> ReportResult:
    if isinstance(filed, BadInput):
        return ReportResult(status=422, problem=problems.of_bad_input(filed))
    return ReportResult(status=201, report=_filed(filed))


_one_report = TypeAdapter(ReportIn)


def _misshapen(entry: Any) -> ReportResult:
    """Why an item is no report."""
    try:
        _one_report.validate_python(entry)
    except ValidationError as fault:
        return ReportResult(status=422, problem=problems.of_invalid(fault.errors()))
    raise AssertionError("an item was refused and is valid")
