"""What people do with tasks: settled once, recorded, tried again, and never another organisation's."""

import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.acts.tasks import close_task, retry_task
from anlanh.base.outbox import delivery, queries
from anlanh.base.outbox.channels import Refused, bind
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import Draft, enqueue, open_task
from anlanh.primitives.errors import BadInput

pytestmark = pytest.mark.django_db


class _Refusing:
    """A receiver that takes nothing."""

    secret_fields = frozenset({"link"})

    def deliver(self, message: Message) -> None:
        raise Refused("no such mailbox")


@pytest.fixture
def failed(platform):
    """A task that a refused delivery became."""
    bind("test-refusing", _Refusing())
    Message.objects.all().delete()  # the letters that inviting the people wrote
    enqueue(platform.organisation.id, [Draft("test-refusing", "one", {"link": "https://…/bí-mật", "language": "vi"})])
    delivery.work_once()
    return Task.objects.get()


def test_a_refused_delivery_is_listed_for_those_who_handle_tasks(platform, other, failed):
    assert list(queries.tasks(platform.actor("moderator"))) == [failed]
    assert list(queries.tasks(other.actor("moderator"))) == []
    assert queries.open_count(platform.actor("inspector")) == 0
    with pytest.raises(NotAllowed):
        queries.tasks(platform.actor("inspector"))
    with pytest.raises(NotFound):
        queries.task(other.actor("moderator"), failed.id)


def test_closing_needs_a_word_and_is_recorded_once(platform, failed):
    moderator = platform.actor("moderator")
    with pytest.raises(BadInput) as fault:
        close_task(moderator, failed.id, "  ")
    assert fault.value.where == "note"
    close_task(moderator, failed.id, "gọi điện báo")
    close_task(moderator, failed.id, "gọi điện báo")
    failed.refresh_from_db()
    assert (failed.state, failed.closed_by) == (Task.State.DONE, moderator.ref)
    act = Act.objects.get(type="task.closed")
    assert "gọi điện" not in act.leaf


def test_what_is_not_sent_any_more_keeps_no_secrets(platform, failed):
    assert failed.message.payload["link"], "it may still be tried again"
    close_task(platform.actor("moderator"), failed.id, "gọi điện báo")
    failed.message.refresh_from_db()
    assert failed.message.payload == {"language": "vi"}


def test_trying_again_sends_again_and_failing_again_opens_a_new_task(platform, failed):
    retry_task(platform.actor("moderator"), failed.id)
    failed.message.refresh_from_db()
    assert failed.message.state == Message.State.WAITING
    delivery.work_once()
    again = Task.objects.get(state=Task.State.OPEN)
    assert again.id != failed.id
    assert Act.objects.filter(type="task.retried", subject_id=failed.id).count() == 1


def test_only_what_was_sent_can_be_sent_again(platform):
    task = open_task(platform.organisation.id, "measure_by_hand", "by-hand:1")
    with pytest.raises(BadInput):
        retry_task(platform.actor("moderator"), task.id)


def test_another_organisations_task_does_not_exist(platform, other, failed):
    for act in (lambda actor: close_task(actor, failed.id, "x"), lambda actor: retry_task(actor, failed.id)):
        with pytest.raises(NotFound):
            act(other.actor("moderator"))
        with pytest.raises(NotAllowed):
            act(platform.actor("inspector"))
