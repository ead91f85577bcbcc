"""What the law asks people to look at stands among their tasks, once, and goes when it no longer holds."""

from datetime import UTC, datetime

import pytest

from anlanh.base import clock
from anlanh.base.identity import actions as identity
from anlanh.base.outbox.models import Task
from anlanh.law import vietnam
from anlanh.reporting.law_tasks import LAW_ALARM, raise_tasks
from anlanh.reporting.signing import actions as signing
from anlanh.reporting.signing.targets import target
from tests.builders import Office

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2026, 11, 27, 3, tzinfo=UTC)
LATER = datetime(2027, 11, 27, 3, tzinfo=UTC)  # the year after has no calendar


def open_kinds(office: Office) -> list[str]:
    tasks = Task.objects.visible_to(office.actor("admin")).filter(kind=LAW_ALARM, state=Task.State.OPEN)
    return sorted(task.detail["alarm"] for task in tasks)


def test_each_thing_is_raised_once(platform: Office) -> None:
    with clock.set_to(AUTUMN):
        number = raise_tasks()
        first = open_kinds(platform)
        assert raise_tasks() == number == len(first)
    assert open_kinds(platform) == first
    assert "conflict" in first
    assert first.count("doubtful") == 1


def test_a_missing_year_is_raised_and_settles_when_it_is_there(platform: Office) -> None:
    with clock.set_to(LATER):
        raise_tasks()
        assert "missing-year" in open_kinds(platform)
    with clock.set_to(AUTUMN):
        raise_tasks()
    assert "missing-year" not in open_kinds(platform)


def test_a_conflict_that_a_lawyer_signed_is_settled(platform: Office) -> None:
    with clock.set_to(AUTUMN):
        raise_tasks()
        before = open_kinds(platform).count("conflict")
        digest = target(vietnam(), "choice", "lock-thresholds").digest
        signing.sign(platform.actor("lawyer"), "choice", "lock-thresholds", digest)
        raise_tasks()
    assert open_kinds(platform).count("conflict") == before - 1


def test_an_organisation_without_readers_is_told_of_missing_years_alone(platform: Office) -> None:
    for nickname in ("compliance", "lawyer"):
        identity.leave(platform.actor("admin"), platform.members[nickname].ref, platform.members["moderator"].ref)
    with clock.set_to(AUTUMN):
        raise_tasks()
    assert open_kinds(platform) == []
    with clock.set_to(LATER):
        raise_tasks()
    assert set(open_kinds(platform)) == {"missing-year"}
