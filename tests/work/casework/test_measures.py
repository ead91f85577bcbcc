"""Each measure: what it asks, what becomes of the page and the account, what people are told, how it ends."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.outbox import delivery
from anlanh.base.outbox.models import Message, Task
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import measures, queries
from anlanh.work.casework.actions import appeals, decide, proposals, review
from anlanh.work.casework.actions import measures as carrying_out
from anlanh.work.casework.models import Case, Decision, Measure
from anlanh.work.registry.actions import PageInput, put_page
from anlanh.work.registry.models import Holder, Page
from tests.builders import Office
from tests.work.casework.steps_of import (
    carried_out,
    decision_input,
    fresh_address,
    integration,
    report,
    verified_order,
)

pytestmark = pytest.mark.django_db

HOLDER = "https://mang.example/@ha"
# Enough of each measure's terms to be taken.
TERMS: dict[str, dict[str, Any]] = {
    "restrict": {"scope": "vietnam", "age": 18},
    "label": {"label": "Chưa kiểm chứng"},
    "suspend": {"days": 7},
}
PAGE_STATES = {
    "remove": "removed",
    "interrupt": "interrupted",
    "restrict": "restricted",
    "label": "labelled",
    "block_link": "blocked",
    "limit_reach": "limited",
    "close_comments": "comments_closed",
    "demonetise": "unpaid",
}
ACCOUNT_STATES = {"warn": "active", "suspend": "suspended", "end_account": "ended"}


def case_of(office: Office, holder: str = HOLDER) -> Case:
    """A claimed case about a page of a known account."""
    address = fresh_address()
    put_page(office.actor("registrar"), PageInput(address, holder_address=holder, holder_name="Hà"))
    case = report(office, address=address, category="livestream", details={"still_live": "live"}).case
    review.claim(office.actor("moderator"), case.id)
    return case


def taken(office: Office, measure: str, case: Case | None = None, **terms: Any) -> Decision:
    """A decision on a measure, with terms that it takes."""
    case = case or case_of(office)
    given = decision_input(measure, **{**TERMS.get(measure, {}), **terms})
    moderator = office.actor("moderator")
    if decide.needs_approval(case, given):
        proposal = proposals.propose(moderator, case.id, given)
        return proposals.approve(office.actor("second"), case.id, proposal.id)
    return decide.decide(moderator, case.id, given)


def state_of(decision: Decision) -> tuple[str, str]:
    """Of the page and of its account."""
    page = Page.objects.select_related("holder").get(id=decision.case.page_id)
    return page.state, page.holder.state


@pytest.mark.parametrize("measure", [*PAGE_STATES, *ACCOUNT_STATES])
def test_every_measure_has_reasons_a_notice_an_appeal_and_a_way_back(platform: Office, measure: str) -> None:
    integration(platform)
    decision = taken(platform, measure)
    order = queries.measure_order(decision.carried_out.id, "apply")
    assert set(order["terms"]) == measures.named(measure).terms
    reasons = order["statement_of_reasons"]
    assert reasons["measure"] == measure
    assert [value for name, value in reasons.items() if name in ELEMENTS and value], "it says what is restricted"
    told = decision.notices.get(role="affected")
    described = measures.named(measure).described(measures.Terms.of(decision), "vi")
    assert described[1:] in told.body
    assert decision.subject_fact in told.body

    carried_out(platform, decision)
    assert state_of(decision) == (PAGE_STATES.get(measure, "live"), ACCOUNT_STATES.get(measure, "active"))
    appeal = appeals.file_appeal(*door_of(decision), "Tôi không đồng ý.")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng là nhầm.")
    carried_out(platform, decision, "reverse")
    assert state_of(decision) == ("live", "active")


ELEMENTS = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")


def door_of(decision: Decision) -> tuple[str, str]:
    """Reference and secret of the person affected, also once the measure was applied."""
    from anlanh.work.casework import numbers

    access = decision.case.accesses.get()
    return access.reference, numbers.secret_for(access.id)


@pytest.mark.parametrize(
    ("measure", "terms", "where"),
    [
        ("unknown", {}, "measure"),
        ("remove", {"days": 3}, "days"),
        ("remove", {"scope": "the moon"}, "scope"),
        ("restrict", {"scope": "everywhere", "age": 0}, "scope"),
        ("restrict", {"scope": "vietnam", "age": 200}, "age"),
        ("label", {"label": " "}, "label"),
        ("label", {"label": "x" * 201}, "label"),
        ("suspend", {"days": 0}, "days"),
        ("suspend", {"days": -1}, "days"),
        ("suspend", {"days": 4000}, "days"),
        ("warn", {"age": 16}, "age"),
        ("refuse_service", {}, "measure"),
    ],
)
def test_a_measure_takes_its_own_terms_only(platform: Office, measure: str, terms: dict, where: str) -> None:
    case = case_of(platform)
    with pytest.raises(BadInput) as refusal:
        taken(platform, measure, case, **terms)
    assert refusal.value.where == where
    assert not Decision.objects.exists()


@pytest.mark.parametrize("measure", ["warn", "suspend", "end_account"])
def test_nothing_is_done_to_an_account_that_is_not_known(platform: Office, measure: str) -> None:
    case = report(platform).case
    review.claim(platform.actor("moderator"), case.id)
    with pytest.raises(BadInput, match=r"account|tài khoản"):
        taken(platform, measure, case)


def test_a_province_of_today_is_a_place(platform: Office) -> None:
    province = next(code for code in measures.places() if code in vietnam().places)
    decision = taken(platform, "restrict", scope=province, age=0)
    assert vietnam().places[province].title.vi in decision.notices.get(role="affected").body


def test_a_suspension_ends_by_itself_and_nothing_else_ends_it(platform: Office) -> None:
    integration(platform)
    decision = taken(platform, "suspend", days=7)
    carried_out(platform, decision)
    measure = Measure.objects.get(decision=decision)
    assert measure.ends_at - measure.applied_at == timedelta(days=7)
    work_off()
    assert state_of(decision)[1] == "suspended"
    assert not carrying_out.end(measure), "it is not its time"

    with clock.set_to(measure.ends_at + timedelta(seconds=1)):
        assert state_of(decision)[1] == "suspended", "a worker that stands still changes nothing"
        work_off()
        assert not carrying_out.end(measure), "said twice, done once"
        carried_out(platform, decision, "reverse")
    assert state_of(decision)[1] == "active"
    ended = Act.objects.get(type="measure.ended")
    assert (ended.actor_kind, ended.actor_ref) == ("system", None)
    assert "hết thời hạn" in decision.notices.get(kind="restored_affected").body


def test_a_measure_that_ends_after_the_case_was_closed_is_undone_too(platform: Office) -> None:
    decision = taken(platform, "suspend", days=200)
    carried_out(platform, decision)
    work_off()
    with clock.set_to(decision.appeal_until + timedelta(hours=1)):
        work_off()
        assert Case.objects.get(id=decision.case_id).phase == "closed"
    with clock.set_to(Measure.objects.get(decision=decision).ends_at + timedelta(hours=1)):
        work_off()
        case = Case.objects.get(id=decision.case_id)
        assert case.phase == "closed"
        assert case.closed_at is None, "somebody has to undo it"
        assert Task.objects.filter(kind=carrying_out.BY_HAND, detail__step="reverse").exists()
        carried_out(platform, decision, "reverse")
        assert Case.objects.get(id=decision.case_id).closed_at


def test_an_appeal_won_after_the_end_has_nothing_left_to_undo(platform: Office) -> None:
    integration(platform)
    decision = taken(platform, "suspend", days=1)
    carried_out(platform, decision)
    appeal = appeals.file_appeal(*door_of(decision), "Nhầm rồi")
    work_off()
    with clock.set_to(clock.now() + timedelta(days=2)):
        work_off()
        carried_out(platform, decision, "reverse")
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Nhầm thật")
    assert Measure.objects.get(decision=decision).state == Measure.State.REVERSED
    assert Case.objects.get(id=decision.case_id).phase == "closed"


def test_the_strongest_measure_shows_and_the_next_when_it_goes(platform: Office) -> None:
    integration(platform)
    first = taken(platform, "suspend", days=7)
    carried_out(platform, first)
    second = taken(platform, "end_account")
    carried_out(platform, second)
    assert Holder.objects.get().state == "ended"
    appeal = appeals.file_appeal(*door_of(second), "Nhầm rồi")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Nhầm thật")
    carried_out(platform, second, "reverse")
    assert Holder.objects.get().state == "suspended"


def test_service_is_refused_under_an_ended_account_and_as_long(platform: Office) -> None:
    integration(platform)
    ending = taken(platform, "end_account")
    carried_out(platform, ending)
    refusal = taken(platform, "refuse_service")
    carried_out(platform, refusal)
    assert Holder.objects.get().state == "refused"
    appeal = appeals.file_appeal(*door_of(ending), "Nhầm rồi")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Nhầm thật")
    carried_out(platform, ending, "reverse")
    work_off()
    assert Measure.objects.get(decision=refusal).state == Measure.State.REVERSAL_ORDERED
    assert Act.objects.filter(type="measure.ended", subject_id=refusal.case_id).exists()
    carried_out(platform, refusal, "reverse")
    assert Holder.objects.get().state == "active"


def test_service_is_refused_under_a_verified_order(platform: Office) -> None:
    address = fresh_address()
    put_page(platform.actor("registrar"), PageInput(address, holder_address=HOLDER))
    case = verified_order(platform, address=address)
    review.claim(platform.actor("moderator"), case.id)
    assert taken(platform, "refuse_service", case).measure == "refuse_service"


def test_an_act_says_how_far_a_measure_goes_and_the_words_of_a_label_are_committed(platform: Office) -> None:
    decision = taken(platform, "label", days=30)
    act = Act.objects.get(id=decision.act_id)
    assert act.clear["days"] == 30
    assert "label" not in act.clear
    assert CommittedValue.objects.get(act=act, field="label").value == TERMS["label"]["label"]


def work_off() -> None:
    """What is due in the outbox is done; orders to the platform are left to the test."""
    Message.objects.filter(channel__in=["webhook", "mail"]).delete()
    while delivery.work_once():
        pass
