"""Lists of pages as files: every row has its result, and no cell becomes a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.work.registry.actions import import_csv
from anlanh.work.registry.models import Page
from anlanh.work.registry.tables import read_pages, write_rows

VIETNAMESE = """Địa chỉ;Tiêu đề;Loại;Thời điểm đăng;Địa chỉ tài khoản;Tên tài khoản
https://mang.example/1;Cảnh báo “lừa đảo”;post;2026-11-01T08:00:00+07:00;mang.example/@a;Chị A
;không có địa chỉ;;;;

mang.example/2;"hai
dòng";;;;
mang.example/3;;;hôm qua;;
MANG.example/1;Tựa mới;;;;
mang.example/4;thừa;;;;;cột thừa
"""
ENGLISH = "Address,TITLE\nmang.example/9,Hello\n"


@pytest.mark.django_db
def test_every_row_has_a_result(registrar):
    results = import_csv(registrar, io.BytesIO(VIETNAMESE.encode("utf-8-sig")))
    assert [(row.line, row.outcome, row.fault.where if row.fault else "") for row in results] == [
        (2, "added", ""),
        (3, "refused", "address"),
        (6, "refused", "title"),
        (7, "refused", "posted_at"),
        (8, "changed", ""),
        (9, "refused", ""),
    ]
    totals = Act.objects.get(type="pages.imported")
    assert totals.clear == {"added": 1, "changed": 1, "unchanged": 0, "refused": 4}
    assert Page.objects.get().title == "Tựa mới"


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(registrar):
    import_csv(registrar, io.BytesIO(ENGLISH.encode()))
    assert [row.outcome for row in import_csv(registrar, io.BytesIO(ENGLISH.encode()))] == ["unchanged"]
    assert Act.objects.filter(subject_kind="page").count() == 1


@pytest.mark.django_db
def test_importing_needs_the_capability(onlooker):
    with pytest.raises(NotAllowed):
        import_csv(onlooker, io.BytesIO(ENGLISH.encode()))


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "file"),
        ("Địa chỉ\n".encode("utf-16"), "dòng 1"),
        ("Địa chỉ\nmang.example/1\nmạng".encode() + b"\xff", "dòng 3"),
        (b"address\na\x00b", "file"),
        (b"title\nx", "dòng 1"),
        (b"address,address\nx,y", "dòng 1"),
        (b"address,colour\nx,y", "dòng 1"),
        (b'address\n"never closed', "dòng 2"),
        (b"address\n" + b"x" * 200_000, "dòng 2"),
        (b"address\n" + b"x\n" * 50_001, "file"),
    ],
)
def test_an_unreadable_file_is_refused_whole(content, where):
    with pytest.raises(BadInput) as refusal:
        read_pages(io.BytesIO(content))
    assert refusal.value.where == where


def test_no_cell_is_written_as_a_formula():
    written = write_rows([["address", "title"], ["mang.example", "=HYPERLINK(1)"], ["a", "@cmd"], ["b", "-1"]])
    cells = [row[1] for row in csv.reader(io.StringIO(written.decode("utf-8-sig")))]
    assert cells == ["title", "'=HYPERLINK(1)", "'@cmd", "'-1"]


titles = st.text(st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0x1FFFF), max_size=40).map(str.strip)


@given(
    st.lists(titles, min_size=1, max_size=5).filter(lambda all_titles: not any(t.startswith("'") for t in all_titles))
)
def test_what_is_written_is_read_back(all_titles):
    rows = [["address", "title"], *(["mang.example/a", title] for title in all_titles)]
    lines = read_pages(io.BytesIO(write_rows(rows)))
    assert [line.page.title for line in lines] == all_titles
