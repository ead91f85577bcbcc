"""Webhooks go to machines on the public internet, and to the very address that was looked at."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base.outbox.targets import parse
from anlanh.connectors import targets
from anlanh.connectors.targets import NotReachable
from anlanh.primitives.errors import BadInput

PUBLIC_V4, PUBLIC_V6 = "8.8.4.4", "2606:4700::1111"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  a literal to refuse, nothing binds to it
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_inside_somebodys_network_are_not_public(address: str) -> None:
    assert not targets.is_public(ipaddress.ip_address(address))
    target = parse("https://nhan.example/")
    with pytest.raises(BadInput, match=r"nhan\.example"):
        targets.pick(target, lambda _host, _port: [PUBLIC_V4, address])
    with pytest.raises(BadInput):
        targets.pick(target, lambda _host, _port: [address, PUBLIC_V4])


@pytest.mark.parametrize("address", [PUBLIC_V4, PUBLIC_V6, "::ffff:8.8.4.4", "203.162.4.190"])
def test_public_addresses_are(address: str) -> None:
    assert targets.is_public(ipaddress.ip_address(address))


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_private_passes(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    plain = getattr(address, "ipv4_mapped", None) or address
    special = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_reserved", "is_unspecified")
    if targets.is_public(address):
        assert not [name for name in special if getattr(plain, name)]


def test_a_name_is_resolved_once_and_the_answer_is_what_counts() -> None:
    answers = iter([[PUBLIC_V4], ["127.0.0.1"]])
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return next(answers)

    assert targets.pick(parse("https://nhan.example/"), rebinding) == PUBLIC_V4
    assert asked == [("nhan.example", 443)]


def test_a_name_without_addresses_is_not_reachable_just_now() -> None:
    with pytest.raises(NotReachable):
        targets.pick(parse("https://nhan.example/"), lambda _host, _port: [])


def test_other_spellings_of_the_loopback_are_resolved_before_they_are_judged() -> None:
    for spelling in ("127.1", "2130706433", "0x7f.1", "localhost"):
        with pytest.raises((BadInput, NotReachable)):
            targets.pick(parse(f"https://{spelling}/"), targets.resolve)
