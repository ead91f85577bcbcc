"""A denunciation is read by those named for it alone: every page, operation and query is asked for its words."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from anlanh.base.acts.models import Act
from anlanh.base.identity import actions as identity
from anlanh.base.identity.policy import MACHINE_CAPABILITIES, ROLES, public_actor
from anlanh.work.casework import numbers, queries
from anlanh.work.casework.actions import intake, review, sorting
from anlanh.work.casework.models import SEALED, Case
from tests.architecture.asking import browser, form, text_of
from tests.architecture.routes import page_routes
from tests.architecture.test_tenancy_api import operations
from tests.architecture.test_tenancy_queries import outcome, owned_readers
from tests.architecture.world import World, everyone
from tests.builders import PEOPLE, Office

pytestmark = pytest.mark.django_db

WORDS = "quả thị trong hũ sành"
ADDRESS = "https://mang.example/hu-sanh"
NAME = "Người Tố Cáo Kín"


def denunciation(office: Office, *, beside: bool = False) -> Case:
    """A report sorted as a denunciation; `beside`: after somebody else had reported the same page."""
    public = public_actor(office.organisation.id)
    if beside:
        intake.file_report(public, office.organisation.id, intake.ReportInput(ADDRESS, "fraud", "Lừa đảo."))
    given = intake.ReportInput(
        ADDRESS, "honour", WORDS, reporter_name=NAME, details={"target": "somebody", "passage": WORDS}
    )
    filed = intake.file_report(public, office.organisation.id, given)
    return sorting.sort_report(office.actor("moderator"), filed.report.id, "denunciation", f"Tố cáo: {WORDS}")


def shows(text: str, case: Case, asked: str = "") -> list[str]:
    """What of the sealed case a text shows, but for what was asked; of what is found by words a link counts too."""
    marks = [WORDS, NAME, case.number, *([f"/cases/{case.id}/"] if asked else [])]
    return [mark for mark in marks if mark in text and mark != asked]


@pytest.mark.slow
@pytest.mark.parametrize("beside", [False, True])
def test_no_page_shows_it_to_others(theirs: World, beside: bool) -> None:
    case = denunciation(theirs.office, beside=beside)
    acts = [str(act_id) for act_id in Act.objects.filter(subject_id=case.id).values_list("id", flat=True)]
    ids: dict[str, Any] = {**theirs.ids, "case_id": case.id, "act_id": acts[0]}
    for route in page_routes():
        named = {"case_id", "act_id"} & set(route.parts)
        if not route.template.startswith(("console/", "accounts/")) or (route.parts and not named):
            continue
        for nickname in PEOPLE:
            person = browser(theirs.office, nickname)
            for query in ({},) if route.parts else ({}, {"q": WORDS}, {"q": case.number}, {"q": ADDRESS}):
                answer = person.get(route.path(ids), query)
                assert not shows(text_of(answer), case, query.get("q", "")), f"{nickname}: {route.name} {query}"
        if "case_id" in route.parts:
            with transaction.atomic():
                answer = browser(theirs.office, "moderator").post(route.path(ids), form(theirs))
                assert not shows(text_of(answer), case), f"POST {route.name}"
                assert answer.status_code in {302, 403, 404, 405}, route.name
                transaction.set_rollback(True)


def test_no_operation_shows_it(theirs: World) -> None:
    case = denunciation(theirs.office)
    _, key = identity.issue_credential(theirs.office.actor("admin"), "Máy", sorted(MACHINE_CAPABILITIES))
    for method, path, described in operations():
        if method != "GET":
            continue
        asked = re.sub(r"{\w*case_id}", str(case.id), path)
        asked = re.sub(r"{\w*act_id}", str(Act.objects.filter(subject_id=case.id).first().id), asked)
        if "{" in asked:
            continue
        answer = Client().get(asked, headers={"authorization": f"Bearer {key}"})
        assert not shows(text_of(answer), case), described["operationId"]


def test_no_query_shows_it(theirs: World) -> None:
    case = denunciation(theirs.office)
    holder = everyone(theirs.office)
    others = type(holder)(holder.kind, holder.organisation_id, holder.ref, holder.capabilities - {SEALED}, holder.name)
    for sought in (WORDS, case.number, case.reports.get().reference, ADDRESS):
        ids = {**theirs.ids, "case_id": case.id, "sealed_case_id": case.id, "words": sought}
        for function, names in owned_readers():
            if function.__name__ == "sealed_cases":
                continue
            assert not shows(outcome(function, others, names, ids), case), function.__name__


def test_who_is_named_opens_it_and_that_is_an_act(theirs: World) -> None:
    case = denunciation(theirs.office)
    person = browser(theirs.office, "everyone")
    listed = text_of(person.get("/console/sealed/"))
    assert case.number in listed
    assert WORDS not in listed
    assert case.number not in text_of(person.get("/console/?view=all"))
    shut = text_of(person.get(f"/console/cases/{case.id}/"))
    assert WORDS not in shut
    assert not Act.objects.filter(subject_id=case.id, type="sealed.viewed").exists()
    for _again in range(2):
        person.post(f"/console/cases/{case.id}/open/")
    assert WORDS in text_of(person.get(f"/console/cases/{case.id}/"))
    assert Act.objects.filter(subject_id=case.id, type="sealed.viewed").count() == 1


def test_its_sender_still_reads_the_answer(theirs: World) -> None:
    case = denunciation(theirs.office, beside=True)
    report, secret = case.reports.get(), numbers.new_secret()
    report.secret_hash = numbers.digest(report.reference, secret)
    report.save()
    assert queries.status(report.reference, secret).phase == "received"
    holder = everyone(theirs.office)
    review.claim(holder, case.id)
    sorting.answer_petition(holder, case.id, "Chúng tôi đã xác minh.")
    view = queries.status(report.reference, secret)
    assert view.phase == "closed"
    assert "Chúng tôi đã xác minh." in view.notices[0].body


def test_one_role_carries_it() -> None:
    assert [role for role, capabilities in ROLES.items() if SEALED in capabilities] == ["denunciation_officer"]
    assert SEALED not in MACHINE_CAPABILITIES
