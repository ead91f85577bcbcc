"""The pages on which work is arranged, as each person meets them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from anlanh.base import clock
from anlanh.work.casework.desk import placing
from anlanh.work.casework.desk.actions import QueueInput, write_plan, write_queue
from anlanh.work.casework.desk.models import Queue, Shift
from anlanh.work.casework.desk.plans import ORDINARY, Plan, Rule
from anlanh.work.casework.models import Case
from tests.architecture.asking import browser
from tests.builders import Office
from tests.work.casework.steps_of import report

pytestmark = pytest.mark.django_db


def test_an_administrator_sets_a_queue_and_its_rule(platform: Office) -> None:
    admin = browser(platform, "admin")
    sent = admin.post(reverse("console:new_queue"), {"name": "Lừa đảo", "position": 1, "hidden": ["remove"]})
    assert sent.status_code == 302
    queue = Queue.objects.get()
    page = admin.get(reverse("console:plan")).content.decode()
    typed = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', page))
    typed |= {"danger": 0, "grave": 50, "ordinary": 80, "first_mark": 50, "second_mark": 80, "patience_hours": 72}
    typed |= {"rules-0-use": str(queue.id), "rules-0-tier": ORDINARY, "rules-0-category": "fraud"}
    assert admin.post(reverse("console:plan"), typed).status_code == 302
    assert placing.plan_of(platform.organisation.id) == Plan(rules=(Rule(queue=queue.id, category="fraud"),))
    filed = report(platform)
    moderator = browser(platform, "moderator")
    listed = moderator.get(reverse("console:queue"), {"queue": queue.id}).content.decode()
    assert filed.case.number in listed
    moderator.post(reverse("console:next"), {"queue": queue.id})
    shown = moderator.get(reverse("console:case", args=[filed.case.id])).content.decode()
    assert 'value="no_action"' in shown
    assert 'name="measure" value="remove"' not in shown


def test_a_plan_that_cannot_hold_says_where(platform: Office) -> None:
    admin = browser(platform, "admin")
    typed = {"danger": 0, "grave": 90, "ordinary": 80, "first_mark": 50, "patience_hours": 72}
    typed |= {"rules-TOTAL_FORMS": 0, "rules-INITIAL_FORMS": 0}
    answer = admin.post(reverse("console:plan"), typed)
    assert answer.status_code == 422


def test_passing_a_case_over_opens_the_next(platform: Office) -> None:
    first, second = report(platform), report(platform)
    moderator = browser(platform, "moderator")
    moderator.post(reverse("console:next"))
    answer = moderator.post(reverse("console:skip", args=[first.case.id]))
    assert answer.url == reverse("console:case", args=[second.case.id])
    assert Case.objects.get(id=first.case.id).claimed_by is None


def test_the_rota_is_read_by_all_and_set_by_some(platform: Office) -> None:
    admin, moderator = browser(platform, "admin"), browser(platform, "moderator")
    start = timezone.localtime(clock.now())
    typed = {
        "person": platform.members["moderator"].ref,
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M"),
        "on_call": "on",
    }
    assert moderator.post(reverse("console:set_shift"), typed).status_code == 403
    assert admin.post(reverse("console:set_shift"), typed).status_code == 302
    shift = Shift.objects.get()
    assert (
        moderator.post(reverse("console:shift_note", args=[shift.id]), {"note": "Chờ Sở trả lời."}).status_code == 302
    )
    page = browser(platform, "second").get(reverse("console:desk")).content.decode()
    assert "Chờ Sở trả lời." in page
    assert admin.post(reverse("console:withdraw_stretch", args=[shift.id])).status_code == 302
    late = typed | {"ends_at": typed["starts_at"]}
    assert admin.post(reverse("console:set_shift"), late).status_code == 422


def test_a_queue_nobody_may_see_is_not_found(platform: Office) -> None:
    queue = write_queue(platform.actor("admin"), QueueInput(name="Kín", seen_by=["appeals_officer"]))
    write_plan(platform.actor("admin"), Plan(rules=(Rule(queue=queue.id),)))
    report(platform)
    moderator = browser(platform, "moderator")
    for asked in (queue.id, "7", "x"):
        assert moderator.get(reverse("console:queue"), {"queue": asked}).status_code == 404
