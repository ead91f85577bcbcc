"""The house's own clock for children: before the law's, shown as what it is, and gone once somebody decided."""

from datetime import timedelta

import pytest
from django.test import Client

from anlanh.base.clocks.models import Clock
from anlanh.law.pack import vietnam
from anlanh.work.casework.actions import decide, intake, review
from anlanh.work.casework.actions.intake import ReportInput
from anlanh.work.casework.actions.protection import mark_danger
from anlanh.work.casework.desk import children
from anlanh.work.casework.desk.plans import DANGER, LIFE
from anlanh.work.casework.models import Case
from anlanh.work.casework.preferences.actions import set_preferences
from tests.builders import Office
from tests.work.casework.steps_of import decision_input, fresh_address, report

pytestmark = pytest.mark.django_db

HOUSE = vietnam().house_rules[children.RULE].number


def test_a_child_waits_less_than_the_law_allows(platform: Office) -> None:
    other = report(platform).case
    case = report(platform, category="child").case
    assert case.due_at == case.opened_at + timedelta(hours=HOUSE)
    assert case.due_at < Clock.objects.filter(subject_id=case.id).earliest("due_at").due_at, "the law gives longer"
    assert case.begin_by < other.begin_by
    review.claim(platform.actor("moderator"), case.id)
    assert Case.objects.get(id=case.id).due_at == case.due_at
    decide.decide(platform.actor("moderator"), case.id, decision_input())
    decided = Case.objects.get(id=case.id)
    assert decided.due_at == Clock.objects.filter(subject_id=case.id, stopped_at=None).earliest("due_at").due_at


def test_a_second_report_makes_it_faster_and_none_makes_it_slower(platform: Office) -> None:
    address = fresh_address()
    case = report(platform, address).case
    report(platform, address, concerns_child=True)
    hastened = Case.objects.get(id=case.id)
    assert hastened.tier == DANGER
    assert hastened.due_at == case.opened_at + timedelta(hours=HOUSE)
    report(platform, address)
    assert Case.objects.get(id=case.id).due_at == hastened.due_at


def test_an_organisation_sets_its_own_and_a_batch_follows(platform: Office) -> None:
    set_preferences(platform.actor("admin"), undo_seconds=0, numbers={children.RULE: 2})
    given = [ReportInput(fresh_address(), "child", "Bé bị đánh.", via="phone") for _ in range(3)]
    filed = intake.file_reports(platform.actor("moderator"), platform.organisation.id, given)
    assert {one.case.due_at - one.case.opened_at for one in filed} == {timedelta(hours=2)}
    stored = Case.objects.filter(id__in=[one.case.id for one in filed])
    assert {case.due_at - case.opened_at for case in stored} == {timedelta(hours=2)}


def test_what_staff_find_out_moves_the_case(platform: Office) -> None:
    case = report(platform).case
    assert mark_danger(platform.actor("moderator"), case.id, "Đòi tự tử.").tier == LIFE


def test_the_page_and_the_api_say_that_no_clause_sets_it(platform: Office, client: Client) -> None:
    case = report(platform, category="child").case
    client.force_login(platform.members["moderator"].account)
    shown = client.get(f"/console/cases/{case.id}/").content.decode()
    assert vietnam().house_rules[children.RULE].source.vi in shown
