"""Looking at evidence is one act for each person, subject and hour."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject
from anlanh.base.acts.types import ActType, declare
from anlanh.base.files.looking import has_looked, record_look
from anlanh.primitives.ids import new_id

LOOKED = "test_evidence.viewed"
NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def look_type() -> None:
    declare(ActType(LOOKED, "organisation", {"vi": "Xem", "en": "Looked at"}))


def look(actor: Actor, subject_id: Any, at: datetime) -> Act | None:
    with clock.set_to(at), transaction.atomic():
        return record_look(actor, Draft(LOOKED, Subject("organisation", subject_id)))


def test_one_act_a_person_subject_and_hour(platform: Any) -> None:
    first, second = platform.actor("moderator"), platform.actor("second")
    here, there = new_id(), new_id()

    assert look(first, here, NINE)
    assert look(first, here, NINE + timedelta(minutes=59)) is None
    assert look(second, here, NINE + timedelta(minutes=1))
    assert look(first, there, NINE + timedelta(minutes=2))
    assert look(first, here, NINE + timedelta(minutes=60))

    assert Act.objects.filter(type=LOOKED).count() == 4
    with clock.set_to(NINE + timedelta(minutes=61)):
        assert has_looked(first, LOOKED, here)
        assert not has_looked(first, LOOKED, there)
