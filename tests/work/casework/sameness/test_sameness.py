"""The same report sent twice is one; somebody else's same words, or the same person's other words, are another."""

from dataclasses import replace
from typing import Any

import pytest

from anlanh.base.actor import Actor, ActorKind
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.identity.policy import public_actor
from anlanh.primitives.ids import new_id
from anlanh.work.casework.actions import intake
from anlanh.work.casework.actions.intake import Filed, ReportInput
from anlanh.work.casework.models import Party, Report
from anlanh.work.casework.sameness.models import SentReport
from tests.builders import Office
from tests.work.casework.steps_of import decided, fresh_address


def machine(office: Office) -> Actor:
    return Actor(ActorKind.MACHINE, office.organisation.id, new_id(), frozenset({"reports.file"}))


def given(**fields: Any) -> ReportInput:
    return replace(
        ReportInput(fresh_address(), "fraud", "Lừa lấy mã.", via="api", reporter_ref="nguoi-dung-7"), **fields
    )


def send(actor: Actor, *reports: ReportInput) -> list[Filed]:
    return intake.file_reports(actor, actor.organisation_id, reports)


def test_what_a_platform_sends_again_is_the_report_it_sent(platform: Office) -> None:
    actor, one = machine(platform), given()
    first, within_the_call = send(actor, one, one)
    (later,) = send(actor, one)
    assert (first.repeated, within_the_call.repeated, later.repeated) == (False, True, True)
    assert {first.report.id, within_the_call.report.id, later.report.id} == {Report.objects.get().id}
    assert later.report.reference == first.report.reference
    assert (within_the_call.secret, later.secret) == ("", ""), "a secret is told once"
    assert Act.objects.filter(subject_id=first.case.id).count() == 1
    started = Clock.objects.filter(subject_id=first.case.id).count()
    send(actor, one)
    assert Clock.objects.filter(subject_id=first.case.id).count() == started
    assert Party.objects.filter(reports__isnull=False).count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Lừa lấy mã!"},
        {"category": "honour", "details": {"target": "somebody", "passage": "x"}},
        {"concerns_child": True},
        {"threatens_life": True},
        {"reporter_ref": "nguoi-dung-8"},
        {"reporter_ref": ""},
        {"address": "https://mang.example/trang-khac"},
    ],
)
def test_what_differs_is_another_report(platform: Office, other: dict[str, Any]) -> None:
    actor, one = machine(platform), given()
    send(actor, one)
    (second,) = send(actor, replace(one, **other))
    assert not second.repeated
    assert second.secret
    assert Report.objects.count() == 2


def test_no_other_key_and_nobody_of_the_public_is_told_of_it(platform: Office) -> None:
    one = given(reporter_email="lan@example.vn")
    (first,) = send(machine(platform), one)
    (by_another,) = send(machine(platform), one)
    by_public = intake.file_report(public_actor(platform.organisation.id), platform.organisation.id, one)
    assert len({first.report.reference, by_another.report.reference, by_public.report.reference}) == 3
    assert by_another.secret
    assert by_public.secret


def test_after_the_decision_the_same_words_are_a_new_complaint(platform: Office) -> None:
    actor, one = machine(platform), given()
    (first,) = send(actor, one)
    decided(platform, first, "no_action")
    (second,) = send(actor, one)
    assert not second.repeated
    assert second.case.id != first.case.id
    (third,) = send(actor, one)
    assert third.report.id == second.report.id


def test_nobody_reads_out_of_the_mark_who_sent_it(platform: Office) -> None:
    send(machine(platform), given())
    assert "nguoi-dung-7" not in str([list(SentReport.objects.values()), list(Party.objects.values())])
