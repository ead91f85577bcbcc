"""Reading: only one's own organisation, and for the public only through a reference and a secret."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.sealing import seal_everything
from anlanh.base.identity.policy import public_actor
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, previews, queries
from anlanh.work.casework.actions import appeals, decide, measures, orders, review
from anlanh.work.casework.models import Access, Decision, Notice
from anlanh.work.registry.actions import PageInput, put_page
from tests.work.casework.steps_of import (
    GROUND,
    decided,
    decision_input,
    door,
    fresh_address,
    report,
    stored_file,
    verified_order,
)


def test_no_row_of_another_organisation_can_be_read_or_touched(platform: Any, other: Any) -> None:
    filed = report(platform, file_ids=[stored_file(platform).id])
    decision = decided(platform, filed)
    appeal = appeals.file_appeal(*door(decision), "Không đồng ý")
    order = verified_order(platform)
    case_id, stranger = filed.case.id, other.actor
    member = other.members["second"].ref
    attempts: list[Callable[[], Any]] = [
        lambda: queries.case(stranger("moderator"), case_id),
        lambda: queries.case_page(stranger("moderator"), case_id),
        lambda: queries.grounds_for(stranger("moderator"), case_id),
        lambda: queries.appeal(stranger("appeals"), appeal.id),
        lambda: queries.evidence_file(stranger("moderator"), case_id, filed.report.evidence.get().file_id),
        lambda: queries.letter_by_hand(stranger("moderator"), Notice.objects.filter(case_id=case_id).first().id),
        lambda: previews.decision_letters(stranger("moderator"), case_id, decision_input()),
        lambda: review.claim(stranger("moderator"), case_id),
        lambda: review.release(stranger("moderator"), case_id),
        lambda: review.hand_over(stranger("moderator"), case_id, member, ""),
        lambda: review.confirm_violation(stranger("moderator"), case_id, GROUND, "x"),
        lambda: review.look_at_evidence(stranger("moderator"), case_id),
        lambda: review.record_authority_notified(stranger("moderator"), case_id, "x"),
        lambda: decide.decide(stranger("moderator"), case_id, decision_input()),
        lambda: measures.carried_out_by_hand(stranger("moderator"), decision.carried_out.id, "apply", "x"),
        lambda: measures.record_failed(stranger("moderator"), decision.carried_out.id, "apply", "x"),
        lambda: appeals.hear_appeal(stranger("appeals"), appeal.id, "upheld", "x"),
        lambda: orders.verify_order(stranger("verifier"), order.id, "x"),
        lambda: orders.query_order(stranger("verifier"), order.id, "x"),
        lambda: orders.return_order(stranger("verifier"), order.id, "x"),
    ]
    said = set()
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    for missing in (case_id, uuid.uuid4()):
        with pytest.raises(NotFound) as refusal:
            queries.case(stranger("moderator"), missing)
        said.add(str(refusal.value))
    assert len(said) == 1, "elsewhere and nowhere sound the same"
    assert not queries.queue(stranger("moderator")).exists()
    assert queries.search(stranger("moderator"), filed.case.number) == []


def test_reading_needs_the_capability(platform: Any) -> None:
    filed = report(platform)
    for actor in (platform.actor("registrar"), public_actor(platform.organisation.id)):
        for attempt in (
            lambda actor=actor: queries.queue(actor),
            lambda actor=actor: queries.counts(actor),
            lambda actor=actor: queries.case_page(actor, filed.case.id),
            lambda actor=actor: queries.search(actor, "x"),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_a_wrong_secret_and_a_wrong_reference_sound_the_same(platform: Any) -> None:
    filed = report(platform)
    wrong = [
        (filed.report.reference, numbers.new_secret()),
        (numbers.new_reference(numbers.REPORT_PREFIX), filed.secret),
        (numbers.new_reference(numbers.ACCESS_PREFIX), filed.secret),
        ("", ""),
        (filed.report.reference, "không phải mã"),
    ]
    said = set()
    for reference, secret in wrong:
        with pytest.raises(NotFound) as refusal:
            queries.status(reference, secret)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_a_secret_opens_its_own_reference_only(platform: Any) -> None:
    first, second = report(platform), report(platform)
    with pytest.raises(NotFound):
        queries.status(first.report.reference, second.secret)
    decision = decided(platform, first)
    reference, secret = door(decision)
    with pytest.raises(NotFound):
        queries.status(reference, first.secret)
    with pytest.raises(NotFound):
        queries.status(first.report.reference, secret)


def test_each_side_sees_its_own_letters(platform: Any) -> None:
    filed = report(platform)
    decision = decided(platform, filed)
    reporter = queries.status(filed.report.reference, filed.secret)
    affected = queries.status(*door(decision))
    assert [notice.kind for notice in reporter.notices] == ["measure_reporter"]
    assert [notice.kind for notice in affected.notices] == ["measure_affected"]
    assert (reporter.can_appeal, affected.can_appeal) == (False, True)


def test_the_secret_of_the_person_affected_lies_in_no_row(platform: Any) -> None:
    decision = decided(platform, report(platform))
    _, secret = door(decision)
    access = Access.objects.values().get()
    notice = Notice.objects.values().get(role="affected", decision=decision)
    assert secret not in str(access) + str(notice)


def test_a_letter_does_not_tell_a_secret_that_opens_nothing(platform: Any, settings: Any) -> None:
    decision = decided(platform, report(platform))
    settings.SECRET_KEY = "another key"
    with pytest.raises(NotFound):
        queries.measure_order(decision.carried_out.id, "apply")


def test_by_when_is_the_reporters_own_clock(platform: Any) -> None:
    nine = clock.now()
    with clock.set_to(nine):
        first = report(platform)
    with clock.set_to(nine + timedelta(hours=5)):
        second = report(platform, address=first.case.page.address)
    due = [queries.status(filed.report.reference, filed.secret).by_when for filed in (first, second)]
    assert due[1] - due[0] == timedelta(hours=5)


def test_counts_go_by_the_clock_that_is_due_first(platform: Any) -> None:
    nine = clock.now()
    with clock.set_to(nine):
        filed = report(platform)
    moderator = platform.actor("moderator")
    due, soon = queries.case(moderator, filed.case.id).due_at, queries.case(moderator, filed.case.id).soon_at
    later = timedelta(seconds=1)
    for moment, state in ((nine, "running"), (soon + later, "soon"), (due + later, "overdue")):
        with clock.set_to(moment):
            counts = queries.counts(moderator)
            assert counts["unclaimed"] == counts["all"]
            assert counts["all"] == queries.Waiting(**{state: 1})
            view = queries.case_page(moderator, filed.case.id).clocks[0]
            assert view.state == state


def test_what_people_type_finds_the_case(platform: Any) -> None:
    address = fresh_address()
    put_page(platform.actor("registrar"), PageInput(address, title="Cảnh báo lừa đảo trúng thưởng"))
    filed = report(platform, address=address)
    moderator = platform.actor("moderator")
    case = queries.case(moderator, filed.case.id)
    for words in (
        case.number,
        case.number.lower().replace("-", ""),
        filed.report.reference,
        address,
        "lua dao trung thuong",
    ):
        assert [found.id for found in queries.search(moderator, words)] == [case.id]
    assert queries.search(moderator, "  ") == []


def test_a_list_that_does_not_exist(platform: Any) -> None:
    with pytest.raises(BadInput):
        queries.queue(platform.actor("moderator"), "sent")


def test_the_history_is_in_words(platform: Any) -> None:
    filed = report(platform)
    decided(platform, filed)
    with translation.override("vi"):
        lines = queries.case_page(platform.actor("inspector"), filed.case.id).history
    assert lines[0].who is None
    decision = next(line for line in lines if line.type == "decision.made")
    assert decision.who_name == "Moderator"
    assert decision.clauses[0].startswith("điểm d khoản 2 Điều 7")
    assert "gỡ nội dung" in dict(decision.fields).values()
    assert decision_input().facts in decision.text
    assert not any(line.sealed for line in lines)
    seal_everything()
    assert all(line.sealed for line in queries.case_page(platform.actor("inspector"), filed.case.id).history)


def test_the_page_says_what_can_be_done_and_why_not(platform: Any) -> None:
    filed = report(platform)

    def steps(who: str) -> dict[str, str]:
        return {step.act: step.reason for step in queries.case_page(platform.actor(who), filed.case.id).allowed}

    assert steps("moderator") == {"case.claimed": "", "report.sorted": "", "case.transferred": ""}
    review.claim(platform.actor("moderator"), filed.case.id)
    assert steps("moderator")["decision.made"] == ""
    assert all(reason for reason in steps("second").values())
    assert all(reason for reason in steps("inspector").values())


def test_letters_can_be_read_before_deciding(platform: Any) -> None:
    filed = report(platform)
    report(platform, address=filed.case.page.address)
    moderator = platform.actor("moderator")
    letters = previews.decision_letters(moderator, filed.case.id, decision_input())
    assert [(letter.role, letter.copies) for letter in letters] == [("reporter", 2), ("affected", 1)]
    assert not Decision.objects.exists()
    review.claim(moderator, filed.case.id)
    decision = decide.decide(moderator, filed.case.id, decision_input())
    assert decision.notices.get(role="affected").body == letters[1].body


def test_the_statement_of_reasons_is_complete(platform: Any) -> None:
    decision = decided(platform, report(platform))
    statement = queries.measure_order(decision.carried_out.id, "apply")["statement_of_reasons"]
    assert statement["illegal_content_legal_ground"] == GROUND
    assert statement["decision_facts"] == decision.facts
    assert statement["source_type"] == "user_report"
    assert (statement["automated_detection"], statement["automated_decision"]) == (False, False)
    for key in ("decision_visibility", "territorial_scope", "category", "content_type", "application_date", "redress"):
        assert statement[key]
