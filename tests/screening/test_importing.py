"""Entries from other files into the lists, a result for each row; and what must never be a hit."""

import contextlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.importing.formats import READERS
from anlanh.screening.importing.rows import host_of
from anlanh.screening.lists import read_lists
from anlanh.server.cli import main
from anlanh.work.casework.screening_lists.grounds import pack_ground
from tests.effort import examples

FRAUD = "116/2025/QH15/7.2.đ"
SECURITY = "72/2013/NĐ-CP/5.1.a"
PDQ = "0f" * 32


@pytest.fixture
def take(tmp_path, capsys):
    def take(form, content, *options, status=0):
        file = tmp_path / "entries"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        words = ["screen", "import", str(file), "--from", form, "--lists", str(tmp_path / "lists"), "--json", *options]
        assert main(words) == status
        told = capsys.readouterr()
        return told.err if status else json.loads(told.out)

    take.lists = tmp_path / "lists"
    return take


def refusals(told):
    return [(one["line"], one["field"], one["why"]) for one in told["refusals"]]


def test_csv(take):
    told = take(
        "csv",
        "\ufeffid;loại;giá trị;mức;căn cứ\r\n"
        f'1;phrase;"nhận quà khủng; bấm ngay";evasive;{FRAUD}\r\n'
        f"2;domain;https://bad.example/;;{FRAUD}\r\n"
        f"3;image;{PDQ};;{FRAUD}\r\n"
        f"4;text;Bán bằng giả, giao hàng tận nơi;;{FRAUD}\r\n"
        f"5;phrase;chê cán bộ;fold;{SECURITY}\r\n"
        "6;phrase;không căn cứ;fold;\r\n"
        f"7;domain;https://face.example/scam;;{FRAUD}\r\n"
        f"8;video;x;;{FRAUD}\r\n"
        f"9;phrase;cá độ;fold;{FRAUD}\r\n"
        f"1;phrase;khác hẳn;fold;{FRAUD}\r\n"
        f"11;phrase;++;loose;{FRAUD}\r\n"
        f"12;image;0f0f;;{FRAUD}\r\n",
    )
    assert (told["added"], told["known"], told["refused"], told["rows"]) == (4, 0, 8, 12)
    reasons = refusals(told)
    assert [line for line, _, _ in reasons] == [6, 7, 8, 9, 10, 11, 12, 13]
    fields = ["ground", "ground", "giá trị", "kind", "value", "id", "giá trị", "giá trị"]
    assert [field for _, field, _ in reasons] == fields
    for (_, _, why), words in zip(
        reasons,
        ("must not look for", "names no ground", "names a page", "not a kind", "hits lawful satire: “cá độ”",
         "taken", "not a level", "not a PDQ"),
        strict=True,
    ):  # fmt: skip
        assert words in why
    lists = read_lists(take.lists, pack_ground)
    assert [(p.id, p.phrase, p.level, p.ground) for p in lists.phrases] == [
        ("1", "nhận quà khủng; bấm ngay", "evasive", FRAUD)
    ]
    assert list(lists.domains) == ["bad.example"]
    assert lists.images == [("3", int(PDQ, 16))]
    assert lists.texts == [("4", "Bán bằng giả, giao hàng tận nơi")]
    assert {facts.ref for facts in lists.grounds.values()} == {FRAUD}


def test_what_is_there_already_is_known(take):
    content = "phrase\nnhận quà khủng\n"
    assert take("csv", content, "--ground", FRAUD)["added"] == 1
    again = take("csv", content + "tặng xe miễn phí\n", "--ground", FRAUD)
    assert (again["added"], again["known"]) == (1, 1)
    assert len((take.lists / "phrases.tsv").read_text().splitlines()) == 2


def test_a_dry_run_writes_nothing(take, tmp_path):
    told = take("csv", "domain\nbad.example\n", "--ground", FRAUD, "--dry-run", "--results", str(tmp_path / "out"))
    assert told["added"] == 1
    assert not take.lists.exists()
    assert json.loads((tmp_path / "out").read_text()) == {
        "line": 2, "result": "added", "kind": "domain", "entry": "bad.example"
    }  # fmt: skip


def test_hosts(take):
    told = take(
        "hosts",
        "# chú thích\n127.0.0.1 localhost\n0.0.0.0 bad.example worse.example # vì lừa đảo\n||ads.example^\n! adblock\n"
        "plain.example\nnot_a host!\n*.wild.example\n0.0.0.0\tbad.example\n",
        "--ground", FRAUD,
    )  # fmt: skip
    assert told["added"] == 5
    assert told["known"] == 1
    assert {line for line, _, _ in refusals(told)} == {7}
    assert set(read_lists(take.lists, pack_ground).domains) == {
        "bad.example", "worse.example", "ads.example", "plain.example", "wild.example"
    }  # fmt: skip


def indicator(name, pattern, **more):
    return {"type": "indicator", "id": f"indicator--{name}", "pattern": pattern, "pattern_type": "stix", **more}


def test_stix(take):
    objects = [
        {"type": "identity", "id": "identity--1"},
        indicator("1", "[domain-name:value = 'bad.example']"),
        indicator("2", "[domain-name:value = 'a.example' OR url:value = 'https://b.example/']"),
        indicator("3", "[domain-name:value = 'c.example'] OR [domain-name:value = 'd.example']"),
        indicator("4", f"[file:hashes.'PDQ' = '{PDQ}']"),
        indicator("5", "[domain-name:value = 'x.example' AND ipv4-addr:value = '1.2.3.4']"),
        indicator("6", "[ipv4-addr:value = '1.2.3.4']"),
        indicator("7", "[domain-name:value LIKE '%.example']"),
        indicator("8", "[domain-name:value = 'old.example']", valid_until="2020-01-01T00:00:00Z"),
        indicator("9", "[domain-name:value = 'gone.example']", revoked=True),
        indicator("10", "rule x { condition: true }", pattern_type="yara"),
        indicator("11", "[domain-name:value = 'e.example'] FOLLOWEDBY [domain-name:value = 'f.example']"),
        indicator("12", "[url:value = 'https://g.example/login']"),
        indicator("13", 7),
    ]
    told = take("stix", json.dumps({"type": "bundle", "objects": objects}, indent=1), "--ground", FRAUD)
    assert told["added"] == 6
    lists = read_lists(take.lists, pack_ground)
    assert set(lists.domains) == {"bad.example", "a.example", "b.example", "c.example", "d.example"}
    assert lists.images == [("indicator--4", int(PDQ, 16))]
    content = json.dumps({"type": "bundle", "objects": objects}, indent=1).splitlines()
    for one in told["refusals"]:
        name = one["entry"].removeprefix("indicator--")
        lines = content[one["line"] - 1 : one["line"] + 7]
        assert lines[0].strip() == "{"
        assert any(f'"indicator--{name}"' in line for line in lines)
    assert [(one["entry"].rpartition("-")[2], one["field"]) for one in told["refusals"]] == [
        ("5", "pattern"), ("6", "pattern"), ("7", "pattern"), ("8", "valid_until"), ("9", "revoked"),
        ("10", "pattern_type"), ("11", "pattern"), ("12", "pattern"), ("13", "pattern"),
    ]  # fmt: skip


def test_threatexchange(take):
    items = [
        {"id": "1", "raw_indicator": "bad.example", "type": "DOMAIN", "status": "MALICIOUS"},
        {"id": "2", "indicator": {"indicator": PDQ, "type": "HASH_PDQ"}},
        {"id": "3", "raw_indicator": "nhận quà khủng", "type": "TEXT_STRING"},
        {"id": "4", "raw_indicator": "d41d8cd98f00b204e9800998ecf8427e", "type": "HASH_MD5"},
        {"id": "5", "raw_indicator": "good.example", "type": "DOMAIN", "status": "NON_MALICIOUS"},
        {"id": "6", "type": "DOMAIN"},
        "x",
    ]
    told = take("threatexchange", json.dumps({"data": items}), "--ground", FRAUD)
    assert told["added"] == 3
    assert [(one.get("entry", ""), one["field"]) for one in told["refusals"][:3]] == [
        ("4", "type"), ("5", "status"), ("6", "indicator")
    ]  # fmt: skip
    assert take("threatexchange", "\n".join(map(json.dumps, items)), "--ground", FRAUD)["known"] == 3


@pytest.mark.parametrize(
    ("form", "content", "where", "what"),
    [
        ("csv", "tên,ghi chú\na,b\n", "entries:1", "the first line names no column"),
        ("csv", b"phrase\n\xff\xfe\n", "entries:2", "the line is not UTF-8"),
        ("csv", 'phrase\n"mở mà không đóng\n', "entries:2", "not CSV"),
        ("hosts", b"a.example\n\xff\n", "entries:2", "the line is not UTF-8"),
        ("stix", '{"objects": [\n{"type": }]}', "entries:2", "not JSON"),
        ("stix", b'{"objects": [\n"\xff"]}', "entries:2", "the line is not UTF-8"),
        ("stix", "[" * 100_000, "entries", "not JSON"),
        ("threatexchange", '{"id": "1"}\n{"id": \n', "entries:2", "not JSON"),
    ],
)
def test_files_that_can_not_be_read(take, form, content, where, what):
    error = take(form, content, "--ground", FRAUD, status=2)
    assert f"{where}: {what}" in error
    assert error.count("\n") == 1


@settings(deadline=None, max_examples=examples(40))
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=200))
def test_any_bytes_give_rows_or_one_error(form, content):
    with contextlib.suppress(BadInput):
        assert all(row.line >= 1 for row in READERS[form](content, "file"))


@pytest.mark.parametrize(
    ("address", "host", "whole"),
    [
        ("bad.example", "bad.example", True),
        ("https://bad.example", "bad.example", True),
        ("http://user@bad.example:8080/", "bad.example", True),
        ("bad.example/trang", "bad.example", False),
        ("https://bad.example?x=1", "bad.example", False),
        ("hai từ", "", False),
    ],
)
def test_hosts_of_addresses(address, host, whole):
    assert host_of(address)[0] == host
    assert (host_of(address)[1] == "") is whole


@pytest.fixture
def verdicts(tmp_path, monkeypatch):
    def verdicts(allowed, *posts):
        (tmp_path / "phrases.tsv").write_text("p1\tcá độ\tfold\n", encoding="utf-8")
        (tmp_path / "domains.txt").write_text(f"evil.example\t{FRAUD}\n", encoding="utf-8")
        (tmp_path / "allowed.tsv").write_text(allowed, encoding="utf-8")
        lines = "\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(posts))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(io.BytesIO()))
        assert main(["screen", "--lists", str(tmp_path)]) == 0
        return [json.loads(line)["verdict"] for line in out.buffer.getvalue().splitlines()]

    return verdicts


def test_what_is_allowed_is_no_hit(verdicts):
    posts = (
        "đi bắt cá độ này nhiều lắm",
        "nhóm cá độ, và bắt cá độ",
        "xem ok.evil.example nhé",
        "xem www.ok.evil.example nhé",
        "xem evil.example nhé",
        "x" * 300_000 + " bắt cá độ này",
    )
    assert verdicts("# chú thích\n", *posts) == ["review", "review", "hold", "hold", "hold", "review"]
    assert verdicts("phrase\tbắt cá độ\tcâu cá\ndomain\tok.evil.example\n", *posts) == [
        "pass", "review", "pass", "pass", "hold", "pass"
    ]  # fmt: skip
    assert verdicts("domain\tevil.example\n", posts[2], posts[4]) == ["pass", "pass"]


@pytest.mark.parametrize("line", ["video\tx", "domain\tcom", "image\t0f", "domain"])
def test_a_bad_line_of_what_is_allowed(tmp_path, line):
    (tmp_path / "allowed.tsv").write_text(f"domain\tok.example\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"allowed\.tsv:2"):
        read_lists(tmp_path, pack_ground)


def test_what_is_allowed_is_not_taken_in(take):
    take.lists.mkdir()
    (take.lists / "allowed.tsv").write_text(f"domain\tok.example\nimage\t{PDQ}\n")
    told = take("csv", f"kind,value\ndomain,a.ok.example\nimage,{PDQ[:-1]}e\ndomain,b.example\n", "--ground", FRAUD)
    assert (told["added"], told["refused"]) == (1, 2)
    assert all("allowed" in one["why"] for one in told["refusals"])
