"""The database itself refuses to change acts, whatever program asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from anlanh.base.actor import system
from anlanh.base.acts.models import Act, PendingLeaf
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.sealing import seal
from anlanh.base.acts.types import ActType, code, count, declare
from anlanh.primitives.ids import new_id

declare(
    ActType(
        "sample.done",
        "sample",
        {"vi": "Việc thử", "en": "Sample act"},
        clear={"what": code, "number": count},
        committed=frozenset({"words"}),
    )
)


@pytest.fixture
def act(platform) -> Act:
    with transaction.atomic():
        return record(
            system(platform.organisation.id),
            Draft("sample.done", Subject("sample", new_id()), clear={"what": "x"}, committed={"words": "lời"}),
        )


def refuses(statement: str, *parameters: object) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def key(act: Act) -> object:
    return act.id if connection.vendor == "postgresql" else act.id.hex


def test_update_is_refused(act):
    refuses("UPDATE acts_act SET leaf = 'other' WHERE id = %s", key(act))


def test_delete_is_refused(act):
    refuses("DELETE FROM acts_act WHERE id = %s", key(act))


def test_leaves_are_guarded_too(act, platform):
    seal(platform.organisation.id, platform.organisation.code)
    refuses("UPDATE ledger_leaf SET position = 7 WHERE act_id = %s", key(act))
    refuses("DELETE FROM ledger_leaf WHERE act_id = %s", key(act))


def test_an_act_can_not_be_kept_from_being_sealed(act, platform):
    for statement in ("DELETE FROM ledger_pending WHERE act_id = %s", "UPDATE ledger_pending SET act_id = %s"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [key(act)])
    assert PendingLeaf.objects.filter(act=act).exists()
    seal(platform.organisation.id, platform.organisation.code)
    assert not PendingLeaf.objects.filter(act=act).exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_truncate_is_refused(act):
    refuses("TRUNCATE acts_act CASCADE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("pragma", ["ON", "OFF"])
def test_replace_is_refused_with_and_without_recursive_triggers(act, pragma):
    columns = [field.column for field in Act._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={pragma}")
    try:
        refuses(
            f"INSERT OR REPLACE INTO acts_act ({', '.join(columns)}) "
            f"SELECT {', '.join(columns)} FROM acts_act WHERE id = %s",
            key(act),
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_every_way_of_inserting_asks_for_a_leaf(act, platform):
    copies = []
    for _ in range(3):
        copy = Act.objects.get(id=act.id)
        copy.id, copy.subject_id = new_id(), new_id()
        copies.append(copy)
    Act.objects.bulk_create(copies)
    waiting = set(PendingLeaf.objects.values_list("act_id", flat=True))
    assert {act.id, *(copy.id for copy in copies)} <= waiting
