"""Clocks on subjects: the cached due time is what the facts give, and states are computed, never stored."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.types import ActType, declare
from anlanh.base.clocks import running
from anlanh.base.clocks.models import Clock, Pause
from anlanh.law import clocks_for, vietnam
from anlanh.primitives.ids import new_id

declare(ActType("timed.begun", "timed", {"vi": "Bắt đầu", "en": "Begun"}))

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def begun(platform):
    """A complaint to a licensed social network, with the clocks that it starts."""
    subject = new_id()
    pack = vietnam()
    with transaction.atomic(), clock.set_to(START):
        act = record(system(platform.organisation.id), Draft("timed.begun", Subject("timed", subject)))
        answer = clocks_for(pack, event="complaint.received", actor=platform.organisation.kind, at=START)
        running.start(act, "timed", subject, answer, pack)
    return act, subject


def seen(subject, moment: datetime) -> running.ClockView:
    with clock.set_to(moment):
        return running.view(running.governing(Clock.objects.filter(subject_id=subject)), vietnam())


def test_the_cached_due_time_is_what_the_facts_give(begun):
    act, subject = begun
    stored = Clock.objects.get(subject_id=subject)
    view = seen(subject, START)
    assert stored.due_at == view.due_at
    assert stored.started_by == act.id
    assert stored.pack_version == vietnam().version
    assert view.trace


def test_the_state_follows_the_time_without_a_job(begun):
    _, subject = begun
    due_at = Clock.objects.get(subject_id=subject).due_at
    states = [
        seen(subject, moment).state
        for moment in (START, due_at - timedelta(minutes=5), due_at, due_at + timedelta(seconds=1))
    ]
    assert states == ["running", "soon", "soon", "overdue"]


@pytest.mark.parametrize(("late", "state"), [(timedelta(), "met"), (timedelta(seconds=1), "missed")])
def test_a_stopped_clock_says_whether_it_was_met(begun, platform, late, state):
    _, subject = begun
    moment = Clock.objects.get(subject_id=subject).due_at + late
    with transaction.atomic(), clock.set_to(moment):
        act = record(system(platform.organisation.id), Draft("timed.begun", Subject("timed", subject)))
        assert running.stop(act, subject, ["remove"]) == 1
        assert running.stop(act, subject, ["remove"]) == 0, "stopped once"
    stopped = Clock.objects.get(subject_id=subject)
    assert running.view(stopped, vietnam()).state == state
    assert running.governing([stopped]) is None


def test_a_pause_moves_the_due_time_and_is_counted_once(begun):
    act, subject = begun
    stored = Clock.objects.get(subject_id=subject)
    for hours in (range(1, 4), range(2, 5)):
        Pause.objects.create(
            clock=stored,
            from_at=START + timedelta(hours=hours.start),
            to_at=START + timedelta(hours=hours.stop),
            act_id=act.id,
        )
    assert seen(subject, START).due_at == stored.due_at + timedelta(hours=4)


def test_a_clock_of_working_days_is_counted_by_the_packs_calendar(platform):
    """Received on the Friday before Tết 2026: the second working day after it is the Tuesday ten days later."""
    subject, pack, received = new_id(), vietnam(), datetime(2026, 2, 13, 9, 0, tzinfo=UTC)
    with transaction.atomic(), clock.set_to(received):
        act = record(system(platform.organisation.id), Draft("timed.begun", Subject("timed", subject)))
        answer = clocks_for(
            pack, event="data_request.received", actor=platform.organisation.kind, request="access", at=received
        )
        running.start(act, "timed", subject, answer, pack)
    reply = Clock.objects.get(subject_id=subject, obligation="reply")
    with clock.set_to(received):
        view = running.view(reply, pack)
    assert view.due_at == reply.due_at == datetime(2026, 2, 24, 16, 59, 59, tzinfo=UTC)
