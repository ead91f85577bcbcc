"""Lives in danger: the rota says who is called at once, and where it names nobody all who may review are called."""

import uuid
from datetime import timedelta

import pytest

from anlanh.base import clock
from anlanh.base.outbox.models import Message
from anlanh.work.casework.desk import times
from anlanh.work.casework.desk.actions import QueueInput, write_plan, write_queue
from anlanh.work.casework.desk.plans import Plan
from tests.builders import Office
from tests.work.casework.steps_of import report

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EVERYBODY = ["moderator", "second", "officer"]


def ref(office: Office, nickname: str) -> uuid.UUID:
    return office.members[nickname].ref


def called(office: Office) -> set[str]:
    """Whom a fresh report of danger calls, by address."""
    case = report(office, threatens_life=True).case
    return {message.payload["to"] for message in Message.objects.filter(key__startswith=f"danger:{case.id}:")}


def emails(office: Office, *nicknames: str) -> set[str]:
    return {office.email(nickname) for nickname in nicknames}


def test_whoever_has_a_shift_on_call_is_called_for_whichever_queue(platform: Office) -> None:
    admin, now = platform.actor("admin"), clock.now()
    assert called(platform) == emails(platform, *EVERYBODY)
    queue = write_queue(admin, QueueInput(name="Hàng"))
    times.set_shift(admin, ref(platform, "moderator"), now, now + DAY, on_call=True)
    times.set_shift(admin, ref(platform, "second"), now, now + DAY, on_call=True, queue_id=queue.id)
    times.set_shift(admin, ref(platform, "officer"), now, now + DAY)
    assert called(platform) == emails(platform, "moderator", "second")
    with clock.set_to(now + 2 * DAY):
        assert called(platform) == emails(platform, *EVERYBODY)


def test_a_delegate_is_called_for_who_is_away(platform: Office) -> None:
    admin, now = platform.actor("admin"), clock.now()
    times.set_shift(admin, ref(platform, "second"), now, now + DAY, on_call=True)
    times.set_absence(platform.actor("second"), ref(platform, "second"), now, now + DAY)
    assert called(platform) == emails(platform, *EVERYBODY), "nobody on call is there"
    times.set_delegation(platform.actor("second"), ref(platform, "second"), ref(platform, "officer"), now, now + DAY)
    assert called(platform) == emails(platform, "officer")


def test_the_plan_names_who_is_called_outside_shifts_and_who_may_not_review_is_no_answer(platform: Office) -> None:
    admin, now = platform.actor("admin"), clock.now()
    write_plan(admin, Plan(on_call=ref(platform, "second")))
    assert called(platform) == emails(platform, "second")
    times.set_shift(admin, ref(platform, "inspector"), now, now + DAY, on_call=True)
    assert called(platform) == emails(platform, *EVERYBODY)
