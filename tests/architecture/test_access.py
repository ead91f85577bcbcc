"""What holds for every answer and every form: who is let in, whose forms are taken, which headers come along."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.architecture.asking import browser
from tests.architecture.routes import Route, page_routes
from tests.architecture.test_tenancy_api import operations
from tests.architecture.world import World

pytestmark = pytest.mark.django_db

STAFF = ("console/", "accounts/")
# Pages of staff that are there before anybody has signed in, and why.
BEFORE_SIGNING_IN = {
    "account_login": "signing in",
    "account_logout": "signing out; without a session it leads on",
    "account_inactive": "says that the account is switched off",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password; the letter's secret opens it",
    "account_reset_password_from_key_done": "a forgotten password",
    "mfa_authenticate": "the second step of signing in",
    "accounts:invitation": "the letter's secret opens it",
    "accounts:first": "the secret that the start printed opens it",
    "components": "not there for others at all",
}
# For parts of addresses that the world has no value for; none of them opens anything.
ANYTHING = {"slug": "dia-chi", "token": "khong-phai", "uidb36": "1", "key": "khong-phai"} | {
    "duty_id": "BD.5.4.a",
    "entry_id": "BD.5.4.a",
    "kind": "department",
}


def path_of(route: Route, world: World) -> str:
    """An address of the route that leads to a row of the world where it names one."""
    return route.path({**ANYTHING, **world.ids})


def test_staff_pages_ask_for_signing_in(theirs: World) -> None:
    for route in page_routes():
        if not route.template.startswith(STAFF) or route.name in BEFORE_SIGNING_IN:
            continue
        for answer in (Client().get(path_of(route, theirs)), Client().post(path_of(route, theirs))):
            assert answer.status_code == 302, route.name
            assert answer.url.startswith("/accounts/login/"), route.name


def test_what_is_open_before_signing_in_shows_nothing_of_an_organisation(theirs: World) -> None:
    for route in page_routes():
        if route.name in BEFORE_SIGNING_IN:
            answer = Client().get(path_of(route, theirs), follow=True)
            assert theirs.office.organisation.name not in answer.content.decode(), route.name


def test_no_form_is_taken_without_its_token(theirs: World) -> None:
    for client in (Client(enforce_csrf_checks=True), enforcing(browser(theirs.office, "everyone"))):
        for route in page_routes():
            path = path_of(route, theirs)
            assert not getattr(resolve(path).func, "csrf_exempt", False), route.name
            assert client.post(path).status_code == 403, route.name


def test_the_api_takes_no_session_for_a_key(theirs: World) -> None:
    signed_in = browser(theirs.office, "everyone")
    for method, path, described in operations():
        if any("MachineKey" in entry for entry in described.get("security", [])):
            answer = signed_in.generic(method, path.format(**theirs.ids), "{}", content_type="application/json")
            assert answer.status_code == 401, described["operationId"]


@pytest.mark.slow
def test_every_answer_carries_the_headers_that_limit_it(theirs: World) -> None:
    somebody, nobody = browser(theirs.office, "everyone"), Client()
    for route in page_routes():
        path = path_of(route, theirs)
        for client in (nobody, somebody):
            for answer in (client.get(path), client.post(path), client.options(path)):
                assert_limited(answer, f"{route.name} {answer.status_code}")
        if route.name == "account_logout":
            somebody = browser(theirs.office, "everyone")
    for method, path, described in operations():
        for key in ({}, {"Authorization": f"Bearer {theirs.key}"}):
            answer = nobody.generic(method, path.format(**{**theirs.ids, "organisation": "mang"}), headers=key)
            assert_limited(answer, described["operationId"])
    for path in ("/khong-co-trang-nay/", "/api/v1/khong-co", "/console/cases/khong-phai/"):
        assert_limited(nobody.get(path), path)


def assert_limited(answer: HttpResponse, what: str) -> None:
    """The browser is told to guess no types, to run nothing foreign, and to show the page in no frame."""
    answer.getvalue()
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, what
    assert "frame-ancestors 'none'" in policy or "sandbox" in policy, what
    assert "unsafe" not in policy, what
    assert answer.headers.get("X-Content-Type-Options") == "nosniff", what


def enforcing(client: Client) -> Client:
    """The same browser before a server that checks tokens."""
    client.handler.enforce_csrf_checks = True
    return client
