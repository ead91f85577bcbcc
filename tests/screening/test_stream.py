"""Lines of posts judged as a stream: the core reads and passes what plain Python would, to the byte."""

import dataclasses
import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.screening import posts
from anlanh.screening.engine import Screen, Verdict
from anlanh.screening.hits import Hit
from anlanh.screening.native.core import is_installed
from anlanh.screening.posts import BadLine, Chunk, read_chunks, read_posts
from anlanh.screening.rules.book import Rule, RuleBook
from anlanh.screening.rules.grammar import parse
from anlanh.screening.stream import judge_stream, verdict_line
from tests.effort import examples
from tests.screening.test_native import LISTS, odd_texts

HITS = ["lừa đảo", "bad.com", "bаd.com", "a", *(phrase.phrase for phrase in LISTS.phrases[:30]), LISTS.texts[0][1]]
short_texts = st.text(max_size=8) | st.sampled_from(HITS) | odd_texts
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | short_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(short_texts, inner, max_size=3),
    max_leaves=6,
)
told = st.fixed_dictionaries(
    {"id": short_texts, "text": st.lists(short_texts, max_size=4).map(" ".join)},
    optional={
        "images": st.none() | st.lists(short_texts, max_size=2) | values,
        "audience": st.sampled_from(["public", "private", None]) | values,
        "account": st.fixed_dictionaries({"age_days": st.integers(0, 9)}),
        "more": values,
    },
)
NASTY = [
    b"",
    b" ",
    b"{}",
    b"[]",
    b"null",
    b"\xef\xbb\xbf{}",
    b'{"id": "1", "text": "x"} ',
    b'{"id": "1", "text": "x"}\r',
    b'{"id": "1", "text": "x",}',
    b'{"id": "1" "text": "x"}',
    b'{"id": "1", "text": "a\tb"}',
    b'{"id": "1", "text": "\xff"}',
    b'{"id": "1", "text": "\\ud83d\\ude00 \\ud83d"}',
    b'{"id": "\\ude00", "text": "x"}',
    b'{"id": "1", "text": "\\x"}',
    b'{"id": "1", "text": "x", "text": "y"}',
    b'{"id": "1", "text": "x", "text": 5}',
    b'{"text": "bad.com", "id": "\\u0000"}',
    b'{"\\u0069d": "1", "text": "\\/ \\b\\f\\n\\r\\t\\"\\\\"}',
    b'{"id": "1", "text": "x", "n": [NaN, -Infinity, 1e999]}',
    b'{"id": "1", "text": "x", "n": 01}',
    b'{"id": "1", "text": "x", "n": 1.}',
    b'{"id": "1", "text": "x", "n": -}',
    b'{"id": "1", "text": "x", "n": -0.5E+10}',
    b'{"id": "1", "text": "x", "n": ' + b"9" * 400 + b"}",
    b'{"id": "1", "text": "x", "n": ' + b"[" * 40 + b"]" * 40 + b"}",
    b'{"id": "1", "text": "x"',
    b'{"id": "1", "text": "x',
    b'{"id": "1", "text": "x", "audience": "private", "audience": "public"}',
    b'{"id": "1", "text": "\\u00e"}',
    b'{"id": "1", "text": "x", "images": ["a", 5]}',
    b'{"id": "1", "text": "x", "images": [], "images": null}',
    b'{"id": "1", "text": "\xed\xa0\x80"}',
    b'{"id": "1", "text": "\xf4\x90\x80\x80"}',
    b'{"id": "1", "text": "\xc1\x81"}',
]


@st.composite
def lines(draw):
    """A line as clients write it, and now and then with a few bytes that are wrong."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(NASTY))
    post, spaces = draw(told), draw(st.sampled_from([(", ", ": "), (",", ":"), (" ,\t", " : ")]))
    line = json.dumps(post, ensure_ascii=draw(st.booleans()), separators=spaces).encode("utf-8", "surrogatepass")
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(st.binary(max_size=2) | st.sampled_from([b'"', b"\\", b"}", b","])) + line[at + 1 :]
    return line.replace(b"\n", b"")


def judged(screen: Screen, content: bytes, **options: int) -> bytes:
    out = io.BytesIO()
    judge_stream(screen, io.BytesIO(content), out, **options)
    return out.getvalue()


SCREENS = [Screen(LISTS, plain=plain) for plain in (True, False)]
RULES = RuleBook([Rule("young", parse("account.age_days < 5 or length > 20"), "review", "", "")])
RULED = [Screen(dataclasses.replace(LISTS, rules=RULES), plain=plain) for plain in (True, False)]


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
@settings(max_examples=examples(250), deadline=None)
@given(st.lists(lines(), max_size=6))
def test_the_core_writes_what_plain_python_writes(batch):
    plain, native = (judged(screen, b"\n".join(batch)) for screen in SCREENS)
    assert native == plain
    assert plain.count(b"\n") == len(batch) - (bool(batch) and not batch[-1])


@pytest.mark.parametrize("screen", SCREENS)
def test_nasty_lines_have_an_answer_each(screen):
    answers = judged(screen, b"\n".join(NASTY) + b"\n").splitlines()
    assert len(answers) == len(NASTY)
    for number, answer in enumerate(map(json.loads, answers), start=1):
        assert "verdict" in answer or (answer["id"] is None and answer["error"] and answer["line"] == number)


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
@given(st.lists(lines(), max_size=6))
def test_rules_that_need_no_hit_are_asked_of_every_post(batch):
    plain, native = (judged(screen, b"\n".join(batch)) for screen in RULED)
    assert native == plain


def test_nasty_lines_are_the_same_one_by_one():
    for line in NASTY:
        assert judged(SCREENS[1], line) == judged(SCREENS[0], line), line


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
def test_threads_keep_the_order(monkeypatch):
    monkeypatch.setattr(posts, "_CHUNK", 100)
    batch = [json.dumps({"id": str(number), "text": HITS[number % len(HITS)] * (number % 5)}) for number in range(600)]
    content = "\n".join(batch).encode() + b"\n" + b"\n".join(NASTY)
    assert judged(SCREENS[1], content, threads=3) == judged(SCREENS[1], content)
    assert judged(SCREENS[0], content[:9000], threads=3) == judged(SCREENS[1], content[:9000])


@pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")
def test_a_reader_that_leaves_ends_the_run(monkeypatch):
    monkeypatch.setattr(posts, "_CHUNK", 100)

    class Gone(io.BytesIO):
        def write(self, content: bytes) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        judge_stream(SCREENS[1], io.BytesIO(b'{"id": "1", "text": "x"}\n' * 1000), Gone(), threads=2)


class Trickle(io.BytesIO):
    """A stream that brings a few bytes at a time, as pipes may."""

    def read1(self, size: int = -1) -> bytes:
        return super().read1(random.Random(self.tell()).randint(1, 7))


@given(st.lists(st.binary(max_size=9), max_size=8).map(b"\n".join))
def test_lines_come_whole_however_they_arrive(content):
    wanted = content.removesuffix(b"\n").split(b"\n") if content else []
    for stream in (io.BytesIO(content), Trickle(content)):
        chunks = list(read_chunks(stream))
        assert b"".join(chunk.lines for chunk in chunks) == content
        assert all(chunk.lines.endswith(b"\n") for chunk in chunks[:-1])
        assert [chunk.first for chunk in chunks] == [
            1 + sum(before.lines.count(b"\n") for before in chunks[:place]) for place in range(len(chunks))
        ]
    assert len(list(read_posts(Trickle(content)))) == len(wanted)


@pytest.mark.parametrize("kind", [io.BytesIO, Trickle])
def test_a_line_that_is_too_long_is_told_and_the_run_goes_on(kind, monkeypatch):
    monkeypatch.setattr(posts, "LONGEST_LINE", 20)
    monkeypatch.setattr(posts, "_CHUNK", 10)
    longest, longer, short = b"a" * 19 + b"\n", b"b" * 20 + b"\n", b"c\n"
    for content, wanted in (
        (longest + longer + short, ["a", 2, "c"]),
        (longer + longer + short + longer[:-1], [1, 2, "c", 4]),
        (short + longer * 2 + longest[:-1], ["c", 2, 3, "a"]),
    ):
        found = []
        for item in read_chunks(kind(content)):
            bad = isinstance(item, BadLine)
            found += [item.line] if bad else [line[:1].decode() for line in item.lines.splitlines()]
        assert found == wanted
    assert [item.first for item in read_chunks(io.BytesIO(longer + short)) if isinstance(item, Chunk)] == [2]


@given(
    st.builds(
        Verdict,
        st.text(),
        st.lists(
            st.builds(
                Hit, st.integers(0, 99), st.integers(0, 99), st.just("copy"), st.text(),
                st.floats(0, 1).map(lambda score: round(score, 4)), st.text(),
            ),
            max_size=3,
        ),
        st.lists(st.text(), max_size=2), st.just("hold"), st.lists(st.text(), max_size=2),
    )
)  # fmt: skip
def test_a_verdict_line_is_the_verdict_as_json(verdict):
    assert json.loads(verdict_line(verdict)) == json.loads(json.dumps(verdict.to_dict()))


def test_a_verdict_line_of_lone_surrogates_is_escaped():
    line = verdict_line(Verdict("\ud800", [], [], "pass", []))
    assert line == b'{"id": "\\ud800", "hits": [], "rules": [], "verdict": "pass"}\n'
