"""Reports come in: one or a thousand, alone or about the same page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.models import Message
from anlanh.law.clocks import clocks_for
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework.actions import confirming, intake
from anlanh.work.casework.actions.intake import Filed, ReportInput
from anlanh.work.casework.models import Case, Evidence, Party, Report
from tests.work.casework.steps_of import decided, fresh_address, report, stored_file


def machine(office: Any) -> Actor:
    return Actor(ActorKind.MACHINE, office.organisation.id, new_id(), frozenset({"reports.file"}))


def batch(office: Any, given: list[ReportInput]) -> list[Filed | BadInput]:
    return intake.file_reports(machine(office), office.organisation.id, given)


def test_a_report_opens_a_case_and_starts_the_clocks_of_a_complaint(platform: Any) -> None:
    filed = report(platform)
    answer = clocks_for(
        vietnam(), event="complaint.received", actor=platform.organisation.kind, at=filed.report.received_at
    )
    running = Clock.objects.filter(subject_id=filed.case.id)
    assert {(entry.rule, entry.due_at) for entry in running} == {(entry.id, entry.due_at) for entry in answer.clocks}
    case = Case.objects.get(id=filed.case.id)
    assert case.due_at == answer.governing.due_at
    assert case.opened_at < case.soon_at < case.due_at
    assert case.phase == vietnam().procedures["report"].initial
    act = Act.objects.get(subject_id=case.id)
    assert (act.type, act.seq, act.actor_kind, act.actor_ref) == (
        "report.received",
        1,
        "public",
        filed.report.reporter_id,
    )


def test_what_somebody_wrote_is_never_clear(platform: Any) -> None:
    filed = report(platform, text="Bí mật của tôi", reporter_name="Nguyễn Thị Lan", reporter_email="lan@example.vn")
    leaf = Act.objects.get(subject_id=filed.case.id).leaf
    for words in ("Bí mật", "Lan", "lan@example.vn", "mang.example"):
        assert words not in leaf
    assert filed.secret not in str(Report.objects.values().get(id=filed.report.id))


def test_a_second_report_joins_the_open_case_with_a_clock_of_its_own(platform: Any) -> None:
    nine = clock.now()
    with clock.set_to(nine):
        first = report(platform)
    with clock.set_to(nine + timedelta(hours=2)):
        second = report(platform, address=first.case.page.address + "?utm_source=x")
    assert (first.joined, second.joined) == (False, True)
    assert second.case.id == first.case.id
    assert [act.type for act in Act.objects.filter(subject_id=first.case.id).order_by("seq")] == [
        "report.received",
        "report.joined",
    ]
    own = Clock.objects.filter(subject_id=first.case.id).order_by("started_at")
    assert own.last().started_at - own.first().started_at == timedelta(hours=2)
    assert Case.objects.get(id=first.case.id).due_at == own.first().due_at


def test_a_report_after_the_decision_opens_a_new_case(platform: Any) -> None:
    first = report(platform)
    decided(platform, first, "no_action")
    second = report(platform, address=first.case.page.address)
    assert second.case.id != first.case.id
    assert not second.joined


def test_a_batch_answers_each_report_in_its_place(platform: Any) -> None:
    same = fresh_address()
    results = batch(
        platform,
        [
            ReportInput(same, "fraud", "Một", via="api"),
            ReportInput("javascript:alert(1)", "fraud", "Hai", via="api"),
            ReportInput(same + "#doan-2", "child", "Ba", via="api"),
            ReportInput(fresh_address(), "sai-loai", "Bốn", via="api"),
        ],
    )
    assert [isinstance(result, BadInput) for result in results] == [False, True, False, True]
    assert [fault.where for fault in results if isinstance(fault, BadInput)] == ["address", "category"]
    assert results[0].case.id == results[2].case.id
    case = Case.objects.get()
    assert case.concerns_child
    assert [act.seq for act in Act.objects.filter(subject_id=case.id).order_by("seq")] == [1, 2]


def test_the_number_of_statements_does_not_grow(platform: Any) -> None:
    def statements(count: int) -> int:
        given = [ReportInput(fresh_address(), "fraud", "Lừa đảo", via="api") for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            batch(platform, given)
        return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

    one, hundred = statements(1), statements(100)
    # SQLite takes a thousand values a statement, so its inserts come in parts.
    assert hundred <= (one if connection.vendor == "postgresql" else one + 25)
    assert one <= 13


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"reporter_email": "không phải thư"}, "reporter_email"),
        ({"reporter_name": "x" * 121}, "reporter_name"),
        ({"language": "fr"}, "language"),
        ({"via": "chim bồ câu"}, "via"),
        ({"file_ids": [new_id()]}, "files"),
        ({"happened_at": clock.now() - timedelta(days=1), "backdating_reason": "x"}, "happened_at"),
    ],
)
def test_what_is_wrong_is_named(platform: Any, fields: dict, where: str) -> None:
    with pytest.raises(BadInput) as refusal:
        report(platform, **fields)
    assert refusal.value.where == where
    assert not Case.objects.exists()


def test_letters_that_no_database_takes_are_left_out(platform: Any) -> None:
    filed = report(platform, text="a\x00b\ud800c\x07\nd")
    assert Report.objects.get(id=filed.report.id).text == "abc\nd"


def test_staff_type_in_a_call_at_the_time_it_came(platform: Any) -> None:
    at = clock.now() - timedelta(hours=3)
    moderator = platform.actor("moderator")
    given = ReportInput(fresh_address(), "fraud", "Gọi điện", via="phone", happened_at=at)
    with pytest.raises(BadInput) as refusal:
        intake.file_report(moderator, platform.organisation.id, given)
    assert refusal.value.where == "backdating_reason"
    filed = intake.file_report(
        moderator,
        platform.organisation.id,
        ReportInput(fresh_address(), "fraud", "Gọi", via="phone", happened_at=at, backdating_reason="Nhập sau"),
    )
    assert Clock.objects.filter(subject_id=filed.case.id).first().started_at == at


def test_only_files_of_the_organisation_that_nothing_holds_are_evidence(platform: Any, other: Any) -> None:
    own = stored_file(platform)
    filed = report(platform, file_ids=[own.id])
    assert Evidence.objects.get().report_id == filed.report.id
    for taken in (own, stored_file(other)):
        with pytest.raises(BadInput):
            report(platform, file_ids=[taken.id])


def test_mail_waits_for_the_owner_of_the_address(platform: Any) -> None:
    filed = report(platform, reporter_email="lan@example.vn")
    message = Message.objects.get(key=f"confirm:{filed.report.reporter_id}")
    assert message.payload["to"] == "lan@example.vn"
    assert (
        filed.report.reference not in message.payload["body"]
    )  # whoever owns the address learns nothing of the report
    token = message.payload["body"].split("/xac-nhan-thu/")[1].split("/")[0]
    assert confirming.confirm_email(token).id == filed.report.id
    assert confirming.confirm_email(token).id == filed.report.id
    party = Party.objects.get(id=filed.report.reporter_id)
    assert party.email_confirmed_at
    assert Act.objects.filter(type="report.contact_confirmed").count() == 1
    with pytest.raises(NotFound):
        confirming.confirm_email(token + "x")


def test_unconfirmed_addresses_get_no_letter(platform: Any) -> None:
    filed = report(platform, reporter_email="lan@example.vn")
    decided(platform, filed, "no_action")
    assert not Message.objects.filter(channel="mail", payload__has_key="notice").exists()
    assert filed.case.notices.count() == 1


def test_reports_are_filed_where_they_are_taken(platform: Any, other: Any) -> None:
    with pytest.raises(NotAllowed):
        intake.file_reports(machine(platform), other.organisation.id, [])
    with pytest.raises(NotAllowed):
        intake.file_reports(platform.actor("inspector"), platform.organisation.id, [])
    platform.organisation.accepts_reports = False
    platform.organisation.save()
    with pytest.raises(NotFound):
        report(platform)
    with pytest.raises(NotFound):
        intake.file_reports(public_actor(new_id()), new_id(), [])


def test_a_page_of_another_organisation_is_another_page(platform: Any, other: Any) -> None:
    first = report(platform)
    second = report(other, address=first.case.page.address)
    assert not second.joined
    assert second.case.page_id != first.case.page_id
