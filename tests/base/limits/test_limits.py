"""Buckets refill evenly, are shared by all, and forget whom they were for."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from anlanh.base import clock
from anlanh.base.limits import spending
from anlanh.base.limits.models import Bucket, Salt
from anlanh.base.limits.places import client_address, client_network
from anlanh.base.limits.spending import Charge, clean_up, spend, spend_all

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_salt_at_hand():
    spending._salts.clear()
    yield
    spending._salts.clear()


@pytest.mark.django_db
def test_a_bucket_gives_what_it_holds_then_what_comes_back():
    with clock.set_to(NOON):
        assert [spend("a", per=HOUR, most=4).allowed for _ in range(6)] == [True] * 4 + [False] * 2
        assert spend("a", per=HOUR, most=4).retry_after == timedelta(minutes=15)
        assert spend("b", per=HOUR, most=4).allowed
    with clock.set_to(NOON + timedelta(minutes=15)):
        assert spend("a", per=HOUR, most=4).allowed
        assert not spend("a", per=HOUR, most=4).allowed
    with clock.set_to(NOON + timedelta(hours=3)):
        assert [spend("a", per=HOUR, most=4).allowed for _ in range(5)] == [True] * 4 + [False]


@pytest.mark.django_db
def test_costs_are_taken_whole_or_not_at_all():
    with clock.set_to(NOON):
        assert spend("a", 3, per=HOUR, most=4).allowed
        assert not spend("a", 2, per=HOUR, most=4).allowed
        assert spend("a", 1, per=HOUR, most=4).allowed
    with pytest.raises(ValueError, match="more than"):
        spend("a", 5, per=HOUR, most=4)


@pytest.mark.django_db
def test_several_buckets_stop_at_the_first_that_is_empty():
    with clock.set_to(NOON):
        charges = [Charge("wide", HOUR, 10), Charge("narrow", HOUR, 1)]
        assert spend_all(charges).allowed
        verdict = spend_all(charges)
    assert not verdict.allowed
    assert verdict.retry_after == HOUR


@pytest.mark.django_db
def test_one_check_is_one_statement(django_assert_num_queries):
    spend("a", per=HOUR, most=4)
    with django_assert_num_queries(1):
        spend("a", per=HOUR, most=4)


@pytest.mark.django_db
def test_addresses_are_not_kept_and_days_can_not_be_joined():
    with clock.set_to(NOON):
        spend("192.0.2.0/24", per=HOUR, most=4)
    first = bytes(Bucket.objects.get().digest)
    with clock.set_to(NOON + timedelta(days=1)):
        spend("192.0.2.0/24", per=HOUR, most=4)
        assert clean_up() == 1
        second = bytes(Bucket.objects.get().digest)
    assert first != second
    assert b"192.0.2" not in first + second
    assert Salt.objects.count() == 1  # with yesterday's salt gone, yesterday's digests say nothing


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_there_is():
    allowed, gate = [], threading.Barrier(8)

    def take() -> None:
        try:
            gate.wait()
            with clock.set_to(NOON):  # whoever read the time first may be served last, and would then find less
                allowed.append(spend("a", per=HOUR, most=5).allowed)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(allowed) == 5


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 192.0.2.1, 203.0.113.9", "192.0.2.1"),
        (2, "203.0.113.9", "198.51.100.7"),
        (1, "", ""),
    ],
)
def test_only_what_trusted_proxies_saw_counts(settings, proxies, forwarded, expected):
    settings.ANLANH_TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_networks_stand_for_addresses(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
