"""The worker's round: it delivers, seals and tidies."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from anlanh.base import clock
from anlanh.base.acts.models import PendingLeaf
from anlanh.base.outbox.models import Message
from anlanh.server.worker import Worker, drain, tidy


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
