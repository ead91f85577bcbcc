"""Saved views and columns: everyone's own, the team's by those who arrange, and never a queue that one may not see."""

from urllib.parse import urlencode

import pytest

from anlanh.base.acts.models import Act
from anlanh.work.casework.desk import actions as desk
from anlanh.work.casework.lists import actions
from anlanh.work.casework.lists.models import SavedView

VIEWS, QUEUE = "/console/views/", "/console/"


@pytest.fixture
def manager(platform, signed_in):
    """One who works on cases and arranges the queues."""
    member = platform.members["second"]
    member.roles = ["moderator", "administrator"]
    member.save()
    return signed_in(platform, "second")


def save(client, name="Lừa đảo quá hạn", address="view=all&category=fraud&sort=newest", **more):
    return client.post(VIEWS, {"name": name, "address": address, **more})


def test_a_view_is_saved_shown_with_its_count_and_found_again(platform, signed_in, report):
    report()
    moderator = signed_in(platform, "moderator")
    answer = save(moderator)
    assert answer.url == "/console/?view=all&category=fraud&sort=newest"
    page = moderator.get(answer.url).content.decode()
    assert 'href="/console/?view=all&amp;category=fraud&amp;sort=newest" aria-current="page"' in page
    assert page.count('aria-current="page"') == 1, "the plain queue is not marked as well"
    line = page[page.index("Lừa đảo quá hạn") :].split("</a>")[0]
    assert ">1<" in line.replace("\n", "")
    empty = save(moderator, "Danh dự", "view=all&category=honour")
    line = moderator.get(empty.url).content.decode().split("Danh dự")[1].split("</a>")[0]
    assert "al-nav-count" not in line


def test_nothing_unseen_stays_in_a_name(platform, signed_in):
    moderator = signed_in(platform, "moderator")
    assert save(moderator, "Lừa\x00 \u202eđảo", "view=all").status_code == 302
    assert SavedView.objects.get().name == "Lừa đảo"
    assert save(moderator, "\x00\u202e", "view=all").status_code == 422


def test_what_the_page_offers_to_save_is_what_it_shows(platform, signed_in, report):
    report()
    moderator = signed_in(platform, "moderator")
    moderator.post("/console/views/columns/", {"column": ["opened", "number", "nothing"], "address": "view=all"})
    page = moderator.get(QUEUE, {"view": "all", "state": "running", "sort": "opened", "odd": "1"}).content.decode()
    address = page.split('action="/console/views/"')[1].split('name="address" value="')[1].split('"')[0]
    wanted = {"view": "all", "state": "running", "sort": "opened", "columns": "number.opened"}
    assert address == urlencode(wanted).replace("&", "&amp;")


def test_columns_are_kept_and_an_address_says_otherwise(platform, signed_in, report):
    report()
    moderator = signed_in(platform, "moderator")
    answer = moderator.post("/console/views/columns/", {"column": ["opened"], "address": "view=all&sort=newest"})
    assert answer.url == "/console/?view=all&sort=newest"
    page = moderator.get(answer.url).content.decode()
    assert "c-col-opened" in page
    assert "c-col-due" not in page
    assert "c-col-due" in moderator.get(QUEUE, {"view": "all", "columns": "due.x"}).content.decode()
    moderator.post("/console/views/columns/", {"usual": "yes"})
    assert "c-col-due" in moderator.get(QUEUE, {"view": "all"}).content.decode()
    assert "c-col-opened" not in signed_in(platform, "officer").get(QUEUE, {"view": "all"}).content.decode()


def test_a_person_may_begin_at_a_view(platform, signed_in):
    moderator = signed_in(platform, "moderator")
    address = save(moderator).url
    view = SavedView.objects.get()
    moderator.post(f"{VIEWS}{view.id}/start/")
    assert moderator.get(QUEUE).url == address
    assert moderator.get(QUEUE, {"view": "all"}).status_code == 200
    moderator.post(f"{VIEWS}{view.id}/remove/")
    assert moderator.get(QUEUE).status_code == 200


def test_only_those_who_arrange_share_and_that_is_an_act(platform, signed_in, manager):
    moderator = signed_in(platform, "moderator")
    assert save(moderator, shared="yes").status_code == 403
    assert save(manager, "Việc của nhóm", shared="yes").status_code == 302
    view = SavedView.objects.get()
    assert "Việc của nhóm" in moderator.get(QUEUE, {"view": "all"}).content.decode()
    for way, given in (("", {"name": "Khác"}), ("remove/", {})):
        assert moderator.post(f"{VIEWS}{view.id}/{way}", given).status_code == 403
    assert moderator.post(f"{VIEWS}{view.id}/start/").status_code == 302
    manager.post(f"{VIEWS}{view.id}/", {"name": "Việc riêng"})
    assert "Việc riêng" not in moderator.get(VIEWS).content.decode()
    assert moderator.get(QUEUE).status_code == 200, "who began there begins at the usual place"
    types = Act.objects.filter(subject_id=view.id).order_by("seq").values_list("type", flat=True)
    assert list(types) == ["saved_view.shared", "saved_view.unshared"]


def test_nobody_touches_anothers_own(platform, other, signed_in, manager):
    save(signed_in(platform, "moderator"))
    view = SavedView.objects.get()
    for stranger in (manager, signed_in(other, "moderator")):
        assert "Lừa đảo quá hạn" not in stranger.get(VIEWS).content.decode()
        for way in ("", "remove/", "start/"):
            assert stranger.post(f"{VIEWS}{view.id}/{way}", {"name": "Khác", "shared": "yes"}).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"name": "  "},
        {"name": "x" * 61},
        {"address": "//evil.example/"},
        {"address": "view=all\r\nX: y"},
        {"address": "view=" + "a" * 600},
    ],
)
def test_what_can_t_be_saved_comes_back(platform, signed_in, given):
    answer = save(signed_in(platform, "moderator"), **given)
    assert answer.status_code == 422
    assert not SavedView.objects.exists()
    if "name" in given:
        assert given["name"] in answer.content.decode()


def test_there_is_a_most_and_a_double_click_counts_once(platform, signed_in, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    moderator = signed_in(platform, "moderator")
    assert save(moderator).url == save(moderator).url
    assert SavedView.objects.count() == 1
    assert save(moderator, "Cách khác").status_code == 422


def test_a_view_of_a_closed_queue_is_not_shown(platform, signed_in, manager):
    queue = desk.write_queue(platform.actor("admin"), desk.QueueInput(name="Kín", seen_by=["order_officer"]))
    save(manager, "Hàng kín", f"queue={queue.id}", shared="yes")
    assert "Hàng kín" not in signed_in(platform, "moderator").get(QUEUE, {"view": "all"}).content.decode()
    assert "Hàng kín" in signed_in(platform, "officer").get(QUEUE, {"view": "all"}).content.decode()
