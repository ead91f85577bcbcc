"""Stored posts: what is found among them is what a full scan finds, and little of it is read."""

import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.finder import Finder
from anlanh.screening.lists import Lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.phrases import Phrase
from anlanh.screening.posts import Post
from anlanh.screening.sweeping import segment
from anlanh.screening.sweeping.filters import asker_for, filter_of, filters_for, holds
from anlanh.screening.sweeping.keys import Ask, hash_bytes, keys_of_texts
from anlanh.screening.sweeping.store import Store
from anlanh.server.cli import main
from tests.effort import examples
from tests.screening.test_native import texts

LONG = "Nhận ngay quà tặng trị giá năm triệu đồng khi đăng ký thành viên hôm nay, bấm vào liên kết dưới đây nhé bạn"
PLAIN, NATIVE = filters_for(plain=True), filters_for()

HEADS, TAILS = (
    ["b", "c", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"],
    ["a", "ă", "e", "ê", "i", "o", "ô", "ơ", "u", "ư"],
)


def posts_of(count, seed=1):
    chosen = random.Random(seed)
    syllables = [head + tail for head in HEADS for tail in TAILS]
    return [Post(f"{seed}-{n}", " ".join(chosen.choices(syllables, k=12))) for n in range(count)]


def lists_of(*phrases, level="fold", domains=(), texts=()):
    return Lists(
        [Phrase(words, words, level) for words in phrases],
        {name: name for name in domains},
        [(text[:9], text) for text in texts],
    )


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(segment, "POSTS", 16)
    store = Store(tmp_path / "kept")
    assert store.append(posts_of(400)) == 400
    return store


def found(store, lists, **options):
    return [(one.post.id, [(hit.kind, hit.start, hit.end) for hit in one.hits]) for one in store.find(lists, **options)]


def test_few_blocks_are_read_for_what_is_rare(store):
    store.append([Post("a", "gặp nhóm LỪA  ĐẢO kia"), Post("b", f"xem www.scam.example. {LONG}"), Post("c", "ở wow")])
    for lists, expected in (
        (lists_of("lừa đảo"), [("a", [("phrase", 9, 17)])]),
        (lists_of("WOW"), [("c", [("phrase", 2, 5)])]),
        (lists_of("LỪA ĐẢO", level="exact"), [("a", [("phrase", 9, 17)])]),
        (lists_of("lừa đảo", level="exact"), []),
        (lists_of(domains=["scam.example"]), [("b", [("domain", 4, 20)])]),
        (lists_of("không hề có"), []),
    ):
        assert found(store, lists) == expected
        assert store.blocks_read <= 3
        assert store.blocks_there == 26


def test_texts_and_what_is_much_like_them(store):
    store.append(
        [Post("same", LONG), Post("near", LONG.replace("quà tặng", "phần thưởng").replace("bạn", "mọi người"))]
    )
    assert [(name, hits[0][0]) for name, hits in found(store, lists_of(texts=[LONG]))] == [
        ("same", "copy"), ("near", "near_copy")
    ]  # fmt: skip
    assert store.blocks_read <= 3
    assert [name for name, _ in found(store, lists_of(texts=["ngắn thôi"]))] == []


def test_evasive_phrases_read_every_block(store):
    store.append([Post("a", "l.ừ.a đ4o")])
    assert [name for name, _ in found(store, lists_of("lừa đảo", level="evasive"))] == ["a"]
    assert store.blocks_read == store.blocks_there


WORDS = st.text("ab đà.1", min_size=1, max_size=30)


@settings(deadline=None, max_examples=examples(20))
@given(
    st.lists(WORDS, min_size=1, max_size=30), st.lists(WORDS.filter(lambda w: any(c.isalnum() for c in w)), max_size=5)
)
def test_the_filters_lose_nothing(tmp_path_factory, texts, phrases):
    store = Store(tmp_path_factory.mktemp("kept"))
    store.append(Post(str(n), text) for n, text in enumerate(texts))
    lists = lists_of(*phrases, domains=["a.đ", "ab.a"], texts=texts[:1])
    expected = [(str(n), hits) for n, hits in enumerate(Finder(lists).find(texts)) if hits]
    assert [(one.post.id, one.hits) for one in store.find(lists, plain=True)] == expected


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
@settings(deadline=None, max_examples=examples(300))
@given(st.lists(texts, max_size=6))
def test_the_core_makes_the_same_filters(batch):
    assert NATIVE(batch) == PLAIN(batch)


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
def test_the_core_makes_the_same_filters_of_long_words_and_names():
    for text in (
        "a" * 63 + "á" * 9,
        "x." * 300,
        ("a" * 300 + ".") * 3,
        "w" * 1000,
        "A.B.c_-.example. đ.vn",
        "。",
        "a.xn--b",
    ):
        assert NATIVE([text, "b", text]) == PLAIN([text, "b", text])
    for text in ("lừa đảo x.vn " * 40_000, "đ" * 300_000, "a b " * 70_000 + "c.。d "):
        assert NATIVE([text]) == PLAIN([text])
    assert hash_bytes(b"12345678") != hash_bytes(b"12345678\0")


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
@given(st.lists(st.tuples(st.lists(st.integers(0, 40), max_size=5), st.integers(0, 5)), max_size=5), st.integers(0, 30))
def test_the_core_asks_filters_alike(asks, most):
    held = filter_of({hash_bytes(bytes([number])) for number in range(most)})
    asks = [Ask(tuple(hash_bytes(bytes([one])) for one in keys), min(least, len(keys))) for keys, least in asks]
    assert asker_for(asks)(held) == asker_for(asks, plain=True)(held)


def test_asks_that_do_not_match_their_keys_are_refused():
    if is_installed():
        from anlanh.screening.native.core import _core

        for held, keys, asks in ((b"", b"", b""), (b"a", b"\0" * 8, b"\2\0\0\0\1\0\0\0")):
            with pytest.raises(ValueError, match="asks"):
                _core.may_hold_any(held, keys, asks, 5)


def test_files_of_the_earlier_version_are_read_whole(store, monkeypatch):
    before = Store(store._directory.parent / "before")
    monkeypatch.setattr(segment, "_MAGIC", segment._BEFORE)
    before.append([*posts_of(40), Post("a", "gặp nhóm lừa đảo")])
    monkeypatch.undo()
    assert [name for name, _ in found(before, lists_of("lừa đảo"))] == ["a"]
    assert before.blocks_read == before.blocks_there
    assert before.verify() == []
    before.compact()
    assert [name for name, _ in found(before, lists_of("không hề có"))] == []
    assert before.blocks_read == 0


@settings(deadline=None, max_examples=examples(20))
@given(st.sets(st.integers(0, (1 << 64) - 1), max_size=300))
def test_a_filter_never_forgets(keys):
    held = filter_of(keys)
    assert all(holds(held, key) for key in keys)


def test_a_filter_seldom_holds_what_it_was_not_given():
    chosen = random.Random(5)
    held = filter_of({chosen.getrandbits(64) for _ in range(10_000)})
    assert sum(holds(held, chosen.getrandbits(64)) for _ in range(20_000)) < 200


def test_any_text_has_keys():
    for text in ("", "\ud800 \udfff.\ud800", "a" * 100_000, "。.。", "x." * 5000):
        assert keys_of_texts([text])


def test_compacting_keeps_the_last_of_each_id_and_forgets(store):
    store.append([Post("1-0", "lừa đảo mới")])
    store.append([Post("x", "lừa đảo khác"), Post("y", "lừa đảo nữa")])
    assert store.totals()[:3] == (3, 27, 403)
    assert store.compact(frozenset({"y"})) == 401
    assert store.totals()[:3] == (1, 26, 401)
    assert [name for name, _ in found(store, lists_of("lừa đảo"))] == ["1-0", "x"]
    assert store.verify() == []
    assert len(list(store._directory.glob("*.posts"))) == 1


def test_an_append_counts_whole_or_not_at_all(store):
    def broken():
        yield Post("z", "lừa đảo")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        store.append(broken())
    assert store.append([]) == 0
    assert found(store, lists_of("lừa đảo")) == []
    assert store.totals().posts == 400


def test_damage_is_told(store):
    path = next(store._directory.glob("*.posts"))
    whole = path.read_bytes()
    for content, what in (
        (b"", "empty"),
        (whole[:-1], "cut off"),
        (whole[: len(whole) // 2], "cut off"),
        (b"x" + whole[1:], "not a file of posts"),
        (whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:], "table"),
        (whole[:60] + bytes([whole[60] ^ 1]) + whole[61:], "damaged"),
        (whole[:-40] + (1 << 40).to_bytes(8, "little") + whole[-32:], "cut off"),
    ):
        path.write_bytes(content)
        assert what in store.verify()[0]
        with pytest.raises(BadInput, match=what):
            found(store, lists_of("a b"), every_block=True)
    path.unlink()
    assert "missing" in store.verify()[0]
    for content in (b"", b"{}", b'{"format": "anlanh-sweep-1", "files": ["../x"]}', b"[" * 99_999):
        (store._directory / "manifest.json").write_bytes(content)
        with pytest.raises(BadInput, match="manifest"):
            store.verify()


def test_the_command(tmp_path, monkeypatch, capsys):
    def ask(*words, lines=(), status=0):
        data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        deed, *more = words
        assert main(["screen", "index", deed, str(tmp_path / "kept"), "--json", *map(str, more)]) == status
        told = capsys.readouterr()
        return told.err if status == 2 else json.loads(told.out)

    assert "append some first" in ask("find", "--phrase", "x", status=2)
    assert "append some first" in ask("compact", status=2)
    lines = [
        {"id": "1", "text": "nhóm cá độ"},
        b"x",
        {"id": "2", "text": "riêng", "audience": "private"},
        {"id": "3", "text": "lành"},
    ]
    assert ask("append", lines=lines) == {"appended": 2, "bad_lines": 2}
    told = ask("find", "--phrase", "cá độ", "--domain", "a.example", "--text", "ngắn")
    assert told["found"] == [
        {
            "id": "1",
            "hits": [{"kind": "phrase", "entry": "cá độ", "start": 5, "end": 10, "score": 1.0, "words": "cá độ"}],
        }
    ]
    assert (told["blocks"], told["blocks_read"]) == (1, 1)
    assert "nothing to look for" in ask("find", status=2)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "phrases.tsv").write_text("p1\tlành\tfold\n", encoding="utf-8")
    assert [one["id"] for one in ask("find", "--entries", tmp_path / "lists")["found"]] == ["3"]
    (tmp_path / "ids").write_text("1\n")
    assert ask("compact", "--forget", tmp_path / "ids") == {"posts": 1}
    assert ask("verify")["posts"] == 1
    path = next((tmp_path / "kept").glob("*.posts"))
    path.write_bytes(path.read_bytes()[:-5])
    assert ask("verify", status=1)["faults"]
