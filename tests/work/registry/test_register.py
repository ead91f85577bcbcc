"""The register: one page an address, acts for what changed, found however it is asked for, and nobody else's."""

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.registry import queries
from anlanh.work.registry.actions import ensure_pages, put_page, put_pages, set_state
from anlanh.work.registry.inputs import PageInput
from anlanh.work.registry.models import Holder, Page

pytestmark = pytest.mark.django_db

SCAM = PageInput(
    address="https://Mang.example/bai/1/?utm_source=x",
    title="Tặng quà – lừa đảo",
    kind="post",
    holder_address="mang.example/@nguoi-dang",
    holder_name="Người Đăng",
    holder_email="nguoi-dang@thu.example",
)


def _acts(page):
    return list(Act.objects.filter(subject_id=page.id).order_by("seq").values_list("type", flat=True))


def test_a_page_is_put_once_whatever_its_spelling(registrar):
    page = put_page(registrar, SCAM)
    again = put_page(registrar, PageInput(address="http://mang.example/bai/1#cuoi"))
    assert page.id == again.id
    assert again.title == SCAM.title
    assert again.holder.name == "Người Đăng"
    assert _acts(page) == ["page.added"]


def test_what_is_said_later_is_added_and_recorded(registrar):
    page = put_page(registrar, PageInput(address="mang.example/a"))
    changed = put_page(registrar, PageInput(address="mang.example/a", title="Tựa", kind="video"))
    assert (changed.title, changed.kind) == ("Tựa", "video")
    assert _acts(page) == ["page.added", "page.changed"]


def test_nothing_that_names_a_person_is_clear(registrar):
    page = put_page(registrar, SCAM)
    act = Act.objects.get(subject_id=page.id)
    assert act.clear == {"kind": "post", "holder_known": True}
    for words in ("mang.example", "lừa đảo", "Người Đăng", "thu.example"):
        assert words not in act.leaf
    assert CommittedValue.objects.get(act=act, field="holder_name").value == "Người Đăng"


def test_pages_are_found_by_folded_name_and_by_address(registrar):
    page = put_page(registrar, SCAM)
    put_page(registrar, PageInput(address="mang.example/khac", title="Chuyện khác"))
    for words in ("lua dao", "LỪA ĐẢO", "nguoi dang", "mang.example/bai/1", "http://mang.example/bai/1/", "bai 1"):
        assert queries.find(registrar, words) == [page], words
    assert len(queries.find(registrar, "mang example")) == 2


def test_a_new_name_of_an_account_finds_all_its_pages(registrar):
    page = put_page(registrar, SCAM)
    put_page(registrar, PageInput(address="mang.example/2", holder_address=SCAM.holder_address, holder_name="Tên Mới"))
    assert page in queries.find(registrar, "ten moi")
    assert queries.find(registrar, "nguoi dang") != []  # the address of the profile still says so
    assert Holder.objects.get().name == "Tên Mới"


def test_a_bad_page_stops_no_other(registrar):
    results = put_pages(
        registrar,
        [
            PageInput(address="mang.example/1"),
            PageInput(address="javascript:alert(1)"),
            PageInput(address="mang.example/2", kind="sách"),
            PageInput(address="mang.example/3", holder_name="Ai đó"),
            PageInput(address="mang.example/4", title="a\x00b"),
            PageInput(address="mang.example/5", posted_at=datetime(2026, 1, 1)),  # noqa: DTZ001 (what is refused)
            PageInput(address="mang.example/6", holder_address="mang.example/@a", holder_email="không phải thư"),
            PageInput(address="https://MANG.example/1", title="Tựa"),
        ],
    )
    faults = [result.where if isinstance(result, BadInput) else result.outcome for result in results]
    assert faults == ["added", "address", "kind", "holder_address", "title", "posted_at", "holder_email", "changed"]
    assert _acts(results[0].page) == ["page.added", "page.changed"]


def test_many_pages_take_few_statements(registrar, django_assert_max_num_queries):
    given = [
        PageInput(address=f"mang.example/{number}", holder_address=f"mang.example/@{number % 7}")
        for number in range(300)
    ]
    with django_assert_max_num_queries(30):
        put_pages(registrar, given)
    assert Page.objects.count() == 300


def test_pages_of_reports_are_added_or_met(registrar, django_assert_max_num_queries):
    known = put_page(registrar, SCAM)
    addresses = [f"https://mang.example/bai/{number}" for number in range(1, 91)]
    with transaction.atomic(), django_assert_max_num_queries(5):
        pages = ensure_pages(registrar.organisation_id, [*addresses, "http://mang.example/bai/2"])
    assert pages[addresses[0]].id == known.id
    assert pages["http://mang.example/bai/2"].id == pages[addresses[1]].id
    assert len({page.id for page in pages.values()}) == 90
    assert queries.find(registrar, "bai 77") == [pages[addresses[76]]]


def test_each_organisation_has_its_own_page_of_an_address(registrar, neighbour):
    page = put_page(registrar, SCAM)
    theirs = put_page(neighbour, SCAM)
    assert page.id != theirs.id
    assert list(queries.pages(registrar)) == [page]
    assert queries.find(registrar, "lua dao") == [page]
    for unseen in (theirs.id, new_id()):
        with pytest.raises(NotFound) as refusal:
            queries.page(registrar, unseen)
        assert str(refusal.value) == "không có trang này"
    with pytest.raises(NotFound):
        queries.holder(registrar, theirs.holder_id)


def test_without_capability_nothing_is_read_or_written(onlooker):
    for attempt in (
        lambda: put_page(onlooker, SCAM),
        lambda: queries.pages(onlooker),
        lambda: queries.find(onlooker, "lua dao"),
        lambda: queries.page_at(onlooker, "mang.example/a"),
        lambda: queries.holder(onlooker, new_id()),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_state_follows_measures(registrar):
    page = put_page(registrar, SCAM)
    set_state(page.id, "removed")
    assert queries.page_at(registrar, SCAM.address).state == Page.State.REMOVED
    with pytest.raises(ValueError, match="vanished"):
        set_state(page.id, "vanished")


@pytest.mark.django_db(transaction=True)
def test_reports_of_one_new_page_at_once_make_one_page(registrar):
    found, gate = [], threading.Barrier(4)

    def report() -> None:
        try:
            gate.wait()
            with transaction.atomic():
                found.extend(ensure_pages(registrar.organisation_id, ["https://mang.example/moi"]).values())
        finally:
            connection.close()

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({page.id for page in found}) == 1
