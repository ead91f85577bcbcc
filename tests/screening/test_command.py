"""`anlanh screen` to its contract."""

import io
import json

import pytest
from PIL import Image

from anlanh.screening.images import read_fingerprint
from anlanh.server.cli import main
from tests.screening.test_images import picture

REMOVED = "Nhận ngay quà tặng trị giá năm triệu đồng khi đăng ký thành viên hôm nay, bấm vào liên kết dưới đây nhé"

FRAUD = "116/2025/QH15/7.2.đ"


@pytest.fixture
def lists(tmp_path):
    picture(5).save(tmp_path / "known.png")
    known = read_fingerprint(tmp_path / "known.png").hash
    for name, content in {
        "phrases.tsv": "p1\tlừa đảo\tevasive\np2\tcá độ\tfold\n",
        "domains.txt": "scam.example\t116/2025/QH15/7.2.đ\nshop.example\n",
        "removed.ndjson": json.dumps({"id": "r1", "text": REMOVED}),
        "images.tsv": f"i1\t{known:064x}\n",
        "rules.yaml": "rules:\n  - id: new\n    when: any(domains) and account.age_days < 7\n    then: hold\n"
        "    ground: 116/2025/QH15/7.2.đ\n",
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def screen(lists, monkeypatch, capfdbinary):
    def run(*lines: object) -> list[dict]:
        data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(io.BytesIO()))
        assert main(["screen", "--lists", str(lists)]) == 0
        return [json.loads(line) for line in out.buffer.getvalue().decode().splitlines()]

    return run


def test_one_verdict_a_line_in_order(screen):
    verdicts = screen(
        {"id": "1", "text": "Chúc mừng năm mới"},
        {"id": "2", "text": "bị L.Ừ.A đ4o rồi"},
        {"id": "3", "text": "vào www.scam.example"},
        {"id": "4", "text": "vào shop.example"},
        {"id": "5", "text": "vào shop.example", "account": {"age_days": 1}},
        {"id": "6", "text": REMOVED},
        {"id": "7", "text": REMOVED.replace("quà tặng", "phần quà")},
    )
    assert [(v["id"], v["verdict"], [h["kind"] for h in v["hits"]]) for v in verdicts] == [
        ("1", "pass", []),
        ("2", "review", ["phrase"]),
        ("3", "hold", ["domain"]),
        ("4", "review", ["domain"]),
        ("5", "hold", ["domain"]),
        ("6", "hold", ["copy"]),
        ("7", "review", ["near_copy"]),
    ]
    assert verdicts[1] == {
        "id": "2",
        "hits": [{"kind": "phrase", "entry": "p1", "start": 3, "end": 12, "score": 1.0}],
        "rules": [],
        "verdict": "review",
    }
    assert verdicts[4]["rules"] == ["new"]
    assert 0.5 <= verdicts[6]["hits"][0]["score"] < 1


def test_images_are_compared_and_what_can_not_be_seen_goes_to_a_person(screen, lists):
    Image.open(lists / "known.png").resize((140, 100)).save(lists / "copy.jpg")
    picture(6).save(lists / "other.png")
    seen, unseen = screen(
        {"id": "1", "text": "", "images": [str(lists / "other.png"), str(lists / "copy.jpg")]},
        {"id": "2", "text": "", "images": ["missing.png", "nul\0.png"]},
    )
    assert seen["verdict"] == "review"
    assert [(hit["entry"], hit["image"]) for hit in seen["hits"]] == [("i1", str(lists / "copy.jpg"))]
    assert unseen["verdict"] == "review"
    assert len(unseen["notes"]) == 2


def test_bad_lines_are_told_and_the_run_goes_on(screen):
    verdicts = screen(
        b"not json",
        b"\xff\xfe{}",
        b"",
        b"[1]",
        {"id": 5, "text": "x"},
        {"id": "5"},
        {"id": "5", "text": "x", "images": "a.png"},
        {"id": "5", "text": "x", "audience": "private"},
        b"[" * 100_000,
        b'{"id": "9", "text": "x", "n": ' + b"9" * 5000 + b"}",
        {"id": "ok", "text": "cá độ"},
    )
    assert [v["id"] for v in verdicts] == [None] * 10 + ["ok"]
    assert [v["line"] for v in verdicts[:-1]] == list(range(1, 11))
    assert all(v["error"] for v in verdicts[:-1])
    assert len(verdicts[-1]["hits"]) == 1


def test_lone_surrogates_pass_through(screen):
    (verdict,) = screen({"id": "\ud800", "text": "cá độ \ud800 lừa đảo \udfff"})
    assert verdict["id"] == "\ud800"
    assert [(hit["start"], hit["end"]) for hit in verdict["hits"]] == [(0, 5), (8, 15)]


@pytest.mark.slow
def test_posts_of_fifty_megabytes(screen):
    verdicts = screen(
        *({"id": "x", "text": piece * (50_000_000 // len(piece)) + " cá độ"} for piece in ("a", "đ ", "a."))
    )
    assert [verdict["hits"][-1]["entry"] for verdict in verdicts] == ["p2"] * 3


def test_a_broken_list_is_one_line_and_exit_status_2(lists, capsys):
    (lists / "phrases.tsv").write_text("p1\tlừa đảo\n")
    assert main(["screen", "--lists", str(lists)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "phrases.tsv:1: 3 fields are expected" in error


def test_no_list_for_grounds_of_national_security(lists, capsys):
    (lists / "phrases.tsv").write_text("p1\tchê cán bộ\tfold\t72/2013/NĐ-CP/5.1.a\n", encoding="utf-8")
    assert main(["screen", "--lists", str(lists)]) == 2
    assert "screening must not look for" in capsys.readouterr().err


def test_lists_are_tried_on_lawful_writing_and_must_name_their_grounds(lists, capsys):
    assert main(["screen", "--lists", str(lists), "--check"]) == 1
    told = capsys.readouterr()
    assert "phrase p1\tnews\t“lừa đảo”: Công an cảnh báo" in told.out
    assert f"no ground\t{lists / 'phrases.tsv'}:1\tp1 and 1 more" in told.out
    assert f"no ground\t{lists / 'domains.txt'}:2\tshop.example\n" in told.out
    for name in ("removed.ndjson:1\tr1", "images.tsv:1\ti1"):
        assert name in told.out
    assert "5 entries and rules without a ground, " in told.err
    for name in ("removed.ndjson", "images.tsv"):
        (lists / name).unlink()
    (lists / "domains.txt").write_text(f"scam.example\t{FRAUD}\n", encoding="utf-8")
    (lists / "phrases.tsv").write_text(f"p9\ttải ngay nhận quà khủng\tevasive\t{FRAUD}\n", encoding="utf-8")
    assert main(["screen", "--lists", str(lists), "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_lists_that_check_objects_to_are_on_trial_and_strict_refuses_them(lists, monkeypatch, capsys):
    def run(*more: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO()))
        return main(["screen", "--lists", str(lists), *more]), capsys.readouterr().err

    assert run()[0] == 0
    assert "on trial" in run()[1]
    assert "phrases.tsv:1: p1 and 1 more names no ground" in run()[1]
    assert run("--strict")[0] == 2
    assert "on trial" not in run("--strict")[1]
    for name in ("removed.ndjson", "images.tsv", "domains.txt"):
        (lists / name).unlink()
    (lists / "phrases.tsv").write_text(f"p1\tlừa đảo\tfold\t{FRAUD}\n", encoding="utf-8")
    status, error = run("--strict")
    assert (status, "phrase p1: it hits lawful news: “lừa đảo”" in error) == (2, True)
    (lists / "phrases.tsv").write_text(f"p1\tnhận quà khủng\tfold\t{FRAUD}\n", encoding="utf-8")
    with (lists / "rules.yaml").open("a") as out:
        out.write("  - {id: long, when: length > 5000}\n")
    status, error = run("--strict")
    assert (status, "rules.yaml:6: rule long names no ground" in error) == (2, True)


def test_a_rule_in_shadow_is_tried_as_if_it_counted(lists, capsys):
    for name in ("removed.ndjson", "images.tsv", "domains.txt", "phrases.tsv"):
        (lists / name).unlink()
    (lists / "rules.yaml").write_text(f"rules:\n  - {{id: all, when: length > 9, shadow: true, ground: {FRAUD}}}\n")
    assert main(["screen", "--lists", str(lists), "--check"]) == 1
    assert capsys.readouterr().out.startswith("rule all\tcriticism\t")
