"""What holds for every operation: refusals of one shape, keys with capabilities, no reading across organisations."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.identity.actions import revoke_credential
from anlanh.base.identity.models import Credential
from anlanh.server.worker import drain
from anlanh.web.api.api import api
from anlanh.work.casework.models import Case
from anlanh.work.registry.models import Page
from tests.web.api.conftest import Caller, key_of
from tests.web.api.test_reports import REPORT

PROBLEM = "application/problem+json"


def _operations():
    for path, operations in api.get_openapi_schema(path_prefix="/")["paths"].items():
        for method, described in operations.items():
            yield method.upper(), path, described


@pytest.mark.parametrize(
    ("method", "path", "extra", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/cases/not-an-id", {}, 404),
        ("DELETE", "/reports", {}, 405),
        ("GET", "/cases", {}, 401),
        ("POST", "/reports", {"data": "{", "content_type": "application/json"}, 400),
        ("POST", "/reports", {"data": '{"a": NaN}', "content_type": "application/json"}, 400),
        ("POST", "/reports", {"data": "[" * 100_000, "content_type": "application/json"}, 400),
        ("POST", "/reports", {"data": r'{"text": "\ud800"}', "content_type": "application/json"}, 400),
        ("POST", "/reports", {"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ("POST", "/reports", {"data": "a=b", "content_type": "application/x-www-form-urlencoded"}, 415),
        ("POST", "/reports", {"data": "{}", "content_type": "text/plain"}, 415),
        ("POST", "/reports", {"data": "", "content_type": "application/json"}, 422),
        ("POST", "/reports", {"data": "null", "content_type": "application/json"}, 422),
        ("POST", "/reports", {"data": "[]", "content_type": "application/json"}, 422),
    ],
)
@pytest.mark.django_db
def test_every_refusal_is_a_problem(method, path, extra, status):
    refused = Client().generic(method, f"/api/v1{path}", **extra)
    assert refused.status_code == status
    assert refused.headers["Content-Type"] == PROBLEM
    assert refused.json()["status"] == status
    assert refused.json()["type"].startswith("urn:anlanh:problem:")
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in refused.headers
    if status == 405:
        assert "POST" in refused.headers["Allow"]
    if status == 401:
        assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.django_db
def test_without_a_key_bodies_are_as_long_as_one_report(machine):
    """A long body takes time to be found wrong, and there is no limit yet on who sends it how often."""
    report = REPORT | {"text": "€" * 5000, "organisation": "mang"}
    assert Caller()("POST", "/reports", report).status_code == 201
    assert Caller()("POST", "/reports", report | {"more": "x" * 300_000}).status_code == 413
    assert machine("POST", "/reports", report | {"more": "x" * 300_000}).status_code == 422


def test_a_fault_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr("anlanh.web.api.acts.organisation_by_code", lambda code: 1 / 0)
    client = Client(raise_request_exception=False)
    broken = client.get("/api/v1/log/mang/checkpoint")
    assert broken.status_code == 500
    assert broken.headers["Content-Type"] == PROBLEM
    assert "division" not in broken.content.decode()


@pytest.mark.usefixtures("platform")
def test_problems_speak_the_language_asked_for(public):
    vietnamese = public("GET", "/cases")
    english = public("GET", "/cases", Accept_Language="en")
    assert english.json()["title"] == "A valid key is needed"
    assert vietnamese.json()["title"] != english.json()["title"]
    assert vietnamese.json()["type"] == english.json()["type"]


def test_each_operation_needs_its_capability(platform):
    """A key with one capability that no operation here asks for opens none of them."""
    weak = Caller(key_of(platform, "reports.file"))
    open_to_it = {"file_report", "file_reports"}
    public_operations = {"report_status", "file_appeal", "get_checkpoint", "get_key", "report_types"}
    public_operations |= {"file_counter_notice", "answer_counter_notice", "own_messages", "write_own_message"}
    public_operations |= {"get_figures"}
    public_operations |= {"list_terms", "get_terms"}
    for method, path, described in _operations():
        if described["operationId"] in open_to_it | public_operations:
            continue
        path = path.replace("{case_id}", str(uuid.uuid4())).replace("{page_id}", str(uuid.uuid4()))
        path = path.replace("{act_id}", str(uuid.uuid4()))
        assert weak(method, path, {} if method != "GET" else None).status_code == 403, (method, path)
        assert Caller()(method, path, {} if method != "GET" else None).status_code == 401, (method, path)
        assert Caller("anlanh_khong-co")(method, path, {}).status_code == 401, (method, path)


def test_no_operation_reaches_another_organisation(machine, stranger):
    """Every operation that takes an id, with the id of another organisation's row: the same 404 as for no row."""
    machine("POST", "/reports", REPORT)
    drain()
    ids = {
        "case_id": Case.objects.get().id,
        "page_id": Page.objects.get().id,
        "act_id": Act.objects.filter(subject_kind="case").first().id,
    }
    bodies = {
        "confirm_violation": {"ground": "x", "facts": "y"},
        "decide": {"measure": "no_action", "ground": "x", "facts": "y", "subject_fact": "z"},
        "hold_page": {"ground": "x", "rule": "list:1"},
        "lift_hold": {"reason": "x"},
        "write_message": {"partner": str(uuid.uuid4()), "text": "x"},
        "add_evidence": {"name": "a.txt", "content": "YWJj"},
        "note_broadcast": {"running": True},
        "withdraw_decision": {"decision": str(uuid.uuid4()), "why": "slip"},
    }
    tried = 0
    for method, path, described in _operations():
        name = next((name for name in ids if f"{{{name}}}" in path), None)
        if name is None:
            continue
        body = bodies.get(described["operationId"])
        theirs = stranger(method, path.replace(f"{{{name}}}", str(ids[name])), body)
        nobodys = stranger(method, path.replace(f"{{{name}}}", str(uuid.uuid4())), body)
        assert theirs.status_code == nobodys.status_code == 404, (method, path)
        assert theirs.json() == nobodys.json()
        tried += 1
    assert tried == 17
    for path in ("/cases", "/pages", "/pages/search?q=mang.example"):
        assert stranger("GET", path).json()["items"] == []
    assert REPORT["address"] not in stranger("GET", "/acts").content.decode()


def test_a_revoked_key_is_refused_within_seconds(platform):
    caller = Caller(key_of(platform))
    start = clock.now()
    with clock.set_to(start):
        assert caller("GET", "/pages").status_code == 200
        revoke_credential(platform.actor("admin"), Credential.objects.get().id)
    with clock.set_to(start + timedelta(seconds=3)):
        assert caller("GET", "/pages").status_code == 401


def test_a_remembered_key_costs_no_statement(machine, django_assert_num_queries):
    machine("GET", "/pages")
    with django_assert_num_queries(1):
        machine("GET", "/pages")


@pytest.mark.django_db
def test_the_description_is_served_and_names_problems(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for operations in described["paths"].values():
        for operation in operations.values():
            assert PROBLEM in operation["responses"]["default"]["content"]
