"""Indexes kept in files: the same answers as from the lists, additions seen at once, nothing damaged believed."""

import io
import json
import random
from pathlib import Path

import pytest

from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.lists import read_lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.stream import judge_stream
from anlanh.server.cli import main
from tests.screening.attacks import FORMS
from tests.screening.test_copies import corpus, edited
from tests.screening.test_phrases import SYLLABLES

pytestmark = pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
if is_installed():
    from anlanh.screening.kept import read_kept
    from anlanh.screening.native.finder import NativeFinder
    from anlanh.screening.shelf import Shelf

FRAUD = "116/2025/QH15/7.2.đ"


def grounds(ref):
    return GroundFacts(str(ref), "fraud", True)


def lines_of(chance: random.Random, count: int, texts: list[str]) -> dict[str, list[str]]:
    levels = ("exact", "fold", "evasive")
    words = [" ".join(chance.sample(SYLLABLES, chance.randint(1, 4))) for _ in range(count)]
    names = [f"{chance.choice('abc')}{chance.randrange(count)}.{chance.choice(['vn', 'com', 'x.vn'])}" for _ in words]
    return {
        "phrases.tsv": [f"p{n}\t{w}\t{levels[n % 3]}" + f"\t{FRAUD}" * (n % 5 == 0) for n, w in enumerate(words)],
        "domains.txt": [name.upper() if n % 7 == 0 else name for n, name in enumerate(names)]
        + [f"bad{count}.vn\t{FRAUD}", "bad.vn"],
        "removed.ndjson": [json.dumps({"id": f"r{n}", "text": text}) for n, text in enumerate(texts)],
        "images.tsv": [f"i{n}\t{chance.getrandbits(256):064x}" for n in range(count)],
    }


def write(directory: Path, lines: dict[str, list[str]], mode: str = "w") -> None:
    directory.mkdir(exist_ok=True)
    for name, content in lines.items():
        with (directory / name).open(mode, encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in content)


def posts_for(directory: Path, chance: random.Random) -> bytes:
    lists = read_lists(directory, grounds)
    posts = []
    for number in range(150):
        phrase = chance.choice(lists.phrases).phrase
        attacked = chance.choice(list(FORMS.values()))[1](phrase, chance)
        host = f"https://www.{chance.choice(list(lists.domains))}/x"
        copy = edited(chance.choice(lists.texts)[1], chance.choice([0, 0.1, 0.2]), chance)
        text = chance.choice([attacked, host, copy, f"{attacked} {host}", "không có gì"])
        posts.append({"id": str(number), "text": text})
    return "\n".join(map(json.dumps, posts)).encode()


def judged(screen: Screen, posts: bytes) -> bytes:
    out = io.BytesIO()
    judge_stream(screen, io.BytesIO(posts), out)
    return out.getvalue()


@pytest.fixture
def room(tmp_path):
    texts = corpus(60)
    write(tmp_path / "lists", lines_of(random.Random(1), 60, texts[:50]))
    return tmp_path


def kept(room: Path, **options: bool):
    return read_kept(room / "lists", room / "index", grounds, **options)


def test_kept_indexes_answer_as_the_lists_do(room):
    posts = posts_for(room / "lists", random.Random(2))
    wanted = judged(Screen(read_lists(room / "lists", grounds)), posts)
    assert b'"hold"' in wanted
    assert b"near_copy" in wanted
    made = {path: path.stat().st_mtime_ns for path in (room / "index").glob("*")}
    for options in ({}, {}, {"verify": False}):
        lists = kept(room, **options)
        assert judged(Screen(lists), posts) == wanted
        now = {path: path.stat().st_mtime_ns for path in (room / "index").iterdir()}
        assert len(now) == 4
        assert not made or now == made, "what is still good is used again"
        made = now
        hashes = [known for _, known in lists.images]
        assert hashes == [known for _, known in read_lists(room / "lists", grounds).images]
        screen = Screen(lists)
        assert [entry for entry, _ in screen._images.find(hashes[7] ^ 1)] == [7]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_added_to_a_list_is_seen_without_indexing_it_anew(room, seed):
    kept(room)
    before = {path: path.read_bytes() for path in (room / "index").iterdir()}
    chance = random.Random(seed)
    write(room / "lists", lines_of(chance, 20, corpus(60)[45:]), "a")
    posts = posts_for(room / "lists", chance)
    lists = kept(room)
    assert {path: path.read_bytes() for path in (room / "index").iterdir()} == before
    assert len(lists.added.phrases) == 20
    screen = Screen(lists)
    assert judged(screen, posts) == judged(Screen(read_lists(room / "lists", grounds)), posts)
    assert [entry for entry, _ in screen._images.find(lists.images[65][1] ^ 6)] == [65]


def test_a_finder_takes_additions(room):
    write(room / "more", lines_of(random.Random(5), 30, corpus(80)[60:]))
    first, more = (read_lists(room / name, grounds) for name in ("lists", "more"))
    both = NativeFinder(first).with_added(more)
    posts = b"\n".join(posts_for(room / name, random.Random(6)) for name in ("lists", "more"))
    texts = [json.loads(line)["text"] for line in posts.splitlines()]
    write(room / "lists", {path.name: path.read_text("utf-8").splitlines() for path in (room / "more").iterdir()}, "a")
    assert both.find(texts) == NativeFinder(read_lists(room / "lists", grounds)).find(texts)
    assert both.with_added(more).find(texts) == both.find(texts)


def test_a_list_that_has_changed_is_indexed_anew(room):
    kept(room)
    path = room / "lists" / "phrases.tsv"
    path.write_text("p\tkhác hẳn\tfold\n", encoding="utf-8")
    lists = kept(room)
    assert [phrase.phrase for phrase in lists.phrases] == ["khác hẳn"]
    path.write_text("p\tkhác hẳn\tfold", encoding="utf-8")  # no line feed: what follows may belong to the line
    assert len(kept(room).phrases) == 1
    path.write_text("p\tkhác hẳn\tfold\nq\tnữa\tfold", encoding="utf-8")
    assert [phrase.id for phrase in kept(room).phrases] == ["p", "q"]


def test_an_empty_list_and_a_bad_line(room):
    (room / "lists" / "phrases.tsv").write_text("# none\n")
    assert len(kept(room).phrases) == 0
    assert judged(Screen(kept(room)), b'{"id": "1", "text": "x"}').count(b"pass") == 1
    with (room / "lists" / "phrases.tsv").open("a") as out:
        out.write("p1\tonly two\n")
    with pytest.raises(BadInput) as fault:
        kept(room)
    assert fault.value.where.endswith("phrases.tsv:2")


def test_a_ground_that_is_refused_today_is_refused_from_the_index_too(room):
    kept(room)
    with pytest.raises(BadInput, match="must not look for"):
        read_kept(room / "lists", room / "index", lambda ref: GroundFacts(str(ref), "security", False))


@pytest.mark.parametrize(
    "name",
    [
        "phrases.tsv",
        *(pytest.param(f, marks=pytest.mark.slow) for f in ("domains.txt", "removed.ndjson", "images.tsv")),
    ],
)
def test_a_damaged_index_is_an_error_and_never_a_crash(room, name):
    posts = posts_for(room / "lists", random.Random(2))
    wanted = judged(Screen(kept(room)), posts)
    path = room / "index" / f"{name}.index"
    good, chance, mends = path.read_bytes(), random.Random(name), set()
    for length in (0, 5, 60, 4096, len(good) - 4096, len(good) - 1):
        path.write_bytes(good[:length])
        with pytest.raises(BadInput, match="the file"):
            kept(room)
    for _ in range(20):
        at = chance.choice([chance.randrange(len(good)), chance.randrange(5000)])
        path.write_bytes(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :])
        try:
            assert judged(Screen(kept(room)), posts) == wanted, "a byte that nothing is read from"
        except BadInput as fault:
            mends.add(fault.mend.partition(";")[0])
    assert mends == {"take the file out"}
    path.write_bytes(good)
    Shelf(path).verify()


def test_a_damaged_index_opened_unchecked_is_an_answer_or_an_error_that_names_it(room):
    posts = posts_for(room / "lists", random.Random(2))
    kept(room)
    chance, told = random.Random(4), set()
    for _ in range(60):
        path = room / "index" / f"{chance.choice(['phrases.tsv', 'domains.txt', 'removed.ndjson', 'images.tsv'])}.index"
        good = path.read_bytes()
        content = bytearray(good)
        first = 4096 + chance.choice([0, chance.randrange(len(good) - 4096)])
        for at in range(first, min(len(good), first + chance.choice([1, 8, 4000]))):
            content[at] = chance.choice([0, 0xFF, chance.randrange(256)])
        path.write_bytes(content)
        try:
            lists = kept(room, verify=False)
            screen = Screen(lists)
            judged(screen, posts)
            list(screen._images.find(chance.getrandbits(256)))
            list(zip(lists.phrases, lists.texts, lists.images, lists.domains, strict=False))
            for kind in ("phrase", "domain", "copy", "image"):
                lists.grounds.get((kind, "p5"))
        except BadInput as fault:
            told.add((fault.what, fault.where == str(path), fault.mend.partition(";")[0]))
        path.write_bytes(good)
    assert len(told) > 2
    assert {one[1:] for one in told} == {(True, "take the file out")}


def test_the_command_keeps_indexes(room, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "1", "text": "xem bad.vn"}')))
    monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(io.BytesIO()))
    arguments = ["screen", "--lists", str(room / "lists"), "--index", str(room / "index")]
    for _ in range(2):
        assert main(arguments) == 0
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "1", "text": "bad.vn"}')))
    answers = [json.loads(line) for line in out.buffer.getvalue().splitlines()]
    assert [[hit["entry"] for hit in answer["hits"]] for answer in answers] == [["bad.vn"]] * 2
    (room / "index" / "phrases.tsv.index").write_bytes(b"x")
    assert main(arguments) == 2
    assert "take the file out" in capsys.readouterr().err
