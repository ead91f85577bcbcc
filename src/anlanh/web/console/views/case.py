"""The case page: what it is about, what the law asks, and what can be done now."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.one_reading import one_reading
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.web.console.access import staff
from anlanh.web.console.account import account_lines, considered
from anlanh.web.console.broadcast_forms import ClipForm, LengthForm
from anlanh.web.console.deadlines import by_duty
from anlanh.web.console.desk_forms import SendOnForm
from anlanh.web.console.forms import DecisionForm, HandOverForm, HearingForm, KeepBackForm, RefusalForm, WriteForm
from anlanh.web.console.grounds import grouped, own_rules
from anlanh.web.console.order_forms import NotifiedForm, QueryForm, ReturnForm, VerifyForm
from anlanh.web.console.people import colleagues
from anlanh.web.console.presets import filled_in, written_before
from anlanh.web.console.protection_forms import DangerForm, ReferralForm
from anlanh.web.console.shell import page
from anlanh.web.console.sorting_forms import PetitionForm, SortForm, TransferForm
from anlanh.web.console.steps import Steps
from anlanh.work.casework import policy, queries
from anlanh.work.casework.authorities.queries import paper_view
from anlanh.work.casework.broadcasts.queries import broadcast_of
from anlanh.work.casework.claims.queries import counter_notices
from anlanh.work.casework.desk import children
from anlanh.work.casework.desk.queries import queues_to_send_to
from anlanh.work.casework.holds.queries import hold_of
from anlanh.work.casework.keeping.queries import keeping_of
from anlanh.work.casework.misuse.queries import of_case as misuse_of
from anlanh.work.casework.models import Case, Decision, Preset
from anlanh.work.casework.quality.standing import unanswered
from anlanh.work.casework.queries import CasePage, HistoryLine, ReportLine
from anlanh.work.casework.redress.queries import late_appeals, mandates
from anlanh.work.casework.steps import procedure_of
from anlanh.work.casework.talking.queries import talk
from anlanh.work.casework.withholding import queries as withholding
from anlanh.work.casework.withholding.standing import forbidding

DRAFTS_DONE = "drafts_done"  # in the session: drafts that the browser can forget


@staff
@require_GET
def case_page(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case; of a sealed one only that it is sealed, until opening it is recorded. Who is judging it a second time
    sees it as it was first.
    """
    if look_id := unanswered(request.actor, case_id):
        return redirect("console:second_look", look_id)
    try:
        return answer(request, case_id)
    except queries.StillSealed:
        return page(request, "console/still_sealed.html", {"case_id": case_id})


@staff
@require_GET
def presence(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Who holds the case now, as a fragment that the page asks for again and again."""
    shown = queries.case_page(request.actor, case_id)
    return render(request, "console/_presence.html", {"shown": shown, "case": shown.case})


@one_reading()
def answer(
    request: HttpRequest,
    case_id: uuid.UUID,
    *,
    decision: DecisionForm | None = None,
    hearing: HearingForm | None = None,
    verifying: VerifyForm | None = None,
    querying: QueryForm | None = None,
    returning: ReturnForm | None = None,
    notifying: NotifiedForm | None = None,
    hand_over: HandOverForm | None = None,
    refusing: RefusalForm | None = None,
    writing: WriteForm | None = None,
    keeping_back: KeepBackForm | None = None,
    sorting: SortForm | None = None,
    endangering: DangerForm | None = None,
    referring: ReferralForm | None = None,
    transferring: TransferForm | None = None,
    petition: PetitionForm | None = None,
    misuse_typed: Mapping[str, str] | None = None,
    ending: LengthForm | None = None,
    clipping: ClipForm | None = None,
    sending_on: SendOnForm | None = None,
    news: Iterable[HistoryLine] = (),
    status: int = 200,
) -> HttpResponse:
    """The case page with the forms that fit its phase, or with one sent back for mending.

    Args:
        request: for whom.
        case_id: which case.
        decision, hearing, verifying, querying, returning, notifying, hand_over, refusing, writing, keeping_back,
            sorting, endangering, referring, transferring, petition, ending, clipping, sending_on: forms with what was
            typed and what is wrong with it.
        misuse_typed: what was typed about a sender (`at`, `reasons`, `days`), and the `fault` that it has.
        news: what others did since the page was opened, when that is why the form came back.
        status: of the answer.
    """
    actor = request.actor
    shown = queries.case_page(actor, case_id)
    if decision:
        # What has changed is shown now, so the next try counts as having seen it.
        decision.data = decision.data.copy()
        decision.data["seen"] = shown.seen
    offered = queries.presets_for(actor, case_id)
    spoken = talk(actor, case_id)
    conduct, own_clauses = queries.terms_for(actor, case_id)
    context = {
        "shown": shown,
        "case": shown.case,
        "clock_groups": by_duty(shown),
        "steps": Steps.of(shown),
        "grounds": grouped(queries.grounds_for(actor, case_id), shown.case.category),
        "own_rules": own_rules(actor, own_clauses, shown.case.category, conduct),
        "presets": offered,
        "decision_form": decision
        or DecisionForm(
            initial={"seen": shown.seen, **_begun(request, shown, offered)},
            hidden=shown.case.queue.hidden if shown.case.queue else (),
            reports=can_be_unfounded(shown),
        ),
        "account": account_lines(actor, shown),
        "hearing_form": hearing or HearingForm(against=_appealed(shown)),
        "misuse": misuse_of(actor, case_id),
        "misuse_typed": misuse_typed or {},
        "mandates": mandates(actor, case_id),
        "late_appeals": late_appeals(actor, case_id),
        "counters": counter_notices(actor, case_id),
        **keeping_of(actor, case_id),
        "verify_form": verifying or VerifyForm(),
        "query_form": querying or QueryForm(),
        "return_form": returning or ReturnForm(),
        "notified_form": notifying or NotifiedForm(),
        "hand_over_form": hand_over or HandOverForm(people=colleagues(actor)),
        "refusal_form": refusing or RefusalForm(initial={"proposal": shown.proposal and shown.proposal.id}),
        "talk": spoken,
        "write_form": writing or WriteForm(partners=spoken.partners),
        **_about_telling(actor, shown, keeping_back),
        "danger_form": endangering or DangerForm(),
        "referral_form": referring or ReferralForm(),
        "may_mark": any(map(actor.can, policy.WORKING)),
        "may_refer": actor.can(policy.MATERIAL) or actor.can("cases.decide"),
        "sort_form": sorting or SortForm(reports=shown.reports),
        "transfer_form": transferring or TransferForm(),
        "petition_form": petition or PetitionForm(),
        "may_send_on": not shown.case.closed_at and any(map(actor.can, policy.WORKING)),
        "send_on_form": sending_on or SendOnForm(queues=queues_to_send_to(actor), case=shown.case),
        "broadcast": broadcast_of(actor, case_id),
        "length_form": ending or LengthForm(),
        "clip_form": clipping or ClipForm(),
        "unverified": vietnam().procedures[shown.case.procedure].unverified,
        **_about_order(request, case_id),
        "screened": hold_of(actor, case_id),
        "may_lift": actor.can("cases.review"),
        "house_clock": children.on(shown.case),
        "news": list(news),
        "drafts_done": request.session.pop(DRAFTS_DONE, ""),
    }
    return page(request, "console/case.html", context, status=status)


def can_be_unfounded(shown: CasePage) -> list[ReportLine]:
    """The reports that a decision of no action can mark; none where a child is concerned or it is no such case."""
    if shown.case.kind != Case.Kind.REPORT or shown.case.concerns_child or shown.case.sealed:
        return []
    return [report for report in shown.reports if not report.concerns_child]


def _about_telling(actor: Actor, shown: CasePage, form: KeepBackForm | None) -> dict[str, Any]:
    """What the part about a notice that is kept back shows; nothing where no clause forbids telling."""
    rows, clauses = withholding.of_case(actor, shown.case.id), forbidding(civil_date(clock.now()))
    longest = procedure_of(shown.case).withholding
    may_ask = bool(clauses and longest and actor.can("cases.decide")) and all(row.settled_at for row in rows)
    return {
        "kept_back": [row for row in rows if not row.settled_at or (row.outcome == "approved" and not row.ended_at)],
        "may_keep_back": may_ask,
        "keep_back_form": form or KeepBackForm(clauses=clauses, most=longest.days if longest else 0),
        "now": clock.now(),
    }


def _about_order(request: HttpRequest, case_id: uuid.UUID) -> dict[str, Any]:
    """What the part about an order's paper shows. Its document is looked through only when that is asked for."""
    actor, deep = request.actor, request.GET.get("find") == "addresses"
    return {
        "paper": paper_view(actor, case_id, deep=deep),
        "looked_deep": deep,
        "may_enter": actor.can("orders.enter"),
        "may_verify": actor.can("orders.verify"),
        "may_decide": actor.can("cases.decide"),
    }


def _begun(request: HttpRequest, shown: CasePage, offered: Iterable[Preset]) -> dict[str, Any]:
    """What the decision form begins with: the preset chosen, the decision taken back, or what a count says."""
    return chosen(request, offered) or written_before(shown.decisions) or considered(request.actor, shown)


def _appealed(shown: CasePage) -> Decision | None:
    """The decision that the open appeal is against."""
    return next((appeal.decision for appeal in shown.appeals if appeal.decided_at is None), None)


def chosen(request: HttpRequest, offered: Iterable[Preset]) -> dict[str, Any]:
    """What the preset of `?preset=` fills in; where scripts run, the page fills it in by itself."""
    preset = next((one for one in offered if str(one.id) == request.GET.get("preset")), None)
    return filled_in(preset) if preset else {}
