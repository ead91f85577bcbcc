"""Who is at work: skipping, the rota, and calling who is on call for what nobody has taken."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.outbox.models import Message, Task
from anlanh.primitives.dates import VIETNAM
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import review
from anlanh.work.casework.desk import calling, rota, times
from anlanh.work.casework.desk.actions import QueueInput, write_plan, write_queue
from anlanh.work.casework.desk.models import Call
from anlanh.work.casework.desk.plans import Plan, Rule
from anlanh.work.casework.models import Case
from tests.builders import Office
from tests.work.casework.steps_of import report

DAY = timedelta(days=1)


def ref(office: Office, nickname: str) -> uuid.UUID:
    """The person's ref."""
    return office.members[nickname].ref


def test_what_is_passed_over_goes_to_the_next_and_last_to_a_named_person(platform: Office) -> None:
    admin = platform.actor("admin")
    queue = write_queue(admin, QueueInput(name="Hàng", taken_by=["moderator"], fallback=ref(platform, "moderator")))
    write_plan(admin, Plan(rules=(Rule(queue=queue.id),)))
    filed = report(platform)
    first, second = platform.actor("moderator"), platform.actor("second")
    assert review.claim_next(first).id == filed.case.id
    assert review.skip(first, filed.case.id).assigned_to is None
    assert review.claim_next(first) is None
    assert review.claim_next(second).id == filed.case.id
    assert review.skip(second, filed.case.id).assigned_to == first.ref
    assert [case.id for case in queries.queue(first, "mine")] == [filed.case.id]
    assert review.claim_next(first).id == filed.case.id
    skips = Act.objects.filter(type="case.skipped")
    assert [act.clear for act in skips] == [{}, {}]


def test_only_the_holder_passes_a_case_over(platform: Office) -> None:
    filed = report(platform)
    with pytest.raises(NotAllowed):
        review.skip(platform.actor("moderator"), filed.case.id)


def test_who_is_on_call_is_found_through_shifts_absences_and_delegates(platform: Office) -> None:
    admin, now = platform.actor("admin"), clock.now()
    queue = write_queue(admin, QueueInput(name="Hàng"))

    def on_call(queue_id: uuid.UUID | None = None, moment: datetime = now) -> uuid.UUID | None:
        return rota.on_call(platform.organisation.id, queue_id, moment)

    assert on_call() == admin.ref
    write_plan(admin, Plan(on_call=ref(platform, "appeals")))
    assert on_call() == ref(platform, "appeals")
    times.set_shift(admin, ref(platform, "moderator"), now, now + DAY, on_call=True)
    times.set_shift(admin, ref(platform, "second"), now, now + DAY, on_call=True, queue_id=queue.id)
    times.set_shift(admin, ref(platform, "officer"), now, now + DAY)
    assert (on_call(), on_call(queue.id)) == (ref(platform, "moderator"), ref(platform, "second"))
    absence = times.set_absence(platform.actor("second"), ref(platform, "second"), now, now + DAY)
    assert on_call(queue.id) == ref(platform, "moderator")
    times.set_delegation(platform.actor("second"), ref(platform, "second"), ref(platform, "officer"), now, now + DAY)
    assert on_call(queue.id) == ref(platform, "officer")
    times.withdraw(platform.actor("second"), absence.id)
    assert on_call(queue.id) == ref(platform, "second")
    assert on_call(queue.id, now + 2 * DAY) == ref(platform, "appeals")


def test_at_half_and_four_fifths_of_a_clock_the_person_on_call_is_told_over_tet_too(platform: Office) -> None:
    admin = platform.actor("admin")
    eve = datetime(2026, 2, 16, 22, tzinfo=VIETNAM)
    with clock.set_to(eve):
        filed = report(platform)
        times.set_shift(admin, ref(platform, "second"), eve, eve + 7 * DAY, on_call=True)
    case = Case.objects.get(id=filed.case.id)
    length = case.due_at - eve
    with clock.set_to(eve + length * 0.49):
        assert calling.call_everybody() == 0
    with clock.set_to(eve + length * 0.5):
        assert calling.call_everybody() == 1
        assert calling.call_everybody() == 0
    with clock.set_to(eve + length * 0.8):
        assert calling.call_everybody() == 1
    with clock.set_to(eve + length * 3):
        assert calling.call_everybody() == 0
    calls = Call.objects.order_by("percent")
    assert [(call.percent, call.told) for call in calls] == [
        (50, ref(platform, "second")),
        (80, ref(platform, "second")),
    ]
    letters = Message.objects.filter(channel="mail", key__startswith="call:")
    assert {letter.payload["to"] for letter in letters} == {platform.email("second")}
    assert reverse("console:case", args=[case.id]) in letters[0].payload["body"]
    assert Task.objects.filter(kind=calling.UNOWNED, state="open").count() == 2
    after = Case.objects.get(id=case.id)
    assert (after.phase, after.closed_at, after.claimed_by) == (case.phase, None, None), "nothing is done by itself"
    with clock.set_to(eve + length * 3):
        review.claim(platform.actor("moderator"), case.id)
    assert not Task.objects.filter(kind=calling.UNOWNED, state="open").exists()


def test_a_worker_that_stood_still_tells_of_the_highest_mark(platform: Office) -> None:
    filed = report(platform)
    case = Case.objects.get(id=filed.case.id)
    with clock.set_to(case.due_at + DAY):
        assert calling.call_everybody() == 1
    assert Call.objects.get().percent == 80


def test_what_somebody_holds_is_not_called_until_they_are_gone(platform: Office) -> None:
    filed = report(platform)
    half = filed.case.opened_at + (Case.objects.get(id=filed.case.id).due_at - filed.case.opened_at) / 2
    moderator = platform.actor("moderator")
    with clock.set_to(half):
        review.claim(moderator, filed.case.id)
        review.hand_over(moderator, filed.case.id, ref(platform, "second"), "")
        assert calling.call_everybody() == 0
        times.set_absence(platform.actor("second"), ref(platform, "second"), half, half + DAY)
        assert calling.call_everybody() == 1


def test_a_delegate_finds_the_work_and_takes_it(platform: Office) -> None:
    moderator, second, now = platform.actor("moderator"), platform.actor("second"), clock.now()
    filed = report(platform)
    review.claim(moderator, filed.case.id)
    review.hand_over(moderator, filed.case.id, second.ref, "")
    officer = platform.actor("officer")
    assert review.claim_next(officer) is None
    times.set_delegation(second, second.ref, officer.ref, now, now + DAY)
    assert queries.queue(officer, "mine").get().id == filed.case.id
    assert review.claim_next(officer).id == filed.case.id


def test_a_shift_ends_with_a_note_for_the_next(platform: Office) -> None:
    admin, moderator, now = platform.actor("admin"), platform.actor("moderator"), clock.now()
    shift = times.set_shift(admin, moderator.ref, now, now + DAY)
    with pytest.raises(NotAllowed):
        times.hand_over_shift(platform.actor("second"), shift.id, "Không phải ca của tôi")
    times.hand_over_shift(moderator, shift.id, "Còn hai vụ chờ Sở trả lời.")
    act = Act.objects.get(type="shift.handed_over")
    assert "Còn hai vụ" not in act.leaf


def test_what_cannot_stand_on_the_rota(platform: Office) -> None:
    admin, moderator, now = platform.actor("admin"), platform.actor("moderator"), clock.now()
    for attempt, where in (
        (lambda: times.set_shift(admin, moderator.ref, now, now), "ends_at"),
        (lambda: times.set_shift(admin, moderator.ref, now, now + 60 * DAY), "ends_at"),
        (lambda: times.set_shift(admin, uuid.uuid4(), now, now + DAY), "ref"),
        (lambda: times.set_shift(admin, moderator.ref, now, now + DAY, queue_id=uuid.uuid4()), "queue"),
        (lambda: times.set_delegation(moderator, moderator.ref, moderator.ref, now, now + DAY), "to"),
    ):
        with pytest.raises(BadInput) as refusal:
            attempt()
        assert refusal.value.where == where
    with pytest.raises(NotAllowed):
        times.set_shift(moderator, moderator.ref, now, now + DAY)
    with pytest.raises(NotAllowed):
        times.set_absence(moderator, admin.ref, now, now + DAY)
    shift = times.set_shift(admin, moderator.ref, now, now + DAY)
    with pytest.raises(NotFound):
        times.withdraw(admin, uuid.uuid4())
    with pytest.raises(NotAllowed):
        times.withdraw(moderator, shift.id)
