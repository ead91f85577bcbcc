"""Work is done once for a key, however often and however simultaneously it is asked for."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from anlanh.base import clock
from anlanh.base.idempotency.keeping import KEPT_FOR, OtherRequest, clean_up, once
from anlanh.base.idempotency.models import Answer
from anlanh.primitives.errors import BadInput

KEY = "0198b7a2-8f0e-7c3a-9a51-3f2f6f0f1a2b"


class Work:
    """Counts how often it is done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[int, bytes]:
        self.times += 1
        return 201, b"secret-%d" % self.times


@pytest.mark.django_db
def test_the_answer_is_given_again():
    work = Work()
    first = once("chu", KEY, b"body", work)
    again = once("chu", KEY, b"body", work)
    assert (first.status, first.body, first.replayed) == (201, b"secret-1", False)
    assert (again.status, again.body, again.replayed) == (201, b"secret-1", True)


@pytest.mark.django_db
def test_another_request_under_the_same_key_is_refused():
    once("chu", KEY, b"body", Work())
    with pytest.raises(OtherRequest):
        once("chu", KEY, b"other body", Work())


@pytest.mark.django_db
def test_keys_of_different_callers_never_meet():
    work = Work()
    once("a", KEY, b"body", work)
    assert once("b", KEY, b"other", work).body == b"secret-2"


@pytest.mark.django_db
def test_what_failed_can_be_tried_again():
    def fail() -> tuple[int, bytes]:
        raise BadInput("no")

    with pytest.raises(BadInput):
        once("chu", KEY, b"body", fail)
    assert once("chu", KEY, b"mended", Work()).body == b"secret-1"


@pytest.mark.django_db
def test_after_a_day_the_key_is_free():
    work, start = Work(), clock.now()
    with clock.set_to(start):
        once("chu", KEY, b"body", work)
    with clock.set_to(start + KEPT_FOR - timedelta(seconds=1)):
        assert once("chu", KEY, b"body", work).replayed
        assert clean_up() == 0
    with clock.set_to(start + KEPT_FOR):
        assert not once("chu", KEY, b"other", work).replayed
    with clock.set_to(start + 3 * KEPT_FOR):
        assert clean_up() == 1


@pytest.mark.django_db
def test_neither_keys_nor_secrets_lie_in_the_database():
    once("chu", KEY, b"body", Work())
    row = Answer.objects.get()
    assert KEY not in row.key
    assert b"secret" not in bytes(row.body)


@pytest.mark.parametrize("key", ["", "short", "a" * 129, "with a space in it!", "khóa-có-dấu-tiếng-việt"])
@pytest.mark.django_db
def test_unusable_keys_are_refused(key):
    with pytest.raises(BadInput, match="Idempotency-Key"):
        once("chu", key, b"body", Work())


@pytest.mark.django_db(transaction=True)
def test_duplicates_at_once_do_the_work_once():
    work, answers, gate = Work(), [], threading.Barrier(4)

    def send() -> None:
        try:
            gate.wait()
            answers.append(once("chu", KEY, b"body", work))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert work.times == 1
    assert {answer.body for answer in answers} == {b"secret-1"}
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
