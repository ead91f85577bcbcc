"""Sending a case on by hand: to another queue or among graver ones, with a reason, its clocks untouched."""

from typing import Any

import pytest
from django.test import Client

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework.actions import review
from anlanh.work.casework.desk import actions as desk
from anlanh.work.casework.desk import placing, sorting
from anlanh.work.casework.desk.actions import QueueInput
from anlanh.work.casework.desk.plans import DANGER, GRAVE, ORDINARY, Plan, Rule
from anlanh.work.casework.desk.sending import send_on
from anlanh.work.casework.models import Case
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import Office
from tests.work.casework.steps_of import fresh_address, report

pytestmark = pytest.mark.django_db


def queue(office: Office, name: str = "Chuyên gia", **fields: Any) -> Any:
    """A named queue."""
    return desk.write_queue(office.actor("admin"), QueueInput(name=name, **fields))


def test_it_goes_there_with_a_reason_and_its_clock(platform: Office) -> None:
    case, moderator, to = report(platform).case, platform.actor("moderator"), queue(platform)
    review.claim(moderator, case.id)
    sent = send_on(moderator, case.id, to.id, GRAVE, "Cần người biết về tài chính.")
    assert (sent.queue_id, sent.tier, sent.claimed_by) == (to.id, GRAVE, None)
    assert sent.due_at == case.due_at
    assert sent.begin_by < case.begin_by
    act = Act.objects.get(type="case.sent_on")
    assert act.clear == {"to_queue": str(to.id), "from_tier": ORDINARY, "tier": GRAVE}
    assert review.claim_next(platform.actor("second"), to.id).id == case.id


def test_rules_leave_it_there_and_only_make_it_graver(platform: Office) -> None:
    case, moderator, to = report(platform).case, platform.actor("moderator"), queue(platform)
    send_on(moderator, case.id, to.id, DANGER, "Gấp.")
    other = queue(platform, "Khác")
    version = desk.write_plan(platform.actor("admin"), Plan(rules=(Rule(queue=other.id),)))
    sorting.sort_part(platform.organisation.id, version.id, None)
    kept = Case.objects.get(id=case.id)
    assert (kept.queue_id, kept.tier) == (to.id, DANGER)
    assert send_on(moderator, case.id, None, ORDINARY, "Không cần nữa.").tier == DANGER, "never less grave"
    assert placing.plan_of(platform.organisation.id).rules


def test_what_is_refused(platform: Office, other: Office) -> None:
    case, moderator, to = report(platform).case, platform.actor("moderator"), queue(platform)
    for reason, tier in ((" ", GRAVE), ("Vì thế.", 0), ("Vì thế.", 9), ("a" * 2001, GRAVE)):
        with pytest.raises(BadInput):
            send_on(moderator, case.id, to.id, tier, reason)
    with pytest.raises(BadInput):
        send_on(moderator, case.id, None, ORDINARY, "Đã ở đó.")
    for where in (new_id(), queue(other).id):
        with pytest.raises(NotFound):
            send_on(moderator, case.id, where, GRAVE, "Đi đâu?")
    with pytest.raises(NotFound):
        send_on(other.actor("moderator"), case.id, None, GRAVE, "Của nhà khác.")
    with pytest.raises(NotAllowed):
        send_on(platform.actor("registrar"), case.id, to.id, GRAVE, "Không có quyền.")
    review.claim(platform.actor("second"), case.id)
    with pytest.raises(NotAllowed):
        send_on(moderator, case.id, to.id, GRAVE, "Người khác đang giữ.")


def test_the_page_sends_it_and_keeps_what_was_typed(platform: Office, client: Client) -> None:
    case, to = report(platform).case, queue(platform)
    client.force_login(platform.members["moderator"].account)
    page = f"/console/cases/{case.id}/send-on/"
    refused = client.post(page, {"send-queue": str(to.id), "send-tier": str(GRAVE), "send-reason": ""})
    assert refused.status_code == 422
    done = client.post(page, {"send-queue": str(to.id), "send-tier": str(GRAVE), "send-reason": "Cần chuyên gia."})
    assert done.status_code == 302
    assert Case.objects.get(id=case.id).queue_id == to.id


def test_a_rule_names_an_account_by_its_address(platform: Office, client: Client) -> None:
    address, to = fresh_address(), queue(platform)
    put_page(platform.actor("registrar"), PageInput(address, holder_address="https://mang.example/@ha"))
    client.force_login(platform.members["admin"].account)
    fields = {"danger": 0, "grave": 50, "ordinary": 80, "first_mark": 50, "second_mark": 80, "patience_hours": 72}
    fields |= {"rules-TOTAL_FORMS": 1, "rules-INITIAL_FORMS": 0, "rules-0-use": str(to.id), "rules-0-tier": ORDINARY}
    refused = client.post("/console/desk/plan/", {**fields, "rules-0-holder": "https://mang.example/@ai-do"})
    assert refused.status_code == 422
    assert "@ai-do" in refused.content.decode()
    assert client.post("/console/desk/plan/", {**fields, "rules-0-holder": "mang.example/@ha"}).status_code == 302
    assert report(platform, address).case.queue_id == to.id
    assert report(platform).case.queue_id is None
    assert "https://mang.example/@ha" in client.get("/console/desk/plan/").content.decode()
