"""What fails again and again without a message becomes a task, and closes by itself when it works."""

import pytest

from anlanh.base.outbox.failing import JOB_FAILING, PATIENCE, Failing
from anlanh.base.outbox.models import Task
from tests.builders import Office

pytestmark = pytest.mark.django_db


def test_once_is_a_hiccup_and_often_is_one_task(platform: Office) -> None:
    failing, here = Failing(JOB_FAILING), [platform.organisation.id]
    for _time in range(PATIENCE - 1):
        failing.failed("sealing", here, {"error": "KeyError"})
    assert not Task.objects.exists()
    for _time in range(5):
        failing.failed("sealing", here, {"error": "KeyError"})
    task = Task.objects.get()
    assert task.detail == {"failing": "sealing", "error": "KeyError"}
    failing.works("calling", here)
    task.refresh_from_db()
    assert task.state == Task.State.OPEN
    failing.works("sealing", here)
    task.refresh_from_db()
    assert (task.state, task.closed_by) == (Task.State.DONE, None)
    for _time in range(PATIENCE):
        failing.failed("sealing", here, {"error": "KeyError"})
    assert Task.objects.filter(state=Task.State.OPEN).count() <= 1


def test_a_worker_that_begins_anew_settles_what_was_left_open(platform: Office) -> None:
    here, before = [platform.organisation.id], Failing(JOB_FAILING)
    for _time in range(PATIENCE):
        before.failed("sealing", here, {})
    again = Failing(JOB_FAILING)
    for _time in range(PATIENCE):
        again.failed("sealing", here, {})
    assert Task.objects.count() == 1
    Failing(JOB_FAILING).works("sealing", here)
    assert Task.objects.get().state == Task.State.DONE
