"""What may hold a post and what only sends it to a person; and what a post, list or picture may not break."""

import io
import json
import struct
import zlib

import pytest
from PIL import Image

from anlanh.screening.engine import Screen, Verdict
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.hits import Hit
from anlanh.screening.lists import Lists
from anlanh.screening.rules.book import RuleBook, read_rules
from anlanh.server.cli import main
from tests.screening.test_images import bomb, picture

CATEGORIES = ("fraud", "malware", "child", "privacy", "honour", "prohibited_ads", "violence_obscenity", "")
KINDS = ("phrase", "domain", "copy", "near_copy", "image", "model")


def _by_point(ref):
    return GroundFacts(str(ref), {"a": "fraud", "b": "child", "c": "privacy"}[ref.point], True)


def decided(kind, category, *, score=1.0, asked="", tmp_path=None):
    lists = Lists(grounds={(kind, "e"): GroundFacts("x", category, True)} if category is not None else {})
    rules = RuleBook([])
    if asked:
        (tmp_path / "rules.yaml").write_text(f"rules:\n  - {{id: r, when: any(copies), then: hold, ground: {asked}}}\n")
        rules = read_rules(tmp_path / "rules.yaml", _by_point)
    return Screen(lists).decide([Hit(0, 5, kind, "e", score)], rules.rules, [])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_only_these_hold(kind, category):
    holds = kind == "copy" or (kind, category) in {("domain", "fraud"), ("domain", "malware"), ("image", "child")}
    assert decided(kind, category) == ("hold" if holds else "review")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("category", "held"), [("fraud", "domain"), ("child", "image"), ("privacy", "")])
def test_a_rule_that_asks_holds_only_what_may_be_held(kind, category, held, tmp_path):
    """A rule's ground stands in for one that the list does not name; no phrase, near copy or model ever holds."""
    asked = {"fraud": "1/2020/QH14/1.1.a", "child": "1/2020/QH14/1.1.b", "privacy": "1/2020/QH14/1.1.c"}[category]
    unnamed = decided(kind, None, asked=asked, tmp_path=tmp_path)
    assert unnamed == ("hold" if kind in ("copy", held) else "review")
    against = decided(kind, "privacy", asked=asked, tmp_path=tmp_path)
    assert against == ("hold" if kind == "copy" else "review")


def test_what_only_looks_like_a_listed_host_does_not_hold():
    assert decided("domain", "fraud", score=0.9) == "review"


def test_what_could_not_be_looked_at_is_a_persons():
    assert Screen(Lists()).decide([], [], ["the image can't be read"]) == "review"
    assert Screen(Lists()).decide([], [], []) == "pass"


def test_no_verdict_takes_anything_away():
    assert set(Verdict._fields) == {"id", "hits", "rules", "verdict", "notes", "shadow"}
    for kind in KINDS:
        for category in CATEGORIES:
            assert decided(kind, category) in ("pass", "review", "hold")


@pytest.fixture
def screen(tmp_path, monkeypatch, capsys):
    (tmp_path / "phrases.tsv").write_text("p1\tcá độ\tfold\n", encoding="utf-8")

    def screen(*lines, status=0):
        data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(io.BytesIO()))
        assert main(["screen", "--lists", str(tmp_path)]) == status
        if status:
            return capsys.readouterr().err
        return [json.loads(line) for line in out.buffer.getvalue().splitlines()]

    screen.lists = tmp_path
    return screen


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("phrases.tsv", b"\xff\xfe\x00"),
        ("phrases.tsv", b"a\tb\n"),
        ("phrases.tsv", b"\0" * 1000),
        ("domains.txt", b"\x80.example\n"),
        ("domains.txt", b"a b c\n"),
        ("removed.ndjson", b'{"id": "1", "text": "x"\n'),
        ("removed.ndjson", b'{"id": "1", "text": "\xff"}\n'),
        ("images.tsv", b"i1\t0f0f\n"),
        ("images.tsv", b"i1\t" + b"zz" * 32 + b"\n"),
        ("rules.yaml", b"rules: [{id: a, when: 'any(phrases'}]\n"),
        ("rules.yaml", b"\xff\xfe"),
        ("rules.yaml", b"rules: &a [*a]\n"),
        ("rules.yaml", b"- " * 5000),
        ("rules.yaml", b"rules:\n\t- x\n"),
        ("allowed.tsv", b"domain\n"),
        ("model.x", b"{}\n"),
        ("model.x", b"\x80" * 100),
    ],
)
def test_a_corrupted_list_is_one_line_that_names_it(screen, name, content):
    (screen.lists / name).write_bytes(content)
    error = screen({"id": "1", "text": "x"}, status=2)
    assert name in error
    assert error.count("\n") == 1
    assert "; " in error


def huge_chunk():
    """A PNG whose text chunk unpacks to 200 MB."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (200 << 20), 1))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * (8 * 25)))
    return b"\x89PNG\r\n\x1a\n" + header + text + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        huge_chunk(),
        b"",
        b"\xff\xd8\xff\xe0 broken",
        b"GIF89a\xff\xff\xff\xff\0\0\0",
        b"BM" + b"\xff" * 60,
        b"%PDF-1.4",
    ],
    ids=["bomb", "text chunk", "empty", "jpeg", "gif", "bmp", "pdf"],
)
def test_bombs_and_broken_pictures_go_to_a_person_and_the_run_goes_on(screen, content):
    (screen.lists / "images.tsv").write_text(f"i1\t{'0f' * 32}\n")
    (screen.lists / "x").write_bytes(content)
    picture(3).save(screen.lists / "fine.png")
    Image.new("L", (9, 9)).save(screen.lists / "plain.png")
    broken, fine, plain = screen(
        {"id": "1", "text": "", "images": [str(screen.lists / "x")]},
        {"id": "2", "text": "", "images": [str(screen.lists / "fine.png")]},
        {"id": "3", "text": "", "images": [str(screen.lists / "plain.png"), "/dev/zero", "/etc/"]},
    )
    assert (broken["verdict"], len(broken["notes"])) == ("review", 1)
    assert fine["verdict"] == "pass"
    assert (plain["verdict"], len(plain["notes"])) == ("review", 3)


def test_private_posts_are_refused_and_nothing_of_them_is_told(screen):
    private, fine = screen(
        {"id": "bí mật", "text": "rủ cá độ", "audience": "private"}, {"id": "2", "text": "cá độ", "audience": "public"}
    )
    assert private == {"id": None, "error": "private messages are not screened", "line": 1}
    assert fine["verdict"] == "review"
