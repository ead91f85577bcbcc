"""Three registers as offices have them become working queues, with clocks from the time they were received."""

import io
from collections import Counter
from datetime import datetime

import pytest

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.outbox.models import Message
from anlanh.ledger.merkle import verify_inclusion
from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries as casework
from anlanh.work.casework.actions import orders, review
from anlanh.work.casework.importing import actions, queries, undoing
from anlanh.work.casework.importing.models import Import
from anlanh.work.casework.models import Case, Order, Report
from anlanh.work.registry.models import Page
from tests.builders import Office
from tests.work.casework.importing import ugly

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def today() -> object:
    """The registers are of November 2026."""
    with clock.set_to(NOW):
        yield


def chosen(office: Office, kind: str, name: str, content: bytes) -> Import:
    """A file taken in, its columns guessed."""
    return actions.choose_file(office.actor("registrar"), kind, name, io.BytesIO(content))


def brought_in(office: Office, kind: str, name: str, content: bytes) -> Import:
    """The same, carried out."""
    return actions.run(office.actor("registrar"), chosen(office, kind, name, content).id)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_a_register_of_orders_in_old_letters(platform: Office) -> None:
    source = chosen(platform, "orders", "sổ 2026.xlsx", ugly.orders_register())
    registrar = platform.actor("registrar")
    plan = queries.plan(registrar, source.id)
    assert Counter(each.outcome for each in plan) == {"ready": 3, "settled": 1, "refused": 1}
    refused = next(each for each in plan if each.outcome == "refused")
    assert refused.line == 12
    assert refused.fault.where == "Ngày nhận"
    assert "32/11/2026" in refused.fault.what

    actions.run(registrar, source.id)
    brought = {order.case.page.address[-1]: order for order in Order.objects.select_related("case__page")}
    assert sorted(brought) == ["1", "2", "3"]
    assert brought["1"].office == brought["2"].office == "Sở Văn hoá và Thể thao"
    assert brought["1"].signed_by == "Trần Thị Bưởi"
    assert brought["1"].received_at == brought["2"].received_at == at(19, 9, 30)
    assert brought["3"].received_at == at(20)
    for order in brought.values():
        started = Clock.objects.filter(subject_id=order.case_id)
        assert {row.started_at for row in started} == {order.received_at}
        assert order.case.due_at == min(row.due_at for row in started)
    officer = platform.actor("officer")
    assert casework.queue(officer, "orders").first().order.number == "112/SVHTT-TTr"
    page = casework.case_page(officer, brought["1"].case_id)
    assert page.history
    verified = orders.verify_order(platform.actor("verifier"), brought["3"].case_id, "Gọi lại số của Công an.")
    assert verified.phase != page.case.phase


def test_complaints_with_every_kind_of_date(platform: Office) -> None:
    letters = Message.objects.filter(channel="mail").count()
    source = brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    assert {name: count for name, count in source.totals.items() if count} == {
        "opened": 3,
        "joined": 1,
        "repeated": 1,
        "refused": 4,
    }
    received = {report.text: report.received_at for report in Report.objects.all()}
    assert received == {
        "Lừa tiền cọc.": at(20, 8, 15),
        "Bịa dịch bệnh.": at(21, 9, 30),
        "Ảnh riêng của tôi.": at(21),
        "Tôi cũng bị.": at(1, 9, month=6),
    }
    faults = {item.line: item.fault for item in queries.items(platform.actor("registrar"), source.id) if item.fault}
    assert {line: fault["where"] for line, fault in faults.items()} == {
        9: "Ngày nhận",
        10: "Ngày nhận",
        11: "Lĩnh vực",
        12: "Link",
    }
    joined = Case.objects.get(reports__text="Tôi cũng bị.")
    assert joined.reports.count() == 2
    assert joined.due_at < at(10)  # the June report's own clock, long overdue
    assert Case.objects.get(reports__text="Ảnh riêng của tôi.").concerns_child
    assert Message.objects.filter(channel="mail").count() == letters  # nobody in an old list is written to
    assert casework.counts(platform.actor("moderator"))["unclaimed"].overdue >= 1
    assert joined in casework.queue(platform.actor("moderator"), "unclaimed")
    origin = queries.origins(platform.actor("moderator"), joined.id)
    assert [item.original_number for item in origin] == ["D-01", "D-04"]


@pytest.mark.parametrize("letters", ["windows-1258", "vni", "tcvn3"])
def test_sites_in_a_csv_of_old_letters(platform: Office, letters: str) -> None:
    source = brought_in(platform, "pages", "trang.csv", ugly.sites(letters))
    assert {name: count for name, count in source.totals.items() if count} == {"added": 3, "refused": 1}
    pages = {page.address: page for page in Page.objects.select_related("holder")}
    garden = pages["https://caycanh.example/"]
    assert (garden.title, garden.kind) == ("Diễn đàn người yêu cây cảnh", "site")
    assert (garden.holder.name, garden.holder.contact_email) == ("Công ty Vườn Ươm", "ban@caycanh.example")
    assert pages["https://tin-tinh.example/"].title == "Báo điện tử; ấn bản trưa"
    assert pages["https://choque.example/"].holder.name == "Hộ kinh doanh Nguyễn Thị Đậu"


def test_each_item_is_proven_by_the_act_of_the_import(platform: Office) -> None:
    source = brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    act = Act.objects.get(id=source.act_id)
    assert act.type == "import.done"
    assert act.clear["root"] == source.root
    assert act.clear["items"] == 9
    assert act.clear["opened"] == 3
    for position in range(9):
        proof = queries.prove(platform.actor("registrar"), source.id, position)
        assert verify_inclusion(proof.leaf_hash, proof.index, proof.size, proof.path, bytes.fromhex(act.clear["root"]))


def test_the_same_rows_come_in_once(platform: Office) -> None:
    brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    again = chosen(platform, "reports", "đơn (2).xlsx", ugly.complaints())
    plan = queries.plan(platform.actor("registrar"), again.id)
    assert Counter(each.outcome for each in plan) == {"known": 5, "refused": 4}
    with pytest.raises(BadInput, match="không có dòng nào nhập được"):
        actions.run(platform.actor("registrar"), again.id)


def test_an_import_is_undone_while_nothing_was_done(platform: Office) -> None:
    source = brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    undoing.undo(platform.actor("registrar"), source.id)
    assert not Case.objects.exists()
    assert not Report.objects.exists()
    assert not Clock.objects.exists()
    assert Act.objects.filter(type="import.undone").count() == 1
    again = brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    assert again.totals["opened"] == 3


def test_what_was_worked_on_is_not_undone(platform: Office) -> None:
    source = brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    review.claim(platform.actor("moderator"), Case.objects.first().id)
    with pytest.raises(BadInput, match="đã có người làm việc trên vụ việc"):
        undoing.undo(platform.actor("registrar"), source.id)
    assert Case.objects.count() == 3


def test_undoing_leaves_a_case_that_was_there_before(platform: Office) -> None:
    first = brought_in(platform, "reports", "đơn.xlsx", ugly.complaints())
    row = b"address;received_at;text\nhttps://mang.example/b;1/10/2026;Toi cung thay.\n"
    second = brought_in(platform, "reports", "them.csv", row)
    case = Case.objects.get(page__address="https://mang.example/b")
    assert case.due_at < at(15)
    undoing.undo(platform.actor("registrar"), second.id)
    case.refresh_from_db()
    assert case.reports.count() == 1
    assert case.due_at > at(20)
    undoing.undo(platform.actor("registrar"), first.id)
    assert not Case.objects.exists()


def test_pages_that_an_import_added_go_with_it(platform: Office) -> None:
    source = brought_in(platform, "pages", "trang.csv", ugly.sites("vni"))
    undoing.undo(platform.actor("registrar"), source.id)
    assert not Page.objects.exists()
