"""`anlanh compare` to its contract, and files that are no articles."""

import contextlib
import io
import json
import random
import time

import pytest

from anlanh.primitives.errors import BadInput
from anlanh.screening.comparing.reading import read_article
from anlanh.server.cli import main
from tests.screening.comparing.examples import SENTENCES, TITLE, copy, original, text


@pytest.fixture
def run(tmp_path, capsys):
    def run(one, other, *options, status=0):
        for name, content in (("a", one), ("b", other)):
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b"), *options]) == status
        told = capsys.readouterr()
        if status:
            assert told.out == ""
            assert told.err.count("\n") == 1
            return told.err
        return told.out

    return run


def test_the_form_of_the_contract(run):
    told = json.loads(
        run(
            original(), copy(title="Hết cảnh đi đò"), "--json",
            "--original-at", "2023-05-12T08:30:00+07:00", "--copy-at", "2023-05-12T09:12:00+07:00",
        )
    )  # fmt: skip
    assert told == {
        "title": {"changed": True, "original": TITLE, "copy": "Hết cảnh đi đò"},
        "text": {"kept": 1.0, "cut": [], "added": []},
        "images": {"missing": [], "added": []},
        "source": {"named": True, "author": True, "time": True, "link": True},
        "minutes_after": 42,
        "findings": [{"ground": "BD.5.2.c", "why": f"Tiêu đề “{TITLE}” đổi thành “Hết cảnh đi đò”"}],
    }


def test_too_early_by_the_law_in_force_that_day(run):
    def grounds(year):
        times = ("--original-at", f"{year}-05-12T08:30:00+07:00", "--copy-at", f"{year}-05-12T09:12:00+07:00")
        return [one["ground"] for one in json.loads(run(text(), text(), "--json", *times))["findings"]]

    assert grounds(2023) == ["BD.5.2.b"]
    assert grounds(2026) == ["BD.5.2.b", "147/2024/NĐ-CP/28.1"]


def test_for_people_in_both_languages(run):
    page = run(original(), copy(sentences=SENTENCES[:5]))
    assert "Cần xem:\n  [BD.5.2.d] Cắt hoặc sửa 1 câu" in page
    assert f"  - {SENTENCES[5]}" in page
    assert "To look at:" in run(original(), copy(sentences=SENTENCES[:5]), "--lang", "en")
    assert "Không thấy điều gì" in run(original(), copy())


def test_standard_input(tmp_path, monkeypatch, capsys):
    (tmp_path / "a").write_text(text(), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text().encode())))
    assert main(["compare", str(tmp_path / "a"), "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"]["kept"] == 1.0
    assert main(["compare", "-", "-", "--json"]) == 2


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "there is no article"),
        (b" \n\t", "there is no article"),
        (b"<html><body></body></html>", "there is no article"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a Word file"),
        (b"\x89PNG\r\n", "a picture"),
        (random.Random(1).randbytes(5000), "not text"),
        (b"ab\xff\xe1(" * 50, "no encoding"),
        ("câu. " * 500_000, "longer than"),
        pytest.param("<html>" + "<b>" * 100_001, "more than 100000 tags", marks=pytest.mark.slow),
    ],
)
def test_what_is_no_article(run, content, what):
    assert what in run(text(), content, "--json", status=2)
    assert what in run(content, text(), "--json", status=2)


@pytest.mark.parametrize("written", ["2023-05-12", "2023-05-12T08:30:00", "hôm qua", ""])
def test_times_need_their_offset(run, written):
    assert run(text(), text(), "--copy-at", written, status=2).startswith("anlanh: --copy-at: ")


def test_files_that_are_not_there(tmp_path, capsys):
    (tmp_path / "a").write_text(text(), encoding="utf-8")
    for other in (tmp_path / "none", tmp_path):
        assert main(["compare", str(tmp_path / "a"), str(other)]) == 2
        assert capsys.readouterr().err.count("\n") == 1


HOSTILE = (
    lambda n: "<html>" + "<div>" * n + "<p>Xin chào.",
    lambda n: "<html>" + "</div>" * n + "<p>Xin chào.",
    lambda n: "<p " + 'a="x' * n * 10,
    lambda n: "<html><p>Xin chào." + "<!--" * n * 10,
    lambda n: "<html><p>Xin chào." + "<a" * n * 10,
    lambda n: "<html><p>Xin chào." + "<script>" * n * 10,
    lambda n: "<html><p>Xin chào." + "&" * n * 10 + "&#99999999999;&#xD800;",
    lambda n: "<html><p>Xin chào.<img srcset='" + "a 1w," * n + "'>",
    lambda n: "<html><a href=x><b class=y>" * 8 + "<p>x" * (n // 10),
    lambda n: "<html><script type='application/ld+json'>" + "[" * n + "</script><p>Xin chào.",
    lambda n: "<html>" + "<div><span class=author><p>x</q>" * (n // 10),
    lambda n: "<html><body hidden><p>Xin chào.",
)


@pytest.mark.parametrize("size", [4_000, pytest.param(50_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("made", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_take_time_by_their_length_alone(made, size):
    started = time.process_time()
    with contextlib.suppress(BadInput):
        read_article(made(size).encode(), "page")
    assert time.process_time() - started < 20


def test_old_encodings_and_a_few_bad_bytes():
    page = "<html><meta charset=windows-1258><h1>Tin</h1><p>Xin chào các ba\u0323n, hôm nay trơ\u0300i đe\u0323p.</p>"
    assert read_article(page.encode("cp1258"), "a").sentences == [
        "Xin chào các ba\u0323n, hôm nay trơ\u0300i đe\u0323p."
    ]
    assert read_article(page.encode("utf-16"), "a").title == "Tin"
    assert read_article(b"\xef\xbb\xbf" + page.encode(), "a").title == "Tin"
    assert read_article(text().encode() + b"\xff", "a").title == TITLE
    unknown = page.replace("windows-1258", "no-such-thing").encode("cp1258")
    with pytest.raises(BadInput, match="no encoding"):
        read_article(unknown, "a")
