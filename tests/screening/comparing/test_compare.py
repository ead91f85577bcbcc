"""What a comparison says of title, text, pictures, source and times."""

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.screening.comparing.comparison import NotBefore, compare
from anlanh.screening.comparing.reading import read_article
from tests.effort import examples
from tests.screening.comparing.examples import ADDRESS, CREDIT, SENTENCES, TITLE, copy, original, text


def compared(one: str, other: str, **options):
    return compare(read_article(one.encode(), "a"), read_article(other.encode(), "b"), **options)


def grounds(comparison):
    return [finding.ground for finding in comparison.findings]


@pytest.mark.parametrize("one", [original(), text()])
@pytest.mark.parametrize("other", [copy(), text(end="Theo Trần Minh Anh - Báo Sông Xanh, 08:30 12/5/2023\n" + ADDRESS)])
def test_a_faithful_copy_breaks_no_rule(one, other):
    comparison = compared(one, other if "<" in one and "<" in other else other.replace(CREDIT, CREDIT))
    assert (comparison.text.kept, comparison.text.cut, comparison.text.added) == (1.0, [], [])
    assert not comparison.title_changed
    assert comparison.source == (True, True, True, True)
    if ("<html" in one) == ("<html" in other):
        assert (comparison.images_missing, comparison.images_added) == ([], [])
        assert comparison.findings == []


@pytest.mark.parametrize("page", [original(), copy(), text()])
def test_an_article_beside_itself(page):
    comparison = compared(page, page)
    assert comparison.text.kept == 1.0
    assert comparison.text.cut == comparison.text.added == comparison.images_missing == comparison.images_added == []
    assert set(grounds(comparison)) <= {"BD.5.2.b"}


@pytest.mark.parametrize("place", range(len(SENTENCES)))
@pytest.mark.parametrize("form", [copy, text])
def test_a_cut_sentence_is_told_as_that_sentence(place, form):
    shortened = [*SENTENCES[:place], *SENTENCES[place + 1 :]]
    comparison = compared(original(), form(sentences=shortened))
    assert comparison.text.cut == [SENTENCES[place]]
    assert comparison.text.added == []
    assert 0.6 < comparison.text.kept < 1
    assert "BD.5.2.d" in grounds(comparison)


@pytest.mark.parametrize("place", range(len(SENTENCES) + 1))
def test_an_added_sentence_is_told_as_that_sentence(place):
    extra = "Nhiều người hỏi số tiền còn lại đã đi đâu."
    comparison = compared(original(), copy(sentences=[*SENTENCES[:place], extra, *SENTENCES[place:]]))
    assert comparison.text.added == [extra]
    assert (comparison.text.kept, comparison.text.cut) == (1.0, [])
    assert grounds(comparison) == ["BD.5.2.a"]


def test_a_word_taken_out_or_changed_is_seen():
    turned = [sentence.replace("không phát sinh", "phát sinh") for sentence in SENTENCES]
    comparison = compared(original(), copy(sentences=turned))
    assert comparison.text.cut == [SENTENCES[5]]
    assert comparison.text.added == []
    changed = [sentence.replace("12 tỷ", "90 tỷ") for sentence in SENTENCES]
    comparison = compared(original(), copy(sentences=changed))
    assert (comparison.text.cut, comparison.text.added) == ([SENTENCES[2]], [changed[2]])
    assert grounds(comparison) == ["BD.5.2.d"]


def test_another_order_joined_and_parted_sentences_are_no_cuts():
    moved = [*SENTENCES[3:], *SENTENCES[:3]]
    assert compared(text(), text(sentences=moved)).text.kept == 1.0
    joined = [SENTENCES[0], SENTENCES[1].rstrip(".") + ", k" + SENTENCES[2][1:], *SENTENCES[3:]]
    assert compared(text(), text(sentences=joined)).text == (1.0, [], [], [])


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("Hòa", "Hoà"),
        lambda page: page.replace("ò", "o\u0300"),
        lambda page: page.upper(),
        lambda page: page.replace(", ", " , ").replace("không", "kh\u200bông"),
        lambda page: "\r\n".join(textwrap.wrap(page, 60, break_on_hyphens=False)).replace(TITLE, TITLE + "\n\n"),
        lambda page: page.replace(" phát sinh", "\u00a0phát_sinh"),
    ],
)
def test_how_it_is_written_makes_no_difference(change):
    body = "\n\n".join(SENTENCES)
    comparison = compared(body, change(body))
    assert comparison.text == (1.0, [], [], [])


def test_titles():
    comparison = compared(original(), copy(title="Dân một xã hết cảnh đi đò"))
    assert comparison.to_dict()["title"] == {"changed": True, "original": TITLE, "copy": "Dân một xã hết cảnh đi đò"}
    assert grounds(comparison) == ["BD.5.2.c"]
    assert compared(original(), copy(title=TITLE + "?")).title_changed
    assert not compared(original(), copy(title=TITLE.upper())).title_changed
    assert not compared(original(), copy(title=f"“{TITLE}”")).title_changed
    assert compared(original(), copy(title="")).to_dict()["title"]["copy"] in (None, "Trang Tổng Hợp")


def test_pictures():
    comparison = compared(original(), copy(pictures=False))
    assert comparison.images_missing == [
        "https://cdn.songxanh.vn/2023/05/12/cau-moi_680x0.jpg",
        "/photo/2023/le-khanh-thanh.jpg?w=600",
    ]
    assert grounds(comparison) == ["BD.5.2.d"]
    comparison = compared(original(pictures=False), copy())
    assert comparison.images_added == ["//img.tonghop.example/upload/cau-moi.webp", "photo/2023/le-khanh-thanh.jpg"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/a/b/tau-hoa.jpg", "https://x.vn/a/b/tau-hoa.jpg", True),
        ("/a/tau-hoa-300x200.jpg", "/a/tau-hoa-1024x768.jpg", True),
        ("/a/tau-hoa.jpg?w=300&h=200", "../a/tau-hoa.png", True),
        ("/zoom/480/tau-hoa_thumb.jpg", "/uploads/tau-hoa@2x.webp", True),
        ("/a/tau-hoa.jpg", "/a/may-bay.jpg", False),
        ("/2023/1.jpg", "/2024/1.jpg", False),
        ("/a/image.jpg", "/b/image.jpg", False),
        ("data:image/png;base64,AAAA", "data:image/png;base64,AAAA", True),
        ("data:image/png;base64,AAAA", "data:image/png;base64,BBBB", False),
        ("/a/" + "%C3%A0nh.jpg", "/a/ành.jpg", True),
        ("http://[bad", "http://[bad", True),
    ],
)
def test_one_picture_at_two_addresses(one, other, same):
    pages = [f'<p>Một câu đủ dài để so sánh.</p><img src="{address}">' for address in (one, other)]
    comparison = compared(*pages)
    assert (comparison.images_missing == comparison.images_added == []) is same


def test_a_picture_under_another_name_is_known_by_its_words():
    page = '<p>Một câu đủ dài.</p><img src="{}" alt="Cầu mới nhìn từ bờ">'
    assert compared(page.format("/x/abc1.jpg"), page.format("/y/zzz9.jpg")).images_missing == []


SAID = {
    "": (False, False, False, False),
    "<p>Nguồn: Báo Sông Xanh</p>": (True, False, False, False),
    "<p>Theo Sông Xanh</p>": (True, False, False, False),
    "<p>(Theo songxanh.vn)</p>": (True, False, False, False),
    "<p>Nguồn: Báo Trời Cao</p>": (False, False, False, False),
    "<p>Tác giả: Trần Minh Anh | Nguồn: Báo Sông Xanh</p>": (True, True, False, False),
    "<p>TRẦN MINH ANH/SÔNG XANH</p>": (True, True, False, False),
    "<p>Nguồn: Báo Sông Xanh, 12/5/2023</p>": (True, False, True, False),
    "<p>Nguồn: Báo Sông Xanh, 8h30 ngày 12-5-2023</p>": (True, False, True, False),
    "<p>Nguồn: Báo Sông Xanh (8 giờ 30 phút, ngày 12 tháng 5 năm 2023)</p>": (True, False, True, False),
    "<p>Nguồn: Báo Sông Xanh, 13/5/2023</p>": (True, False, False, False),
    "<p>Nguồn: Báo Sông Xanh, 09:45 12/5/2023</p>": (True, False, False, False),
    "<p>Nguồn: Báo Sông Xanh</p><p>Đăng lúc 08:30 ngày 12/05/2023</p>": (True, False, True, False),
    f'<p>Nguồn: <a href="{ADDRESS}?utm_source=x">Báo Sông Xanh</a></p>': (True, False, False, True),
    f'<p>Nguồn: <a href="{ADDRESS.replace("https://", "http://www.")}">Báo Sông Xanh</a></p>': (
        True,
        False,
        False,
        True,
    ),
    '<p>Nguồn: <a href="https://songxanh.vn/">Báo Sông Xanh</a></p>': (True, False, False, False),
    f"<p>Link bài gốc: {ADDRESS}</p>": (True, False, False, True),
    f'<div class="source-box"><a href="{ADDRESS}">Xem bài gốc</a></div>': (True, False, False, True),
}


@pytest.mark.parametrize("credit", SAID)
def test_what_is_said_of_the_source(credit):
    comparison = compared(original(), copy(credit=credit))
    assert comparison.source == SAID[credit]
    assert (comparison.text.kept, comparison.text.added) == (1.0, [])
    assert ("BD.5.2.b" in grounds(comparison)) is not all(SAID[credit])


def test_the_source_in_front_or_at_the_end_of_the_text_is_no_addition():
    for sentences in (
        [f"Theo báo Sông Xanh, {SENTENCES[0]}", *SENTENCES[1:]],
        [f"(Sông Xanh) - {SENTENCES[0]}", *SENTENCES[1:]],
        [*SENTENCES[:-1], f"{SENTENCES[-1]} (Theo Sông Xanh)"],
    ):
        comparison = compared(original(), copy(sentences=sentences, credit=""))
        assert comparison.text.added == []
        assert comparison.source.named


def test_a_source_that_the_original_does_not_name_is_any_source():
    plain = "\n\n".join(SENTENCES)
    assert compared(plain, f"{plain}\n\nNguồn: Báo Nào Đó").source.named
    assert compared(plain, f"{plain}\n\nTheo https://nao.vn/bai-1.html").source == (True, False, False, True)
    assert compared(plain, plain).source == (False, False, False, False)


def test_minutes():
    from datetime import datetime

    at = datetime.fromisoformat
    times = {"original_at": at("2023-05-12T08:30:00+07:00"), "copy_at": at("2023-05-12T02:12:59+00:00")}
    assert compared(text(), text(), **times).minutes_after == 42
    assert compared(original(), copy()).minutes_after == 102
    assert compared(text(), text()).minutes_after is None
    assert compared(text(), text(), original_at=times["original_at"]).minutes_after is None
    assert compared(original(), original()).minutes_after is None  # it repeats the original's time, not its own
    early = compared(original(), copy(), **times, not_before=NotBefore("147/2024/NĐ-CP/28.1", 60))
    assert grounds(early) == ["147/2024/NĐ-CP/28.1"]
    assert grounds(compared(original(), copy(), not_before=NotBefore("147/2024/NĐ-CP/28.1", 60))) == []


def test_findings_speak_both_languages():
    comparison = compared(original(), copy(title="Khác", sentences=SENTENCES[:4], pictures=False, credit=""))
    for lang in ("vi", "en"):
        findings = comparison.to_dict(lang)["findings"]
        assert [one["ground"] for one in findings] == ["BD.5.2.c", "BD.5.2.d", "BD.5.2.d", "BD.5.2.b"]
        assert all(re.search(r"\w", one["why"]) for one in findings)


WORDS = st.sampled_from(
    [
        "cầu",
        "xã",
        "mới",
        "dân",
        "sông",
        "đò",
        "tiền",
        "không",
        "được",
        "xây",
        "góp",
        "vui",
        "nay",
        "xưa",
        "Bình",
        "Hòa",
        "12",
        "67",
    ]
)
SENTENCE = st.lists(WORDS, min_size=6, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(SENTENCE, min_size=3, max_size=12, unique=True), st.data())
def test_cuts_and_additions_of_any_text(sentences, data):
    body = " ".join(sentences)
    assert compared(body, textwrap.fill(body, 40)).text == (1.0, [], [], [])
    cut = data.draw(st.integers(0, len(sentences) - 1))
    left = " ".join([*sentences[:cut], *sentences[cut + 1 :]])
    assert compared(body, left).text[1:] == ([sentences[cut]], [], [])
    assert compared(left, body).text[1:] == ([], [sentences[cut]], [sentences[cut]])


ANY = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=300)


@settings(max_examples=examples(20), deadline=None)
@given(ANY, ANY)
def test_any_two_texts_can_be_compared(one, other):
    comparison = compared(f"Một câu. {one}", f"Hai câu. {other}")
    assert 0.0 <= comparison.text.kept <= 1.0
    assert (comparison.text.kept == 1.0) is (not comparison.text.cut)
