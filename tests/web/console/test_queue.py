"""The queues: what they list, what a search finds, and that the next case goes to one person only."""

import pytest
from django.test import Client

from anlanh.work.casework.models import Case
from anlanh.work.registry.actions import put_page
from anlanh.work.registry.inputs import PageInput

pytestmark = pytest.mark.django_db

QUEUE = "/console/"


def test_visitors_sign_in_and_come_back():
    answer = Client().get(QUEUE + "?view=orders")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=/console/%3Fview%3Dorders")


def test_a_case_shows_its_page_its_clock_and_who_holds_it(platform, signed_in, report):
    case = report()
    page = signed_in(platform, "moderator").get(QUEUE, {"view": "unclaimed"}).content.decode()
    assert case.number in page
    assert "https://mang.example/p/1" in page
    assert 'data-live="remaining"' in page


def test_taking_the_next_case_gives_each_person_another(platform, signed_in, report):
    first, second = report("https://mang.example/p/1"), report("https://mang.example/p/2")
    taken = {signed_in(platform, name).post("/console/next/").url for name in ("moderator", "second")}
    assert taken == {f"/console/cases/{case.id}/" for case in (first, second)}
    assert Case.objects.filter(claimed_by__isnull=False).count() == 2


def test_with_nothing_left_the_next_case_is_the_queue(platform, signed_in):
    answer = signed_in(platform, "moderator").post("/console/next/", follow=True)
    assert "Nothing waits to be taken" in answer.content.decode()


def test_a_search_leaves_marks_aside(platform, signed_in, report):
    put_page(platform.actor("registrar"), PageInput("https://mang.example/p/1", title="Cảnh báo lừa đảo"))
    case = report()
    client = signed_in(platform, "moderator")
    for words in ("lua dao", "mang.example/p/1", case.number.lower()):
        assert case.number in client.get(QUEUE, {"q": words}).content.decode()
    assert "No case is found" in client.get(QUEUE, {"q": "khong co gi"}).content.decode()


def test_filters_are_in_the_address_and_unknown_ones_are_left_out(platform, signed_in, report):
    case = report()
    client = signed_in(platform, "moderator")
    assert case.number in client.get(QUEUE, {"view": "all", "category": "fraud", "state": "running"}).content.decode()
    assert case.number not in client.get(QUEUE, {"view": "all", "category": "honour"}).content.decode()
    assert client.get(QUEUE, {"view": "'", "sort": "x", "state": "y", "page": "z"}).status_code == 200


def test_the_palette_finds_cases_pages_and_commands(platform, signed_in, report):
    case = report()
    client = signed_in(platform, "moderator")
    assert case.number in client.get("/console/palette/", {"q": case.number}).content.decode()
    assert "Registry of pages" in client.get("/console/palette/", {"q": ""}).content.decode()


def test_people_without_cases_land_where_their_work_is(platform, signed_in):
    assert signed_in(platform, "registrar").get(QUEUE).url == "/console/registry/"
    assert signed_in(platform, "admin").get(QUEUE).url == "/console/tasks/"


def test_single_keys_follow_the_account(platform, signed_in):
    client = signed_in(platform, "moderator")
    assert 'data-single-keys="on"' in client.get(QUEUE).content.decode()
    account = platform.members["moderator"].account
    account.single_key_shortcuts = False
    account.save()
    assert 'data-single-keys="off"' in client.get(QUEUE).content.decode()
