"""The directory of authorities brought in from a list: no number counts before a second person verified it."""

import io
from collections import Counter

import pytest
from openpyxl import Workbook

from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.authorities import actions as authorities
from anlanh.work.casework.authorities import queries as directory
from anlanh.work.casework.authorities.actions import AuthorityInput
from anlanh.work.casework.authorities.models import Authority
from anlanh.work.casework.importing import actions, queries, undoing
from anlanh.work.casework.importing.entries import phones_in
from anlanh.work.casework.importing.models import Import
from anlanh.work.registry.tables import write_rows
from tests.builders import Office
from tests.work.casework.importing.ugly import saved

pytestmark = pytest.mark.django_db


def contacts() -> bytes:
    """A list as a secretary keeps it: titles above, numbers as text and as amounts, several in a cell."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["DANH BẠ CƠ QUAN PHỐI HỢP"],
        ["Cập nhật tháng 11"],
        ["STT", "Cơ quan, đơn vị", "Điện thoại", "Nơi nhận khiếu nại"],
        [1, "Sở Văn hoá và Thể thao", "024 3943 1234 / ĐT trực: 0912 345 678", "12 Phố Huế"],
        [2, "Công an  thành phố", 2439421234, None],
        [],
        [3, "Sở Y tế", "số mới chưa có", None],
        [4, "sở văn hóa và thể thao", "02439431234", None],
        ["Tổng cộng", 4, None, None],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    return saved(book)


def chosen(office: Office, content: bytes, name: str = "danh bạ.xlsx") -> Import:
    return actions.choose_file(office.actor("registrar"), "contacts", name, io.BytesIO(content))


def brought_in(office: Office) -> Import:
    return actions.run(office.actor("registrar"), chosen(office, contacts()).id)


def totals(source: Import) -> dict[str, int]:
    return {name: count for name, count in source.totals.items() if count}


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("ĐT: 024.3943.1234", ["024.3943.1234"]),
        ("0912 345 678; +84 24 3943 1234", ["0912 345 678", "+84 24 3943 1234"]),
        ("113 hoặc 114", ["113", "114"]),
        ("024/39431234", ["024/39431234"]),  # refused as it stands, and not taken for two numbers
        ("chưa có", ["chưa có"]),
    ],
)
def test_the_numbers_of_a_cell(cell: str, numbers: list[str]) -> None:
    assert phones_in(cell) == numbers


def test_each_number_comes_in_once_and_not_verified(platform: Office) -> None:
    source = brought_in(platform)
    assert totals(source) == {"added": 3, "unchanged": 1, "refused": 1}
    rows = {row.phone: row for row in Authority.objects.all()}
    assert {phone: row.name for phone, row in rows.items()} == {
        "024 3943 1234": "Sở Văn hoá và Thể thao",
        "0912 345 678": "Sở Văn hoá và Thể thao",
        "02439421234": "Công an thành phố",
    }
    assert rows["024 3943 1234"].complaints == "12 Phố Huế"
    assert not any(row.verified_at for row in rows.values())
    assert Act.objects.filter(type="authority.added").count() == 3
    refused = next(item for item in queries.items(platform.actor("registrar"), source.id) if item.fault)
    assert refused.fault["where"] == "Điện thoại"


def test_what_was_added_by_hand_stays_as_it_is(platform: Office) -> None:
    by_hand = authorities.add(platform.actor("officer"), AuthorityInput("Công an Thành phố", "024.3942.1234"))
    authorities.verify(platform.actor("verifier"), by_hand.id, "Gọi tổng đài 1080.")
    source = brought_in(platform)
    assert totals(source) == {"added": 2, "unchanged": 2, "refused": 1}
    undoing.undo(platform.actor("registrar"), source.id)
    assert Authority.objects.get().verified_at


def test_who_brought_it_in_is_not_the_second_person(platform: Office) -> None:
    brought_in(platform)
    row = Authority.objects.first()
    with pytest.raises(NotAllowed):
        authorities.verify(platform.actor("registrar"), row.id, "Tự tôi biết.")
    assert authorities.verify(platform.actor("verifier"), row.id, "Gọi tổng đài 1080.").verified_at


def test_exported_with_the_same_columns_and_known_again(platform: Office) -> None:
    brought_in(platform)
    registrar = platform.actor("registrar")
    rows = queries.exported(registrar, "contacts")
    assert len(rows) == 1 + 3
    again = chosen(platform, write_rows(rows), "xuất.csv")
    assert set(again.columns) == {"name", "phone", "complaints"}
    assert Counter(each.outcome for each in queries.plan(registrar, again.id)) == {"known": 3}
    assert Authority.objects.count() == 3
    assert len(directory.directory(platform.actor("officer"))) == 3


def test_undone_while_nobody_verified_one(platform: Office) -> None:
    source = brought_in(platform)
    authorities.verify(platform.actor("verifier"), Authority.objects.first().id, "Gọi tổng đài 1080.")
    with pytest.raises(BadInput, match="xác minh"):
        undoing.undo(platform.actor("registrar"), source.id)
    assert Authority.objects.count() == 3
    Authority.objects.update(verified_at=None)
    undoing.undo(platform.actor("registrar"), source.id)
    assert not Authority.objects.exists()
