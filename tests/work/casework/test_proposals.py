"""Decisions that take two people: which, who, what is recorded, what a refusal leads to."""

from dataclasses import replace
from typing import Any

import pytest

from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import measures, queries
from anlanh.work.casework.actions import appeals, decide, proposals, review
from anlanh.work.casework.models import Case, Decision, Measure, Notice, Proposal
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import Office
from tests.work.casework.steps_of import decision_input, door, fresh_address, integration, report

pytestmark = pytest.mark.django_db

LONG = decision_input("suspend", days=60)


def claimed(office: Office, by: str = "moderator") -> Case:
    """A case about a page of a known account, held by somebody."""
    address = fresh_address()
    put_page(office.actor("registrar"), PageInput(address, holder_address="https://mang.example/@ha"))
    case = report(office, address=address).case
    review.claim(office.actor(by), case.id)
    return case


def proposed(office: Office, **fields: Any) -> tuple[Case, Proposal]:
    """A case with a proposal of the moderator."""
    case = claimed(office)
    proposal = proposals.propose(office.actor("moderator"), case.id, replace(LONG, **fields))
    case.refresh_from_db()
    return case, proposal


DECIDING = [table for table in vietnam().procedures.values() if table.second_person]


@pytest.mark.parametrize("table", DECIDING, ids=lambda table: table.id)
def test_the_pack_names_known_measures_and_says_that_it_is_a_choice(table: Any) -> None:
    assert set(table.second_person.measures) <= measures.KINDS.keys()
    assert table.second_person.certainty == "source"


def test_one_person_alone_can_not_decide_it(platform: Office) -> None:
    case = claimed(platform)
    for given in (LONG, decision_input("end_account")):
        with pytest.raises(BadInput) as refusal:
            decide.decide(platform.actor("moderator"), case.id, given)
        assert refusal.value.where == "measure"
    short = replace(LONG, days=vietnam().procedures["report"].second_person.over_days)
    with pytest.raises(BadInput):
        proposals.propose(platform.actor("moderator"), case.id, short)
    assert decide.decide(platform.actor("moderator"), case.id, short)


def test_another_approves_and_both_are_named(platform: Office) -> None:
    integration(platform)
    case, proposal = proposed(platform)
    assert (case.phase, case.claimed_by) == ("proposed", None)
    assert not Decision.objects.exists()
    assert not Notice.objects.filter(case=case, role="affected").exists()
    assert Clock.objects.filter(subject_id=case.id, stopped_at__isnull=True, obligation="remove").exists()

    decision = proposals.approve(platform.actor("second"), case.id, proposal.id)
    first, second = (platform.members[name].ref for name in ("moderator", "second"))
    assert (decision.proposed_by, decision.decided_by) == (first, second)
    assert decision.facts == LONG.facts
    assert Act.objects.get(id=decision.act_id).clear["proposed_by"] == str(first)
    assert Measure.objects.get(decision=decision).kind == "suspend"
    with pytest.raises(BadInput):
        proposals.approve(platform.actor("second"), case.id, proposal.id)

    appeal = appeals.file_appeal(*door(decision), "Tôi không đồng ý.")
    for nickname in ("moderator", "second"):
        hearer = replace(platform.actor(nickname), capabilities=frozenset({"cases.view", "appeals.hear"}))
        with pytest.raises(NotAllowed):
            appeals.hear_appeal(hearer, appeal.id, "upheld", "Tôi đúng.")


def test_who_proposed_does_not_approve_take_or_refuse(platform: Office) -> None:
    case, proposal = proposed(platform)
    proposer = platform.actor("moderator")
    for step in (
        lambda: proposals.approve(proposer, case.id, proposal.id),
        lambda: proposals.refuse(proposer, case.id, proposal.id, "Thôi."),
        lambda: review.claim(proposer, case.id),
        lambda: proposals.approve(platform.actor("inspector"), case.id, proposal.id),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert review.claim_next(proposer) is None
    assert not any(entry.possible for entry in queries.case_page(proposer, case.id).allowed if "decision" in entry.act)
    assert review.claim_next(platform.actor("second")).id == case.id


def test_a_refusal_has_reasons_and_gives_the_case_back(platform: Office) -> None:
    case, proposal = proposed(platform)
    second = platform.actor("second")
    with pytest.raises(BadInput) as refusal:
        proposals.refuse(second, case.id, proposal.id, " ")
    assert refusal.value.where == "reasons"
    proposals.refuse(second, case.id, proposal.id, "Bảy ngày là đủ.")
    case.refresh_from_db()
    assert (case.phase, case.assigned_to) == ("in_review", proposal.proposed_by)
    assert not Decision.objects.exists()
    assert Act.objects.filter(type="decision.refused", subject_id=case.id).count() == 1
    review.claim(platform.actor("moderator"), case.id)
    again = proposals.propose(platform.actor("moderator"), case.id, LONG)
    with pytest.raises(BadInput):
        proposals.approve(second, case.id, proposal.id)
    assert proposals.approve(second, case.id, again.id)


def test_an_appeal_against_no_action_is_no_way_round(platform: Office) -> None:
    case = claimed(platform)
    decide.decide(platform.actor("moderator"), case.id, decision_input("no_action"))
    filed = report(platform, address=case.page.address)
    assert filed.case.id != case.id
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    decide.decide(moderator, filed.case.id, decision_input("no_action"))
    appeal = appeals.file_appeal(filed.report.reference, filed.secret, "Tài khoản này lừa nhiều người.")
    with pytest.raises(BadInput) as refusal:
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng.", decision_input("end_account"))
    assert refusal.value.where == "measure"


def test_people_outside_see_a_case_in_review(platform: Office) -> None:
    address = fresh_address()
    put_page(platform.actor("registrar"), PageInput(address, holder_address="https://mang.example/@ha"))
    filed = report(platform, address=address)
    review.claim(platform.actor("moderator"), filed.case.id)
    proposals.propose(platform.actor("moderator"), filed.case.id, LONG)
    view = queries.status(filed.report.reference, filed.secret)
    assert (view.phase, view.measure, view.notices) == ("under_review", "", [])
