"""Recording: what an act holds, what it refuses."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.acts.record import Draft, Subject, record, record_all
from anlanh.base.acts.types import UndeclaredField
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id

from . import test_guards  # noqa: F401  (declares sample.done)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def actor(platform):
    return system(platform.organisation.id)


def done(actor, subject_id=None, **more):
    with transaction.atomic(), clock.set_to(NOW):
        return record(actor, Draft("sample.done", Subject("sample", subject_id or new_id()), **more))


def test_the_leaf_is_canonical_and_says_what_the_columns_say(actor):
    act = done(actor, clear={"what": "abc", "number": 3}, clauses=["147/2024/NĐ-CP/35.5"])
    body = json.loads(act.leaf)
    assert act.leaf.encode() == canonical_bytes(body)
    assert body["clear"] == {"what": "abc", "number": 3}
    assert body["clauses"] == ["147/2024/NĐ-CP/35.5"]
    assert body["subject"] == f"sample/{act.subject_id}"
    assert body["organisation"] == str(actor.organisation_id)
    assert datetime.fromisoformat(body["recorded_at"]) == NOW == act.recorded_at


def test_numbers_run_per_subject_without_a_gap(actor):
    first, second = new_id(), new_id()
    assert [done(actor, first).seq, done(actor, second).seq, done(actor, first).seq] == [1, 1, 2]
    with transaction.atomic(), clock.set_to(NOW):
        acts = record_all(actor, [Draft("sample.done", Subject("sample", first)) for _ in range(3)])
    assert [act.seq for act in acts] == [3, 4, 5]


def test_words_are_in_the_leaf_only_as_a_salted_digest(actor):
    act = done(actor, committed={"words": "Nguyễn Văn A"})
    assert "Nguyễn" not in act.leaf
    stored = CommittedValue.objects.get(act=act)
    salted = hashlib.sha256(bytes(stored.salt) + canonical_bytes(stored.value)).hexdigest()
    assert act.body["committed"] == {"words": f"sha256:{salted}"}
    assert len(bytes(stored.salt)) == 16


def test_the_same_words_never_give_the_same_digest(actor):
    one, two = (done(actor, committed={"words": "có"}).body["committed"]["words"] for _ in range(2))
    assert one != two


@pytest.mark.parametrize(
    "clear",
    [{"unknown": "x"}, {"what": "two words"}, {"what": "x" * 121}, {"number": -1}, {"number": True}, {"number": 1.5}],
)
def test_undeclared_or_wordy_clear_fields_are_refused(actor, clear):
    with pytest.raises(UndeclaredField):
        done(actor, clear=clear)


def test_undeclared_committed_fields_are_refused(actor):
    with pytest.raises(UndeclaredField):
        done(actor, committed={"secret": "x"})


def test_an_unknown_type_is_refused(actor):
    with transaction.atomic(), pytest.raises(UndeclaredField):
        record(actor, Draft("sample.undone", Subject("sample", new_id())))


def test_the_future_is_refused(actor):
    with pytest.raises(BadInput, match="future"):
        done(actor, happened_at=NOW + timedelta(seconds=1))


def test_a_time_without_offset_is_refused(actor):
    with pytest.raises(BadInput, match="offset"):
        done(actor, happened_at=datetime(2026, 11, 21, 9, 0))  # noqa: DTZ001


def test_backdating_needs_a_reason_and_has_a_limit(actor):
    two_hours_ago = NOW - timedelta(hours=2)
    with pytest.raises(BadInput, match="no reason"):
        done(actor, happened_at=two_hours_ago)
    act = done(actor, happened_at=two_hours_ago, committed={"backdating_reason": "gọi điện lúc chín giờ"})
    assert act.happened_at == two_hours_ago
    assert act.recorded_at == NOW
    with pytest.raises(BadInput, match="days back"):
        done(actor, happened_at=NOW - timedelta(days=31), committed={"backdating_reason": "quên"})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded(platform):
    before = Act.objects.count()
    with pytest.raises(transaction.TransactionManagementError):
        record(system(platform.organisation.id), Draft("sample.done", Subject("sample", new_id())))
    assert Act.objects.count() == before
