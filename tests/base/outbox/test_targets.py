"""Addresses for messages: https, one host, nothing hidden in them."""

import pytest

from anlanh.base.outbox.targets import Target, parse
from anlanh.primitives.errors import BadInput


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://nhan.example/hook", Target(True, "nhan.example", 443, "/hook")),
        (" https://NHAN.example:8443 ", Target(True, "nhan.example", 8443, "/")),
        ("https://nhan.example/a b?x=đ&y=%20#c", Target(True, "nhan.example", 443, "/a%20b?x=%C4%91&y=%20")),
        ("https://việt.example/", Target(True, "xn--vit-5kz.example", 443, "/")),
        ("https://[2606:4700::1111]/x", Target(True, "2606:4700::1111", 443, "/x")),
    ],
)
def test_addresses_that_can_be_used(url: str, target: Target) -> None:
    assert parse(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nhan.example/hook",
        "http://nhan.example/",
        "ftp://nhan.example/",
        "file:///etc/passwd",
        "https://",
        "https:///hook",
        "https://lan:matkhau@nhan.example/",
        "https://@nhan.example/",
        "https://nhan.example:99999/",
        "https://nhan.example:x/",
        "https://[::1/",
        "https://[vo-ly]/",
        "https://nhan_.exa mple/",
        "https://-nhan.example/",
        "https://nhan..example/",
        "https://" + "a" * 70 + ".example/",
    ],
)
def test_addresses_that_can_not(url: str) -> None:
    with pytest.raises(BadInput) as fault:
        parse(url)
    assert fault.value.where == "url"
    assert fault.value.mend


def test_plain_http_only_where_it_is_allowed() -> None:
    assert parse("http://may-ben/", plain_http=True) == Target(False, "may-ben", 80, "/")
    with pytest.raises(BadInput):
        parse("gopher://may-ben/", plain_http=True)


def test_the_host_header_names_the_port_only_when_it_is_unusual() -> None:
    assert parse("https://nhan.example/").host_header == "nhan.example"
    assert parse("https://nhan.example:8443/").host_header == "nhan.example:8443"
    assert parse("https://[2606:4700::1111]:8443/").host_header == "[2606:4700::1111]:8443"
