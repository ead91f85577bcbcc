"""The worker's round: it delivers, seals and tidies."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Sum

from anlanh.base import clock
from anlanh.base.acts.models import Log, PendingLeaf
from anlanh.base.acts.sealing import seal_everything
from anlanh.base.outbox.models import Message
from anlanh.reporting.board.actions import catch_up_a_slice
from anlanh.reporting.board.models import Counted as Progress
from anlanh.reporting.board.models import DayCount
from anlanh.server.worker import Worker, drain, tidy
from tests.work.casework.steps_of import report

SLICE = 3


def test_a_round_delivers_and_seals(platform):
    assert Message.objects.filter(state=Message.State.WAITING).exists()
    assert PendingLeaf.objects.exists()
    worker = Worker()
    assert worker.step(), "there was something to do"
    assert not PendingLeaf.objects.exists()
    drain()
    assert not Message.objects.filter(state=Message.State.WAITING).exists()


@pytest.mark.django_db
def test_sessions_that_ended_are_removed():
    Session.objects.create(session_key="over", session_data="", expire_date=clock.now() - timedelta(days=1))
    Session.objects.create(session_key="live", session_data="", expire_date=clock.now() + timedelta(days=1))
    tidy()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]


def test_a_long_log_is_counted_a_slice_a_round_and_deliveries_go_on(platform, monkeypatch):
    """The first count of a log of a million acts holds nothing up."""
    report(platform)
    monkeypatch.setattr("anlanh.server.worker.AT_ONCE", SLICE)
    acts = PendingLeaf.objects.exclude(organisation=None).count()
    assert acts > 2 * SLICE
    waiting = Message.objects.filter(state=Message.State.WAITING).count()
    worker, counted = Worker(), [0]
    while counted[-1] < acts:
        assert worker.step(), "acts are left to count"
        counted.append(DayCount.objects.aggregate(all=Sum("number"))["all"])
        if len(counted) == 2:
            assert Message.objects.filter(state=Message.State.WAITING).count() < waiting
    assert {after - before for before, after in pairwise(counted[:-1])} == {SLICE}
    assert counted[-1] == acts


def test_who_lags_least_is_counted_first(platform, other):
    """One organisation's long log makes no other wait."""
    for _ in range(5):
        report(platform)
    seal_everything()
    few = Log.objects.get(id=other.organisation.id).size
    assert catch_up_a_slice(few + 1) == few + 1
    assert Progress.objects.get(organisation=other.organisation).position == few
    assert Progress.objects.get(organisation=platform.organisation).position == 1
