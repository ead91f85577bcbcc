"""Violations decided elsewhere: counted beside decisions by their original dates, never twice, and taken back."""

import io
from datetime import datetime, timedelta

import pytest
from django.test import Client
from openpyxl import Workbook

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.primitives.dates import VIETNAM
from anlanh.server.worker import drain
from anlanh.work.casework.actions import review
from anlanh.work.casework.importing import actions, queries, undoing
from anlanh.work.casework.importing.models import Import
from anlanh.work.casework.importing.reactions import consider_accounts_of
from anlanh.work.casework.models import Measure
from anlanh.work.casework.repeats.models import EarlierViolation
from anlanh.work.casework.repeats.queries import account_record
from anlanh.work.registry.tables import write_rows
from tests.builders import Office
from tests.work.casework.importing.ugly import saved
from tests.work.casework.repeats.test_repeats import (
    NOON,
    considered,
    holder,
    locked,
    violation,
    violations,
)

pytestmark = pytest.mark.django_db


def strikes() -> bytes:
    """What another system decided, as somebody copied it out: two that count, one that fell, three that are wrong."""
    book = Workbook()
    sheet = book.active
    account = "https://mang.example/@ha"
    for row in (
        ["DANH SÁCH VI PHẠM ĐÃ XỬ LÝ TRÊN HỆ THỐNG CŨ"],
        ["STT", "Tài khoản vi phạm", "Số quyết định", "Ngày xử lý", "Hình thức xử lý", "Đơn vị", "Lý do", "Tình trạng"],
        [1, "mang.example/@ha", "12/QĐ-KD", "18/11/26 lúc 9h30", "Gỡ bài", "Tổ kiểm duyệt cũ", "Tin giả", None],
        [2, account, "13/QĐ-KD", "ngày 19 tháng 11 năm 2026", "Cảnh cáo", None, None, "Còn hiệu lực"],
        [3, account, "13/qđ-kd", "19/11/2026", "Cảnh cáo", None, "chép lại lần nữa", None],
        [4, account, "14/QĐ-KD", "19/11/2026", "Gỡ bỏ", None, None, "Đã huỷ theo khiếu nại"],
        [5, account, None, "19/11/2026", "Gỡ bỏ", None, None, None],
        [6, account, "15/QĐ-KD", "19/11/2027", "Gỡ bỏ", None, None, None],
        [7, account, "16/QĐ-KD", "19/11/2026", "phê bình", None, None, None],
        ["Tổng cộng", 7],
    ):
        sheet.append(row)
    return saved(book)


def brought_in(office: Office, content: bytes, name: str = "vi phạm cũ.xlsx", at: datetime = NOON) -> Import:
    with clock.set_to(at):
        registrar = office.actor("registrar")
        return actions.run(registrar, actions.choose_file(registrar, "strikes", name, io.BytesIO(content)).id)


def count_of(office: Office) -> int:
    with clock.set_to(NOON + timedelta(minutes=3)):
        return account_record(office.actor("moderator"), holder(office).id).count


def totals(source: Import) -> dict[str, int]:
    return {name: count for name, count in source.totals.items() if count}


def test_they_count_beside_decisions_by_their_original_dates(platform: Office) -> None:
    source = brought_in(platform, strikes())
    assert totals(source) == {"added": 2, "known": 1, "settled": 1, "refused": 3}
    first, second = EarlierViolation.objects.order_by("decided_at")
    assert first.decided_at == datetime(2026, 11, 18, 9, 30, tzinfo=VIETNAM)
    assert (first.original_number, first.measure, first.decided_by) == ("12/QĐ-KD", "remove", "Tổ kiểm duyệt cũ")
    assert (second.original_number, second.measure) == ("13/QĐ-KD", "warn")
    assert Act.objects.filter(type="violation.brought_in").count() == 2
    violations(platform, 1)
    assert count_of(platform) == 3
    (case,) = considered(platform)
    act = Act.objects.get(subject_id=case.id, seq=1)
    assert (act.type, act.clear["violations"]) == ("violations.repeated", 3)


def test_accounts_that_a_register_brings_to_a_number_are_considered_at_once(platform: Office) -> None:
    violations(platform, 1)
    assert considered(platform) == []
    source = brought_in(platform, strikes(), at=NOON + timedelta(minutes=2))
    with clock.set_to(NOON + timedelta(minutes=3)):
        drain()
        (case,) = considered(platform)
        act = Act.objects.get(subject_id=case.id, seq=1)
        assert (act.type, act.clear["violations"]) == ("violations.repeated", 3)
        consider_accounts_of(Act.objects.get(subject_id=source.id, type="import.done"))
    assert considered(platform) == [case], "the job run again opens no second case"


def test_a_register_of_accounts_without_a_decision_here_opens_no_case(platform: Office) -> None:
    brought_in(platform, strikes())
    with clock.set_to(NOON + timedelta(minutes=1)):
        drain()
    assert considered(platform) == []


def test_old_ones_stand_there_and_count_no_more(platform: Office) -> None:
    rows = "tài khoản;số quyết định;ngày xử lý;biện pháp\n"
    rows += "".join(f"https://mang.example/@ha;{n}/cũ;{n + 1}/1/2025;gỡ bài\n" for n in range(5))
    brought_in(platform, rows.encode())
    violations(platform, 1)
    assert count_of(platform) == 6
    assert considered(platform) == []


def test_a_number_is_counted_once_whatever_file_it_comes_with(platform: Office) -> None:
    brought_in(platform, strikes())
    row = "tài khoản;số quyết định;ngày xử lý;biện pháp\nhttp://mang.example/@ha;12 qđ kd;18/11/2026;gỡ bỏ\n"
    source = brought_in(platform, row.encode(), "khác.csv")
    assert totals(source) == {"known": 1}
    undoing.undo(platform.actor("registrar"), source.id)
    assert EarlierViolation.objects.count() == 2, "what another file brought in stays"


def test_exported_with_the_same_columns_and_known_again(platform: Office) -> None:
    brought_in(platform, strikes())
    with clock.set_to(NOON):
        rows = queries.exported(platform.actor("registrar"), "strikes")
    assert len(rows) == 1 + 2
    again = brought_in(platform, write_rows(rows), "xuất.csv")
    assert totals(again) == {"known": 2}


def test_undone_they_are_out_of_the_count(platform: Office) -> None:
    source = brought_in(platform, strikes())
    violation(platform, NOON)
    assert count_of(platform) == 3
    with clock.set_to(NOON + timedelta(minutes=2)):
        undoing.undo(platform.actor("registrar"), source.id)
    assert count_of(platform) == 1
    assert Act.objects.filter(type="violation.taken_back").count() == 2


def test_a_lock_that_rested_on_them_ends_when_they_are_taken_back(platform: Office) -> None:
    source = brought_in(platform, strikes(), at=NOON - timedelta(hours=1))
    violations(platform, 1)
    lock = locked(platform, NOON + timedelta(hours=2))
    assert Measure.objects.get(decision=lock).ended_at is None
    with clock.set_to(NOON + timedelta(hours=3)):
        undoing.undo(platform.actor("registrar"), source.id)
        drain()
    assert Measure.objects.get(decision=lock).ended_at is not None


def test_an_earlier_lock_spends_what_came_before_it(platform: Office) -> None:
    brought_in(platform, strikes())
    row = "tài khoản;số quyết định;ngày xử lý;biện pháp\nmang.example/@ha;9/K;19/11/2026;Tạm khoá 7 ngày\n"
    brought_in(platform, row.encode(), "khoá.csv")
    violations(platform, 1)
    assert considered(platform) == []
    with clock.set_to(NOON + timedelta(minutes=1)):
        record = account_record(platform.actor("moderator"), holder(platform).id)
    assert (record.count, record.lock_count) == (3, 1)


def test_the_case_page_shows_them_as_brought_in(platform: Office) -> None:
    brought_in(platform, strikes())
    decision = violations(platform, 1)[0]
    with clock.set_to(NOON + timedelta(minutes=1)):
        person = Client()
        person.force_login(platform.members["moderator"].account)
        shown = person.get(f"/console/cases/{decision.case_id}/").content.decode()
        assert "đã quyết định ở nơi khác" in shown
        assert "12/QĐ-KD" in shown
        assert "Tổ kiểm duyệt cũ" in shown
        lock_id = considered(platform)[0].id
        review.claim(platform.actor("moderator"), lock_id)
        lock = person.get(f"/console/cases/{lock_id}/").content.decode()
        assert "số 12/QĐ-KD, quyết định ở nơi khác" in lock
