"""Lists of screening: brought in with a ground each, tried on lawful writing, taken back, read by the command."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import Workbook

from anlanh.base.acts.models import Act, CommittedValue
from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.lists import read_lists
from anlanh.screening.posts import Post
from anlanh.screening.trial import faults_of
from anlanh.work.casework.importing import actions, queries, undoing
from anlanh.work.casework.importing.models import Import, ImportItem
from anlanh.work.casework.screening_lists import actions as lists
from anlanh.work.casework.screening_lists import checking
from anlanh.work.casework.screening_lists.checking import EntryInput
from anlanh.work.casework.screening_lists.grounds import pack_ground
from anlanh.work.casework.screening_lists.models import ListEntry
from anlanh.work.registry.tables import write_rows
from tests.builders import Office
from tests.work.casework.importing.ugly import saved

pytestmark = pytest.mark.django_db

GROUND = "116/2025/QH15/7.2.đ"
SECURITY = "72/2013/NĐ-CP/5.1.a"


def watched() -> bytes:
    """What a team keeps in a sheet: three that are in order, one twice, and one wrong in each way."""
    book = Workbook()
    for row in (
        ["DANH SÁCH TỪ KHOÁ, TÊN MIỀN CẦN THEO DÕI"],
        ["Mã", "Từ khoá / tên miền", "Mức", "Căn cứ"],
        ["TK1", "nhận quà tri ân chuyển phí trước", "bỏ dấu", GROUND],
        ["TK2", "n\u1ea1p l\u1ea7n đầu tặng hai trăm", None, GROUND],
        ["TM1", "https://nha-cai.example/", None, GROUND],
        ["TK3", "nhận  quà tri ân chuyển phí trước", None, GROUND],
        ["TK4", "tham nhũng vặt", None, GROUND],
        ["TK5", "nói xấu cơ quan phường", None, SECURITY],
        ["TK6", "cụm từ không có căn cứ", None, None],
        ["TK7", "cụm từ lạ", None, "999/2099/NĐ-CP/1.1.a"],
        ["TM2", "https://mang.example/@ai/bai", None, GROUND],
        ["TM3", "bit.ly", None, GROUND],
        [None, "một ô đứng riêng", None, None],
    ):
        book.active.append(row)
    return saved(book)


def chosen(office: Office, content: bytes, name: str = "theo dõi.xlsx") -> Import:
    return actions.choose_file(office.actor("registrar"), "lists", name, io.BytesIO(content))


def brought_in(office: Office, content: bytes, name: str = "theo dõi.xlsx") -> Import:
    return actions.run(office.actor("registrar"), chosen(office, content, name).id)


def totals(source: Import) -> dict[str, int]:
    return {name: count for name, count in source.totals.items() if count}


def test_the_dry_run_tells_of_every_row_and_writes_nothing(platform: Office) -> None:
    source = chosen(platform, watched())
    plan = queries.plan(platform.actor("registrar"), source.id)
    assert [each.outcome for each in plan] == ["ready"] * 3 + ["repeated"] + ["refused"] * 7
    said = [each.fault.what for each in plan[4:]]
    assert "Tham nhũng vặt" in said[0], "it is told what would have been hit"
    assert plan[5].fault.where == "Căn cứ"
    assert all(each.fault.where for each in plan[4:])
    assert not ListEntry.objects.exists()


def test_what_is_in_order_comes_in_as_one_act(platform: Office) -> None:
    source = brought_in(platform, watched())
    assert totals(source) == {"added": 3, "repeated": 1, "refused": 7}
    kept = ListEntry.objects.order_by("kind", "value").values_list("kind", "value", "level", "ground")
    assert set(kept) == {
        ("domain", "nha-cai.example", "", GROUND),
        ("phrase", "nhận quà tri ân chuyển phí trước", "fold", GROUND),
        ("phrase", "nạp lần đầu tặng hai trăm", "fold", GROUND),
    }
    act = Act.objects.get(type="list.entries_added")
    assert (act.clear["phrases"], act.clear["domains"]) == (2, 1)
    assert "quà" not in str(act.clear)
    assert set(ImportItem.objects.filter(row_id__isnull=False).values_list("act_id", flat=True)) == {act.id}


def test_no_ground_of_national_security_is_looked_for(platform: Office) -> None:
    with pytest.raises(BadInput) as refusal:
        checking.checked(EntryInput("phrase", "cụm từ nào đó", "fold", SECURITY))
    assert refusal.value.where == "ground"


def test_the_command_reads_what_is_taken_out_and_objects_to_nothing(platform: Office, tmp_path: Path) -> None:
    brought_in(platform, watched())
    client = Client()
    client.force_login(platform.members["registrar"].account)
    answer = client.get("/console/import/lists.zip")
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    read = read_lists(tmp_path, pack_ground)
    screen = Screen(read)
    assert list(faults_of(read, screen)) == []
    (verdict,) = screen.judge([Post("1", "Vào nha-cai.example: nạp lần đầu tặng hai trăm!")])
    assert {hit.kind for hit in verdict.hits} == {"domain", "phrase"}


def test_exported_with_the_same_columns_and_known_again(platform: Office) -> None:
    brought_in(platform, watched())
    rows = queries.exported(platform.actor("registrar"), "lists")
    assert len(rows) == 1 + 3
    again = chosen(platform, write_rows(rows), "xuất.csv")
    assert {each.outcome for each in queries.plan(platform.actor("registrar"), again.id)} == {"known"}


def test_undone_they_are_off_the_lists_and_can_come_again(platform: Office) -> None:
    source = brought_in(platform, watched())
    undoing.undo(platform.actor("registrar"), source.id)
    assert not ListEntry.objects.exists()
    assert Act.objects.get(type="list.entries_withdrawn").clear == {"phrases": 2, "domains": 1}
    added = Act.objects.get(type="list.entries_added")
    assert not CommittedValue.objects.filter(act=added, erased_at__isnull=True).exists()
    assert totals(brought_in(platform, watched()))["added"] == 3


def test_entries_of_others_are_neither_seen_nor_withdrawn(platform: Office, other: Office) -> None:
    brought_in(platform, watched())
    ids = list(ListEntry.objects.values_list("id", flat=True))
    assert lists.withdraw(other.actor("registrar"), ids) == 0
    assert ListEntry.objects.count() == 3
    assert len(queries.exported(other.actor("registrar"), "lists")) == 1
    source = brought_in(other, watched())
    assert totals(source)["added"] == 3, "another organisation's list makes nothing known"


def test_the_pages_lead_from_the_file_to_the_lists_and_back(platform: Office) -> None:
    client = Client()
    client.force_login(platform.members["registrar"].account)
    upload = io.BytesIO(watched())
    upload.name = "theo dõi.xlsx"
    columns = client.post("/console/import/", {"kind": "lists", "file": upload})["Location"]
    source = Import.objects.get()
    typed = {f"column_{name}": place for name, place in source.columns.items()}
    checked = client.post(columns, {**typed, "default_entry_kind": "", "default_level": "fold"}, follow=True)
    assert checked.redirect_chain, "that the form of an entry tells its kind is a choice"
    shown = checked.content.decode()
    assert "Tham nhũng vặt" in shown
    assert "nha-cai.example" in shown
    client.post(f"/console/import/{source.id}/run/")
    assert ListEntry.objects.count() == 3
    client.post(f"/console/import/{source.id}/undo/")
    assert not ListEntry.objects.exists()
