"""Rules in shadow, counts in a window, and what lists would have done to past posts."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.screening.posts import Post
from anlanh.screening.rules.windows import Windows
from anlanh.server.cli import main
from tests.effort import examples

RULES = """rules:
  - id: young
    when: any(domains) and account.age_days < 7
    then: hold
    ground: 116/2025/QH15/7.2.đ
  - id: flood
    when: window.posts > 3
    shadow: true
  - id: chorus
    when: window.copies >= 3
"""
POSTS = [
    {"id": "1", "text": "mua ở shop.example nhé", "account": {"age_days": 2}, "decided": "removed"},
    {"id": "2", "text": "cá độ ở shop.example", "decided": "kept"},
    {"id": "3", "text": "đi bắt cá độ này nhiều lắm", "decided": "kept"},
    {"id": "4", "text": "hôm nay trời đẹp"},
]


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "phrases.tsv").write_text("p1\tcá độ\tfold\n", encoding="utf-8")
    (tmp_path / "domains.txt").write_text("shop.example\n", encoding="utf-8")

    def ask(*words, posts=POSTS, status=0):
        lines = b"\n".join(post if isinstance(post, bytes) else json.dumps(post).encode() for post in posts)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
        assert main(["screen", "backtest", "--lists", str(tmp_path), *map(str, words)]) == status
        told = capsys.readouterr()
        return told.out if not status else told.err

    ask.lists = tmp_path
    return ask


def test_totals_and_samples(ask):
    told = json.loads(ask("--json", posts=[*POSTS, b"not json"]))
    assert (told["posts"], told["bad_lines"]) == (4, 1)
    assert told["verdicts"] == {"pass": 1, "review": 2, "hold": 1}
    young = told["rules"][0]
    assert (young["id"], young["then"], young["shadow"]) == ("young", "hold", False)
    assert (young["posts"], young["alone"], young["decided"]) == (1, 1, {"removed": 1})
    assert young["samples"] == [{"id": "1", "words": ["shop.example"], "text": "mua ở shop.example nhé"}]
    phrase, domain = sorted(told["entries"], key=lambda entry: entry["kind"], reverse=True)
    assert (phrase["entry"], phrase["posts"], phrase["alone"], phrase["decided"]) == ("p1", 2, 1, {"kept": 2})
    assert (domain["posts"], domain["alone"]) == (2, 1)
    assert [rule["posts"] for rule in told["rules"][1:]] == [0, 0]


def test_one_rule_alone_and_for_people(ask):
    assert [rule["id"] for rule in json.loads(ask("--rule", "young", "--json"))["rules"]] == ["young"]
    assert "rule young (hold): 1 posts, 1 by it alone, 1 removed\n    1: mua ở" in ask()
    assert "there is no rule 'old'" in ask("--rule", "old", status=2)
    assert "--samples" in ask("--samples", "-1", status=2)


def test_what_would_change_against_the_lists_that_count(ask, tmp_path_factory):
    now = tmp_path_factory.mktemp("now")
    (now / "domains.txt").write_text("shop.example\n", encoding="utf-8")
    told = json.loads(ask("--before", now, "--json"))
    changes = {(one["from"], one["to"]): [sample["id"] for sample in one["samples"]] for one in told["changes"]}
    assert changes == {("pass", "review"): ["3"], ("review", "hold"): ["1"]}


def test_samples_are_few_and_the_same_each_time(ask):
    posts = [{"id": str(number), "text": "cá độ"} for number in range(300)]
    told = [json.loads(ask("--json", "--samples", "7", posts=order)) for order in (posts, posts[::-1])]
    first, second = (one["entries"][0] for one in told)
    assert first == second
    assert len({sample["id"] for sample in first["samples"]}) == 7


def test_a_rule_in_shadow_is_told_and_does_not_count(ask, monkeypatch):
    posts = [
        {"id": str(n), "text": f"bài {n}", "at": f"2026-11-21T09:{n:02}:00+07:00", "account": {"id": "a"}}
        for n in range(6)
    ]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(map(json.dumps, posts)).encode())))
    monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(io.BytesIO()))
    assert main(["screen", "--lists", str(ask.lists)]) == 0
    verdicts = [json.loads(line) for line in out.buffer.getvalue().splitlines()]
    assert [verdict.get("shadow", []) for verdict in verdicts] == [[], [], [], ["flood"], ["flood"], ["flood"]]
    assert {verdict["verdict"] for verdict in verdicts} == {"pass"}
    assert not any(verdict["rules"] for verdict in verdicts)


def test_shadow_is_true_or_false(ask):
    (ask.lists / "rules.yaml").write_text(RULES.replace("shadow: true", "shadow: maybe"))
    assert "rules.yaml:8: shadow is true or false" in ask(status=2)


def counts(posts):
    windows = Windows()
    return [
        windows.counted(Post(str(n), post.pop("text"), (), post)).told.get("window") for n, post in enumerate(posts)
    ]


def test_counts_in_a_window():
    text = "Nhận quà ngay hôm nay tại đây nhé"
    posts = [
        {"text": text, "at": "2026-11-21T09:00:00+07:00", "account": {"id": "a"}},
        {"text": text.upper(), "at": "2026-11-21T09:59:59+07:00", "account": {"id": "b"}},
        {"text": "ngắn", "at": "2026-11-21T10:00:00+07:00", "account": {"id": "a"}},
        {
            "text": text,
            "at": "2026-11-21T03:00:00+00:00",
            "account": {"id": "b"},
            "window": {"posts": 40, "reports": 2},
        },
        {"text": text, "account": {"id": "a"}},
        {"text": text, "at": "hôm nay", "account": {"id": "a"}},
        {"text": text, "at": "2026-11-21T10:00:00", "account": "a"},
    ]
    assert counts(posts) == [
        {"posts": 1, "copies": 1},
        {"posts": 1, "copies": 2},
        {"posts": 1},
        {"posts": 40, "copies": 2, "reports": 2},
        None,
        None,
        None,
    ]


@settings(deadline=None, max_examples=examples(30))
@given(st.lists(st.integers(0, 20_000), max_size=40))
def test_a_window_holds_an_hour(seconds):
    seconds.sort()
    posts = [
        {"text": "", "at": f"2026-11-21T{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}+00:00", "account": {"id": "a"}}
        for s in seconds
    ]
    assert [window["posts"] for window in counts(posts)] == [
        sum(now - 3600 < before for before in seconds[: at + 1]) for at, now in enumerate(seconds)
    ]
