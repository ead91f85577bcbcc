"""Copies of decided texts: exact ones, near ones, and what only seems alike."""

import random

import pytest

from anlanh.screening.copies import THRESHOLD, CopyIndex, band_keys, likeness, windows_of
from anlanh.screening.text import Letters

SYLLABLES = [
    "anh",
    "ba",
    "bao",
    "bên",
    "cao",
    "chào",
    "chiều",
    "cho",
    "chúng",
    "chưa",
    "có",
    "con",
    "công",
    "cùng",
    "cuối",
    "dài",
    "dân",
    "đã",
    "đang",
    "đây",
    "đến",
    "đi",
    "điều",
    "đó",
    "được",
    "gì",
    "giờ",
    "hai",
    "hay",
    "hiểu",
    "hôm",
    "khi",
    "không",
    "là",
    "làm",
    "lên",
    "lớn",
    "mà",
    "mai",
    "mẹ",
    "một",
    "mới",
    "mưa",
    "nay",
    "này",
    "năm",
    "nắng",
    "ngày",
    "nghe",
    "người",
    "nhà",
    "nhiều",
    "như",
    "nhưng",
    "nói",
    "nước",
    "ông",
    "ở",
    "phải",
    "qua",
    "quê",
    "ra",
    "rất",
    "rồi",
    "sáng",
    "sau",
    "sẽ",
    "sông",
    "tất",
    "thành",
    "thấy",
    "theo",
    "thì",
    "thôi",
    "tới",
    "trên",
    "trong",
    "trường",
    "từ",
    "và",
    "vào",
    "về",
    "với",
    "xa",
    "xin",
]


def corpus(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(SYLLABLES, k=chance.randint(18, 40))) for _ in range(count)]


def edited(text: str, share: float, chance: random.Random) -> str:
    words = text.split()
    for place in chance.sample(range(len(words)), max(1, round(len(words) * share))):
        words[place] = chance.choice(SYLLABLES)
    return " ".join(words)


TEXTS = corpus(400)
INDEX = CopyIndex(TEXTS)


@pytest.mark.parametrize(("share", "least"), [(0.05, 0.99), (0.10, 0.95), (0.20, 0.6)])
def test_recall_of_edited_copies(share, least):
    chance = random.Random(7)
    found = [INDEX.nearest(edited(text, share, chance)) for text in TEXTS]
    assert sum(place is not None and place[0] == entry for entry, place in enumerate(found)) >= least * len(TEXTS)


def test_unrelated_texts_are_no_copies():
    assert [text for text in corpus(400, seed=2) if INDEX.nearest(text)] == []


def test_exact_copies_come_before_near_ones():
    assert list(INDEX.find(f"  {TEXTS[3]}\n")) == [("copy", 3, 1.0)]
    assert list(INDEX.find(TEXTS[3].upper())) == [("near_copy", 3, 1.0)]


def test_the_score_is_the_likeness():
    text = edited(TEXTS[9], 0.1, random.Random(3))
    entry, score = INDEX.nearest(text)
    own, other = (set(windows_of(Letters(t).text.encode())) for t in (text, TEXTS[9]))
    assert entry == 9
    assert score == likeness(own, other) >= THRESHOLD


def test_short_texts_are_only_copies_when_exact():
    index = CopyIndex(["Mua ngay kẻo hết", "🔥🔥🔥"])
    assert list(index.find("Mua ngay kẻo hết")) == [("copy", 0, 1.0)]
    assert list(index.find("🔥🔥🔥")) == [("copy", 1, 1.0)]
    assert list(index.find("mua ngay kẻo hết")) == []


def test_a_form_letter_listed_a_thousand_times_stays_cheap():
    letter = "Kính gửi quý khách hàng thân mến của chúng tôi nhân dịp năm mới xin trân trọng thông báo"
    index = CopyIndex([f"{letter} số {i}" for i in range(1000)])
    assert index.nearest(letter)[1] > 0.8


def test_band_keys_of_few_windows():
    assert len(band_keys([1])) == len(band_keys([1, 1, 1])) == 21
    assert band_keys([1]) == band_keys([1, 1])
