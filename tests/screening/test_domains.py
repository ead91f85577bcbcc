"""Host names in texts: bare, in URLs, under a listed name, written in other alphabets."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.primitives.errors import BadInput
from anlanh.screening.domains import LOOK_ALIKE_SCORE, DomainIndex, canonical_domain
from anlanh.screening.engine import Screen
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.lists import Lists
from anlanh.screening.posts import Post
from anlanh.screening.rules.book import read_rules
from anlanh.screening.shorteners import short_links
from anlanh.screening.stream import verdict_line
from anlanh.screening.trial import faults_of


def puny(label: str) -> str:
    return "xn--" + label.encode("punycode").decode()


LISTED = ["bad.com", "qua-tang.vn", "lừađảo.vn", "a.b.example", "10.1.2.3"]
INDEX = DomainIndex({canonical_domain(name) for name in LISTED})


def found(text: str) -> list[tuple[str, str, float]]:
    return [(place.domain, text[place.start : place.end], place.score) for place in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "domain", "written", "score"),
    [
        ("vào bad.com nhé", "bad.com", "bad.com", 1.0),
        ("https://www.bad.com/a?b=c", "bad.com", "www.bad.com", 1.0),
        ("HTTP://BAD.COM:8080/", "bad.com", "BAD.COM", 1.0),
        ("http://good.com@bad.com/x", "bad.com", "bad.com", 1.0),
        ("thư tới x@bad.com.", "bad.com", "bad.com", 1.0),
        ("bad.com.Hãy vào", "bad.com", "bad.com", 1.0),
        ("bad。com", "bad.com", "bad。com", 1.0),
        ("ｂａｄ．ｃｏｍ", "bad.com", "ｂａｄ．ｃｏｍ", 1.0),
        ("b\u200bad.com", "bad.com", "b\u200bad.com", 1.0),
        ("bаd.com", "bad.com", "bаd.com", LOOK_ALIKE_SCORE),
        (f"{puny('bаd')}.com", "bad.com", None, LOOK_ALIKE_SCORE),
        ("lừađảo.vn", "lừađảo.vn", "lừađảo.vn", 1.0),
        ("LỪAĐẢO.VN", "lừađảo.vn", "LỪAĐẢO.VN", 1.0),
        (f"{puny('lừađảo')}.vn", "lừađảo.vn", None, 1.0),
        ("x.a.b.example", "a.b.example", "x.a.b.example", 1.0),
        ("http://10.1.2.3/", "10.1.2.3", "10.1.2.3", 1.0),
    ],
)
def test_found(text, domain, written, score):
    assert found(text) == [(domain, written or text, score)]


@pytest.mark.parametrize(
    "text",
    [
        "notbad.com",
        "bad.com.vn",
        "bad.community",
        "bad-com",
        "bad . com",
        "luadao.vn",
        "b.example",
        "xn--.com",
        "xn--999999999.vn",
        "...",
        "a..b",
    ],
)
def test_not_found(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "name", ["", "com", "a b.com", "http://bad.com/x", "a..b", ".".join("abcdefghijk"), "x" * 300 + ".vn"]
)
def test_what_is_no_host_name_is_refused(name):
    with pytest.raises(BadInput, match="host name"):
        canonical_domain(name)


@settings(deadline=None)
@given(st.text(max_size=60), st.text("abc.-/@: \u3002", max_size=60))
def test_spans_are_host_names_under_what_is_listed(junk, hosts):
    text = f"{junk} {hosts} www.bad.com {junk}"
    places = found(text)
    assert ("bad.com", "www.bad.com", 1.0) in places
    for domain, written, score in places:
        assert score < 1 or ("." + canonical_domain(written)).endswith("." + domain)


def test_endless_names_take_linear_time():
    assert found("a." * 200_000 + "bad.com")[0][0] == "bad.com"


def test_shorteners_are_named_as_such_and_never_hold(tmp_path):
    text = "xem https://bit.ly/abc và www.tinyurl.com/x, không phải rabbit.lyon"
    assert short_links(text) == 2
    assert [short_links(other) for other in ("bіt.ly/x", "youtu.be/a", "t.co", "hết.ly")] == [1, 0, 1, 0]
    ground = GroundFacts("x", "fraud", True)
    names = {"bit.ly": "*.Bit.ly", "a.vn": "a.vn"}
    lists = Lists(domains=names, grounds={("domain", name): ground for name in names.values()})
    (path := tmp_path / "rules.yaml").write_text("rules:\n  - {id: s, when: short_links > 1}\n")
    lists.rules = read_rules(path, lambda ref: None)
    for plain in (True, False):
        screen = Screen(lists, plain=plain)
        hidden, plainly, twice = screen.judge([Post("1", "bit.ly/x"), Post("2", "a.vn"), Post("3", text)])
        assert (hidden.verdict, plainly.verdict, twice.verdict, twice.rules) == ("review", "hold", "review", ["s"])
        assert hidden.hits[0].to_dict()["shortener"] is True
        assert "shortener" not in plainly.hits[0].to_dict()
        assert json.loads(verdict_line(hidden)) == hidden.to_dict()
    assert [fault.what for fault in faults_of(lists, Screen(lists)) if fault.where == "domains.txt"] == [
        "bit.ly is a shortener: its links lead to anybody's pages"
    ]
