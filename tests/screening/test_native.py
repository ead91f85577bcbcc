"""The native core gives the answers of the plain Python matchers, whatever the text."""

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.screening.choice import finder_for, images_for
from anlanh.screening.copies import LONGEST
from anlanh.screening.domains import DOTS, _host_form, canonical_domain
from anlanh.screening.finder import Finder
from anlanh.screening.lists import Lists
from anlanh.screening.native.core import Core, is_installed
from anlanh.screening.pdq import DISTANCE, fingerprint
from anlanh.screening.phrases import LEVELS, Phrase
from anlanh.screening.text import Letters, Skeleton
from tests.effort import examples
from tests.screening.attacks import FORMS
from tests.screening.test_copies import corpus, edited
from tests.screening.test_images import picture
from tests.screening.test_phrases import SYLLABLES

pytestmark = pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")

ODD = [
    *"aàạăâbdđeiloởsuưừyAĐỪ0134589@$|!.,-_ \n\t/😀…½ﬁⅷæßİıǆ∞☎️№℡的가",
    *"\u0301\u031b\u0323\u0336\u20e3\u200b\u00ad\ufe0f\ufeff\u202e\u034f\u0e01\u0e33\u3002\uff0e",
    *"\ud800\udfff\U000e0061\U0010ffff\U0001d400",
    *("xn--", ".vn", "bad.com", "www.", "l", "ll"),
]
odd_texts = st.lists(st.sampled_from(ODD), max_size=30).map("".join)
texts = st.text(max_size=50) | odd_texts | st.lists(st.sampled_from([*SYLLABLES, *ODD, " "]), max_size=20).map(" ".join)


def make_lists() -> Lists:
    chance = random.Random(5)
    words = [" ".join(chance.sample(SYLLABLES, chance.randint(1, 4))) for _ in range(150)]
    words += ["18+", "w88", "a", "l!ke", "...", "đ", "l l", "ﬁ", "ừ ừ", "0", "$ex", "lừa@đảo", "x" * 40, "の", "กำ"]
    phrases = []
    for number, phrase in enumerate(words):
        level = LEVELS[number % 3] if Letters(phrase).text else "fold"
        phrases.append(Phrase(f"p{number}", phrase, level))
    names = ["bad.com", "lừađảo.vn", "a.b.example", "10.1.2.3", "1.2.vn", "bad.vn", "aa.bb.cc.dd.ee.ff.gg.hh.ii.jj"]
    return Lists(
        phrases=phrases,
        domains={canonical_domain(name): name for name in names},
        texts=[(f"r{number}", text) for number, text in enumerate([*corpus(60), "ngắn thôi", "🔥", *corpus(1) * 20])],
    )


LISTS = make_lists()
PLAIN = finder_for(LISTS, plain=True)
NATIVE = finder_for(LISTS) if is_installed() else None
CORE = Core() if is_installed() else None


@settings(max_examples=examples(600), deadline=None)
@given(texts)
def test_the_readings_are_the_same(text):
    assert CORE.read(text) == (Skeleton(text).text, Letters(text).text)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(texts, max_size=4))
def test_the_hits_are_the_same(batch):
    assert NATIVE.find(batch) == PLAIN.find(batch)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(list(FORMS)))
def test_the_hits_in_attacked_texts_are_the_same(seed, form):
    chance = random.Random(seed)
    words = chance.choice(LISTS.phrases).phrase
    copy = edited(chance.choice(LISTS.texts[:60])[1], chance.choice([0, 0.1, 0.3]), chance)
    host = chance.choice(["https://www.bad.com/x", "bаd.com", "lừađảo.vn", "bad.com.Hay", "x.1.2.vn:80", "BAD.VN"])
    attacked = FORMS[form][1](words, chance)
    batch = [f"{attacked} {host}", f"{copy} {attacked}", f"{host}\n{attacked}!", copy]
    assert NATIVE.find(batch) == PLAIN.find(batch)


@pytest.mark.slow
def test_every_code_point_reads_the_same():
    for start in range(0, 0x110000, 0x4000):
        text = " ".join(map(chr, range(start, start + 0x4000)))
        assert CORE.read(text) == (Skeleton(text).text, Letters(text).text), hex(start)


@pytest.mark.slow
def test_long_texts_are_the_same():
    piece = "lừa đảo bad.com "
    for text in (piece * 20_000, "a" * (3 * LONGEST), ". " * (3 * LONGEST), LISTS.texts[0][1] + " " * (3 * LONGEST)):
        assert NATIVE.find([text, "đ", text[:100]]) == PLAIN.find([text, "đ", text[:100]])


@pytest.mark.slow
def test_every_code_point_that_may_hold_a_dot_is_known():
    forms = {code: _host_form(chr(code)) for code in range(0x80, 0x110000)}
    assert {code for code, form in forms.items() if ("." in form and form.strip(".")) or form == "."} == set(DOTS)


def test_threads_share_one_finder():
    finder = finder_for(LISTS)
    batch = [f"{phrase.phrase} {chr(0x100 * n)}" for n, phrase in enumerate(LISTS.phrases)]
    wanted, answers = PLAIN.find(batch), []
    threads = [threading.Thread(target=lambda: answers.append(finder.find(batch))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [wanted] * 4


def test_an_empty_set_of_lists_finds_nothing():
    for plain in (False, True):
        assert finder_for(Lists(), plain=plain).find(["bad.com lừa đảo", ""]) == [[], []]


def test_images_within_the_distance_are_all_found():
    chance = random.Random(3)
    known = [chance.getrandbits(256) for _ in range(3000)]
    wanted = []
    for distance in range(40):
        near = known[distance * 7]
        for bit in chance.sample(range(256), distance):
            near ^= 1 << bit
        wanted.append(near)
    known += [known[0], wanted[1]]
    plain, native = images_for(known, plain=True), images_for(known)
    for near in wanted:
        assert list(native.find(near)) == list(plain.find(near))
    assert any(distance == DISTANCE for near in wanted for _, distance in native.find(near))
    assert list(images_for([]).find(0)) == []


@pytest.mark.parametrize("size", [(64, 64), (127, 90), (128, 300), (333, 500), (5, 400), (1, 1)])
def test_the_hash_of_an_image_is_the_same_but_for_rounding(size):
    from anlanh.screening.native.images import native_fingerprint

    image = picture(8, (max(size[0], 12), max(size[1], 12))).resize(size)
    plain, native = (make(image.tobytes(), *size) for make in (fingerprint, native_fingerprint))
    if plain.quality > 10:
        assert (plain.hash ^ native.hash).bit_count() <= 4
    assert abs(plain.quality - native.quality) <= 1


def test_hostile_arguments_are_refused():
    from anlanh.screening.native.core import _core

    table = _core.readings()
    offsets = [
        b"",
        b"\0" * 7,
        b"\xff" * 8,
        b"\0" * 8 + b"\xff" * 8,
        (5).to_bytes(8, "little") + (2).to_bytes(8, "little"),
    ]
    for bad in offsets:
        with pytest.raises(ValueError, match="offsets"):
            _core.domains(b"abc", bad, b"")
    for texts in ((5,), (None, "x"), ["x"], "x"):
        with pytest.raises(TypeError):
            _core.scan(table, (None,) * 6, texts)
    for number, entries, pool in [
        (99999, b"\0" * 1024, b""),
        (0, b"\0" * 10, b""),
        (0, b"\xff" * 1024, b""),
        (0, b"\0" * 1024, b"abc"),
    ]:
        with pytest.raises(ValueError, match="not a page"):
            _core.put_page(table, number, entries, pool)
    with pytest.raises(ValueError, match="pixels"):
        _core.fingerprint(b"abc", 2, 2)
    with pytest.raises(ValueError, match="32 bytes"):
        _core.images(b"abc")
    for wrong in (None, object(), _core.images(b"")):
        with pytest.raises((ValueError, TypeError)):
            _core.scan(wrong, (None,) * 6, ())


def test_bytes_that_are_not_utf8_do_no_harm():
    from anlanh.screening.native.core import _core

    chance = random.Random(1)
    for _ in range(300):
        content = chance.randbytes(chance.randint(0, 60))
        answer = _core.read(_core.readings(), content)
        assert isinstance(answer, tuple | list)


def test_plain_python_is_used_when_asked_for():
    assert isinstance(finder_for(LISTS, plain=True), Finder)
    assert not isinstance(NATIVE, Finder)
