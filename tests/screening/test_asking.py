"""Rules and models that ask of every post: the core passes none that they are true of, and leaves few to Python."""

import dataclasses
import io
import json
import random
import unicodedata
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.lists import Lists
from anlanh.screening.models.features import COMBINING, ONLY_PYTHON, features_of, written_entry
from anlanh.screening.models.scoring import Label, Model, margin, probability
from anlanh.screening.native.core import is_installed
from anlanh.screening.phrases import Phrase
from anlanh.screening.rules.book import Rule, RuleBook
from anlanh.screening.rules.grammar import parse
from anlanh.screening.stream import judge_stream
from tests.screening.test_native import odd_texts
from tests.screening.test_phrases import SYLLABLES

pytestmark = pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")

LISTS = Lists(phrases=[Phrase("p1", "lừa đảo", "fold")], domains={"bad.com": "bad.com"})
NUMBERS = [
    "length",
    "links",
    "short_links",
    "account.age_days",
    "account.posts",
    "account.followers",
    "count(phrases)",
    "score(domains)",
]
TEXTS, TRUTHS = ["language", "page.kind", '"vi"', '"page"', '""'], ["account.verified", "true", "false", "any(phrases)"]

SHORT = [
    "bit",
    ".ly",
    " t.co",
    "BIT.LY/x",
    "bit\u200b.ly",
    "bit\u3002ly",
    "bіt.ly",
    "t\uff0eco",
    "...",
    "😀",
    "is\u2024gd",
]
plain_numbers = st.sampled_from([*NUMBERS, "0", "1", "3.5", "9007199254740993", "0.1", "12"])
numbers = st.recursive(
    plain_numbers, lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner), max_leaves=4
)
texts = st.sampled_from(TEXTS)
same = st.sampled_from(["==", "!="])
truths = st.recursive(
    st.one_of(
        st.sampled_from(TRUTHS),
        st.sampled_from([*NUMBERS[3:6], *TEXTS[:2], "account.verified"]).map("known({})".format),
        st.builds("{} {} {}".format, numbers, st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), numbers),
        st.builds("{} {} {}".format, texts, same, texts),
        st.builds("{} in ({})".format, texts, st.lists(st.sampled_from(TEXTS[2:]), min_size=1).map(", ".join)),
        texts.map("{} in phrases".format),
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        inner.map("not {}".format),
        st.builds("({}) {} ({})".format, inner, same, inner),
    ),
    max_leaves=6,
)
values = st.one_of(
    st.sampled_from(
        [0, 1, -1, 12, 3.5, 0.1, 1e20, -0.0, 2**53 + 1, 10**30, True, False, None, "vi", "page", "", "é", [1], {}]
    ),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
)
rooms = st.one_of(
    st.dictionaries(st.sampled_from(["age_days", "posts", "followers", "verified", "kind", "x"]), values, max_size=4),
    values,
)  # fmt: skip
told = st.fixed_dictionaries(
    {
        "id": st.just("1"),
        "text": st.lists(
            st.sampled_from(["a", "đ", "http://", "HTTPS://x", "httpſ://", "://", "lừa đảo ", "bad.com ", *SHORT]),
            max_size=4,
        ).map("".join),
    },
    optional={"language": values, "account": rooms, "page": rooms, "window": rooms},
)


@st.composite
def lines(draw):
    """A post; now and then one whose fields are told twice."""
    post = draw(told)
    line = json.dumps(post, ensure_ascii=draw(st.booleans()))
    if draw(st.integers(0, 3)) == 0:
        again = json.dumps(draw(told))
        line = f"{line[:-1]}, {again[1:]}"
    return line.encode("utf-8", "surrogatepass")


def ruled(*expressions: str, shadow: bool = False, plain: bool = False) -> Screen:
    rules = [Rule(f"r{n}", parse(when), "review", "", "", shadow) for n, when in enumerate(expressions)]
    return Screen(dataclasses.replace(LISTS, rules=RuleBook(rules)), plain=plain)


def judged(screen: Screen, content: bytes) -> bytes:
    out = io.BytesIO()
    judge_stream(screen, io.BytesIO(content), out)
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(st.lists(truths, min_size=1, max_size=3), st.lists(lines(), max_size=4), st.booleans())
def test_rules_are_true_of_the_same_posts(rules, batch, shadow):
    content = b"\n".join(batch)
    assert judged(ruled(*rules, shadow=shadow), content) == judged(ruled(*rules, shadow=shadow, plain=True), content)


def opened(screen: Screen, posts: list[dict]) -> int:
    reader = screen.line_reader()
    return len(screen.look(reader, "\n".join(map(json.dumps, posts)).encode()).open)


def test_only_posts_of_which_a_rule_may_be_true_are_left_to_python():
    posts = [
        {"id": str(n), "text": "x", "account": {"age_days": n, "posts": n * 1.5}, "language": "vi"} for n in range(100)
    ]
    assert opened(ruled("account.age_days < 3"), posts) == 3
    assert opened(ruled("account.age_days < 3 and links > 0", "length > 9 or account.posts > 147"), posts) == 1
    assert opened(ruled('language in ("en", "fr")', "not known(language)"), posts) == 0
    assert opened(ruled("any(phrases) or account.age_days == 7"), posts) == 1
    assert opened(ruled("account.age_days < 3"), [{"id": "1", "text": "x", "account": {"age_days": 1e300}}]) == 1


def test_a_program_that_is_not_well_formed_is_refused():
    from anlanh.screening.native.core import _core

    chance = random.Random(2)
    names, numbers = b"\1account\0posts\0", b"\0" * 16
    for _ in range(3000):
        code = b"".join(chance.randrange(22).to_bytes(4, "little") * 2 for _ in range(chance.randrange(1, 9)))
        try:
            handle = _core.asks(names, numbers, b"ab", b"\0" * 8 + b"\2" + b"\0" * 7, code)
        except ValueError:
            continue
        screen = ruled("length > 5")
        screen._asks = handle
        assert judged(screen, b'{"id": "1", "text": "x", "account": {"posts": 5}}').count(b"\n") == 1
    for wrong in (b"\1a", b"\1a\0b", b"\x09\0\0", b"\0\0\0", b"\1\0\0" * 33):
        with pytest.raises(ValueError, match="programs"):
            _core.asks(wrong, numbers, b"", b"\0" * 8, b"\0" * 8 + b"\x13\0\0\0\0\0\0\0")


def test_a_chain_too_deep_for_the_core_is_a_clear_error_or_an_answer():
    deep = "1 + (" * 38 + "1" + ")" * 38 + " > length"
    assert b'"review"' in judged(ruled(deep), b'{"id": "1", "text": "x"}')
    with pytest.raises(BadInput, match="nested"):
        parse("(" * 50 + "true" + ")" * 50)


def model_of(seed: int, bits: int, labels: int) -> Model:
    chance = random.Random(seed)
    made = []
    for number in range(labels):
        weights = array("f", (chance.gauss(0, 1) for _ in range(1 << bits)))
        made.append(Label(f"l{number}", weights, chance.uniform(-3, 3), chance.uniform(-1, 1), chance.random()))
    return Model("m", bits, tuple(made), GroundFacts("x", "", True), {})


def with_models(*models: Model, plain: bool = False) -> Screen:
    return Screen(dataclasses.replace(LISTS, models=list(models)), plain=plain)


marks = st.sampled_from("aăâeêoôơuưyAƠđ \u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0308")
decomposed = st.lists(marks, max_size=30).map("".join)
MODELS = [model_of(1, 10, 3), model_of(2, 16, 1)]
MODELED = [with_models(*MODELS, plain=plain) for plain in (True, False)] if is_installed() else []
EACH = [with_models(MODELS[1], plain=plain) for plain in (True, False)] if is_installed() else []


@settings(max_examples=100, deadline=None)
@given(st.lists(odd_texts | decomposed | st.text(max_size=40), max_size=4))
def test_models_flag_the_same_posts(batch):
    content = b"\n".join(json.dumps({"id": "1", "text": text}).encode() for text in batch)
    for plain, native in (MODELED, EACH):
        assert judged(native, content) == judged(plain, content)


@pytest.mark.slow
def test_every_code_point_has_the_features_that_python_gives_it():
    """A threshold at the very score that Python gives: were one feature another, the core would pass the text."""
    known = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    known = [char for char in known if not {ONLY_PYTHON, COMBINING} & set(written_entry(char)[1])]
    for start in range(0, len(known), 3000):
        text = "".join(f"a{char}b " for char in known[start : start + 3000])
        label = dataclasses.replace(MODELS[1].labels[0], slope=1.0, shift=0.0)
        label = dataclasses.replace(label, threshold=probability(margin(label.weights, features_of(text, 16))))
        lines = json.dumps({"id": "1", "text": text}).encode()
        screen = with_models(dataclasses.replace(MODELS[1], labels=(label,)))
        assert opened(screen, [json.loads(lines)]) == 1, text[:40]
        assert b'"model"' in judged(screen, lines), text[:40]


def test_few_posts_are_scored_in_python():
    label = dataclasses.replace(MODELS[1].labels[0], slope=1.0, shift=0.0, threshold=0.95)
    screen = with_models(dataclasses.replace(MODELS[1], labels=(label,)))
    chance = random.Random(6)
    texts = [" ".join(chance.sample(SYLLABLES, 12)).replace("lừa", "x") for _ in range(300)]
    scored = [label.score(features_of(text, 16)) for text in texts]
    posts = [{"id": "1", "text": text} for text in texts]
    assert opened(screen, posts) == sum(score >= 0.95 for score in scored) < 60
    apart = [{"id": "1", "text": unicodedata.normalize("NFD", text)} for text in texts]
    assert opened(screen, apart) == opened(screen, posts)


def test_what_is_no_model_is_refused():
    from anlanh.screening.native.core import _core

    for bits, labels, weights in (
        (10, b"\0" * 24, b"\0" * 4095), (3, b"\0" * 24, b"\0" * 32), (10, b"", b""), (40, b"\0" * 24, b""),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="no model"):
            _core.model(bits, labels, weights, b"")
