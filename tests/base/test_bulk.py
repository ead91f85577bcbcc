"""Inserts that share one message."""

import pytest
from django.db import IntegrityError, connection, transaction

from anlanh.base import clock
from anlanh.base.bulk import insert, together
from anlanh.work.casework.models import Party


def party(platform, name: str) -> Party:
    return Party(organisation=platform.organisation, name=name, created_at=clock.now())


def test_all_are_there_when_the_block_ends(platform, django_assert_max_num_queries):
    with transaction.atomic(), django_assert_max_num_queries(2), together():
        insert([party(platform, "một; hai %s")])
        insert([party(platform, "ba")])
    assert set(Party.objects.values_list("name", flat=True)) == {"một; hai %s", "ba"}


def test_a_block_that_fails_sends_nothing(platform):
    def fail_midway() -> None:
        with transaction.atomic(), together():
            insert([party(platform, "một")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_midway()
    assert not Party.objects.exists()


def test_a_fault_of_one_undoes_all(platform):
    same = party(platform, "một")

    def insert_twice() -> None:
        with transaction.atomic(), together():
            insert([party(platform, "khác")])
            insert([same])
            insert([same])

    with pytest.raises(IntegrityError):
        insert_twice()
    assert not Party.objects.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is no trip away, so inserts run at once")
def test_one_message_for_many_tables(platform, django_assert_num_queries):
    assert connection.vendor == "postgresql"
    with transaction.atomic(), django_assert_num_queries(1), together():
        for number in range(5):
            insert([party(platform, str(number))])
